//! What the program thinks of one message or conversation, why, and how to say what is right.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::views::{Decided, Explained};

use super::{Frame, Named, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/messages/{id}",
    title: "What the program thinks",
    section: Section::Conversations,
    least: Role::Viewer,
    publishable: false,
    table: None,
    route: || get(show),
};

#[derive(Template)]
#[template(path = "message_explain.html")]
struct MessageExplain<'a> {
    frame: &'a Frame,
    view: &'a Explained,
}

/// `GET /messages/{id}` and its twin.
async fn show(State(app): State<App>, asking: Asking, Named(id): Named) -> Response {
    let id = id.filter(|id| id.as_str().starts_with('m'));
    let Some(id) = id else { return Failure::NoConversation.reply(&app, &asking) };
    let question = move |room: &Room<'_>| room.answers.explain(id.as_str())?.ok_or(Failure::NoConversation);
    app.reply(&PLACE, asking, "", question, |frame, view| render(&MessageExplain { frame, view })).await
}

impl MessageExplain<'_> {
    /// The conversation's page, at this message.
    fn home(&self) -> String {
        match &self.view.conversation {
            Some(conversation) => format!("/conversations/{conversation}#{}", self.view.id),
            None => format!("/conversations/{}", self.view.id),
        }
    }

    /// What a decision is corrected as; `None` if it cannot be.
    fn correctable(&self, decided: &Decided) -> Option<&'static str> {
        match decided.what {
            "asked tier" => Some("asked"),
            "observed tier" => Some("observed"),
            "answers" => Some("answers"),
            _ => None,
        }
    }

    /// How sure a decision is, in words; empty where that is not known.
    fn sure(&self, decided: &Decided) -> &'static str {
        match decided.confidence {
            Some(sure) if sure >= 1.0 => "sure",
            Some(sure) if sure >= 0.8 => "nearly sure",
            Some(sure) if sure >= 0.5 => "likely",
            Some(_) => "a guess",
            None => "",
        }
    }
}
