//! Changing a section of the settings, by its values or as text; exports.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use desk::Role;

use crate::again::Acted;
use crate::asking::Asking;
use crate::download;
use crate::failure::Failure;
use crate::fields::Fields;
use crate::office::{Fault, FieldKind, OfficeError, SectionView, Values};
use crate::pages::{Called, section_edit};
use crate::room::{Done, Room};
use crate::router::App;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/settings/{name}", post(change))
        .route("/settings/export/desk.sqlite", get(desk))
        .route("/settings/export/tables/{file}", get(table))
}

/// `POST /settings/{name}`: `do` is `values` or `text`.
async fn change(State(app): State<App>, Called(name): Called, fields: Fields) -> Response {
    let act = move |room: &Room<'_>, fields: &Fields| {
        let mut section = section_edit::section(room, &name)?;
        let (office, seen) = (room.office()?, fields.one("seen").unwrap_or_default());
        let values = fields.beginning("v.");
        let written = match fields.one("do") {
            Some("values") => office.put_values(&name, &values, seen),
            // Not trimmed: what a text begins and ends with is whoever's who wrote it.
            _ => office.put_text(&name, fields.all("text").next().unwrap_or_default(), seen),
        };
        let (status, fault, stands) = match written {
            Ok(()) => {
                room.note_change("settings", "changed", &name);
                let to = format!("/settings/{name}");
                return Ok(Acted::Done(Done::to(to).say(format!("Saved. {}", section.counts))));
            }
            Err(OfficeError::Wrong(fault)) => (StatusCode::UNPROCESSABLE_ENTITY, fault, None),
            Err(error @ OfficeError::Faster) => {
                (StatusCode::CONFLICT, Fault::new(error.to_string()), Some(section.text.clone()))
            }
            Err(error) => return Err(error.into()),
        };
        match fields.one("do") {
            Some("values") => fill(&mut section, &values),
            _ => section.text = fields.all("text").next().unwrap_or_default().to_owned(),
        }
        Ok(Acted::Again(status, section_edit::View { section, fault: Some(fault), stands }))
    };
    app.act_again(fields, &section_edit::PLACE, act, section_edit::page).await
}

/// Puts back what was filled in.
fn fill(section: &mut SectionView, values: &Values) {
    for field in section.groups.iter_mut().flat_map(|group| &mut group.fields) {
        let sent = values.iter().find(|(name, _)| *name == field.name).map(|(_, value)| value.clone());
        field.value = match field.kind {
            FieldKind::Yes => sent.map(|_| "yes".to_owned()).unwrap_or_default(),
            _ => sent.unwrap_or_default(),
        };
    }
}

/// `GET /settings/export/tables/{file}`: a whole table, `messages.csv` or `messages.parquet`.
async fn table(State(app): State<App>, asking: Asking, file: Path<String>) -> Response {
    let Some((table, format)) = file.rsplit_once('.') else { return Failure::NoPage.reply(&app, &asking) };
    let kind = match format {
        "csv" => "text/csv; charset=utf-8",
        "parquet" => "application/vnd.apache.parquet",
        _ => return Failure::NoPage.reply(&app, &asking),
    };
    let (table, format) = (table.to_owned(), format.to_owned());
    let of = table.clone();
    let allowed = move |room: &Room<'_>| {
        if !room.office()?.tables()?.iter().any(|table| table.name == of) {
            return Err(Failure::Missing("There is no such table. Export lists all there are.".to_owned()));
        }
        room.note_change("export", "downloaded the table", &of);
        Ok(())
    };
    let file = format!("{table}.{format}");
    download::reply(&app, asking, Role::Maintainer, (&file, kind), allowed, move |office, out| {
        office.export(&table, &format, out)
    })
    .await
}

/// `GET /settings/export/desk.sqlite`: everything that people decided. It holds what signs people in, too.
async fn desk(State(app): State<App>, asking: Asking) -> Response {
    let allowed = |room: &Room<'_>| {
        room.note_change("export", "downloaded", "desk.sqlite");
        Ok(())
    };
    let what = ("desk.sqlite", "application/vnd.sqlite3");
    download::reply(&app, asking, Role::Administrator, what, allowed, |office, out| office.export_desk(out)).await
}
