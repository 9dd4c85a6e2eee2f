//! Reports: choose a kind and a time and see it; drafts, and what was sent.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use desk::{Kept, Report, Role};
use report::{Document, Kind};
use serde::{Deserialize, Serialize};

use super::{Frame, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::reports;
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/reports",
    title: "Reports",
    section: Section::Reports,
    least: Role::Viewer,
    // Who is not signed in sees what was sent to everybody, and nothing else.
    publishable: true,
    table: Some("reports"),
    route: || get(show),
};

/// The part of the address after `?`.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// The kind of report.
    kind: String,
    /// When: `2019-05`; empty for the last whole one.
    period: String,
    /// What of: a channel, a source, two releases with `..` between them.
    of: String,
}

/// What the page shows.
#[derive(Debug, Serialize)]
struct ReportsView {
    /// The kinds that this visitor may make.
    kinds: Vec<KindLine>,
    /// The report that was asked for.
    made: Option<MadeView>,
    /// Those that are kept, latest first.
    reports: Vec<ReportLine>,
}

/// A kind of report.
#[derive(Debug, Serialize)]
struct KindLine {
    kind: &'static str,
    title: &'static str,
    about: &'static str,
}

/// A report as it would be.
#[derive(Debug, Serialize)]
struct MadeView {
    kind: &'static str,
    title: String,
    period: String,
    of: String,
    markdown: String,
    #[serde(skip)]
    body: String,
}

/// A kept report, without its text.
#[derive(Debug, Serialize)]
pub(super) struct ReportLine {
    name: String,
    title: String,
    kind: String,
    period: String,
    /// When it was sent, microseconds UTC; none for a draft.
    sent: Option<i64>,
    /// To whom.
    to: Vec<String>,
    /// Who changed it last.
    who: String,
    /// When, microseconds UTC.
    at: i64,
}

#[derive(Template)]
#[template(path = "reports_list.html")]
struct ReportsList<'a> {
    frame: &'a Frame,
    view: &'a ReportsView,
    wanted: &'a Wanted,
}

/// `GET /reports`, with `kind=`, `period=` and `of=` for one to see.
async fn show(State(app): State<App>, asking: Asking, query: Result<Query<Wanted>, QueryRejection>) -> Response {
    let Ok(Query(wanted)) = query else { return Failure::BadQuery.reply(&app, &asking) };
    let question = {
        let wanted = wanted.clone();
        move |room: &Room<'_>| {
            let team = room.visitor.may(&Role::Member);
            Ok(ReportsView {
                kinds: kinds(room),
                made: if wanted.kind.is_empty() { None } else { Some(made(room, &wanted)?) },
                reports: reports::kept(room)?.into_iter().map(|kept| ReportLine::of(kept, team)).collect(),
            })
        }
    };
    let page = move |frame: &Frame, view: &ReportsView| render(&ReportsList { frame, view, wanted: &wanted });
    app.reply(&PLACE, asking, "", question, page).await
}

fn kinds(room: &Room<'_>) -> Vec<KindLine> {
    let least = |kind: Kind| if kind.is_public() { Role::Viewer } else { Role::Member };
    let may = Kind::all().filter(|kind| room.visitor.may(&least(*kind)));
    may.map(|kind| KindLine { kind: kind.as_str(), title: kind.title(), about: kind.about() }).collect()
}

fn made(room: &Room<'_>, wanted: &Wanted) -> Result<MadeView, Failure> {
    let ask = reports::asked(room, &wanted.kind, &wanted.period, &wanted.of)?;
    let made = reports::make(room, &ask)?;
    let body = Document::read(&made.markdown).untitled().body()?;
    let (kind, period) = (ask.kind.as_str(), ask.period.id());
    Ok(MadeView { kind, title: made.title, period, of: wanted.of.clone(), markdown: made.markdown, body })
}

impl ReportLine {
    /// To whom it went and who changed it is for the team.
    fn of(kept: Kept<Report>, team: bool) -> ReportLine {
        let Report { kind, period, title, sent, to, .. } = kept.record;
        let (to, who) = if team { (to, kept.who) } else { Default::default() };
        ReportLine { name: kept.name, title, kind, period, sent, to, who, at: kept.at }
    }
}

impl ReportsList<'_> {
    fn is_wanted(&self, kind: &str) -> bool {
        self.wanted.kind == kind
    }

    fn drafts(&self) -> Vec<&ReportLine> {
        self.view.reports.iter().filter(|line| line.sent.is_none()).collect()
    }

    fn sent(&self) -> Vec<(&ReportLine, i64)> {
        self.view.reports.iter().filter_map(|line| Some((line, line.sent?))).collect()
    }
}
