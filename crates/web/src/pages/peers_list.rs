//! Channels of peers: what they use, what they use that we do not, and how hard it is to get in.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::{Filled, Role};
use insight::views::{Directory, PeerView};

use super::{Frame, record_form, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/channels/peers",
    title: "Channels of peers",
    section: Section::Channels,
    least: Role::Viewer,
    publishable: true,
    table: Some("channels"),
    route: || get(show),
};

#[derive(Template)]
#[template(path = "peers_list.html")]
struct PeersList<'a> {
    frame: &'a Frame,
    view: &'a Directory,
}

/// `GET /channels/peers`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| Ok(room.answers.directory()?);
    app.reply(&PLACE, asking, "", question, |frame, view| render(&PeersList { frame, view })).await
}

impl PeersList<'_> {
    fn form(&self, peer: Option<&PeerView>) -> String {
        let filled = peer.map(filled_of);
        let name = peer.and_then(|peer| peer.record.as_deref());
        record_form::of(self.frame, record_form::named("peers"), name, filled.as_ref())
    }

    /// An address that a browser may be sent to.
    fn link<'b>(&self, peer: &'b PeerView) -> Option<&'b str> {
        Some(peer.address.as_str()).filter(|address| address.starts_with("https://") || address.starts_with("http://"))
    }
}

/// What stands in the form of a channel.
fn filled_of(peer: &PeerView) -> Filled {
    let yes = |is: bool| if is { "yes".to_owned() } else { String::new() };
    let texts = [
        ("project", peer.project.clone()),
        ("channel", peer.channel.clone()),
        ("kind", peer.kind.clone()),
        ("vendor", peer.vendor.clone()),
        ("address", peer.address.clone()),
        ("run_by", peer.run_by.clone()),
        ("access", peer.access.clone()),
        ("status", peer.status.clone()),
        ("covers", peer.covers.clone()),
        ("archived", yes(peer.archived)),
        ("searchable", yes(peer.searchable)),
        ("note", peer.note.clone()),
        ("looked", peer.looked.clone()),
    ];
    let who = if peer.record.is_some() { "somebody".to_owned() } else { String::new() };
    Filled { name: peer.channel.clone(), texts: texts.into_iter().collect(), who, at: 0 }
}
