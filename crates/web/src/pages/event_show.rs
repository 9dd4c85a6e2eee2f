//! One event: what is planned for it, what gatherings clash with, what is spent, and what changed with it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use desk::{EventPlan, Filled, Role};
use insight::people::PeopleAsk;
use insight::planning::{budget, gatherings};
use insight::views::{Aftermath, Budget, EventView, Gathering, PersonRef};
use serde::Serialize;

use super::{Frame, bare, record_form, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/events/{id}",
    title: "Event",
    section: Section::Events,
    least: Role::Member,
    publishable: false,
    table: Some("gatherings"),
    route: || get(show),
};

/// People shown who could go.
const SPEAKERS: usize = 20;

/// What the page shows.
#[derive(Debug, Serialize)]
struct EventShown {
    event: EventView,
    /// What the team planned; none if nobody did.
    plan: Option<EventPlan>,
    /// The plan's gatherings, with what they clash with.
    gatherings: Vec<Gathering>,
    /// The sums of the plan's lines.
    budget: Budget,
    /// People with the tag `speaker`, who was seen last first: who could go.
    speakers: Vec<PersonRef>,
    /// What changed from its beginning on; none while it has not begun.
    aftermath: Option<Aftermath>,
    /// What stands in the form.
    #[serde(skip)]
    filled: Filled,
}

#[derive(Template)]
#[template(path = "event_show.html")]
struct EventShow<'a> {
    frame: &'a Frame,
    view: &'a EventShown,
}

/// `GET /events/{id}`.
async fn show(State(app): State<App>, asking: Asking, id: Option<Path<String>>) -> Response {
    let Some(Path(id)) = id else { return Failure::NoPage.reply(&app, &asking) };
    let question = move |room: &Room<'_>| {
        let id = bare(&id);
        let events = room.answers.events()?;
        let mut all: Vec<EventView> = events.coming.into_iter().chain(events.past).collect();
        let at = all.iter().position(|event| event.id == id).ok_or_else(missing)?;
        let event = all.remove(at);
        let (mut plan, mut filled) = (None, filled_of(&event));
        if let Some(desk) = room.reading()?
            && let Some(kept) = desk.records::<EventPlan>()?.remove(id)
        {
            (plan, filled) = (Some(kept.record), record_form::named("events").one(&desk, id)?);
        }
        let lines = plan.clone().unwrap_or_default();
        let now = room.answers.about().as_of;
        let span = event.starts.filter(|starts| *starts <= now).map(|starts| (starts, event.ends.unwrap_or(starts)));
        let aftermath = span.map(|(starts, ends)| room.answers.aftermath(starts, ends)).transpose()?;
        let ask = PeopleAsk { tag: Some("speaker".to_owned()), team: true, limit: SPEAKERS, ..PeopleAsk::default() };
        let speakers = room.answers.people_list(&ask)?.people.into_iter().map(|line| line.person).collect();
        Ok(EventShown {
            speakers,
            gatherings: gatherings(&lines.gatherings, &all, &room.visitor.zone),
            budget: budget(&lines.budget),
            event,
            plan,
            aftermath,
            filled,
        })
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&EventShow { frame, view })).await
}

fn missing() -> Failure {
    Failure::Missing(
        "There is no event of this id; it may have left its calendar. See all of them under Events.".to_owned(),
    )
}

/// A form for an event that nobody planned for yet: what the calendar says of it.
fn filled_of(event: &EventView) -> Filled {
    let day = |time: &i64| words::iso(time).chars().take(10).collect::<String>();
    let last = event.ends.map(|ends| ends.saturating_sub(1));
    let said = [
        ("title", Some(event.title.clone())),
        ("starts", event.starts.as_ref().map(day)),
        ("ends", last.as_ref().map(day)),
        ("place", event.place.clone()),
        ("url", event.url.clone()),
    ];
    let texts = said.into_iter().filter_map(|(name, text)| Some((name, text?))).collect();
    Filled { name: event.id.clone(), texts, who: String::new(), at: 0 }
}

impl EventShow<'_> {
    fn form(&self) -> String {
        record_form::of(self.frame, record_form::named("events"), Some(&self.view.event.id), Some(&self.view.filled))
    }

    /// The lists of the plan that are lines of text, each with its heading.
    fn lists(&self) -> Vec<(&'static str, &[String])> {
        let Some(plan) = &self.view.plan else { return Vec::new() };
        let lists = [("Who goes", &plan.going), ("Talks", &plan.talks), ("Swag and travel support", &plan.budget)];
        lists
            .into_iter()
            .map(|(title, lines)| (title, lines.as_slice()))
            .filter(|(_, lines)| !lines.is_empty())
            .collect()
    }

    fn when(&self) -> String {
        super::events_list::when(&self.view.event)
    }
}
