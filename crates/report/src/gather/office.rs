//! What the team keeps on its desk: stories that may be told, and what was done and whether its number moved.

use desk::{Action, Kept, Story};
use metric::{Metric, moved};
use model::time::DAY;

use super::goals::{in_unit, unit};
use super::words::{day, said};
use super::{Ask, Sources};
use crate::facts::{Done, Facts, Story as Told};
use crate::{Kind, ReportError, Result};

/// Whether a number moved is told of what was done up to so long before the period's end.
const LONG: i64 = 365 * DAY;

pub(super) fn add(sources: &Sources<'_>, ask: &Ask, facts: &mut Facts) -> Result<()> {
    let Some(desk) = sources.desk else { return Ok(()) };
    let failed = |error: desk::DeskError| ReportError::Tables(error.to_string());
    if matches!(ask.kind, Kind::Newsletter | Kind::Year | Kind::Review) {
        let stories = desk.records::<Story>().map_err(failed)?;
        facts.told_stories = stories.into_values().filter(|kept| may_be_told(kept, ask)).map(story).collect();
    }
    if matches!(ask.kind, Kind::Review | Kind::Tiers) {
        let actions = desk.records::<Action>().map_err(failed)?;
        facts.actions = actions.into_values().filter_map(|kept| action(sources, ask, kept.record)).collect();
    }
    Ok(())
}

/// A story with consent that was published in the time that is told of; for the team also one that is drafted.
fn may_be_told(kept: &Kept<Story>, ask: &Ask) -> bool {
    let story = &kept.record;
    let in_time = kept.at >= ask.period.from() && kept.at < ask.period.until().saturating_add(60 * DAY);
    let told = story.state == "published" || story.state == "drafted" && !ask.kind.is_public();
    story.consent && in_time && told
}

fn story(kept: Kept<Story>) -> Told {
    let Story { title, quote, draft, link, .. } = kept.record;
    let (quote, text, url) = (quote.unwrap_or_default(), draft.unwrap_or_default(), link.unwrap_or_default());
    Told { title, quote, text, url }
}

/// What was done by the end of the period and not too long before it.
fn action(sources: &Sources<'_>, ask: &Ask, action: Action) -> Option<Done> {
    let until = ask.period.until();
    let date = action.done.as_deref()?.parse::<jiff::civil::Date>().ok()?;
    let at = date.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_microsecond();
    if !(until.saturating_sub(LONG)..until).contains(&at) {
        return None;
    }
    let metric = action.metric.as_deref().and_then(|name| sources.catalogue.named(name));
    let numbers = metric.zip(sources.sql).and_then(|(metric, sql)| {
        let now = sources.questions.now();
        Some((metric, moved(sql, sources.catalogue, metric, at, now).ok()?))
    });
    let value =
        |metric: &Metric, value: Option<f64>| said(unit(metric.unit), value.map(|value| in_unit(metric, value)));
    let moved = numbers.map(|(metric, moved)| {
        let better = match moved.better {
            Some(true) => ", better",
            Some(false) => ", worse",
            None => "",
        };
        format!(
            "{}: {} in the 90 days before, {} in the {} after{better}",
            metric.title,
            value(metric, moved.before),
            value(metric, moved.after),
            if moved.days == 1 { "one day".to_owned() } else { format!("{} days", moved.days) },
        )
    });
    Some(Done {
        what: action.what,
        who: action.who.unwrap_or_default(),
        day: day(at),
        moved: moved.unwrap_or_default(),
        outcome: action.outcome.unwrap_or_default(),
    })
}
