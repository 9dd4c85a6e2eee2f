//! Texts that the team keeps under a name: canned answers, macros, views.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::{Role, Saved, SavedKind};
use serde::Serialize;

use super::{Frame, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/saved",
    title: "Kept texts",
    section: Section::Conversations,
    least: Role::Member,
    publishable: false,
    table: Some("texts"),
    route: || get(show),
};

/// The page's view.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Texts {
    texts: Vec<Text>,
}

/// A text under a name.
#[derive(Debug, Clone, Serialize)]
struct Text {
    /// `canned`, `macro` or `view`.
    kind: &'static str,
    name: String,
    text: String,
    /// Who wrote it so.
    who: String,
    /// When, microseconds UTC.
    at: i64,
}

/// One kind of text, as the page speaks of it.
struct Kind {
    name: &'static str,
    title: &'static str,
    about: &'static str,
    example: &'static str,
}

const KINDS: [Kind; 3] = [
    Kind {
        name: "canned",
        title: "Canned answers",
        about: "Beginnings of answers. {asker}, {title}, {channel}, {me} and {link} are filled in for the conversation \
                that is answered; {link:ID} is where another conversation or page can be read. Nothing is ever sent.",
        example: "Hello {asker}, could you add the log of a failing run? Thank you, {me}",
    },
    Kind {
        name: "macro",
        title: "Macros",
        about: "Several deeds under one name, one a line: tag, untag, take, assign, release, hand-over, park, resolve, \
                reopen, not-a-question, note.",
        example: "tag needs-logs\npark 7d",
    },
    Kind {
        name: "view",
        title: "Views",
        about: "Queries that stand as tabs above the conversations.",
        example: "is:waiting tier:3 after:30d",
    },
];

#[derive(Template)]
#[template(path = "saved_list.html")]
struct SavedList<'a> {
    frame: &'a Frame,
    view: &'a Texts,
}

/// `GET /saved` and its twins.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| {
        let mut texts = Texts::default();
        if let Some(desk) = room.reading()? {
            for (kind, name) in
                [(SavedKind::Canned, "canned"), (SavedKind::Macro, "macro"), (SavedKind::View, "view")]
            {
                let text = |Saved { name: own, text, who, at }| Text { kind: name, name: own, text, who, at };
                texts.texts.extend(desk.all_saved(kind)?.into_values().map(text));
            }
        }
        Ok(texts)
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&SavedList { frame, view })).await
}

impl SavedList<'_> {
    fn of(&self, kind: &Kind) -> Vec<&Text> {
        self.view.texts.iter().filter(|text| text.kind == kind.name).collect()
    }
}
