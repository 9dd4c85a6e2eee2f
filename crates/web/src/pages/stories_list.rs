//! Stories: messages in which somebody tells how they use the project.

use askama::Template;
use axum::extract::Query;
use axum::extract::State;
use axum::extract::rejection::QueryRejection;
use axum::response::Response;
use axum::routing::get;
use desk::{Filled, Role};
use insight::views::{Stories, StoryLead};
use serde::{Deserialize, Serialize};

use super::figures::Pager;
use crate::failure::Failure;

use super::{Frame, figures, record_form, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/stories",
    title: "Stories",
    section: Section::Stories,
    least: Role::Viewer,
    publishable: false,
    table: Some("leads"),
    route: || get(show),
};

/// The part of the address after `?`.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Wanted {
    page: Option<usize>,
}

/// What the page shows.
#[derive(Debug, Serialize)]
struct StoriesView {
    /// Leads that nobody followed yet.
    #[serde(flatten)]
    stories: Stories,
    /// What is followed, by how far it is.
    followed: Vec<Followed>,
}

/// A story on its way.
#[derive(Debug, Serialize)]
struct Followed {
    name: String,
    title: String,
    state: String,
    /// Whether its teller agreed to be quoted.
    consent: bool,
    #[serde(skip)]
    filled: Filled,
}

/// How far stories are, in the order of their way.
const STATES: [&str; 5] = ["lead", "asked", "drafted", "published", "declined"];

#[derive(Template)]
#[template(path = "stories_list.html")]
struct StoriesList<'a> {
    frame: &'a Frame,
    view: &'a StoriesView,
    pager: Pager,
}

/// `GET /stories`, with `page=`.
async fn show(State(app): State<App>, asking: Asking, query: Result<Query<Wanted>, QueryRejection>) -> Response {
    let Ok(Query(wanted)) = query else { return Failure::BadQuery.reply(&app, &asking) };
    let page = wanted.page.unwrap_or(1);
    let question = move |room: &Room<'_>| {
        let stories = room.answers.stories(Pager::offset(page), figures::LINES)?;
        // Drafts, quotes and consents are the team's.
        let mut followed = match room.reading()?.filter(|_| room.visitor.may(&Role::Member)) {
            Some(desk) => record_form::named("stories").all(&desk)?.into_iter().map(Followed::of).collect(),
            None => Vec::new(),
        };
        followed.sort_by_key(|story| STATES.iter().position(|state| *state == story.state));
        Ok(StoriesView { stories, followed })
    };
    app.reply(&PLACE, asking, "", question, move |frame, view| {
        let pager = Pager::new(page, view.stories.total.min(1_000), "/stories?page=");
        render(&StoriesList { frame, view, pager })
    })
    .await
}

impl Followed {
    fn of(filled: Filled) -> Followed {
        let text = |field: &str| filled.text(field).to_owned();
        Followed {
            name: filled.name.clone(),
            title: text("title"),
            state: text("state"),
            consent: filled.text("consent") == "yes",
            filled,
        }
    }
}

impl StoriesList<'_> {
    /// The record that a lead is followed under: the message's id.
    fn follows(&self, lead: &StoryLead) -> Option<&Followed> {
        self.view.followed.iter().find(|story| story.name == lead.message)
    }

    fn form(&self, story: &Followed) -> String {
        record_form::of(self.frame, record_form::named("stories"), Some(&story.name), Some(&story.filled))
    }

    /// What stands in the form of a lead that nobody followed yet.
    fn lead_form(&self, lead: &StoryLead) -> String {
        let person = lead.person.as_ref().map(|person| person.id.clone()).unwrap_or_default();
        let title: String = lead.lead.chars().take(80).collect();
        let texts =
            [("title", title), ("state", "asked".to_owned()), ("person", person), ("message", lead.message.clone())];
        let filled =
            Filled { name: lead.message.clone(), texts: texts.into_iter().collect(), who: String::new(), at: 0 };
        record_form::of(self.frame, record_form::named("stories"), Some(&lead.message), Some(&filled))
    }
}
