//! Settings: every section, and how it stands.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use serde::Serialize;

use super::{Frame, render};
use crate::asking::Asking;
use crate::office::SectionLine;
use crate::places::{PLACES, Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/settings",
    title: "Settings",
    section: Section::Settings,
    least: Role::Maintainer,
    publishable: false,
    table: Some("sections"),
    route: || get(show),
};

/// The sub-navigation of all settings, in its order: addresses and titles. What has no page, or is not the visitor's to see,
/// is left out.
const ENTRIES: &[(&str, &str)] = &[
    ("/settings", "Overview"),
    ("/settings/community", "Community"),
    ("/settings/support", "Support"),
    ("/settings/alerts", "Alerts"),
    ("/settings/helpers", "Helpers"),
    ("/settings/levels", "Levels"),
    ("/settings/privacy", "Privacy"),
    ("/settings/export", "Export"),
    ("/settings/server", "Server"),
    ("/settings/team", "Team"),
    ("/settings/tokens", "Tokens"),
    ("/settings/audit", "Audit"),
];

#[derive(Serialize)]
struct View {
    sections: Vec<SectionLine>,
}

#[derive(Template)]
#[template(path = "settings_show.html")]
struct SettingsShow<'a> {
    frame: &'a Frame,
    view: &'a View,
}

/// `GET /settings`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| {
        let mut sections = room.office()?.sections()?;
        sections.retain(|section| room.visitor.may(&least(&section.name)));
        Ok(View { sections })
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&SettingsShow { frame, view })).await
}

/// Who may see and change a section: where the pages are reached from, and who is let in, is the administrators'.
pub(crate) fn least(section: &str) -> Role {
    if section == "server" { Role::Administrator } else { Role::Maintainer }
}

impl Frame {
    /// The sub-navigation of the settings for this visitor: addresses, titles, and whether each is the page at hand.
    pub(crate) fn settings(&self) -> Vec<(&'static str, &'static str, bool)> {
        let open = |(path, title): &(&'static str, &'static str)| {
            let named = path.strip_prefix("/settings/").filter(|name| SECTIONS.contains(name));
            let page = PLACES.iter().find(|place| place.path == *path);
            let least = page.map(|place| place.least).or_else(|| named.map(least))?;
            let here = self.asking.path == *path;
            self.asking.visitor.may(&least).then_some((*path, *title, here))
        };
        ENTRIES.iter().filter_map(open).collect()
    }
}

/// The sections that have no page of their own, but the one of every section.
const SECTIONS: &[&str] = &["community", "support", "helpers", "levels", "privacy", "server"];
