//! What people know about numbers: why one jumped, which one is not to be trusted, which one nobody needs.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::post;
use desk::{Doubt, Explanation, Goal, Question, Retired, Role, Target};

use crate::failure::Failure;
use crate::fields::Fields;
use crate::room::{Done, Room};
use crate::router::App;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/metrics/explain", post(explain))
        .route("/metrics/doubt", post(doubt))
        .route("/metrics/retire", post(retire))
        .route("/metrics/attach", post(attach))
}

/// `POST /metrics/explain`: why `metric` left its usual range between `from` and `until` (RFC 3339), in words.
async fn explain(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Member, |room, fields| {
        let time = |name| {
            let time = fields.must(name)?.parse::<jiff::Timestamp>();
            let wrong = || Failure::form("The stretch of time cannot be read. Load the page again.");
            time.map(|time| time.as_microsecond()).map_err(|_| wrong())
        };
        let metric = named(room, fields, "metric")?;
        let explanation = Explanation {
            metric: metric.clone(),
            from: time("from")?,
            until: time("until")?,
            text: fields.must("text")?.to_owned(),
            ..Explanation::default()
        };
        room.desk()?.keep_new(&metric, &explanation, &room.visitor.name, room.clock())?;
        Ok(Done::to(fields.back("/goals")).say("Kept. It stays on the chart."))
    })
    .await
}

/// `POST /metrics/doubt`: what is not true about the metric `about`; without `why`, the doubts about it are taken back.
async fn doubt(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Maintainer, |room, fields| {
        let about = named(room, fields, "about")?;
        let (mut desk, who, at) = (room.desk()?, &room.visitor.name, room.clock());
        let said = match fields.one("why") {
            Some(why) => {
                let doubt = Doubt { about: about.clone(), why: why.to_owned(), ..Doubt::default() };
                desk.keep_new(&about, &doubt, who, at)?;
                "Kept. It is said wherever the number stands."
            }
            None => {
                let all = desk.records::<Doubt>()?;
                for kept in all.values().filter(|kept| kept.record.about == about) {
                    desk.drop_record::<Doubt>(&kept.name, who, at)?;
                }
                "The number is believed again."
            }
        };
        Ok(Done::to(fields.back("/goals")).say(said))
    })
    .await
}

/// `POST /metrics/retire`: why nobody needs `metric`; without `why`, it is back.
async fn retire(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Maintainer, |room, fields| {
        let metric = named(room, fields, "metric")?;
        let (mut desk, who, at) = (room.desk()?, &room.visitor.name, room.clock());
        let said = match fields.one("why") {
            Some(why) => {
                desk.keep(&metric, &Retired { why: why.to_owned() }, who, at)?;
                "Retired. Its reason stays."
            }
            None => {
                desk.drop_record::<Retired>(&metric, who, at)?;
                "It waits for a goal again."
            }
        };
        Ok(Done::to(fields.back("/goals")).say(said))
    })
    .await
}

/// `POST /metrics/attach`: has `metric` answer the last question of `goal`.
async fn attach(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Maintainer, |room, fields| {
        let (metric, name) = (named(room, fields, "metric")?, fields.must("goal")?);
        let (mut desk, who, at) = (room.desk()?, &room.visitor.name, room.clock());
        let mut goal = desk.record::<Goal>(name)?.record;
        if goal.questions.is_empty() {
            goal.questions.push(Question { text: format!("{}?", goal.what), metrics: Vec::new() });
        }
        if let Some(question) = goal.questions.last_mut() {
            question.metrics.push(Target { metric, ..Target::default() });
        }
        desk.keep(name, &goal, who, at)?;
        Ok(Done::to(format!("/goals/{name}")).say("Attached to the last question. Move it, or give it a target."))
    })
    .await
}

/// A metric that there is.
fn named(room: &Room<'_>, fields: &Fields, field: &'static str) -> Result<String, Failure> {
    let name = fields.must(field)?;
    let known = room.service.catalogue().named(name).is_some();
    let unknown = || Failure::form("There is no such metric. The page of metrics names them all.");
    known.then(|| name.to_owned()).ok_or_else(unknown)
}
