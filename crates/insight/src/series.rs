//! Metrics by stretch of time, from one small fact per question.
//!
//! The facts are made once per snapshot and day ([`Facts`]); what people decided since is laid over them. A year of
//! months at a million messages is a walk over 350,000 facts, some milliseconds.

use std::ops::Range;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use model::time::DAY;

use crate::moment::Moment;
use crate::views::{SeriesLine, SeriesView};
use crate::{Community, MetricsFilter, Result, WINDOW_DAYS};

mod facts;

pub(crate) use facts::{Fact, Facts};

/// More stretches than this are no chart: a longer step is taken.
const MOST: usize = 240;

/// How long a stretch of time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Stretch {
    /// A UTC day.
    Day,
    /// Seven days from a Monday on.
    Week,
    /// A month.
    #[default]
    Month,
    /// A year.
    Year,
}

impl Stretch {
    /// Every one, shortest first.
    pub const ALL: &'static [Stretch] = &[Stretch::Day, Stretch::Week, Stretch::Month, Stretch::Year];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Stretch::Day => "day",
            Stretch::Week => "week",
            Stretch::Month => "month",
            Stretch::Year => "year",
        }
    }

    /// The one of this name.
    pub fn parse(text: &str) -> Option<Stretch> {
        Stretch::ALL.iter().copied().find(|one| one.as_str() == text)
    }

    /// The beginning of the stretch that a day lies in.
    fn floor(self, date: Date) -> Date {
        match self {
            Stretch::Day => date,
            Stretch::Week => {
                let back = i64::from(date.weekday().to_monday_zero_offset());
                date.checked_sub(back.days()).unwrap_or(date)
            }
            Stretch::Month => date.first_of_month(),
            Stretch::Year => date.first_of_year(),
        }
    }

    fn next(self, date: Date) -> Option<Date> {
        let span = match self {
            Stretch::Day => 1.day(),
            Stretch::Week => 1.week(),
            Stretch::Month => 1.month(),
            Stretch::Year => 1.year(),
        };
        date.checked_add(span).ok()
    }

    /// When the stretches begin that cover `from..until`, ascending; at most [`MOST`], the latest.
    pub(crate) fn starts(self, from: i64, until: i64) -> Vec<i64> {
        let date = |time| Some(Timestamp::from_microsecond(time).ok()?.to_zoned(TimeZone::UTC).date());
        let (Some(first), Some(last)) = (date(from), date(until.saturating_sub(1))) else { return Vec::new() };
        let (mut at, mut starts) = (Some(self.floor(first)), Vec::new());
        while let Some(day) = at.filter(|day| *day <= last) {
            starts.extend(midnight(day));
            at = self.next(day);
        }
        starts.drain(..starts.len().saturating_sub(MOST));
        starts
    }
}

fn midnight(day: Date) -> Option<i64> {
    Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp().as_microsecond())
}

/// Which numbers over time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeriesAsk {
    /// How long each stretch is; a longer one is taken where there would be too many.
    pub stretch: Stretch,
    /// Which questions. Two years before `until` where it says nothing; `by` does not matter.
    pub questions: MetricsFilter,
    /// Those that ask for this tier only.
    pub tier: Option<u8>,
}

impl Community {
    /// The metrics of questions by stretch of time.
    pub fn series(&self, ask: &SeriesAsk) -> Result<SeriesView> {
        self.settle(self.moment().and_then(|moment| {
            let made = self.series_known.get(moment.stamp(), ask.clone(), || self.read_series(ask, &moment))?;
            Ok(SeriesView::clone(&made))
        }))
    }

    fn read_series(&self, ask: &SeriesAsk, moment: &Moment) -> Result<SeriesView> {
        let filter = &ask.questions;
        let until = filter.until.unwrap_or(moment.now).min(moment.now).saturating_add(1);
        let from = filter.from.unwrap_or_else(|| until.saturating_sub(730 * DAY));
        let facts = self.question_facts(moment)?;
        let from = from.max(facts.earliest.unwrap_or(from));
        let longer = |stretch: &&Stretch| **stretch >= ask.stretch;
        let fits = |stretch: Stretch| stretch.starts(from, until).len() < MOST || stretch == Stretch::Year;
        let stretch = Stretch::ALL.iter().filter(longer).copied().find(|one| fits(*one)).unwrap_or(Stretch::Year);
        let starts = stretch.starts(from, until);
        let is = |wanted: &Option<String>, name: &str| wanted.as_deref().is_none_or(|wanted| wanted == name);
        let places = self.conversations.places.all();
        let wanted: Vec<bool> =
            places.map(|(source, channel)| is(&filter.source, source) && is(&filter.channel, channel)).collect();
        let fits = |fact: &&Fact| {
            wanted.get(fact.place as usize).copied().unwrap_or_default()
                && ask.tier.is_none_or(|tier| fact.tier == Some(tier))
        };
        let lines = Tally::of(facts.counted().filter(fits), &starts, until).lines();
        Ok(SeriesView { step: stretch.as_str(), as_of: moment.now, starts, lines })
    }
}

/// What is counted in each stretch.
#[derive(Debug, Default)]
struct Tally {
    questions: Vec<u64>,
    answered: Vec<u64>,
    messages: Vec<u64>,
    hours: Vec<Vec<f32>>,
    kept: Vec<[u64; 2]>,
    /// Changes of how many are without a response from one stretch's end to the next one's.
    open: Vec<i64>,
}

