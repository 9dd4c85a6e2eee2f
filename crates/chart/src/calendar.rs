//! The horizontal axis: what a stretch of time is called, and which of them bear a label.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// How wide a character of a label is drawn, in pixels: measured on DejaVu Sans at 11.5 pixels, the widest of the fonts
/// that pages ask for.
pub(crate) const CHARACTER: f64 = 6.9;
/// Pixels between two labels at least.
const APART: f64 = 8.0;

/// How long each stretch of an axis is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Step {
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

/// A label of the axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    /// Which stretch it stands below.
    pub(crate) slot: usize,
    pub(crate) text: String,
}

/// Which stretches bear a label.
#[derive(Debug, Clone, Copy)]
enum Every {
    Slots(usize),
    Months(i32),
    Years(i32),
}

impl Step {
    /// The step of this name: `day`, `week`, `month`, `year`.
    pub fn parse(name: &str) -> Option<Step> {
        Some(match name {
            "day" => Step::Day,
            "week" => Step::Week,
            "month" => Step::Month,
            "year" => Step::Year,
            _ => return None,
        })
    }

    /// What the stretch that begins at `start` is called: `May 2024`, `week of 6 May 2024`.
    pub(crate) fn name(self, start: i64) -> String {
        let Some(date) = date(start) else { return "an unknown time".to_owned() };
        match self {
            Step::Day => date.strftime("%-d %B %Y").to_string(),
            Step::Week => date.strftime("week of %-d %B %Y").to_string(),
            Step::Month => date.strftime("%B %Y").to_string(),
            Step::Year => date.strftime("%Y").to_string(),
        }
    }

    /// Labels for stretches that begin at `starts` (ascending), on an axis of so many pixels: as many as fit without
    /// touching each other.
    pub(crate) fn labels(self, starts: &[i64], width: f64) -> Vec<Label> {
        let dates: Vec<Option<Date>> = starts.iter().map(|start| date(*start)).collect();
        let mut fewest = Vec::new();
        for every in self.choices() {
            let all = self.labelled(&dates, *every);
            let fitting = apart(&all, starts.len(), width);
            if fitting.len() == all.len() && !all.is_empty() {
                return fitting;
            }
            fewest = if fitting.is_empty() { fewest } else { fitting };
        }
        fewest
    }

    fn choices(self) -> &'static [Every] {
        const ALL: &[Every] = &[
            Every::Slots(1),
            Every::Slots(7),
            Every::Months(1),
            Every::Months(3),
            Every::Months(6),
            Every::Years(1),
            Every::Years(2),
            Every::Years(5),
            Every::Years(10),
            Every::Years(25),
            Every::Years(100),
        ];
        match self {
            Step::Day => ALL,
            Step::Week => &ALL[1..],
            Step::Month => &ALL[2..],
            Step::Year => &ALL[5..],
        }
    }

    fn labelled(self, dates: &[Option<Date>], every: Every) -> Vec<Label> {
        let mut labels = Vec::new();
        for (slot, date) in dates.iter().enumerate() {
            let Some(date) = date else { continue };
            let before = slot.checked_sub(1).and_then(|before| dates[before]);
            if !self.bears(*date, before, slot, every) {
                continue;
            }
            let text = match every {
                Every::Years(_) => date.strftime("%Y"),
                // The first label says which year it is.
                Every::Months(_) if labels.is_empty() => date.strftime("%b %Y"),
                Every::Months(_) if date.month() == 1 => date.strftime("%Y"),
                Every::Months(_) => date.strftime("%b"),
                Every::Slots(_) => date.strftime("%-d %b"),
            };
            labels.push(Label { slot, text: text.to_string() });
        }
        labels
    }

    fn bears(self, date: Date, before: Option<Date>, slot: usize, every: Every) -> bool {
        // The first stretch of an axis begins a month only if it stands near its beginning.
        let near = date.day() <= 7;
        let month = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
        match every {
            Every::Slots(count) => slot.is_multiple_of(if self == Step::Day { count } else { 1 }),
            Every::Months(count) => {
                month(date).rem_euclid(count) == 0 && before.map_or(near, |before| month(before) != month(date))
            }
            Every::Years(count) => {
                let year = i32::from(date.year());
                let begins = before.map_or(date.month() == 1 && near, |before| before.year() != date.year());
                year.rem_euclid(count) == 0 && begins
            }
        }
    }
}

/// Those of the labels that do not touch the one before.
fn apart(labels: &[Label], slots: usize, width: f64) -> Vec<Label> {
    let (mut end, mut fitting) = (f64::NEG_INFINITY, Vec::new());
    for label in labels {
        let (from, until) = extent(label, slots, width);
        if from >= end + APART {
            end = until;
            fitting.push(label.clone());
        }
    }
    fitting
}

/// From where to where a label goes, in pixels.
pub(crate) fn extent(label: &Label, slots: usize, width: f64) -> (f64, f64) {
    let middle = (label.slot as f64 + 0.5) / slots.max(1) as f64 * width;
    let half = label.text.chars().count() as f64 * CHARACTER / 2.0;
    (middle - half, middle + half)
}

fn date(start: i64) -> Option<Date> {
    Some(Timestamp::from_microsecond(start).ok()?.to_zoned(TimeZone::UTC).date())
}
