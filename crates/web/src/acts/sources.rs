//! Adding, testing, changing and removing sources.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use desk::Role;

use crate::again::Acted;
use crate::failure::Failure;
use crate::fields::Fields;
use crate::office::{Draft, FieldKind, OfficeError, SourceForm, Trial};
use crate::pages::{Called, source_edit, source_new, source_show};
use crate::room::{Done, Room};
use crate::router::App;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/sources/new", post(add))
        .route("/sources/{name}/edit", post(edit))
        .route("/sources/{name}/remove", post(remove))
}

/// `POST /sources/new`: `do` is `test`, `add`, or `sync` to add it and sync it at once.
async fn add(State(app): State<App>, fields: Fields) -> Response {
    let act = |room: &Room<'_>, fields: &Fields| {
        let (office, draft) = (room.office()?, draft(fields, None)?);
        let form = office.new_form(&draft.kind, None)?;
        let form = form.ok_or_else(|| Failure::form("There is no such kind of source. Choose one of the list."))?;
        let again = |status, trial, fault| {
            let form = Some(filled(form.clone(), &draft));
            Acted::Again(status, source_new::View { form, trial, fault, ..source_new::View::default() })
        };
        if fields.one("do") == Some("test") {
            return tested(office.test(&draft), again);
        }
        match office.put_source(&draft) {
            Ok(()) => room.note_change("sources", "added", &draft.name),
            Err(OfficeError::Wrong(fault)) => return Ok(again(StatusCode::UNPROCESSABLE_ENTITY, None, Some(fault))),
            Err(error) => return Err(error.into()),
        }
        if fields.one("do") != Some("sync") {
            let said = format!("{} is added. Nothing is collected before the next sync.", draft.name);
            return Ok(Acted::Done(Done::to(format!("/sources/{}", draft.name)).say(said)));
        }
        Ok(Acted::Done(match office.sync(std::slice::from_ref(&draft.name), &room.visitor.name) {
            Ok(()) => Done::to("/sources/sync").say(format!("{} is added.", draft.name)),
            Err(error) => Done::to(format!("/sources/{}", draft.name))
                .say(format!("{} is added. It could not be synced at once: {error}.", draft.name)),
        }))
    };
    app.act_again(fields, &source_new::PLACE, act, source_new::page).await
}

/// `POST /sources/{name}/edit`: `do` is `test` or `save`.
async fn edit(State(app): State<App>, Called(name): Called, fields: Fields) -> Response {
    let act = move |room: &Room<'_>, fields: &Fields| {
        let (office, draft) = (room.office()?, draft(fields, Some(&name))?);
        let form = office.form(&name)?.ok_or_else(|| source_show::unknown(&name))?;
        let again = |status, trial, fault| {
            Acted::Again(status, source_edit::View { form: filled(form.clone(), &draft), trial, fault })
        };
        if fields.one("do") == Some("test") {
            return tested(office.test(&draft), again);
        }
        match office.put_source(&draft) {
            Ok(()) => room.note_change("sources", "changed", &name),
            Err(OfficeError::Wrong(fault)) => return Ok(again(StatusCode::UNPROCESSABLE_ENTITY, None, Some(fault))),
            Err(error) => return Err(error.into()),
        }
        let said = "Saved. It counts from the next sync on; what was collected stays.";
        Ok(Acted::Done(Done::to(format!("/sources/{name}")).say(said)))
    };
    app.act_again(fields, &source_edit::PLACE, act, source_edit::page).await
}

/// `POST /sources/{name}/remove`, with its name once more as `confirm`.
async fn remove(State(app): State<App>, Called(name): Called, fields: Fields) -> Response {
    app.act(fields, Role::Maintainer, move |room, fields| {
        if fields.one("confirm") != Some(name.as_str()) {
            return Err(Failure::form(format!("To remove this source, write its name, “{name}”, into the field.")));
        }
        room.office()?.remove_source(&name, fields.one("seen").unwrap_or_default())?;
        room.note_change("sources", "removed", &name);
        let said = format!("{name} is removed. What was collected stays in the archive, but not in the next tables.");
        Ok(Done::to("/sources").say(said))
    })
    .await
}

/// What was tried, as the page that shows it.
fn tested<V>(
    trial: Result<Trial, OfficeError>,
    again: impl Fn(StatusCode, Option<Trial>, Option<crate::office::Fault>) -> Acted<V>,
) -> Result<Acted<V>, Failure> {
    match trial {
        Ok(trial) => Ok(again(StatusCode::OK, Some(trial), None)),
        Err(OfficeError::Wrong(fault)) => Ok(again(StatusCode::UNPROCESSABLE_ENTITY, None, Some(fault))),
        Err(error) => Err(error.into()),
    }
}

/// The source that a form describes; `name` is that of the source to be changed.
fn draft(fields: &Fields, name: Option<&str>) -> Result<Draft, Failure> {
    let text = |field: &str| fields.one(field).unwrap_or_default().to_owned();
    Ok(Draft {
        name: match name {
            Some(name) => name.to_owned(),
            None => fields.must("name")?.to_owned(),
        },
        kind: text("kind"),
        values: fields.beginning("v."),
        rest: fields.all("rest").next().unwrap_or_default().to_owned(),
        seen: text("seen"),
    })
}

/// A form with what was filled in.
fn filled(mut form: SourceForm, draft: &Draft) -> SourceForm {
    for field in &mut form.fields {
        let sent = draft.values.iter().find(|(name, _)| *name == field.name).map(|(_, value)| value.clone());
        field.value = match field.kind {
            FieldKind::Yes => sent.map(|_| "yes".to_owned()).unwrap_or_default(),
            _ => sent.unwrap_or_default(),
        };
    }
    let (name, rest) = (draft.name.clone(), draft.rest.clone());
    // What was opened is what is compared with, however often the form comes back.
    SourceForm { name, rest, seen: draft.seen.clone(), ..form }
}
