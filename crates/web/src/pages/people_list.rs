//! Everybody: found by name, kept by segment, channel, organization, level, knowledge and tag; tagged in bulk.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::people::{Level, PeopleAsk, PeopleSort, Segment};
use insight::views::PeopleList;
use serde::Deserialize;

use super::{Form, Frame, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/people",
    title: "People",
    section: Section::People,
    least: Role::Viewer,
    publishable: false,
    table: Some("people"),
    route: || get(show),
};

/// People on a page, and lines of the table that can be taken along.
const ON_A_PAGE: usize = 50;
const IN_A_SHEET: usize = 20_000;

/// The part of the address after `?`: which people. A form sends empty fields too: they are none.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    name: String,
    #[serde(default)]
    segment: String,
    #[serde(default)]
    level: String,
    #[serde(default)]
    channel: String,
    #[serde(default)]
    organization: String,
    #[serde(default)]
    area: String,
    #[serde(default)]
    tag: String,
    #[serde(default)]
    sort: String,
    page: Option<usize>,
}

#[derive(Template)]
#[template(path = "people_list.html")]
struct PeopleListPage<'a> {
    frame: &'a Frame,
    view: &'a PeopleList,
    wanted: &'a Wanted,
}

/// `GET /people`, `/people.json` and `/people.csv`.
async fn show(State(app): State<App>, asking: Asking, query: Result<Query<Wanted>, QueryRejection>) -> Response {
    let Ok(Query(wanted)) = query else { return Failure::BadQuery.reply(&app, &asking) };
    let Some(ask) = wanted.ask(asking.form) else { return Failure::BadQuery.reply(&app, &asking) };
    let question = move |room: &Room<'_>| {
        let ask = PeopleAsk { team: room.visitor.may(&Role::Member), ..ask };
        Ok(room.answers.people_list(&ask)?)
    };
    let page = move |frame: &Frame, view: &PeopleList| render(&PeopleListPage { frame, view, wanted: &wanted });
    app.reply(&PLACE, asking, "", question, page).await
}

impl Wanted {
    /// What to ask; `None` if a word is none of ours.
    fn ask(&self, form: Form) -> Option<PeopleAsk> {
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let word = |text: &str| given(text).map(|text| text.to_lowercase());
        let (offset, limit) = match form {
            Form::Sheet => (0, IN_A_SHEET),
            Form::Page | Form::Twin => (self.page().checked_sub(1)?.checked_mul(ON_A_PAGE)?, ON_A_PAGE),
        };
        Some(PeopleAsk {
            name: given(&self.name),
            segment: known(word(&self.segment), Segment::parse)?,
            level: known(word(&self.level), Level::parse)?,
            channel: given(&self.channel),
            organization: given(&self.organization),
            area: given(&self.area),
            tag: word(&self.tag),
            sort: known(word(&self.sort), PeopleSort::parse)?.unwrap_or_default(),
            team: false,
            offset,
            limit,
        })
    }

    fn page(&self) -> usize {
        self.page.unwrap_or(1).max(1)
    }

    /// The address of the same with one thing otherwise.
    fn with(&self, name: &str, value: &str) -> String {
        let fields = [
            ("name", &self.name),
            ("segment", &self.segment),
            ("level", &self.level),
            ("channel", &self.channel),
            ("organization", &self.organization),
            ("area", &self.area),
            ("tag", &self.tag),
            ("sort", &self.sort),
        ];
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (field, now) in fields {
            let now = if field == name { value } else { now.as_str() };
            if !now.is_empty() {
                query.append_pair(field, now);
            }
        }
        if name == "page" && value != "1" {
            query.append_pair("page", value);
        }
        match query.finish() {
            query if query.is_empty() => "/people".to_owned(),
            query => format!("/people?{query}"),
        }
    }

    /// The page before and the one after, where there are any.
    fn around(&self, total: &u64) -> (Option<String>, Option<String>) {
        let page = self.page();
        let more = *total > (page as u64).saturating_mul(ON_A_PAGE as u64);
        let to = |page: usize| self.with("page", &page.to_string());
        ((page > 1).then(|| to(page - 1)), more.then(|| to(page + 1)))
    }

    fn is_limited(&self) -> bool {
        [&self.name, &self.level, &self.channel, &self.organization, &self.area, &self.tag].iter().any(|text| !text.is_empty())
    }

    /// Whether what was typed as a name looks like an address, which is not looked for here.
    fn is_address(&self) -> bool {
        self.name.contains('@')
    }
}

/// A word that must be one of ours if it is given.
fn known<T>(word: Option<String>, parse: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    match word {
        None => Some(None),
        Some(word) => parse(&word).map(Some),
    }
}

/// What a segment is called, and whom it holds.
fn segment(segment: &Option<Segment>) -> (&'static str, &'static str) {
    match segment {
        None => ("Everybody", "Everybody but programs and the team's own staff."),
        Some(Segment::Newcomers) => ("Newcomers", "First seen in the last 90 days."),
        Some(Segment::Regulars) => ("Regulars", "Here in at least four of the last six months."),
        Some(Segment::Quiet) => {
            ("Quiet lately", "Here in at least three of the twelve months before the last three, and not since.")
        }
        Some(Segment::Helpers) => ("Helpers", "Wrote in somebody else's question in the last year."),
        Some(Segment::Askers) => ("Askers", "Asked in the last year."),
        Some(Segment::Bots) => ("Bots", "Programs: counted apart, always."),
        Some(Segment::Staff) => ("Staff", "Whoever has the tag “staff”: counted apart, always."),
    }
}

fn segment_word(segment: &Option<Segment>) -> &'static str {
    segment.map_or("", Segment::as_str)
}

/// What an order is called.
fn sort(sort: &PeopleSort) -> &'static str {
    match sort {
        PeopleSort::Seen => "seen last",
        PeopleSort::New => "newest",
        PeopleSort::Name => "by name",
        PeopleSort::Helped => "helped with most",
        PeopleSort::Messages => "wrote most",
    }
}
