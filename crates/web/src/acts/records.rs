//! Keeping records that are written as forms: actions, announcements, plans of events, stories, peers' channels.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::post;
use desk::{Form, Role};

use crate::failure::Failure;
use crate::fields::Fields;
use crate::room::Done;
use crate::router::App;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/records/{form}", post(keep)).route("/records/{form}/remove", post(remove))
}

/// `POST /records/{form}`: keeps the form's fields as the record `record`, or as a new one.
async fn keep(State(app): State<App>, Path(form): Path<String>, fields: Fields) -> Response {
    app.act(fields, Role::Member, move |room, fields| {
        let form = named(&form)?;
        // Browsers end lines as mails do.
        let text = |name: &str| fields.one(name).map(|text| (name.to_owned(), text.replace("\r\n", "\n")));
        let texts: BTreeMap<String, String> = form.fields.iter().filter_map(|field| text(field.name)).collect();
        let (who, at) = (&room.visitor.name, room.clock());
        let name = form.keep(&mut room.desk()?, fields.one("record"), &texts, who, at)?;
        Ok(Done::to(fields.back(&format!("/{}", form.name)))
            .say(format!("The {} “{name}” is kept.", form.kind.as_str())))
    })
    .await
}

/// `POST /records/{form}/remove`: forgets the record `record`.
async fn remove(State(app): State<App>, Path(form): Path<String>, fields: Fields) -> Response {
    app.act(fields, Role::Member, move |room, fields| {
        let (form, name) = (named(&form)?, fields.must("record")?);
        room.desk()?.unsave(form.kind, name, &room.visitor.name, room.clock())?;
        Ok(Done::to(format!("/{}", form.name)).say(format!("The {} “{name}” is gone.", form.kind.as_str())))
    })
    .await
}

fn named(form: &str) -> Result<&'static Form, Failure> {
    Form::named(form).ok_or(Failure::NoPage)
}
