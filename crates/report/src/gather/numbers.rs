//! How much there was, beside the stretch just before: for readers who know no goals yet.

use chart::Unit;
use insight::views::{PeriodCounts, PeriodView};

use super::words::said;
use crate::facts::Number;

/// A number: its name, what it is in, whether more is better (+1), worse (-1) or neither (0), how it is had, and how many
/// cases it rests on.
type Line = (&'static str, Unit, i8, fn(&PeriodCounts) -> Option<f64>, fn(&PeriodCounts) -> u64);

const LINES: &[Line] = &[
    ("Questions asked", Unit::Count, 0, |one| Some(one.questions as f64), |one| one.questions),
    (
        "Questions answered",
        Unit::Share,
        1,
        |one| (one.questions > 0).then(|| one.answered as f64 / one.questions as f64),
        |one| one.questions,
    ),
    ("Time to first response (median)", Unit::Hours, -1, |one| one.first_response_median, |one| one.answered),
    ("People who took part", Unit::Count, 1, |one| Some(one.active_people as f64), |one| one.active_people),
    ("People who answered", Unit::Count, 1, |one| Some(one.helpers as f64), |one| one.helpers),
    ("Newcomers", Unit::Count, 1, |one| Some(one.newcomers as f64), |one| one.newcomers),
    (
        "People with a first contribution",
        Unit::Count,
        1,
        |one| Some(one.new_contributors as f64),
        |one| one.new_contributors,
    ),
    ("Messages", Unit::Count, 0, |one| Some(one.messages as f64), |one| one.messages),
    ("Commits", Unit::Count, 0, |one| (one.commits > 0).then_some(one.commits as f64), |one| one.commits),
];

/// The numbers of a period; those of which nothing is known are left out.
pub(super) fn counted(period: &PeriodView) -> Vec<Number> {
    let number = |(title, unit, good, value, cases): &Line| {
        let (now, before) = (value(&period.counts), value(&period.before));
        (now.is_some() || before.is_some()).then(|| Number {
            title: (*title).to_owned(),
            value: said(*unit, now),
            before: said(*unit, before),
            change: change(now, before, *good).to_owned(),
            cases: cases(&period.counts),
            known: true,
            ..Number::default()
        })
    };
    LINES.iter().filter_map(number).collect()
}

/// A change of less is none: one part in twenty.
const SAME: f64 = 0.05;

/// How a number went; `good` is +1 where more is better, -1 where less is, 0 where neither.
pub(super) fn change(now: Option<f64>, before: Option<f64>, good: i8) -> &'static str {
    let (Some(now), Some(before)) = (now, before) else { return "" };
    let went = (now - before) * f64::from(good);
    match went {
        _ if (now - before).abs() <= SAME * before.abs() => "same",
        _ if good == 0 => "",
        went if went > 0.0 => "better",
        _ => "worse",
    }
}
