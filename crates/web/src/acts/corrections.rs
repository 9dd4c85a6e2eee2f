//! A person's word on what the program thought: the tier a conversation asks for or took, the line another answers.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::post;
use desk::{Decision, Kind, NONE, Role};
use model::Id;

use crate::failure::Failure;
use crate::fields::Fields;
use crate::room::Done;
use crate::router::App;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/corrections", post(correct))
}

/// `POST /corrections`: of the conversation or message `id`, `what` is `value` (`auto`: as the program thinks).
async fn correct(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Member, |room, fields| {
        let id = Id::parse(fields.must("id")?).filter(|id| id.as_str().starts_with('m'));
        let id = id.ok_or(Failure::NoConversation)?;
        let kind = kind(fields.must("what")?)?;
        if room.answers.explain(id.as_str())?.is_none() {
            return Err(Failure::NoConversation);
        }
        let value = value(kind, fields.must("value")?)?;
        let said = match (&value, kind) {
            (None, _) => "Taken back: it is as the program thinks.",
            (Some(_), Kind::Answers) => "Noted. Conversations are put together anew with the next sync.",
            (Some(_), _) => "Noted: your word stands, also through a rebuild.",
        };
        let note = fields.one("note").map(str::to_owned);
        let decision = Decision::new(room.clock(), &room.visitor.name, id.as_str(), kind);
        room.desk()?.decide(&Decision { value, note, ..decision })?;
        Ok(Done::to(fields.back(&format!("/messages/{id}"))).say(said))
    })
    .await
}

fn kind(what: &str) -> Result<Kind, Failure> {
    match what {
        "asked" => Ok(Kind::AskedTier),
        "observed" => Ok(Kind::ObservedTier),
        "answers" => Ok(Kind::Answers),
        _ => Err(Failure::form("What can be corrected is a tier, or which message a line answers.")),
    }
}

/// The value to write; none takes a correction back.
fn value(kind: Kind, value: &str) -> Result<Option<String>, Failure> {
    let is_tier = |text: &str| text.parse::<u8>().is_ok_and(|tier| tier <= 4);
    match value {
        "auto" => Ok(None),
        NONE => Ok(Some(NONE.to_owned())),
        value if kind == Kind::Answers && Id::parse(value).is_some() => Ok(Some(value.to_owned())),
        value if kind != Kind::Answers && is_tier(value) => Ok(Some(value.to_owned())),
        _ if kind == Kind::Answers => Err(Failure::form("Write the id of the message that it answers, or “none”.")),
        _ => Err(Failure::form("Choose one of the tiers 0 to 4, or none.")),
    }
}
