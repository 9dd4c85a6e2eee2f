//! Goals: what the community wants. Today the numbers that a goal can be measured by.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::SeriesAsk;
use insight::catalogue::Entry;
use insight::views::SeriesView;
use serde::Serialize;

use super::{Frame, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/goals",
    title: "Goals",
    section: Section::Goals,
    least: Role::Viewer,
    publishable: true,
    table: Some("measures"),
    route: || get(show),
};

/// What the page shows.
#[derive(Debug, Serialize)]
struct GoalsView {
    /// Numbers that a goal can be measured by.
    measures: Vec<Measure>,
}

/// A number, how it stands and where it goes.
#[derive(Debug, Serialize)]
struct Measure {
    name: &'static str,
    title: &'static str,
    good: &'static str,
    /// In the last whole month; none where no case says anything.
    now: Option<f64>,
    /// In the same month a year before.
    before: Option<f64>,
    /// As people say both.
    #[serde(skip)]
    said: (String, String),
    /// By month, oldest first.
    months: Vec<Option<f64>>,
}

#[derive(Template)]
#[template(path = "goals_list.html")]
struct GoalsList<'a> {
    frame: &'a Frame,
    view: &'a GoalsView,
}

/// `GET /goals`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| {
        let (asked, people) = (room.answers.series(&SeriesAsk::default())?, room.answers.growth()?.series);
        let names = ["answered_share", "first_response_median", "within_promise", "unanswered"];
        let measures = names.iter().map(|name| (*name, &asked));
        let measures = measures.chain(["newcomers", "active_people", "new_contributors"].map(|name| (name, &people)));
        Ok(GoalsView { measures: measures.filter_map(|(name, series)| measure(name, series)).collect() })
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&GoalsList { frame, view })).await
}

fn measure(name: &str, series: &SeriesView) -> Option<Measure> {
    let entry = Entry::named(name)?;
    let mut months = series.line(name).values;
    // The month that goes on is no whole one.
    months.pop();
    let at = |back: usize| months.len().checked_sub(back).and_then(|at| months.get(at)).copied().flatten();
    let (now, before) = (at(1), at(13));
    let unit = super::metric_show::unit(entry);
    let say = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| unit.long(value));
    let said = (say(now), say(before));
    Some(Measure { name: entry.name, title: entry.title, good: entry.good, now, before, said, months })
}

impl Measure {
    fn spark(&self) -> String {
        chart::sparkline(&self.months, &format!("{} by month", self.title))
    }

    /// Whether it went the good way within a year: `up`, `down` (as the style sheet calls good and bad) or nothing.
    fn class(&self) -> &'static str {
        let (Some(now), Some(before)) = (self.now, self.before) else { return "" };
        match self.good {
            "up" if now > before => "up",
            "down" if now < before => "up",
            "up" | "down" if now != before => "down",
            _ => "",
        }
    }
}
