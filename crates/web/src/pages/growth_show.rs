//! Growth: who comes, who stays, who could be asked for more, and on how many the help rests.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use chart::{Shape, Unit};
use desk::Role;
use insight::views::{Events, GrowthView};
use serde::Serialize;

use super::{Frame, figures, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/growth",
    title: "Growth",
    section: Section::Growth,
    least: Role::Viewer,
    publishable: true,
    table: Some("growth.cohorts"),
    route: || get(show),
};

/// What the page shows.
#[derive(Debug, Serialize)]
struct GrowthShown {
    growth: GrowthView,
    #[serde(skip)]
    events: Events,
}

#[derive(Template)]
#[template(path = "growth_show.html")]
struct GrowthShow<'a> {
    frame: &'a Frame,
    view: &'a GrowthShown,
}

/// `GET /growth`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| {
        let mut growth = room.answers.growth()?;
        if room.visitor.role == Role::Public {
            growth.carrying.clear();
            growth.could_more.clear();
        }
        Ok(GrowthShown { growth, events: room.answers.events()? })
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&GrowthShow { frame, view })).await
}

impl GrowthShow<'_> {
    fn people(&self) -> String {
        let chart = figures::Drawn {
            name: "people",
            title: "People by month",
            about: "Who wrote, and who was seen for the first time.",
            unit: Unit::Count,
            shape: Shape::Lines,
            lines: &[
                ("active_people", "active", 0),
                ("newcomers", "newcomers", 1),
                ("new_contributors", "first commit", 2),
            ],
        };
        chart.of(&self.view.growth.series, &self.view.events).figure()
    }

    /// The quarters after a cohort's own, for the head of the table.
    fn after(&self) -> usize {
        self.view.growth.cohorts.iter().map(|cohort| cohort.stayed.len()).max().unwrap_or_default()
    }

    /// How dark a share is shown, 0 to 5.
    fn heat(&self, share: &f64) -> u8 {
        (share.clamp(0.0, 1.0) * 10.0).ceil().min(5.0) as u8
    }
}
