//! Who changed what: every decision, and every change of settings, sources and the team.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use desk::{AuditAsk, AuditLine, Role};
use serde::{Deserialize, Serialize};

use super::{Frame, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/settings/audit",
    title: "Audit",
    section: Section::Settings,
    least: Role::Maintainer,
    publishable: false,
    table: Some("lines"),
    route: || get(show),
};

/// Lines of a page.
const EACH: u64 = 50;

/// Pages that can be leafed to: what is older is found by the filters, or in SQL.
const LAST: u64 = 2_000;

/// The part of the address after `?`.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Wanted {
    who: Option<String>,
    area: Option<String>,
    page: Option<u64>,
}

/// What stands on the page.
#[derive(Debug, Serialize)]
struct View {
    /// Newest first.
    lines: Vec<Line>,
    /// Everybody who changed something, by name.
    names: Vec<String>,
    /// This page's number, from 1 on.
    page: u64,
    /// Whether there is another one after it.
    more: bool,
}

/// One change. Times are microseconds UTC.
#[derive(Debug, Serialize)]
struct Line {
    at: i64,
    who: String,
    /// What it concerns, in a word.
    area: String,
    /// What they did, to go on after the name.
    what: String,
    /// Whom or what it is about.
    subject: Option<String>,
    /// The page of it.
    href: Option<String>,
    /// Why, in their words.
    why: Option<String>,
    /// How many cases it is about.
    cases: u64,
    /// Whether it was taken back.
    undone: bool,
    /// The step on the desk.
    step: Option<i64>,
}

#[derive(Template)]
#[template(path = "audit_list.html")]
struct AuditList<'a> {
    frame: &'a Frame,
    view: &'a View,
    wanted: &'a Wanted,
    areas: &'static [&'static str],
}

/// What can be chosen, in the order of the list.
const AREAS: &[&str] =
    &["cases", "decisions", "people", "preferences", "asked", "texts", "team", "tokens", "sources", "settings", "export"];

/// `GET /settings/audit`, with `who=`, `area=` and `page=`.
async fn show(State(app): State<App>, asking: Asking, query: Result<Query<Wanted>, QueryRejection>) -> Response {
    let Ok(Query(wanted)) = query else { return Failure::BadQuery.reply(&app, &asking) };
    let wanted = Wanted {
        who: wanted.who.filter(|who| !who.is_empty()),
        area: wanted.area.filter(|area| !area.is_empty()),
        page: wanted.page,
    };
    let asked = wanted.clone();
    let question = move |room: &Room<'_>| view(room, &asked);
    let page = move |frame: &Frame, view: &View| render(&AuditList { frame, view, wanted: &wanted, areas: AREAS });
    app.reply(&PLACE, asking, "", question, page).await
}

fn view(room: &Room<'_>, wanted: &Wanted) -> Result<View, Failure> {
    let desk = room.desk()?;
    let page = wanted.page.unwrap_or(1).clamp(1, LAST);
    let ask = AuditAsk {
        who: wanted.who.clone(),
        area: wanted.area.clone(),
        offset: (page - 1) * EACH,
        limit: EACH + 1,
    };
    let mut lines = desk.audit(&ask)?;
    let more = lines.len() as u64 > EACH && page < LAST;
    lines.truncate(EACH as usize);
    Ok(View { lines: lines.into_iter().map(line).collect(), names: desk.audit_names()?, page, more })
}

fn line(line: AuditLine) -> Line {
    let AuditLine { at, who, area, what, subject, why, cases, step, undone } = line;
    let what = if area == "decisions" { decided(&what).to_owned() } else { what };
    // What is about many has no page of its own.
    let subject = subject.filter(|_| cases < 2);
    let href = subject.as_deref().and_then(|subject| page_of(&area, subject));
    Line { at, who, area, what, subject, href, why, cases, undone, step }
}

/// The page of what was changed, where it has one. Ids begin with a letter that says what they are of.
fn page_of(area: &str, subject: &str) -> Option<String> {
    let known = model::Id::parse(subject).is_some();
    match (area, known) {
        ("cases", true) => Some(format!("/conversations/{subject}")),
        ("preferences" | "asked" | "people", true) => Some(format!("/people/{subject}")),
        ("decisions", true) if subject.starts_with('m') => Some(format!("/conversations/{subject}")),
        ("decisions", true) => Some(format!("/people/{subject}")),
        _ => None,
    }
}

/// A kind of decision, to go on after a name.
fn decided(kind: &str) -> &str {
    match kind {
        "do_not_ask" => "said that they are not to be asked",
        "may_ask" => "said that they may be asked",
        "same_person" => "merged two people",
        "not_same_person" => "refused a suggestion",
        "put_off" => "put a suggestion off",
        "apart" => "took a person apart",
        "locked" => "locked a person",
        "taken_back" => "took a decision back",
        "asked_tier" => "corrected the tier that it asks for",
        "observed_tier" => "corrected the tier that it took",
        "answers" => "corrected what a line answers",
        other => other,
    }
}

impl AuditList<'_> {
    /// The address of another page of the same list.
    fn page(&self, number: &u64) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("who", &self.wanted.who), ("area", &self.wanted.area)] {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        if *number > 1 {
            query.append_pair("page", &number.to_string());
        }
        format!("/settings/audit?{}", query.finish())
    }

    fn is_who(&self, name: &str) -> bool {
        self.wanted.who.as_deref() == Some(name)
    }

    fn is_area(&self, area: &str) -> bool {
        self.wanted.area.as_deref() == Some(area)
    }
}
