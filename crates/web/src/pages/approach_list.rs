//! Whom to approach and why, and what came of it where somebody was.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::care::Reason;
use insight::views::ApproachList;
use insight::views::ToApproach;

use super::{Frame, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/growth/approach",
    title: "Whom to approach",
    section: Section::Growth,
    least: Role::Member,
    publishable: false,
    table: Some("people"),
    route: || get(show),
};

#[derive(Template)]
#[template(path = "approach_list.html")]
struct ApproachListed<'a> {
    frame: &'a Frame,
    view: &'a ApproachList,
}

/// `GET /growth/approach`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| Ok(room.answers.approach()?);
    app.reply(&PLACE, asking, "", question, |frame, view| render(&ApproachListed { frame, view })).await
}

/// A reason with whoever it holds for.
struct Reasoned<'a> {
    reason: Reason,
    title: &'static str,
    about: &'static str,
    nobody: &'static str,
    people: Vec<&'a ToApproach>,
}

impl ApproachListed<'_> {
    fn reasons(&self) -> Vec<Reasoned<'_>> {
        let of = |reason: &Reason| {
            let (title, about, nobody) = words_of(*reason);
            let people = self.view.people.iter().filter(|one| one.reason == *reason).collect();
            Reasoned { reason: *reason, title, about, nobody, people }
        };
        Reason::ALL.iter().map(of).collect()
    }
}

/// A heading, what it is about, and what is said where there is nobody.
fn words_of(reason: Reason) -> (&'static str, &'static str, &'static str) {
    match reason {
        Reason::AnswersUnasked => (
            "Answer without having been asked",
            "They answer much in one channel, are thanked for it, and are seen nowhere else. Who are they?",
            "Nobody answers much in one channel only and is thanked for it.",
        ),
        Reason::AsksWell => (
            "Ask much, and well",
            "They ask often, come back and say what helped, and hardly answer yet.",
            "Nobody asks often and says afterwards what helped.",
        ),
        Reason::ComplainsAndCares => (
            "Complain, and care",
            "They complained more than once and are still here: who does not care goes.",
            "Nobody complained more than once and stayed.",
        ),
    }
}
