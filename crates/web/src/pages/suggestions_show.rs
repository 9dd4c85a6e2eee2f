//! Who may be who: one pair after another, side by side, decided by a button or an arrow key.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::people::SuggestionAsk;
use insight::views::{PersonSide, SuggestionQueue};
use model::Id;
use serde::Deserialize;

use super::{Form, Frame, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/people/suggestions",
    title: "Who may be who",
    section: Section::People,
    least: Role::Member,
    publishable: false,
    table: Some("waiting"),
    route: || get(show),
};

/// Pairs on a page of the list.
const ON_A_PAGE: usize = 50;
const IN_A_SHEET: usize = 20_000;

/// The part of the address after `?`: one pair, or which of the list.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    one: String,
    #[serde(default)]
    other: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    reason: String,
    /// `list` shows the list instead of the pair.
    #[serde(default)]
    view: String,
    page: Option<usize>,
}

#[derive(Template)]
#[template(path = "suggestions_show.html")]
struct SuggestionsShow<'a> {
    frame: &'a Frame,
    view: &'a SuggestionQueue,
    wanted: &'a Wanted,
}

/// `GET /people/suggestions`, its twin and its table.
async fn show(State(app): State<App>, asking: Asking, query: Result<Query<Wanted>, QueryRejection>) -> Response {
    let Ok(Query(wanted)) = query else { return Failure::BadQuery.reply(&app, &asking) };
    let Some(ask) = wanted.ask(asking.form) else { return Failure::BadQuery.reply(&app, &asking) };
    let question = move |room: &Room<'_>| Ok(room.answers.suggestion_queue(&ask)?);
    let page = move |frame: &Frame, view: &SuggestionQueue| render(&SuggestionsShow { frame, view, wanted: &wanted });
    app.reply(&PLACE, asking, "", question, page).await
}

impl Wanted {
    fn ask(&self, form: Form) -> Option<SuggestionAsk> {
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let id = |text: &str| Id::parse(text.trim()).map(|id| id.to_string());
        let pair = match (self.one.as_str(), self.other.as_str()) {
            ("", "") => None,
            (one, other) => Some((id(one)?, id(other)?)),
        };
        let (offset, limit) = match form {
            Form::Sheet => (0, IN_A_SHEET),
            Form::Page | Form::Twin => (self.page().checked_sub(1)?.checked_mul(ON_A_PAGE)?, ON_A_PAGE),
        };
        Some(SuggestionAsk {
            pair,
            name: given(&self.name),
            reason: given(&self.reason),
            addresses: true,
            offset,
            limit,
        })
    }

    fn page(&self) -> usize {
        self.page.unwrap_or(1).max(1)
    }

    fn is_list(&self) -> bool {
        self.view == "list"
    }

    /// The address of the list or, without it, of the queue, limited alike.
    fn to(&self, view: &str, page: usize) -> String {
        let page = if page > 1 { page.to_string() } else { String::new() };
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (field, now) in [("view", view), ("name", &self.name), ("reason", &self.reason), ("page", &page)] {
            if !now.is_empty() {
                query.append_pair(field, now);
            }
        }
        match query.finish() {
            query if query.is_empty() => PLACE.path.to_owned(),
            query => format!("{}?{query}", PLACE.path),
        }
    }

    fn around(&self, fitting: &u64) -> (Option<String>, Option<String>) {
        let page = self.page();
        let more = *fitting > (page as u64).saturating_mul(ON_A_PAGE as u64);
        ((page > 1).then(|| self.to("list", page - 1)), more.then(|| self.to("list", page + 1)))
    }
}

/// How likely, as a person says it: `87 %`.
pub(super) fn percent(score: &f64) -> String {
    // A likeness is never certain.
    format!("{:.0}%", (score * 100.0).clamp(1.0, 99.0))
}

/// When in the day somebody is there, in words: the six hours (UTC) in which most is done.
pub(super) fn usual_hours(side: &PersonSide) -> Option<String> {
    const HOURS: usize = 6;
    if side.hours.iter().sum::<u32>() < 10 || side.hours.len() < 24 {
        return None;
    }
    let in_six = |start: usize| (start..start + HOURS).map(|hour| side.hours[hour % 24]).sum::<u32>();
    let start = (0..24).max_by_key(|start| (in_six(*start), 24 - start))?;
    Some(format!("mostly {start:02} to {:02} UTC", (start + HOURS) % 24))
}
