//! Alerts: who is told what, what is stopped, and what became of what was sent.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use serde::Serialize;

use super::{Frame, render, section_edit};
use crate::asking::Asking;
use crate::office::{AlertsView, Fault, FieldKind, SectionView};
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/settings/alerts",
    title: "Alerts",
    section: Section::Settings,
    least: Role::Maintainer,
    publishable: false,
    table: Some("alerts.log"),
    route: || get(show),
};

/// Entries of the log.
const LINES: usize = 50;

#[derive(Serialize)]
struct View {
    alerts: AlertsView,
    section: SectionView,
    fault: Option<Fault>,
}

#[derive(Template)]
#[template(path = "settings_alerts.html")]
struct SettingsAlerts<'a> {
    frame: &'a Frame,
    view: &'a View,
}

/// `GET /settings/alerts`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| {
        let alerts = room.office()?.alerts(LINES)?;
        Ok(View { alerts, section: section_edit::section(room, "alerts")?, fault: None })
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&SettingsAlerts { frame, view })).await
}