impl Tally {
    fn of<'a>(facts: impl Iterator<Item = &'a Fact>, starts: &[i64], until: i64) -> Tally {
        let count = starts.len();
        let mut tally = Tally {
            questions: vec![0; count],
            answered: vec![0; count],
            messages: vec![0; count],
            hours: vec![Vec::new(); count],
            kept: vec![[0; 2]; count],
            open: vec![0; count + 1],
        };
        let mut guess = 0;
        for fact in facts.filter(|fact| fact.opened < until) {
            let open = fact.unanswered();
            tally.count_open(&open, starts);
            let Some(slot) = slot_of(starts, fact.opened, guess) else { continue };
            guess = slot;
            tally.questions[slot] += 1;
            tally.answered[slot] += u64::from(fact.answered);
            tally.messages[slot] += u64::from(fact.messages);
            tally.hours[slot].extend(fact.hours);
            if let Some(kept) = fact.kept {
                tally.kept[slot][usize::from(kept)] += 1;
            }
        }
        tally
    }

    /// Without a response at the end of every stretch that ends within `open`.
    fn count_open(&mut self, open: &Range<i64>, starts: &[i64]) {
        let Some(last) = slot_of(starts, open.end, 0) else { return };
        let first = slot_of(starts, open.start, last).unwrap_or(0);
        if first < last {
            self.open[first] += 1;
            self.open[last] -= 1;
        }
    }

    fn lines(self) -> Vec<SeriesLine> {
        let plain = |name, counts: &[u64]| SeriesLine {
            name,
            values: counts.iter().map(|count| Some(*count as f64)).collect(),
            cases: counts.to_vec(),
        };
        let share = |name, parts: Vec<(u64, u64)>| SeriesLine {
            name,
            values: parts.iter().map(|(part, all)| (*all > 0).then(|| *part as f64 / *all as f64)).collect(),
            cases: parts.iter().map(|(_, all)| *all).collect(),
        };
        let answered = self.answered.iter().copied().zip(self.questions.iter().copied());
        let kept = self.kept.iter().map(|[broken, kept]| (*kept, broken + kept));
        let mut open = 0;
        let waiting: Vec<u64> = self.open[..self.questions.len()]
            .iter()
            .map(|change| {
                open += change;
                u64::try_from(open).unwrap_or_default()
            })
            .collect();
        let cases = self.hours.iter().map(|hours| hours.len() as u64).collect();
        let median = self.hours.into_iter().map(median).collect();
        vec![
            plain("questions", &self.questions),
            plain("answered", &self.answered),
            share("answered_share", answered.collect()),
            SeriesLine { name: "first_response_median", values: median, cases },
            share("within_promise", kept.collect()),
            plain("unanswered", &waiting),
            plain("messages", &self.messages),
        ]
    }
}

/// The stretch that a time lies in, or after; none before the first one. `guess` is tried first.
pub(crate) fn slot_of(starts: &[i64], time: i64, guess: usize) -> Option<usize> {
    let begins = starts.get(guess).is_some_and(|start| *start <= time);
    if begins && starts.get(guess + 1).is_none_or(|next| time < *next) {
        return Some(guess);
    }
    starts.partition_point(|start| *start <= time).checked_sub(1)
}

/// The value in the middle; of an even number, the mean of the two there. In linear time.
pub(crate) fn median(mut values: Vec<f32>) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let (middle, even) = (values.len() / 2, values.len().is_multiple_of(2));
    let (below, high, _) = values.select_nth_unstable_by(middle, f32::total_cmp);
    let high = f64::from(*high);
    let low = below.iter().copied().max_by(f32::total_cmp).filter(|_| even);
    Some(low.map_or(high, |low| f64::midpoint(f64::from(low), high)))
}

/// How long a question counts as one that nobody has answered, in microseconds: as long as the desk looks back.
pub(crate) const OPEN: i64 = WINDOW_DAYS as i64 * DAY;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_begin_where_calendars_do() {
        let time = |text: &str| text.parse::<Timestamp>().expect("a time").as_microsecond();
        let check = |stretch: Stretch, from: &str, until: &str, expected: &str| {
            let starts = stretch.starts(time(from), time(until));
            let starts: Vec<String> = starts
                .iter()
                .map(|start| Timestamp::from_microsecond(*start).expect("a time").strftime("%m-%d").to_string())
                .collect();
            assert_eq!(starts.join(" "), expected, "{stretch:?}");
        };
        check(Stretch::Day, "2024-02-28T12:00:00Z", "2024-03-01T00:00:00Z", "02-28 02-29");
        check(Stretch::Week, "2024-02-28T12:00:00Z", "2024-03-12T00:00:01Z", "02-26 03-04 03-11");
        check(Stretch::Month, "2024-01-31T12:00:00Z", "2024-03-01T00:00:01Z", "01-01 02-01 03-01");
        check(Stretch::Year, "2023-12-31T12:00:00Z", "2024-01-01T00:00:01Z", "01-01 01-01");
        assert_eq!(Stretch::Day.starts(i64::MIN, i64::MAX), Vec::<i64>::new());
    }

    #[test]
    fn medians_and_slots() {
        assert_eq!(
            [vec![], vec![3.0], vec![6.0, 1.0], vec![6.0, 1.0, 2.0, 4.0]].map(median),
            [None, Some(3.0), Some(3.5), Some(3.0)]
        );
        let starts = [10, 20, 30];
        let slots: Vec<_> = [9, 10, 19, 20, 99].map(|time| slot_of(&starts, time, 1)).into();
        assert_eq!(slots, [None, Some(0), Some(0), Some(1), Some(2)]);
    }
}
