//! The draft of an answer to one conversation: out of earlier answers and pages, or from a canned answer. The program
//! sends nothing.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use desk::{Role, SavedKind};
use insight::views::{DraftView, FilledView};
use serde::{Deserialize, Serialize};

use super::{Frame, Named, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::prose::web_address;
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/conversations/{id}/draft",
    title: "Draft",
    section: Section::Conversations,
    least: Role::Member,
    publishable: false,
    table: Some("draft.sources"),
    route: || get(show),
};

/// The part of the address after `?`.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Wanted {
    /// The name of a canned answer.
    canned: Option<String>,
}

/// The page's view.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Drafted {
    /// Out of earlier answers and pages.
    draft: DraftView,
    /// The canned answer that was chosen, filled in.
    filled: Option<FilledView>,
    /// The names of all canned answers.
    canned: Vec<String>,
}

#[derive(Template)]
#[template(path = "draft_show.html")]
struct DraftShow<'a> {
    frame: &'a Frame,
    view: &'a Drafted,
    chosen: Option<&'a str>,
}

/// `GET /conversations/{id}/draft`, with `canned=` for the canned answer of that name.
async fn show(
    State(app): State<App>,
    asking: Asking,
    Named(id): Named,
    query: Result<Query<Wanted>, QueryRejection>,
) -> Response {
    let Ok(Query(Wanted { canned })) = query else { return Failure::BadQuery.reply(&app, &asking) };
    let Some(id) = id else { return Failure::NoConversation.reply(&app, &asking) };
    let chosen = canned.filter(|name| !name.is_empty());
    let question = {
        let chosen = chosen.clone();
        move |room: &Room<'_>| draft(room, id.as_str(), chosen.as_deref())
    };
    let page = move |frame: &Frame, view: &Drafted| {
        render(&DraftShow { frame, view, chosen: chosen.as_deref() })
    };
    app.reply(&PLACE, asking, "", question, page).await
}

fn draft(room: &Room<'_>, id: &str, chosen: Option<&str>) -> Result<Drafted, Failure> {
    let draft = room.answers.draft(id)?.ok_or(Failure::NoConversation)?;
    let (mut canned, mut filled) = (Vec::new(), None);
    if let Some(desk) = room.reading()? {
        if let Some(name) = chosen {
            let template = desk.saved(SavedKind::Canned, name)?.text;
            filled = room.answers.fill(&template, id, &room.visitor.name)?;
        }
        canned.extend(desk.all_saved(SavedKind::Canned)?.into_keys());
    }
    Ok(Drafted { draft, filled, canned })
}

impl DraftShow<'_> {
    /// What stands in the box: sentences of one source in one paragraph, each with its source's number.
    fn text(&self) -> String {
        if let Some(filled) = &self.view.filled {
            return filled.text.clone();
        }
        let (mut text, mut last) = (String::new(), None);
        for sentence in &self.view.draft.sentences {
            match last {
                None => (),
                Some(source) if source == sentence.source => text.push(' '),
                Some(_) => text.push_str("\n\n"),
            }
            text.push_str(&sentence.text);
            last = Some(sentence.source);
        }
        text
    }

    fn is_chosen(&self, name: &str) -> bool {
        self.chosen == Some(name)
    }

    /// The address of a page on the web, if it is one that may be linked.
    fn link<'u>(&self, url: &'u Option<String>) -> Option<&'u str> {
        url.as_deref().and_then(web_address)
    }
}
