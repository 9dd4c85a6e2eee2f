//! One conversation: what was said, what was decided about it, who could help, what was said about the same before.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use desk::{Role, SavedKind};
use insight::Page;
use insight::views::{CaseEventView, CasePage, ConversationPage, Standing};
use serde::{Deserialize, Serialize};

use super::{Frame, Named, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::prose::{Piece, web_address};
use crate::room::Room;
use crate::router::App;
use crate::words;

mod laid;
use laid::{Laid, Part, Row, rows};

pub(crate) static PLACE: Place = Place {
    path: "/conversations/{id}",
    title: "Conversation",
    section: Section::Conversations,
    least: Role::Viewer,
    publishable: false,
    table: None,
    route: || get(show),
};

/// Messages of a page.
const MESSAGES: usize = 50;
/// The last page: what comes behind it can be exported.
const MOST_PAGES: usize = 400;
/// Steps looked at for the names of those who work at the desk.
const STEPS: usize = 200;

/// The part of the address after `?`.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Wanted {
    page: Option<u32>,
}

/// The page's view.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Shown {
    /// The conversation, with the messages of this page.
    #[serde(flatten)]
    conversation: ConversationPage,
    /// Its place on the desk, and what was decided.
    case: CasePage,
    /// The page of messages, from 1.
    page: usize,
    /// Those who decided something lately, by the names they go by on the desk.
    team: Vec<String>,
    /// The names of macros.
    macros: Vec<String>,
}

#[derive(Template)]
#[template(path = "conversation_show.html")]
struct ConversationShow<'a> {
    frame: &'a Frame,
    view: &'a ConversationPage,
    shown: &'a Shown,
    messages: Vec<Row<'a>>,
    /// Short lines, as in a chat: shown closer together.
    chat: bool,
    /// Where it lives.
    home: Option<&'a str>,
}

/// `GET /conversations/{id}` and `/conversations/{id}.json`, with `page=` for the messages after the first fifty.
async fn show(
    State(app): State<App>,
    asking: Asking,
    Named(id): Named,
    query: Result<Query<Wanted>, QueryRejection>,
) -> Response {
    let Ok(Query(wanted)) = query else { return Failure::BadQuery.reply(&app, &asking) };
    let Some(id) = id else { return Failure::NoConversation.reply(&app, &asking) };
    let page = wanted.page.map_or(1, |page| page as usize).clamp(1, MOST_PAGES);
    let question = move |room: &Room<'_>| look_up(room, id.as_str(), page);
    app.reply(&PLACE, asking, "", question, |frame, shown| render(&ConversationShow::new(frame, shown))).await
}

fn look_up(room: &Room<'_>, id: &str, page: usize) -> Result<Shown, Failure> {
    let part = Page { offset: (page - 1) * MESSAGES, limit: MESSAGES };
    let conversation = room.answers.conversation_part(id, part)?.ok_or(Failure::NoConversation)?;
    let case = room.answers.case(id)?.ok_or(Failure::NoConversation)?;
    let (mut team, mut macros) = (vec![room.visitor.name.clone()], Vec::new());
    if let Some(desk) = room.reading()? {
        team.extend(desk.steps(STEPS)?.into_iter().map(|step| step.who));
        macros.extend(desk.all_saved(SavedKind::Macro)?.into_keys());
    }
    team.sort_unstable();
    team.dedup();
    Ok(Shown { conversation, case, page, team, macros })
}

impl<'a> ConversationShow<'a> {
    fn new(frame: &'a Frame, shown: &'a Shown) -> Self {
        let view = &shown.conversation;
        let (messages, chat) = rows(view, shown.case.case.asker.as_ref());
        let home = view.messages.iter().find_map(|message| message.url.as_deref()).and_then(web_address);
        ConversationShow { frame, view, shown, messages, chat, home }
    }

    /// Whether another person than the reader has the case.
    fn is_anothers(&self) -> bool {
        let holder = self.shown.case.case.holder.as_ref();
        holder.is_some_and(|holder| *holder != self.frame.asking.visitor.name)
    }

    fn is_mine(&self) -> bool {
        self.shown.case.case.holder.as_ref() == Some(&self.frame.asking.visitor.name)
    }

    fn is_done(&self) -> bool {
        self.shown.case.case.standing.is_done()
    }

    fn is_waiting(&self) -> bool {
        matches!(self.shown.case.case.standing, Standing::Waiting | Standing::Taken | Standing::HandedOver)
    }

    /// Pages of messages.
    fn pages(&self) -> usize {
        usize::try_from(self.view.messages_total).unwrap_or(usize::MAX).div_ceil(MESSAGES).clamp(1, MOST_PAGES)
    }

    /// Whether a person was asked already, and when.
    fn asked(&self, person: &str) -> Option<&i64> {
        self.shown.case.asked.iter().rev().find(|(asked, _)| asked.id == person).map(|(_, time)| time)
    }

    /// What was decided, latest first.
    fn history(&self) -> impl Iterator<Item = &CaseEventView> {
        self.shown.case.history.iter().rev()
    }
}
