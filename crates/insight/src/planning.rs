//! What the lines of an event's plan say: when gatherings are and what they clash with, and what is spent.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use crate::views::{Budget, EventView, Gathering};

/// Small gatherings out of lines as `2027-01-31 18:00-21:00 Dinner`, times in `zone`, each with what else is in the calendar
/// then. Events of which only days are known clash with nothing. A line without a time is kept as it is.
pub fn gatherings(lines: &[String], calendar: &[EventView], zone: &TimeZone) -> Vec<Gathering> {
    let one = |line: &String| {
        let Some((starts, ends, what)) = read(line, zone) else {
            return Gathering { what: line.clone(), ..Gathering::default() };
        };
        let clash = |event: &&EventView| {
            let Some(begins) = event.starts.filter(|_| !event.whole_days && !event.cancelled) else { return false };
            begins < ends && starts < event.ends.unwrap_or(begins.saturating_add(1)).max(begins.saturating_add(1))
        };
        let clashes = calendar.iter().filter(clash).map(|event| event.title.clone()).collect();
        Gathering { what, starts: Some(starts), ends: Some(ends), clashes }
    };
    lines.iter().map(one).collect()
}

fn read(line: &str, zone: &TimeZone) -> Option<(i64, i64, String)> {
    let mut words = line.split_whitespace();
    let day: Date = words.next()?.parse().ok()?;
    let (from, until) = words.next()?.split_once('-')?;
    let at = |time: &str| {
        let time: Time = time.parse().ok()?;
        Some(day.to_datetime(time).to_zoned(zone.clone()).ok()?.timestamp().as_microsecond())
    };
    let (starts, ends) = (at(from)?, at(until)?);
    // Whoever goes on until after midnight ends on the next day.
    let ends = if ends > starts { ends } else { ends.saturating_add(model::time::DAY) };
    Some((starts, ends, words.collect::<Vec<_>>().join(" ")))
}

/// Midnight UTC of a day as `2027-01-30`, microseconds UTC; none if it is no day.
pub fn midnight(day: &str) -> Option<i64> {
    let date: Date = day.parse().ok()?;
    Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp().as_microsecond())
}

/// What is planned and spent, out of lines that end in `300 of 400`, or in a number alone that is planned.
pub fn budget(lines: &[String]) -> Budget {
    let mut budget = Budget::default();
    for line in lines {
        let words: Vec<&str> = line.split_whitespace().collect();
        let number = |word: &str| word.parse::<f64>().ok().filter(|value| value.is_finite() && *value >= 0.0);
        match &words[..] {
            [.., spent, "of", planned] if number(spent).is_some() && number(planned).is_some() => {
                budget.spent += number(spent).unwrap_or_default();
                budget.planned += number(planned).unwrap_or_default();
            }
            [_, .., planned] if number(planned).is_some() => budget.planned += number(planned).unwrap_or_default(),
            _ => budget.unread.push(line.clone()),
        }
    }
    budget
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(title: &str, starts: &str, ends: &str, whole_days: bool) -> EventView {
        let time = |text: &str| Some(text.parse::<jiff::Timestamp>().unwrap().as_microsecond());
        EventView {
            id: title.to_owned(),
            title: title.to_owned(),
            source: "calendar".to_owned(),
            starts: time(starts),
            ends: time(ends),
            whole_days,
            place: None,
            url: None,
            cancelled: false,
        }
    }

    fn check(line: &str, expected: &[&str]) {
        let calendar = [
            event("Conference", "2027-01-30T00:00:00Z", "2027-02-01T00:00:00Z", true),
            event("Keynote", "2027-01-30T09:00:00Z", "2027-01-30T10:00:00Z", false),
            event("Community talk", "2027-01-30T17:30:00Z", "2027-01-30T18:30:00Z", false),
        ];
        let found = gatherings(&[line.to_owned()], &calendar, &TimeZone::UTC);
        assert_eq!(found[0].clashes, expected, "{line}");
    }

    #[test]
    fn gatherings_keep_out_of_the_programme_s_way() {
        check("2027-01-30 18:00-21:00 Dinner", &["Community talk"]);
        check("2027-01-30 18:30-21:00 Dinner", &[]);
        check("2027-01-30 08:00-20:00 Booth", &["Keynote", "Community talk"]);
        check("2027-01-29 22:00-09:30 Long night", &["Keynote"]);
        check("somewhen, dinner", &[]);
        check("", &[]);
    }

    #[test]
    fn budgets_are_added_up() {
        let lines = ["travel of Ada: 300 of 400", "stickers: 120", "a banner", "x: NaN of 3", "12"];
        let budget = budget(&lines.map(str::to_owned));
        assert_eq!((budget.spent, budget.planned), (300.0, 523.0));
        assert_eq!(budget.unread, ["a banner", "12"]);
    }
}
