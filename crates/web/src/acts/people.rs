//! What the team writes down about people: tags for many at once, notes, what they like to be asked.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::post;
use desk::{PersonChange, Preferences, Role};
use model::Id;

use crate::failure::Failure;
use crate::fields::Fields;
use crate::room::Done;
use crate::router::App;
use crate::words;

/// People in one form at most.
const MOST: usize = 20_000;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/people/find", post(find))
        .route("/people/tags", post(tags))
        .route("/people/{id}/notes", post(note))
        .route("/people/{id}/notes/{number}/remove", post(remove_note))
        .route("/people/{id}/preferences", post(prefer))
}

/// The id in an address of ours, as the model makes them.
pub(super) fn id_of(text: &str) -> Result<String, Failure> {
    Id::parse(text).map(|id| id.to_string()).ok_or(Failure::NoPerson)
}

/// `POST /people/find`: whose address it is. It comes in a form so that it stands in no address, log or history.
async fn find(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Member, |room, fields| {
        let found = room.answers.people_by_address(fields.must("address")?)?;
        Ok(match found.as_slice() {
            [] => Done::to(fields.back("/people")).say("Nobody has exactly this address, account or nick."),
            [one] => Done::to(format!("/people/{}", one.id)),
            [one, ..] => {
                let text = format!("{} have it; this is one of them.", words::people(&(found.len() as u64)));
                Done::to(format!("/people/{}", one.id)).say(text)
            }
        })
    })
    .await
}

/// `POST /people/tags`: `person` (many), `tag`, and `deed` (`tag` or `untag`).
async fn tags(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Member, |room, fields| {
        let mut people: Vec<String> = fields.all("person").take(MOST).map(id_of).collect::<Result<_, _>>()?;
        people.sort_unstable();
        people.dedup();
        if people.is_empty() {
            return Err(Failure::form("Nobody was chosen. Tick the people you mean, then send the form again."));
        }
        let tag = fields.must("tag")?.to_lowercase();
        let many = words::people(&(people.len() as u64));
        let (change, said) = match fields.one("deed") {
            Some("untag") => (PersonChange::Untag(tag.clone()), format!("Took the tag {tag} from {many}.")),
            _ => (PersonChange::Tag(tag.clone()), format!("Tagged {many} {tag}.")),
        };
        let step = room.desk()?.change_people(&people, &[change], &room.visitor.name, room.clock())?;
        Ok(Done::to(fields.back("/people")).say(said).undoable(step.number))
    })
    .await
}

/// `POST /people/{id}/notes`: `text`.
async fn note(State(app): State<App>, Path(id): Path<String>, fields: Fields) -> Response {
    app.act(fields, Role::Member, move |room, fields| {
        let change = PersonChange::Note(fields.must("text")?.to_owned());
        let id = id_of(&id)?;
        let step = room.desk()?.change_people(&[id], &[change], &room.visitor.name, room.clock())?;
        Ok(Done::to(fields.back("/people")).say("The note is kept.").undoable(step.number))
    })
    .await
}

/// `POST /people/{id}/notes/{number}/remove`.
async fn remove_note(State(app): State<App>, Path((id, number)): Path<(String, i64)>, fields: Fields) -> Response {
    app.act(fields, Role::Member, move |room, fields| {
        let id = id_of(&id)?;
        let change = PersonChange::RemoveNote(number);
        let step = room.desk()?.change_people(&[id], &[change], &room.visitor.name, room.clock())?;
        Ok(Done::to(fields.back("/people")).say("The note is removed.").undoable(step.number))
    })
    .await
}

/// `POST /people/{id}/preferences`: everything of [`Preferences`], as one form.
async fn prefer(State(app): State<App>, Path(id): Path<String>, fields: Fields) -> Response {
    app.act(fields, Role::Member, move |room, fields| {
        let given = preferences(fields)?;
        room.desk()?.prefer(&id_of(&id)?, &given, &room.visitor.name, room.clock())?;
        Ok(Done::to(fields.back("/people")).say("What they like to be asked is written down."))
    })
    .await
}

fn preferences(fields: &Fields) -> Result<Preferences, Failure> {
    let list = |name: &str| {
        let words = fields.one(name).unwrap_or_default().split([',', '\n']).map(|word| word.trim().to_lowercase());
        let mut words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
        words.sort();
        words.dedup();
        words
    };
    let per_week = match fields.one("per_week") {
        None => None,
        Some(number) => Some(number.parse().map_err(|_| {
            Failure::form("“At most so often a week” is no number: write one, or leave it empty for no bound.")
        })?),
    };
    let zone = fields.one("zone").map(str::to_owned);
    if zone.as_deref().is_some_and(|zone| jiff::tz::TimeZone::get(zone).is_err()) {
        return Err(Failure::form("There is no such time zone: write one as Europe/Berlin, or leave it empty."));
    }
    Ok(Preferences {
        likes: list("likes"),
        dislikes: list("dislikes"),
        per_week,
        languages: list("languages"),
        zone,
        speak: fields.has("speak"),
        mentor: fields.has("mentor"),
        review: fields.has("review"),
        away_until: fields.one("away_until").map(day).transpose()?,
        never: fields.has("never"),
    })
}

/// The beginning of a day written as `2031-05-31`, UTC.
pub(super) fn day(text: &str) -> Result<i64, Failure> {
    let date: Option<jiff::civil::Date> = text.parse().ok();
    let start = date.and_then(|date| date.to_zoned(jiff::tz::TimeZone::UTC).ok());
    let start = start.ok_or_else(|| Failure::form("This is no day: write it as 2031-05-31, or leave it empty."))?;
    Ok(start.timestamp().as_microsecond())
}
