//! Channels: what each is for, how much goes on, how questions fare, and the strategy.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::views::ChannelView;
use serde::Serialize;

use super::{Frame, figures, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/channels",
    title: "Channels",
    section: Section::Channels,
    least: Role::Viewer,
    publishable: true,
    table: Some("channels"),
    route: || get(show),
};

/// What the page shows.
#[derive(Debug, Serialize)]
struct ChannelsView {
    /// The community's channels, most asked first.
    channels: Vec<ChannelView>,
    /// The strategy, in a maintainer's words.
    strategy: Option<String>,
}

#[derive(Template)]
#[template(path = "channels_list.html")]
struct ChannelsList<'a> {
    frame: &'a Frame,
    view: &'a ChannelsView,
}

/// `GET /channels`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| {
        let strategy = crate::acts::strategy::saved(room, crate::acts::strategy::ALL);
        Ok(ChannelsView { channels: room.answers.channels()?, strategy })
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&ChannelsList { frame, view })).await
}

impl ChannelsList<'_> {
    fn spark(&self, channel: &ChannelView) -> String {
        figures::spark(&channel.months, "questions by month, the last twelve")
    }
}
