//! One channel: its purpose and promise, traffic, who comes and stays, who helps there.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use chart::{Shape, Unit};
use desk::Role;
use insight::views::{ChannelPage, Events};
use serde::Serialize;

use super::Named;
use crate::failure::Failure;

use super::{Frame, figures, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/channels/{id}",
    title: "Channel",
    section: Section::Channels,
    least: Role::Viewer,
    publishable: false,
    table: None,
    route: || get(show),
};

/// What the page shows.
#[derive(Debug, Serialize)]
struct ChannelShown {
    #[serde(flatten)]
    page: ChannelPage,
    /// What it is for and how to get in, in a maintainer's words.
    purpose: Option<String>,
    #[serde(skip)]
    events: Events,
}

#[derive(Template)]
#[template(path = "channel_show.html")]
struct ChannelShow<'a> {
    frame: &'a Frame,
    view: &'a ChannelShown,
}

/// `GET /channels/{id}`.
async fn show(State(app): State<App>, asking: Asking, Named(id): Named) -> Response {
    let question = move |room: &Room<'_>| {
        let id = id.ok_or(Failure::NoPage)?.to_string();
        let page = room.answers.channel(&id)?.ok_or(Failure::NoPage)?;
        let purpose = crate::acts::strategy::saved(room, &id);
        Ok(ChannelShown { page, purpose, events: room.answers.events()? })
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&ChannelShow { frame, view })).await
}

impl ChannelShow<'_> {
    fn traffic(&self) -> String {
        let chart = figures::Drawn {
            name: "traffic",
            title: "Questions by month",
            about: "Asked, and answered by now.",
            unit: Unit::Count,
            shape: Shape::Lines,
            lines: &[("questions", "asked", 0), ("answered", "answered", 2)],
        };
        chart.of(&self.view.page.series, &self.view.events).figure()
    }

    fn response(&self) -> String {
        let chart = figures::Drawn {
            name: "response",
            title: "Time to first response, by month",
            about: "Half of the questions that got a response got it within this time.",
            unit: Unit::Hours,
            shape: Shape::Lines,
            lines: &[("first_response_median", "median", 0)],
        };
        chart.of(&self.view.page.series, &self.view.events).figure()
    }

    fn moves(&self) -> Option<String> {
        let page = &self.view.page;
        let series = |name: &str, tone, counts: &[u64]| chart::Series {
            name: name.to_owned(),
            tone,
            values: counts.iter().map(|count| Some(*count as f64)).collect(),
        };
        let chart = chart::OverTime {
            name: "moves".to_owned(),
            title: "Coming and going, by month".to_owned(),
            about:
                "How often people came in and left, as the source tells it; somebody with a bad line does both all day."
                    .to_owned(),
            starts: page.series.starts.clone(),
            series: vec![series("came in", 0, &page.joined), series("left", 1, &page.left)],
            ..chart::OverTime::default()
        };
        (!page.joined.is_empty()).then(|| chart.figure())
    }
}
