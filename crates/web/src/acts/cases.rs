//! Deciding about cases, one or many in one step; and asking somebody to help with one.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::post;
use desk::{DeskError, Role};
use insight::{CaseAsk, View};
use model::Id;

use crate::failure::Failure;
use crate::fields::Fields;
use crate::room::{Done, Room};
use crate::router::App;
use crate::words;

mod deed;

/// Cases changed at once at most.
const MOST: usize = 20_000;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/cases", post(change)).route("/cases/asked", post(asked))
}

/// `POST /cases`: `do` says what, each `id` about which conversation; with `all` about every one of `view` and `q`.
async fn change(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Member, |room, fields| {
        let ids = chosen(room, fields)?;
        let changes = deed::changes(room, fields)?;
        let subjects = room.answers.subjects(&ids);
        let step = room.desk()?.change(&subjects, &changes, &room.visitor.name, room.clock()).map_err(held)?;
        let many = if step.cases == 1 { String::new() } else { format!(" ({})", words::count(&step.cases, "case")) };
        let said = format!("{}{many}.", capitalised(&step.what));
        Ok(Done::to(fields.back("/conversations")).say(said).undoable(step.number))
    })
    .await
}

/// The conversations that the form is about.
fn chosen(room: &Room<'_>, fields: &Fields) -> Result<Vec<String>, Failure> {
    let ids: Vec<String> = match fields.has("all") {
        true => {
            let view = fields.one("view").and_then(View::parse).unwrap_or(View::All);
            let query = room.query(fields.one("q").unwrap_or_default());
            let me = Some(room.visitor.name.clone());
            room.answers.case_ids(&CaseAsk { view, query, me, ..CaseAsk::default() })?
        }
        false => fields.all("id").filter(|id| !id.is_empty()).map(str::to_owned).collect(),
    };
    match ids.len() {
        0 => Err(Failure::form("No line was chosen. Go back, tick the lines it is about, and choose again.")),
        1..=MOST if ids.iter().all(|id| Id::parse(id).is_some() && room.answers.has_conversation(id)) => Ok(ids),
        1..=MOST => Err(Failure::NoConversation),
        _ => Err(Failure::form(format!("At most {MOST} cases are changed at once. Search for fewer."))),
    }
}

/// What others have, said for one case or many.
fn held(error: DeskError) -> Failure {
    match error {
        DeskError::Held { holder, others, .. } if others > 0 => Failure::Conflict(format!(
            "{holder} has one of these cases, and {} more are taken as well. Nothing was changed. Talk to them first; \
             to have them all the same, tick “even if others have them” and send the form again.",
            others
        )),
        error => error.into(),
    }
}

/// `POST /cases/asked`: notes that `person` was asked to help with the conversation `id`.
async fn asked(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Member, |room, fields| {
        let (id, person) = (fields.must("id")?, fields.must("person")?);
        if !room.answers.has_conversation(id) {
            return Err(Failure::NoConversation);
        }
        let somebody = room.answers.person(person)?.ok_or(Failure::NoPerson)?;
        room.desk()?.asked(person, id, &room.visitor.name, room.clock())?;
        let said = format!("Noted that {} was asked. Nothing was sent.", somebody.person.name);
        Ok(Done::to(fields.back(&format!("/conversations/{id}"))).say(said))
    })
    .await
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
