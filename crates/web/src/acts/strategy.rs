//! The channel strategy, and what each channel is for: texts that maintainers write for everybody.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::post;
use desk::{Desk, Role, SavedKind};

use crate::fields::Fields;
use crate::room::{Done, Room};
use crate::router::App;

/// The name of the text about all channels; that of one channel is its id.
pub(crate) const ALL: &str = "channels";

pub(super) fn routes() -> Router<App> {
    Router::new().route("/channels/strategy", post(save))
}

/// The text of that name; none where nobody wrote one, or there is no desk.
pub(crate) fn saved(room: &Room<'_>, name: &str) -> Option<String> {
    let path = room.service.desk.as_deref().filter(|path| path.exists())?;
    let desk = Desk::open_read_only(path).ok()?;
    Some(desk.all_saved(SavedKind::Strategy).ok()?.remove(name)?.text)
}

/// `POST /channels/strategy` with `name` and `text`; an empty text removes it.
async fn save(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Maintainer, |room, fields| {
        let (name, mut desk) = (fields.must("name")?, room.desk()?);
        let (who, at) = (&room.visitor.name, room.clock());
        let said = match fields.one("text") {
            Some(text) => {
                desk.save(SavedKind::Strategy, name, text, who, at)?;
                "Saved."
            }
            None => {
                desk.unsave(SavedKind::Strategy, name, who, at)?;
                "Removed."
            }
        };
        Ok(Done::to(fields.back("/channels")).say(said))
    })
    .await
}
