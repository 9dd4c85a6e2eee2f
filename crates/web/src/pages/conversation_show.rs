//! One conversation: what was said, who could help, what was said about the same before.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::views::{ConversationPage, MessageView, Part};

use super::{Frame, Named, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::prose::{Block, Piece, blocks, web_address};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/conversations/{id}",
    title: "Conversation",
    section: Section::Conversations,
    least: Role::Viewer,
    publishable: false,
    table: None,
    route: || get(show),
};

#[derive(Template)]
#[template(path = "conversation_show.html")]
struct ConversationShow<'a> {
    frame: &'a Frame,
    view: &'a ConversationPage,
    messages: Vec<Row<'a>>,
    /// Short lines, as in a chat: shown closer together.
    chat: bool,
}

/// One message, laid out.
struct Row<'a> {
    view: &'a MessageView,
    /// Whether it is by the person who opened the conversation.
    by_opener: bool,
    /// Whether it goes on what the same person said just before, in a chat.
    goes_on: bool,
    parts: Vec<Laid<'a>>,
    url: Option<&'a str>,
}

/// One part of a message, laid out.
enum Laid<'a> {
    /// The writer's own words.
    Own(Vec<Block<'a>>),
    /// A quote or a signature, to be unfolded by whoever wants it.
    Folded { label: &'static str, hint: &'a str, text: &'a str },
}

/// `GET /conversations/{id}` and `/conversations/{id}.json`.
async fn show(State(app): State<App>, asking: Asking, Named(id): Named) -> Response {
    let Some(id) = id else { return Failure::NoConversation.reply(&app, &asking) };
    let question = move |room: &Room<'_>| room.answers.conversation(id.as_str())?.ok_or(Failure::NoConversation);
    app.reply(&PLACE, asking, "", question, |frame, view| render(&ConversationShow::new(frame, view))).await
}

impl<'a> ConversationShow<'a> {
    fn new(frame: &'a Frame, view: &'a ConversationPage) -> Self {
        let opener = view.messages.first().and_then(|message| message.author.as_ref());
        let short = view.messages.iter().filter(|message| is_short(message)).count();
        let chat = view.messages.len() >= 3 && short * 10 >= view.messages.len() * 8;
        let mut before = None;
        let row = |message: &'a MessageView| {
            let author = message.author.as_ref();
            let previous = before.replace(author);
            Row {
                view: message,
                by_opener: opener.is_some() && author == opener,
                goes_on: chat && author.is_some() && previous == Some(author),
                parts: message.parts.iter().filter_map(lay_out).collect(),
                url: message.url.as_deref().and_then(web_address),
            }
        };
        ConversationShow { frame, view, messages: view.messages.iter().map(row).collect(), chat }
    }
}

/// Whether a message is but a line or two.
fn is_short(message: &MessageView) -> bool {
    matches!(message.parts.as_slice(), [Part { kind: "own", text }] if text.trim().lines().count() <= 2)
        && message.attachments.is_empty()
}

/// Lays out one part; `None` if there is nothing in it.
fn lay_out(part: &Part) -> Option<Laid<'_>> {
    let text = part.text.trim_end();
    let label = match part.kind {
        _ if text.is_empty() => return None,
        "quote" => "Quote",
        "signature" => "Signature",
        _ => return Some(Laid::Own(blocks(text))),
    };
    Some(Laid::Folded { label, hint: hint(text), text })
}

/// What a folded part is about: its first quoted line that says something, else its first line.
fn hint(text: &str) -> &str {
    let bare = |line| str::trim_start_matches(line, ['>', '|', ' ', '\t']).trim_end();
    let says_something = |line: &&str| line.contains(char::is_alphanumeric);
    let quoted = text.lines().filter(|line| line.trim_start().starts_with('>')).map(bare).find(says_something);
    quoted.or_else(|| text.lines().map(bare).find(says_something)).unwrap_or_default()
}
