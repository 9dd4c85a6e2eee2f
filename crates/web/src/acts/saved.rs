//! Keeping texts under a name: views, canned answers, macros.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::post;
use desk::{Desk, Macro, Role, SavedKind};

use crate::failure::Failure;
use crate::fields::Fields;
use crate::room::Done;
use crate::router::App;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/saved", post(save)).route("/saved/remove", post(remove))
}

/// `POST /saved`: keeps `text` as a `kind` under `name`; `was` is the name that it had before, if any.
async fn save(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Member, |room, fields| {
        let (kind, name, text) = (kind(fields)?, fields.must("name")?, fields.must("text")?);
        if kind == SavedKind::Macro {
            Macro::parse(text)?;
        }
        let (mut desk, who, at) = (room.desk()?, &room.visitor.name, room.clock());
        refuse_taken(&desk, kind, name, fields)?;
        desk.save(kind, name, text, who, at)?;
        if let Some(was) = fields.one("was").filter(|was| *was != name) {
            desk.unsave(kind, was, who, at)?;
        }
        Ok(Done::to(fields.back("/saved")).say(format!("The {} “{name}” is kept.", kind.as_str())))
    })
    .await
}

/// A new name that another text has already would hide that one.
fn refuse_taken(desk: &Desk, kind: SavedKind, name: &str, fields: &Fields) -> Result<(), Failure> {
    let renamed = fields.one("was") != Some(name);
    if renamed && desk.all_saved(kind)?.contains_key(name) {
        let message = format!("There is a {} called “{name}” already. Go back and choose another name.", kind.as_str());
        return Err(Failure::Conflict(message));
    }
    Ok(())
}

/// `POST /saved/remove`: forgets what is kept as a `kind` under `name`.
async fn remove(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Member, |room, fields| {
        let (kind, name) = (kind(fields)?, fields.must("name")?);
        room.desk()?.unsave(kind, name, &room.visitor.name, room.clock())?;
        Ok(Done::to(fields.back("/saved")).say(format!("The {} “{name}” is gone.", kind.as_str())))
    })
    .await
}

fn kind(fields: &Fields) -> Result<SavedKind, Failure> {
    match fields.must("kind")? {
        "view" => Ok(SavedKind::View),
        "canned" => Ok(SavedKind::Canned),
        "macro" => Ok(SavedKind::Macro),
        _ => Err(Failure::form("What is kept is a view, a canned answer or a macro.")),
    }
}
