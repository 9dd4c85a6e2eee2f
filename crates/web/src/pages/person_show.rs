//! One person: everything they did in time, what they know, whom they know, what they could be asked next, who they are.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use chart::{Mark, OverTime, Series, Shape, Step, Unit};
use desk::Role;
use insight::people::PersonAsk;
use insight::views::{LevelChange, MonthCount, PersonFile, PreferencesView, WhoDecision};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use super::{Form, Frame, Named, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/people/{id}",
    title: "Person",
    section: Section::People,
    least: Role::Viewer,
    publishable: false,
    table: Some("entries"),
    route: || get(show),
};

/// Entries on a page, and lines of the table that can be taken along.
const ON_A_PAGE: usize = 50;
const IN_A_SHEET: usize = 2_000;
/// Months that the chart shows at least.
const YEAR: usize = 12;
/// Months that the chart shows at most: what is older is in the twin.
const MONTHS: usize = 60;

/// The part of the address after `?`: which part of what they did.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    month: String,
    page: Option<usize>,
}

#[derive(Template)]
#[template(path = "person_show.html")]
struct PersonShow<'a> {
    frame: &'a Frame,
    view: &'a PersonFile,
    wanted: &'a Wanted,
}

/// `GET /people/{id}`, its twin and its table.
async fn show(
    State(app): State<App>,
    asking: Asking,
    Named(id): Named,
    query: Result<Query<Wanted>, QueryRejection>,
) -> Response {
    let Some(id) = id else { return Failure::NoPerson.reply(&app, &asking) };
    let Ok(Query(wanted)) = query else { return Failure::BadQuery.reply(&app, &asking) };
    let Some(ask) = wanted.ask(asking.form) else { return Failure::BadQuery.reply(&app, &asking) };
    let here = asking.here();
    let question = move |room: &Room<'_>| {
        let ask = PersonAsk { team: room.visitor.may(&Role::Member), ..ask };
        let file = room.answers.person_file(id.as_str(), &ask)?.ok_or_else(|| room.nobody(id.as_str()))?;
        // An identity's id, or that of a person before a merge: the page has one address.
        match file.page.person.id.as_str() {
            now if now == id.as_str() => Ok(file),
            now => Err(Failure::Moved(here.replacen(id.as_str(), now, 1))),
        }
    };
    let page = move |frame: &Frame, view: &PersonFile| render(&PersonShow { frame, view, wanted: &wanted });
    app.reply(&PLACE, asking, "", question, page).await
}

impl Wanted {
    fn ask(&self, form: Form) -> Option<PersonAsk> {
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let (offset, limit) = match form {
            Form::Sheet => (0, IN_A_SHEET),
            Form::Page | Form::Twin => (self.page().checked_sub(1)?.checked_mul(ON_A_PAGE)?, ON_A_PAGE),
        };
        Some(PersonAsk { kind: given(&self.kind), month: given(&self.month), offset, limit, team: false })
    }

    fn page(&self) -> usize {
        self.page.unwrap_or(1).max(1)
    }
}

impl PersonShow<'_> {
    /// The address of this page with another kind, month or page of what they did.
    fn to(&self, kind: &str, month: &str, page: usize) -> String {
        let page = if page > 1 { page.to_string() } else { String::new() };
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (field, now) in [("kind", kind), ("month", month), ("page", &page)] {
            if !now.is_empty() {
                query.append_pair(field, now);
            }
        }
        let question = if [kind, month, page.as_str()].iter().all(|text| text.is_empty()) { "" } else { "?" };
        format!("/people/{}{question}{}#did", self.view.page.person.id, query.finish())
    }

    fn around(&self) -> (Option<String>, Option<String>) {
        let (page, wanted) = (self.wanted.page(), self.wanted);
        let more = self.view.entries_total > (page as u64).saturating_mul(ON_A_PAGE as u64);
        let to = |page: usize| self.to(&wanted.kind, &wanted.month, page);
        ((page > 1).then(|| to(page - 1)), more.then(|| to(page + 1)))
    }

    /// What they did by month, with when their level changed; each month opens what was done in it.
    fn chart(&self) -> String {
        let months = &self.view.months;
        let shown = &months[months.len().saturating_sub(MONTHS)..];
        // The axis begins a year back at least: the only month of a newcomer would be one wide bar.
        let blank = blank_months(shown.first());
        let blank = blank.iter().take(YEAR.saturating_sub(shown.len())).rev();
        let dated: Vec<(i64, &MonthCount)> =
            blank.chain(shown).filter_map(|month| Some((start(&month.month)?, month))).collect();
        let line = |name: &str, tone, count: fn(&MonthCount) -> u32| Series {
            name: name.to_owned(),
            tone,
            values: dated.iter().map(|(_, month)| Some(f64::from(count(month)))).collect(),
        };
        let chart = OverTime {
            name: "life".to_owned(),
            title: "By month".to_owned(),
            about: if months.len() > MONTHS { "The last five years.".to_owned() } else { String::new() },
            unit: Unit::Count,
            shape: Shape::Bars,
            step: Step::Month,
            starts: dated.iter().map(|(start, _)| *start).collect(),
            series: vec![
                line("for others or the project", 0, |month| month.gave),
                line("all else", 5, |month| month.done.saturating_sub(month.gave)),
            ],
            links: dated.iter().map(|(_, month)| self.to("", &month.month, 1)).collect(),
            marks: self.view.levels.iter().skip(1).map(mark).collect(),
        };
        chart.figure()
    }

    fn decisions(&self) -> &[WhoDecision] {
        self.view.team.as_ref().map(|team| team.decisions.as_slice()).unwrap_or_default()
    }
}

/// The months of the year before one, the latest first, with nothing done in them.
fn blank_months(before: Option<&MonthCount>) -> Vec<MonthCount> {
    let Some(first) = before.and_then(|month| format!("{}-01", month.month).parse::<Date>().ok()) else {
        return Vec::new();
    };
    let month = |back: i64| first.checked_sub(back.months()).ok().map(|date| date.strftime("%Y-%m").to_string());
    let blank = |month: String| MonthCount { month, done: 0, gave: 0 };
    (1..YEAR as i64).filter_map(month).map(blank).collect()
}

/// When a month (`2024-05`) begins, microseconds UTC.
fn start(month: &str) -> Option<i64> {
    let first: Date = format!("{month}-01").parse().ok()?;
    Some(first.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_microsecond())
}

/// A change of level, as it is marked in the chart.
fn mark(change: &LevelChange) -> Mark {
    let label = format!("{} since {}", change.level.as_str(), words::day(&change.since));
    Mark { at: change.since, until: None, label, href: None }
}

/// What was decided, in words.
fn decided(decision: &WhoDecision) -> &'static str {
    match decision.kind {
        "same_person" => "is one person with",
        "not_same_person" => "is not",
        "put_off" => "may be, to be asked later:",
        "apart" => "an identity was taken out",
        "locked" => "locked",
        _ => "decided",
    }
}

/// A kind of thing done, in words: `voted_up` is `voted up`.
fn kind(kind: &str) -> String {
    kind.replace('_', " ")
}

/// A day as a field of a form takes it; empty for none.
fn field_day(time: &Option<i64>) -> String {
    time.map(|time| words::iso(&time).chars().take(10).collect()).unwrap_or_default()
}

/// Whether anything is written down.
fn says_anything(given: &PreferencesView) -> bool {
    *given != PreferencesView::default()
}
