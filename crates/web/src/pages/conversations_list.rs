//! Conversations: the desk's views, searching in titles and tags, and what is done to many at once.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::{Role, Saved, SavedKind};
use insight::views::{CaseList, ViewCount};
use insight::{CaseAsk, View};
use serde::Serialize;

use super::{Frame, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

mod trends;
mod wanted;
use trends::Trends;
use wanted::Wanted;

pub(crate) static PLACE: Place = Place {
    path: "/conversations",
    title: "Conversations",
    section: Section::Conversations,
    least: Role::Viewer,
    publishable: false,
    table: Some("list.cases"),
    route: || get(show),
};

/// Lines of a page: as many as a person looks through without losing the place.
const LINES: usize = 25;
/// Lines of which it is looked up anew who could help: each takes some milliseconds. The first of every view are known.
const FRESH: usize = 1;

/// The page's view.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Listed {
    /// The lines of this page.
    list: CaseList,
    /// How many are in each view.
    counts: Vec<ViewCount>,
    /// Queries that the team keeps.
    saved: Vec<Kept>,
    /// The names of macros.
    macros: Vec<String>,
    #[serde(skip)]
    trends: Trends,
}

/// A query under a name.
#[derive(Debug, Clone, Serialize)]
struct Kept {
    name: String,
    query: String,
}

#[derive(Template)]
#[template(path = "conversations_list.html")]
struct ConversationsList<'a> {
    frame: &'a Frame,
    view: &'a Listed,
    wanted: &'a Wanted,
}

/// `GET /conversations`, with `view=` and `q=`; what the form's fields say besides is written into `q`.
async fn show(State(app): State<App>, asking: Asking, query: Result<Query<Wanted>, QueryRejection>) -> Response {
    let Ok(Query(wanted)) = query else { return Failure::BadQuery.reply(&app, &asking) };
    if let Some(address) = wanted.written() {
        return Redirect::to(&format!("{}?{address}", asking.path)).into_response();
    }
    let question = {
        let wanted = wanted.clone();
        move |room: &Room<'_>| list(room, &wanted)
    };
    let asked = wanted.q.clone();
    let page = move |frame: &Frame, view: &Listed| render(&ConversationsList { frame, view, wanted: &wanted });
    app.reply(&PLACE, asking, &asked, question, page).await
}

fn list(room: &Room<'_>, wanted: &Wanted) -> Result<Listed, Failure> {
    let me = room.visitor.name.clone();
    let ask = CaseAsk {
        view: wanted.view(),
        query: room.query(&wanted.q),
        me: Some(me.clone()),
        days: wanted.days,
        offset: wanted.offset(),
        limit: LINES,
        helpers: true,
        fresh: Some(FRESH),
    };
    let list = room.answers.cases(&ask)?;
    let counts = room.answers.case_counts(&me)?;
    let (mut saved, mut macros) = (Vec::new(), Vec::new());
    if let Some(desk) = room.reading()? {
        let kept = |saved: Saved| Kept { name: saved.name, query: saved.text };
        saved.extend(desk.all_saved(SavedKind::View)?.into_values().map(kept));
        macros.extend(desk.all_saved(SavedKind::Macro)?.into_keys());
    }
    Ok(Listed { list, counts, saved, macros, trends: Trends::new(room)? })
}

impl ConversationsList<'_> {
    fn title(&self) -> &'static str {
        name(self.wanted.view())
    }

    fn name(&self, view: &View) -> &'static str {
        name(*view)
    }

    fn teach(&self) -> &'static str {
        teach(self.wanted.view())
    }

    /// How many are in a view.
    fn count(&self, view: &View) -> String {
        let found = self.view.counts.iter().find(|count| count.view == view.as_str());
        words::grouped(&found.map_or(0, |count| count.cases))
    }

    fn is_current(&self, view: &View) -> bool {
        *view == self.wanted.view() && self.kept().is_none()
    }

    /// The saved view that is shown, if it is one.
    fn kept(&self) -> Option<&Kept> {
        self.view.saved.iter().find(|kept| self.is_kept(kept))
    }

    fn is_kept(&self, kept: &Kept) -> bool {
        kept.query == self.wanted.q && self.wanted.view() == View::All
    }

    fn end(&self) -> u64 {
        (self.wanted.offset() + self.view.list.cases.len()) as u64
    }

    /// The first and the last line's number, from 1.
    fn span(&self) -> String {
        format!("{}–{}", words::grouped(&(self.wanted.offset() as u64 + 1)), words::grouped(&self.end()))
    }

    fn has_next(&self) -> bool {
        self.end() < self.view.list.total && !self.view.list.cases.is_empty()
    }
}

/// What a view is called.
fn name(view: View) -> &'static str {
    match view {
        View::Waiting => "Waiting",
        View::Nobody => "Nobody has it",
        View::Mine => "Mine",
        View::Escalated => "Handed over",
        View::Asker => "Waiting for the asker",
        View::Parked => "Parked",
        View::Answered => "Answered",
        View::Soon => "Due soon",
        View::Overdue => "Overdue",
        View::Open => "Open",
        View::All => "All",
    }
}

/// What a view holds, and what to do with it: for whoever finds it empty.
fn teach(view: View) -> &'static str {
    match view {
        View::Waiting => "A conversation comes here when somebody asks and nobody else has written since.",
        View::Nobody => "Everybody who waits has somebody. Those who wait and have nobody come here.",
        View::Mine => "What you take comes here and stays until it is done. Take one from those who wait.",
        View::Escalated => "What was handed over to another tier comes here until that tier is done with it.",
        View::Asker => "A conversation comes here when somebody asked the asker for more and waits for them.",
        View::Parked => "What you park comes here and goes back to those who wait on its day.",
        View::Answered => "A conversation comes here when somebody answered and the asker has not said that it helped.",
        View::Soon => "A case comes here when little is left of what was promised to who waits.",
        View::Overdue => "No promise is broken. A case comes here when somebody waits for longer than was promised.",
        View::Open => "Everything that is not done comes here.",
        View::All => "No conversation fits. Words are looked for in titles and tags here.",
    }
}
