//! Today: who waits, who to thank, who has come, where much is going on.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::views::{SourceLine, Today};

use super::{Frame, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

/// A source that has given nothing for this long gets a remark: 30 days, in microseconds.
const QUIET: u64 = 30 * 86_400_000_000;

pub(crate) static PLACE: Place = Place {
    path: "/",
    title: "Today",
    section: Section::Today,
    least: Role::Viewer,
    publishable: false,
    table: Some("waiting"),
    route: || get(show),
};

#[derive(Template)]
#[template(path = "today_show.html")]
struct TodayShow<'a> {
    frame: &'a Frame,
    view: &'a Today,
    late: Option<String>,
}

/// `GET /` and `/today.json`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| Ok(room.answers.today()?);
    app.reply(&PLACE, asking, "", question, |frame, view| render(&TodayShow { frame, view, late: late(frame, view) }))
        .await
}

/// How many promises are broken. The oldest come first: where even the last one shown is broken there
/// may be more of them.
fn late(frame: &Frame, view: &Today) -> Option<String> {
    let broken = |waiting: &&insight::views::Waiting| frame.promise(&waiting.since, &waiting.due).is_late();
    let number = view.waiting.iter().filter(broken).count() as u64;
    let more = view.waiting.last().is_some_and(|last| broken(&last)) && view.waiting_total > view.waiting.len() as u64;
    let number_in_words = words::grouped(&number);
    (number > 0).then(|| if more { format!("at least {number_in_words}") } else { number_in_words })
}

impl TodayShow<'_> {
    fn has_problems(&self) -> bool {
        self.view.sources.iter().any(|line| line.problems > 0)
    }

    fn is_quiet(&self, line: &SourceLine) -> bool {
        line.last.is_some_and(|last| last.abs_diff(self.view.as_of) > QUIET)
    }
}
