//! How much is asked, how many wait and how soon they hear something: the last half year by week, above the list.

use chart::{OverTime, Shape, Unit};
use insight::views::{Events, SeriesView};
use insight::{MetricsFilter, SeriesAsk, Stretch};
use model::time::DAY;

use crate::failure::Failure;
use crate::pages::figures::{Drawn, spark_of};
use crate::room::Room;
use crate::words;

/// How far back the charts go: half a year says whether a week is unusual, and its bars are wide enough to be pointed at.
const DAYS: i64 = 182;

/// What is drawn above the list.
#[derive(Debug, Clone, Default)]
pub(super) struct Trends {
    series: SeriesView,
    events: Events,
}

/// One number of the last whole week, and where it goes.
pub(super) struct Lately {
    /// Its name in the catalogue.
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) value: String,
    pub(super) spark: String,
}

impl Trends {
    pub(super) fn new(room: &Room<'_>) -> Result<Trends, Failure> {
        let from = room.answers.about().as_of.saturating_sub(DAYS * DAY);
        let questions = MetricsFilter { from: Some(from), ..MetricsFilter::default() };
        let ask = SeriesAsk { stretch: Stretch::Week, questions, ..SeriesAsk::default() };
        Ok(Trends { series: whole(room.answers.series(&ask)?), events: room.answers.events()? })
    }

    /// Whether there is a whole week to speak of.
    pub(super) fn is_known(&self) -> bool {
        self.series.starts.len() > 1
    }

    /// The last whole week in numbers.
    pub(super) fn lately(&self) -> Vec<Lately> {
        let known = [
            ("questions", "asked", Unit::Count),
            ("unanswered", "left waiting", Unit::Count),
            ("first_response_median", "to a first response", Unit::Hours),
        ];
        known.into_iter().map(|(name, title, unit)| self.number(name, title, unit)).collect()
    }

    fn number(&self, name: &'static str, title: &'static str, unit: Unit) -> Lately {
        let weeks = self.series.line(name).values;
        let value = weeks.last().copied().flatten().map_or_else(|| "–".to_owned(), |value| unit.long(value));
        Lately { name, title, value, spark: spark_of(&weeks, &format!("{title}, by week")) }
    }

    /// The charts, each point with a link to the conversations behind it.
    pub(super) fn figures(&self) -> Vec<String> {
        let drawn = [
            Drawn {
                name: "volume",
                title: "Questions by week",
                about: "Asked, and answered by now.",
                unit: Unit::Count,
                shape: Shape::Lines,
                lines: &[("questions", "asked", 0), ("answered", "answered", 2)],
            },
            Drawn {
                name: "waiting",
                title: "Waiting by week",
                about: "Questions without a response at the end of the week.",
                unit: Unit::Count,
                shape: Shape::Lines,
                lines: &[("unanswered", "waiting", 1)],
            },
            Drawn {
                name: "response",
                title: "Time to first response by week",
                about: "Half of the questions that got a response got it within this time.",
                unit: Unit::Hours,
                shape: Shape::Lines,
                lines: &[("first_response_median", "median", 0)],
            },
        ];
        drawn
            .iter()
            .map(|drawn| OverTime { links: self.links(), ..drawn.of(&self.series, &self.events) }.figure())
            .collect()
    }

    /// The questions of each stretch, as a query of this page.
    fn links(&self) -> Vec<String> {
        let ends = self.series.starts.iter().skip(1).copied().chain([self.series.as_of]);
        let day = |time: i64| words::iso(&time).chars().take(10).collect::<String>();
        let query = |from: i64, until: i64| format!("is%3Aquestion+after%3A{}+before%3A{}", day(from), day(until));
        let stretches = self.series.starts.iter().zip(ends);
        stretches.map(|(from, until)| format!("/conversations?view=all&q={}", query(*from, until))).collect()
    }
}

/// Without the week that goes on: its numbers would look like a fall, and nobody has waited until its end.
fn whole(mut series: SeriesView) -> SeriesView {
    if let Some(start) = series.starts.pop() {
        series.as_of = start;
        for line in &mut series.lines {
            line.values.truncate(series.starts.len());
            line.cases.truncate(series.starts.len());
        }
    }
    series
}
