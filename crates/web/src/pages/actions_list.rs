//! Actions: what was decided to be done for a tier, a channel or a goal, and whether the number moved afterwards.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::{Filled, Role};
use insight::planning::midnight;
use metric::Moved;
use serde::Serialize;

use super::{Frame, record_form, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/actions",
    title: "Actions",
    section: Section::Goals,
    least: Role::Member,
    publishable: false,
    table: Some("actions"),
    route: || get(show),
};

/// What the page shows.
#[derive(Debug, Default, Serialize)]
struct Actions {
    /// What is to be done first, by the day until when; then what is done.
    actions: Vec<Action>,
}

/// An action.
#[derive(Debug, Serialize)]
struct Action {
    name: String,
    what: String,
    about: String,
    who: String,
    due: String,
    done: String,
    metric: String,
    outcome: String,
    /// The metric before it was done and after; none while it is not done.
    moved: Option<Moved>,
    /// The same in words.
    #[serde(skip)]
    said: String,
    #[serde(skip)]
    filled: Filled,
}

#[derive(Template)]
#[template(path = "actions_list.html")]
struct ActionsList<'a> {
    frame: &'a Frame,
    view: &'a Actions,
}

/// `GET /actions`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| {
        let Some(desk) = room.reading()? else { return Ok(Actions::default()) };
        let all = record_form::named("actions").all(&desk)?;
        let mut actions: Vec<Action> = all.into_iter().map(|filled| Action::of(filled, room)).collect();
        // Days sort as texts do; what has none comes last.
        actions.sort_by_key(|action| {
            (!action.done.is_empty(), action.due.is_empty(), action.due.clone(), action.what.clone())
        });
        Ok(Actions { actions })
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&ActionsList { frame, view })).await
}

impl Action {
    fn of(filled: Filled, room: &Room<'_>) -> Action {
        let text = |field: &str| filled.text(field).to_owned();
        let (moved, said) = Action::moved(&filled, room).unzip();
        let about = [filled.text("about_kind"), filled.text("about")].join(" ").trim().to_owned();
        Action {
            name: filled.name.clone(),
            what: text("what"),
            about,
            who: text("who"),
            due: text("due"),
            done: text("done"),
            metric: text("metric"),
            outcome: text("outcome"),
            moved,
            said: said.unwrap_or_default(),
            filled,
        }
    }

    /// Nothing where SQL is not at hand or the metric cannot be measured: its own page says why.
    fn moved(filled: &Filled, room: &Room<'_>) -> Option<(Moved, String)> {
        let (at, catalogue) = (midnight(filled.text("done"))?, room.service.catalogue());
        let metric = catalogue.named(filled.text("metric"))?;
        let now = room.answers.about().as_of.saturating_add(1);
        let moved = metric::moved(room.service.sql.as_deref()?, &catalogue, metric, at, now).ok()?;
        let unit = super::metric_show::unit(metric);
        let say = |value: Option<f64>| value.map_or_else(|| "nothing".to_owned(), |value| unit.long(value));
        let way = match moved.better {
            Some(true) => ", which is better",
            Some(false) => ", which is worse",
            None => "",
        };
        let (before, after, days) = (say(moved.before), say(moved.after), moved.days);
        let days = if days == 1 { "one day".to_owned() } else { format!("{days} days") };
        Some((moved, format!("{before} in the 90 days before, {after} in the {days} after{way}")))
    }
}

impl ActionsList<'_> {
    fn form(&self, action: Option<&Action>) -> String {
        let form = record_form::named("actions");
        record_form::of(
            self.frame,
            form,
            action.map(|action| action.name.as_str()),
            action.map(|action| &action.filled),
        )
    }
}
