//! Adding goals, changing them, closing them.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::post;
use desk::{Goal, Role};

use crate::failure::Failure;
use crate::fields::Fields;
use crate::room::{Done, Room};
use crate::router::App;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/goals/add", post(add))
        .route("/goals/change", post(change))
        .route("/goals/close", post(close))
        .route("/goals/reopen", post(reopen))
}

/// `POST /goals/add`: the ready-made goal `set`, or one of the form's own words.
async fn add(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Maintainer, |room, fields| {
        let goal = match fields.one("set") {
            Some(set) => {
                let found = metric::ready_made().find(|(name, _)| *name == set).map(|(_, goal)| goal);
                found.ok_or_else(|| Failure::form("There is no such ready-made goal. Load the page again."))?
            }
            None => Goal {
                what: fields.must("what")?.to_owned(),
                why: fields.one("why").unwrap_or_default().to_owned(),
                owner: room.visitor.name.clone(),
                ..Goal::default()
            },
        };
        let name = room.desk()?.keep_new(&goal.what, &goal, &room.visitor.name, room.clock())?;
        Ok(Done::to(format!("/goals/{name}")).say("The goal is kept. Change it so that it is yours."))
    })
    .await
}

/// `POST /goals/change`: the goal `name` as the form has it.
async fn change(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Maintainer, |room, fields| {
        let text = |name| fields.one(name).unwrap_or_default().to_owned();
        // Blanks at a line's beginning say what belongs to which question.
        let questions = metric::questions_of(fields.untouched("questions"));
        let questions = questions.map_err(|wrong| Failure::form(format!("The questions cannot be read: {wrong}.")))?;
        let catalogue = room.service.catalogue();
        let mut targets = questions.iter().flat_map(|question| &question.metrics);
        if let Some(unknown) = targets.find(|target| catalogue.named(&target.metric).is_none()) {
            let name = &unknown.metric;
            return Err(Failure::form(format!("There is no metric “{name}”. The page of metrics names them all.")));
        }
        let by = fields.one("by").map(str::to_owned);
        keep(room, fields, "Saved.", |goal| Goal {
            what: text("what"),
            why: text("why"),
            for_whom: text("for_whom"),
            by,
            owner: text("owner"),
            questions,
            closed: goal.closed,
        })
    })
    .await
}

/// `POST /goals/close`: follows the goal `name` no more, and keeps `why`.
async fn close(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Maintainer, |room, fields| {
        let why = fields.must("why")?.to_owned();
        keep(room, fields, "Closed. It stays on the list with its reason.", |goal| Goal { closed: Some(why), ..goal })
    })
    .await
}

/// `POST /goals/reopen`.
async fn reopen(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Maintainer, |room, fields| {
        keep(room, fields, "It is followed again.", |goal| Goal { closed: None, ..goal })
    })
    .await
}

fn keep(room: &Room<'_>, fields: &Fields, said: &str, change: impl FnOnce(Goal) -> Goal) -> Result<Done, Failure> {
    let (name, mut desk) = (fields.must("name")?, room.desk()?);
    let goal = change(desk.record::<Goal>(name)?.record);
    desk.keep(name, &goal, &room.visitor.name, room.clock())?;
    Ok(Done::to(fields.back("/goals")).say(said))
}
