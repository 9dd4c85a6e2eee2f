//! Who is who, as the team decides it: merge, split, refuse, put off, lock, and taking each back.
//!
//! A decision is kept at once; the tables show it from the next sync on. Every one can be taken back.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::post;
use desk::{Decision, Desk, Kind, Role};
use insight::people::PersonAsk;
use insight::views::PersonFile;
use model::time::DAY;

use super::people::{day, id_of};
use crate::failure::Failure;
use crate::fields::Fields;
use crate::room::{Done, Room};
use crate::router::App;

/// What is said after a decision that changes the tables.
const LATER: &str = "It counts from the next sync on.";
/// For how long something is put off where nobody says until when, in days.
const PUT_OFF_DAYS: i64 = 30;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/people/suggestions/decide", post(decide))
        .route("/people/decisions/{number}/undo", post(undo))
        .route("/people/{id}/split", post(split))
        .route("/people/{id}/lock", post(lock))
}

/// `POST /people/suggestions/decide`: `one`, `other`, and `verdict` (`same`, `different` or `later`, then perhaps
/// `until`).
async fn decide(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Member, |room, fields| {
        let (one, other) = (person(room, fields.must("one")?)?, person(room, fields.must("other")?)?);
        let (a, b) = (&one.page.person, &other.page.person);
        if a.id == b.id {
            let text = format!("{} and {} are one person already.", a.name, b.name);
            return Ok(Done::to(fields.back("/people/suggestions")).say(text));
        }
        let (kind, value, said) = match fields.must("verdict")? {
            "same" => {
                must_be_open(&[&one, &other])?;
                (Kind::SamePerson, b.id.clone(), format!("{} and {} are one person. {LATER}", a.name, b.name))
            }
            "different" => {
                let said = format!("{} and {} are two people, and will not be suggested again.", a.name, b.name);
                (Kind::NotSamePerson, b.id.clone(), said)
            }
            "later" => {
                let until = match fields.one("until") {
                    Some(text) => day(text)?,
                    None => room.clock().saturating_add(PUT_OFF_DAYS * DAY),
                };
                let said = format!("{} and {} come back on {}.", a.name, b.name, crate::words::day(&until));
                (Kind::PutOff, format!("{} {until}", b.id), said)
            }
            _ => return Err(Failure::form("Choose whether they are one person, two people, or come back later.")),
        };
        let number = keep(room, fields, &a.id, kind, value)?;
        Ok(Done::to(fields.back("/people/suggestions")).say(said).undoable_decision(number))
    })
    .await
}

/// `POST /people/{id}/split`: takes `identity` out of the person.
async fn split(State(app): State<App>, Path(id): Path<String>, fields: Fields) -> Response {
    app.act(fields, Role::Member, move |room, fields| {
        let (file, identity) = (person(room, &id)?, id_of(fields.must("identity")?)?);
        let all: Vec<&str> = file.accounts.iter().map(|account| account.id.as_str()).collect();
        if !all.contains(&identity.as_str()) {
            return Err(Failure::form("This identity is no longer this person's. Load the page again."));
        }
        if all.len() < 2 {
            return Err(Failure::form("They have only this one identity: there is nothing to split."));
        }
        must_be_open(&[&file])?;
        let rest: Vec<&str> = all.into_iter().filter(|other| *other != identity).collect();
        let number = keep(room, fields, &identity, Kind::Apart, rest.join(" "))?;
        let said = format!("The identity is no longer {}’s. {LATER}", file.page.person.name);
        Ok(Done::to(fields.back("/people")).say(said).undoable_decision(number))
    })
    .await
}

/// `POST /people/{id}/lock`: nothing is merged with the person or suggested any more.
async fn lock(State(app): State<App>, Path(id): Path<String>, fields: Fields) -> Response {
    app.act(fields, Role::Member, move |room, fields| {
        let file = person(room, &id)?;
        must_be_open(&[&file])?;
        let all: Vec<&str> = file.accounts.iter().map(|account| account.id.as_str()).collect();
        let number = keep(room, fields, &file.page.person.id, Kind::Locked, all.join(" "))?;
        let said = format!("{} is locked: nothing is merged or suggested any more.", file.page.person.name);
        Ok(Done::to(fields.back("/people")).say(said).undoable_decision(number))
    })
    .await
}

/// `POST /people/decisions/{number}/undo`.
async fn undo(State(app): State<App>, Path(number): Path<i64>, fields: Fields) -> Response {
    app.act(fields, Role::Member, move |room, fields| {
        let mut desk = room.desk()?;
        let log = desk.people_log()?;
        let found = log.iter().find(|one| one.number == number && one.decision.kind != Kind::TakenBack);
        let found = found.ok_or_else(|| Failure::form("There is no such decision on who is who."))?;
        if found.taken_back {
            return Err(Failure::Conflict(
                "It was taken back already. Load the page again to see what stands.".to_owned(),
            ));
        }
        let back = Decision::new(room.clock(), &room.visitor.name, &found.decision.subject, Kind::TakenBack);
        desk.decide(&back.with(number.to_string()))?;
        let said =
            format!("Taken back. What stood before stands again; {}", LATER.replacen("It counts", "it counts", 1));
        Ok(Done::to(fields.back("/people/suggestions")).say(said))
    })
    .await
}

pub(super) fn person(room: &Room<'_>, id: &str) -> Result<PersonFile, Failure> {
    let ask = PersonAsk { team: true, ..PersonAsk::default() };
    room.answers.person_file(&id_of(id)?, &ask)?.ok_or_else(|| room.nobody(id))
}

fn must_be_open(people: &[&PersonFile]) -> Result<(), Failure> {
    let locked = people.iter().find(|file| file.team.as_ref().is_some_and(|team| team.locked));
    match locked {
        None => Ok(()),
        Some(file) => Err(Failure::Conflict(format!(
            "{} is locked. Their page shows by whom; taking that decision back unlocks them.",
            file.page.person.name
        ))),
    }
}

/// Keeps a decision; gives its number.
fn keep(room: &Room<'_>, fields: &Fields, subject: &str, kind: Kind, value: String) -> Result<i64, Failure> {
    let decision = Decision {
        note: fields.one("note").map(str::to_owned),
        ..Decision::new(room.clock(), &room.visitor.name, subject, kind).with(value)
    };
    let mut desk: Desk = room.desk()?;
    desk.decide(&decision)?;
    let log = desk.people_log()?;
    // Another may have decided in between: theirs is another decision.
    Ok(log.iter().rfind(|one| one.decision == decision).map_or(0, |one| one.number))
}
