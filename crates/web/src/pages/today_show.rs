//! Today: who waits, who to thank, who has come, where much is going on.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::views::{Day, SeriesView, SourceLine, Today};
use insight::{DayAsk, MetricsFilter, SeriesAsk, Stretch};
use jiff::Timestamp;
use model::time::DAY;
use serde::Serialize;

use super::{Frame, figures, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::visitor::Visitor;
use crate::words;

/// A source that has given nothing for this long gets a remark: 30 days, in microseconds.
const QUIET: u64 = 30 * 86_400_000_000;

/// How far back the small lines go: twelve weeks.
const LATELY: i64 = 84 * DAY;

/// The page's view.
#[derive(Debug, Clone, Serialize)]
struct Shown {
    #[serde(flatten)]
    today: Today,
    day: Day,
    #[serde(skip)]
    weeks: SeriesView,
}

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
    day: &'a Day,
    weeks: &'a SeriesView,
    late: Option<String>,
}

/// `GET /` and `/today.json`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| {
        let today = room.answers.today()?;
        let day = room.answers.day(&ask(room.visitor, today.as_of))?;
        let questions = MetricsFilter { from: Some(today.as_of.saturating_sub(LATELY)), ..MetricsFilter::default() };
        let weeks = SeriesAsk { stretch: Stretch::Week, questions, ..SeriesAsk::default() };
        Ok(Shown { weeks: room.answers.series(&weeks)?, today, day })
    };
    let page = |frame: &Frame, Shown { today, day, weeks }: &Shown| {
        render(&TodayShow { frame, view: today, day, weeks, late: late(frame, today) })
    };
    app.reply(&PLACE, asking, "", question, page).await
}

/// Whose day: changes count from the beginning of yesterday, and today ends at midnight, where the visitor is.
fn ask(visitor: &Visitor, now: i64) -> DayAsk {
    let start = |time: i64| {
        let day = Timestamp::from_microsecond(time).ok()?.to_zoned(visitor.zone.clone()).start_of_day().ok()?;
        Some(day.timestamp().as_microsecond())
    };
    let today = start(now).unwrap_or(now);
    // A day may have 23 or 25 hours: half a day before and after its bounds it is yesterday and tomorrow in any case.
    let since = start(today.saturating_sub(DAY / 2)).unwrap_or(today);
    let until = start(today.saturating_add(DAY + DAY / 2)).unwrap_or(now);
    DayAsk { me: Some(visitor.name.clone()), since, until }
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
    /// A number of the last weeks as a small line; the week that goes on is no whole one.
    fn weeks(&self, name: &str) -> String {
        let mut values = self.weeks.line(name).values;
        values.pop();
        figures::spark_of(&values, "in each of the last weeks")
    }

    fn has_problems(&self) -> bool {
        self.view.sources.iter().any(|line| line.problems > 0)
    }

    fn is_quiet(&self, line: &SourceLine) -> bool {
        line.last.is_some_and(|last| last.abs_diff(self.view.as_of) > QUIET)
    }
}
