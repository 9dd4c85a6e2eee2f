//! One announcement: as each audience would get it, what was said where, and what changed since.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use desk::{Announcement, Filled, Role};
use insight::announce::drafts;
use insight::planning::midnight;
use insight::views::{Aftermath, Drafted};
use serde::Serialize;

use super::{Frame, bare, record_form, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/announcements/{name}",
    title: "Announcement",
    section: Section::Stories,
    least: Role::Member,
    publishable: false,
    table: Some("drafts"),
    route: || get(show),
};

/// How long is looked at after it was said, in microseconds.
const AFTER: i64 = 14 * model::time::DAY;

/// What the page shows.
#[derive(Debug, Serialize)]
struct Announced {
    name: String,
    #[serde(flatten)]
    announcement: Announcement,
    /// As each audience would get it.
    drafts: Vec<Drafted>,
    /// What changed in the two weeks after it was first said; none where no line of `said` begins with a day.
    aftermath: Option<Aftermath>,
    #[serde(skip)]
    filled: Filled,
}

#[derive(Template)]
#[template(path = "announcement_show.html")]
struct AnnouncementShow<'a> {
    frame: &'a Frame,
    view: &'a Announced,
}

/// `GET /announcements/{name}`.
async fn show(State(app): State<App>, asking: Asking, name: Option<Path<String>>) -> Response {
    let Some(Path(name)) = name else { return Failure::NoPage.reply(&app, &asking) };
    let question = move |room: &Room<'_>| {
        let (name, desk) = (bare(&name), room.reading()?.ok_or(Failure::NoPage)?);
        let kept = desk.record::<Announcement>(name).map_err(|_| missing(name))?;
        let filled = record_form::named("announcements").one(&desk, name)?;
        let days = kept.record.said.iter().filter_map(|line| midnight(line.split_whitespace().next()?));
        let aftermath = days.min().map(|day| room.answers.aftermath(day, day.saturating_add(AFTER))).transpose()?;
        Ok(Announced { name: kept.name, drafts: drafts(&kept.record), announcement: kept.record, aftermath, filled })
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&AnnouncementShow { frame, view })).await
}

fn missing(name: &str) -> Failure {
    Failure::Missing(format!("There is no announcement “{name}”; see all of them under Announcements."))
}

impl AnnouncementShow<'_> {
    fn form(&self) -> String {
        let form = record_form::named("announcements");
        record_form::of(self.frame, form, Some(&self.view.name), Some(&self.view.filled))
    }
}
