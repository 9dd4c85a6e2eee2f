//! When things happen: how much goes on each day, and the events of the community.
//!
//! The community grows, rests at weekends, in July and August and around the turn of the year. Once a
//! year it meets; twice a year it releases, the last time twelve days before the end, and from then on
//! its hero is on leave: that is why so many wait at the end.

use jiff::civil::Date;

use crate::clock::{DAY, HOUR, Seconds, is_weekend, local};
use crate::rng::Rng;
use crate::settings::{Settings, SimulateError};

#[derive(Debug)]
pub(crate) struct Calendar {
    /// Midnight UTC of the first day.
    pub(crate) start: Seconds,
    /// Midnight UTC after the last day.
    pub(crate) end: Seconds,
    /// For each day, how much of all that happens has happened by its end; the last is 1.
    shares: Vec<f64>,
    pub(crate) releases: Vec<Release>,
    /// First days of the conferences.
    pub(crate) conferences: Vec<Seconds>,
    /// From when on the hero is on leave.
    pub(crate) hero_leaves: Seconds,
}

#[derive(Debug, Clone)]
pub(crate) struct Release {
    pub(crate) day: Seconds,
    pub(crate) version: String,
}

/// Days of a conference.
pub(crate) const CONFERENCE: Seconds = 3 * DAY;
const RELEASE_EVERY: Seconds = 182 * DAY;
const RELEASE_BEFORE_END: Seconds = 12 * DAY;

impl Calendar {
    pub(crate) fn new(settings: &Settings) -> Result<Calendar, SimulateError> {
        let (start, end) = (midnight(settings.start), midnight(settings.end()?));
        let releases = releases(start, end);
        let conferences = conferences(start, end);
        let mut calendar =
            Calendar { start, end, shares: Vec::new(), releases, conferences, hero_leaves: end - 14 * DAY };
        let mut sum = 0.0;
        for day in 0..calendar.days() {
            sum += calendar.weight(start + day as i64 * DAY);
            calendar.shares.push(sum);
        }
        calendar.shares.iter_mut().for_each(|share| *share /= sum);
        Ok(calendar)
    }

    pub(crate) fn days(&self) -> usize {
        ((self.end - self.start) / DAY) as usize
    }

    /// How much of all that happens has happened by the end of a day.
    pub(crate) fn share_until(&self, day: usize) -> f64 {
        self.shares.get(day).copied().unwrap_or(1.0)
    }

    /// The version in use at a time and the one before it.
    pub(crate) fn versions(&self, time: Seconds) -> (&str, &str) {
        let count = self.releases.iter().take_while(|release| release.day <= time).count();
        let version =
            |count: usize| count.checked_sub(1).and_then(|at| self.releases.get(at)).map(|release| &*release.version);
        (version(count).unwrap_or("2.6"), version(count.saturating_sub(1)).unwrap_or("2.5"))
    }

    pub(crate) fn at_conference(&self, time: Seconds) -> bool {
        self.conferences.iter().any(|first| (*first..first + CONFERENCE + 2 * DAY).contains(&time))
    }

    /// How much goes on, compared with an ordinary working day half-way through the period.
    fn weight(&self, day: Seconds) -> f64 {
        let date = local(day, 0);
        let growth = 0.55 + 0.9 * (day - self.start) as f64 / (self.end - self.start) as f64;
        let week = if is_weekend(&date) { 0.42 } else { 1.0 };
        let season = match (date.month(), date.day()) {
            (7, _) => 0.72,
            (8, _) => 0.6,
            (12, 20..) | (1, ..3) => 0.35,
            _ => 1.0,
        };
        let conference = match self.at_conference(day) {
            true => 2.4,
            false => 1.0,
        };
        let released = self.releases.iter().any(|release| (release.day..release.day + 7 * DAY).contains(&day));
        growth * week * season * conference * if released { 1.8 } else { 1.0 }
    }

    /// Whether the hero does not answer.
    pub(crate) fn hero_away(&self, time: Seconds) -> bool {
        time >= self.hero_leaves || matches!(local(time, 0).date(), date if date.month() == 8 && date.day() < 15)
    }
}

/// A second of the local day on which somebody posts: office hours for those who do it at work, else
/// evenings as well.
pub(crate) fn second_of_day(rng: &mut Rng, office: bool) -> Seconds {
    let (hour, spread) = match rng.weighted(if office { &[5.0, 5.0, 1.0] } else { &[2.0, 3.0, 5.0] }) {
        0 => (10.2, 1.3),
        1 => (15.0, 1.6),
        _ => (20.6, 1.5),
    };
    let second = ((hour + spread * rng.normal()) * HOUR as f64) as Seconds;
    second.rem_euclid(DAY)
}

fn midnight(date: Date) -> Seconds {
    date.to_datetime(jiff::civil::Time::midnight())
        .to_zoned(jiff::tz::TimeZone::UTC)
        .map(|midnight| midnight.timestamp().as_second())
        .unwrap_or_default()
}

/// 2.7, 2.8, 2.9, 3.0, 3.1 and so on.
fn releases(start: Seconds, end: Seconds) -> Vec<Release> {
    let last = end - RELEASE_BEFORE_END;
    let count = (last - start) / RELEASE_EVERY + 1;
    (0..count)
        .map(|number| {
            let version = if number < 3 { format!("2.{}", 7 + number) } else { format!("3.{}", number - 3) };
            Release { day: last - (count - 1 - number) * RELEASE_EVERY, version }
        })
        .collect()
}

/// The first Tuesday of each May.
fn conferences(start: Seconds, end: Seconds) -> Vec<Seconds> {
    let years = local(start, 0).year()..=local(end, 0).year();
    years
        .filter_map(|year| Date::new(year, 5, 1).ok()?.nth_weekday_of_month(1, jiff::civil::Weekday::Tuesday).ok())
        .map(midnight)
        .filter(|day| (start..end - CONFERENCE).contains(day))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demonstration_has_four_conferences_and_eight_releases() {
        let calendar = Calendar::new(&Settings::demo()).expect("a possible period");
        assert_eq!(calendar.days(), 1_461);
        assert_eq!(calendar.conferences.len(), 4);
        let versions: Vec<&str> = calendar.releases.iter().map(|release| &*release.version).collect();
        assert_eq!(versions, ["2.7", "2.8", "2.9", "3.0", "3.1", "3.2", "3.3", "3.4"]);
        assert_eq!(calendar.versions(calendar.end), ("3.4", "3.3"));
        assert_eq!(calendar.versions(calendar.start), ("2.6", "2.5"));
        assert_eq!(calendar.share_until(calendar.days() - 1), 1.0);
        assert_eq!(local(calendar.conferences[0], 0).date().to_string(), "2023-05-02");
    }

    #[test]
    fn periods_that_cannot_be_are_refused() {
        for (year, years) in [(2022, 0), (2022, 21), (1900, 4), (2090, 4)] {
            let settings = Settings { start: jiff::civil::date(year, 1, 1), years, ..Settings::demo() };
            assert!(Calendar::new(&settings).is_err());
        }
    }
}
