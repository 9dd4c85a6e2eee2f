//! Charts of a report, as they stand in its text.

use chart::{Bar, Bars, OverTime, Series, Shape, Step, Unit};
use insight::views::SeriesView;
use insight::{MetricsFilter, SeriesAsk, Stretch};
use model::time::DAY;

use super::Ask;
use crate::facts::{Charts, Topic};
use crate::{Chart, Questions, Result};

/// Days shown before the period, so that it is seen where it comes from.
const BACK: i64 = 365;
/// Topics side by side.
const TOPICS: usize = 8;

pub(super) fn of(questions: &dyn Questions, ask: &Ask) -> Result<Charts> {
    let (source, channel) = ask.place();
    let (from, until) = (ask.period.from(), ask.period.until());
    let long = until.saturating_sub(from) > 2 * BACK * DAY;
    let filter = MetricsFilter {
        from: Some(if long { from } else { until.saturating_sub(BACK * DAY) }),
        until: Some(until.saturating_sub(1)),
        source,
        channel,
        ..MetricsFilter::default()
    };
    let series = questions.series(&SeriesAsk { stretch: Stretch::Month, questions: filter, tier: None })?;
    let growth = questions.growth()?.series;
    let everywhere = ask.of.is_empty() || ask.kind == crate::Kind::Release;
    Ok(Charts {
        questions: over_time(
            &series,
            Drawn {
                title: "Questions by month",
                about: "Asked, and answered by now.",
                unit: Unit::Count,
                lines: &[("questions", "asked"), ("answered", "answered")],
            },
        ),
        response: over_time(
            &series,
            Drawn {
                title: "Time to first response by month (median)",
                about: "Half of the questions that got a response got it within this time.",
                unit: Unit::Hours,
                lines: &[("first_response_median", "half within")],
            },
        ),
        people: if everywhere {
            over_time(
                &between(&growth, until.saturating_sub(BACK * DAY), until),
                Drawn {
                    title: "People by month",
                    about: "Who wrote, and who was seen for the first time.",
                    unit: Unit::Count,
                    lines: &[("active_people", "active"), ("newcomers", "newcomers")],
                },
            )
        } else {
            String::new()
        },
        topics: String::new(),
    })
}

struct Drawn<'a> {
    title: &'a str,
    about: &'a str,
    unit: Unit,
    lines: &'a [(&'a str, &'a str)],
}

/// The chart's fence; empty where there are fewer than two stretches, or nothing in them.
fn over_time(series: &SeriesView, drawn: Drawn<'_>) -> String {
    let line = |(at, (name, called)): (usize, &(&str, &str))| Series {
        name: (*called).to_owned(),
        tone: if at == 0 { 0 } else { 2 },
        values: series.line(name).values,
    };
    let lines: Vec<Series> = drawn.lines.iter().enumerate().map(line).collect();
    let any = lines.iter().flat_map(|line| &line.values).any(|value| value.is_some_and(|value| value > 0.0));
    if series.starts.len() < 2 || !any {
        return String::new();
    }
    let chart = OverTime {
        title: drawn.title.to_owned(),
        about: drawn.about.to_owned(),
        unit: drawn.unit,
        shape: Shape::Lines,
        step: Step::parse(series.step).unwrap_or_default(),
        starts: series.starts.clone(),
        series: lines,
        ..OverTime::default()
    };
    Chart::Time(chart).block()
}

/// The stretches of a series that begin in a time.
fn between(series: &SeriesView, from: i64, until: i64) -> SeriesView {
    let slots: Vec<usize> =
        (0..series.starts.len()).filter(|at| series.starts[*at] >= from && series.starts[*at] < until).collect();
    let mut cut = series.clone();
    cut.starts = slots.iter().map(|at| series.starts[*at]).collect();
    for line in &mut cut.lines {
        line.values = slots.iter().map(|at| line.values.get(*at).copied().flatten()).collect();
        line.cases = slots.iter().map(|at| line.cases.get(*at).copied().unwrap_or_default()).collect();
    }
    cut
}

/// Topics side by side; empty where there are fewer than two.
pub(super) fn topics(topics: &[Topic]) -> String {
    if topics.len() < 2 {
        return String::new();
    }
    let bar = |topic: &Topic| Bar { name: topic.topic.clone(), link: None, values: vec![topic.questions as f64] };
    let bars = Bars {
        title: "What was asked about".to_owned(),
        about: "Questions by topic; one question may be about several.".to_owned(),
        parts: vec!["questions".to_owned()],
        bars: topics.iter().take(TOPICS).map(bar).collect(),
        ..Bars::default()
    };
    Chart::Names(bars).block()
}
