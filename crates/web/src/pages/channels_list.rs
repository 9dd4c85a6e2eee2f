//! Channels: what each is for, how much goes on, how questions fare, and what peers offer.

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

/// The table that ships with the program; see `assets/peers/README.md`.
const PEERS: &str = include_str!("../../assets/peers/channels.csv");

/// What the page shows.
#[derive(Debug, Serialize)]
struct ChannelsView {
    /// The community's channels, most asked first.
    channels: Vec<ChannelView>,
    /// The strategy, in a maintainer's words.
    strategy: Option<String>,
    /// Which channels peers offer, as of April 2023.
    peers: Vec<Peer>,
}

/// A peer's channels.
#[derive(Debug, Serialize)]
struct Peer {
    project: String,
    /// Those that the project runs, in words.
    community: Vec<String>,
    /// Those that a company beside it runs.
    company: Vec<String>,
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
        Ok(ChannelsView { channels: room.answers.channels()?, strategy, peers: peers() })
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&ChannelsList { frame, view })).await
}

impl ChannelsList<'_> {
    fn spark(&self, channel: &ChannelView) -> String {
        figures::spark(&channel.months, "questions by month, the last twelve")
    }
}

fn peers() -> Vec<Peer> {
    let mut peers: Vec<Peer> = Vec::new();
    for record in PEERS.lines().skip(1) {
        // The table is ours: no field of it holds a comma before the sixth.
        let fields: Vec<&str> = record.split(',').collect();
        let [project, _, channel, _, _, run_by, ..] = fields[..] else { continue };
        if peers.last().is_none_or(|peer| peer.project != project) {
            peers.push(Peer { project: project.to_owned(), community: Vec::new(), company: Vec::new() });
        }
        let Some(peer) = peers.last_mut() else { continue };
        let list = if run_by == "company" { &mut peer.company } else { &mut peer.community };
        list.push(channel.to_owned());
    }
    peers
}
