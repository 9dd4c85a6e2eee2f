//! Keeping, editing and taking along reports. Nothing is sent from here.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::{Kept, Report, Role};
use report::Document;

use crate::asking::Asking;
use crate::failure::Failure;
use crate::fields::Fields;
use crate::places::Place;
use crate::reports;
use crate::room::{Done, Room};
use crate::router::App;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/reports", post(keep))
        .route("/reports/{name}", post(edit))
        .route("/reports/{name}/sent", post(sent))
        .route("/reports/{name}/remove", post(remove))
        .route("/reports/{name}/file/{form}", get(file))
}

/// `POST /reports`: keeps a report of `kind`, `period` and `of` as a draft.
async fn keep(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Member, |room, fields| {
        let of = fields.one("of").unwrap_or_default();
        let ask = reports::asked(room, fields.must("kind")?, fields.one("period").unwrap_or_default(), of)?;
        let made = reports::make(room, &ask)?;
        let draft = Report {
            kind: ask.kind.as_str().to_owned(),
            period: ask.period.id(),
            of: ask.of.clone(),
            title: made.title,
            markdown: made.markdown,
            ..Report::default()
        };
        let called = [ask.kind.as_str(), ask.of.as_str(), &ask.period.id()].join(" ");
        let name = room.desk()?.keep_new(&called, &draft, &room.visitor.name, room.clock())?;
        Ok(Done::to(format!("/reports/{}", encoded(&name))).say("Kept as a draft."))
    })
    .await
}

/// `POST /reports/{name}`: puts `text` in the place of a draft's.
async fn edit(State(app): State<App>, Path(name): Path<String>, fields: Fields) -> Response {
    app.act(fields, Role::Member, move |room, fields| {
        // Browsers end lines as mails do.
        let markdown = fields.must("text")?.replace("\r\n", "\n");
        let kept = draft(room, &name)?;
        if fields.one("seen").is_some_and(|seen| seen != kept.at.to_string()) {
            return Err(Failure::Conflict(format!(
                "{} changed this draft since you opened it. Go back, copy what you wrote, load the page again and put it in.",
                kept.who
            )));
        }
        let title = Document::read(&markdown).title().unwrap_or(kept.record.title.clone());
        let changed = Report { markdown, title, ..kept.record };
        room.desk()?.keep(&name, &changed, &room.visitor.name, room.clock())?;
        Ok(Done::to(format!("/reports/{}", encoded(&name))).say("Kept."))
    })
    .await
}

/// `POST /reports/{name}/sent`: notes that a draft was sent `to` whom, a line each.
async fn sent(State(app): State<App>, Path(name): Path<String>, fields: Fields) -> Response {
    app.act(fields, Role::Member, move |room, fields| {
        let to = fields.must("to")?.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        let report = Report { sent: Some(room.clock()), to, ..draft(room, &name)?.record };
        room.desk()?.keep(&name, &report, &room.visitor.name, room.clock())?;
        Ok(Done::to(format!("/reports/{}", encoded(&name))).say("Noted: it is sent, and stays as it went."))
    })
    .await
}

/// `POST /reports/{name}/remove`: takes a draft away. What was sent stays.
async fn remove(State(app): State<App>, Path(name): Path<String>, fields: Fields) -> Response {
    app.act(fields, Role::Member, move |room, _| {
        draft(room, &name)?;
        room.desk()?.drop_record::<Report>(&name, &room.visitor.name, room.clock())?;
        Ok(Done::to("/reports").say("The draft is gone."))
    })
    .await
}

/// `GET /reports/{name}/file/{form}`: the report as `md`, `html`, `eml` or `pdf`.
async fn file(State(app): State<App>, Path((name, form)): Path<(String, String)>, asking: Asking) -> Response {
    let place: &Place = &crate::pages::report_show::PLACE;
    if let Err(failure) = asking.may_see(place) {
        return failure.reply(&app, &asking);
    }
    let Some(turn) = app.turn().await else { return Failure::Busy.reply(&app, &asking) };
    let (service, visitor, sees_all) = (app.service.clone(), asking.visitor.clone(), asking.sees_all());
    let work = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let room = Room { answers: service.answers_for(sees_all), service: &service, visitor: &visitor };
        let kept = reports::one(&room, &name)?;
        let (kind, bytes) = bytes(&room, &kept, &form)?;
        let plain: String = kept.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let place = format!("attachment; filename=\"{plain}.{form}\"");
        Ok::<_, Failure>(([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, place)], bytes).into_response())
    });
    match work.await.unwrap_or(Err(Failure::Broken)) {
        Ok(response) => response,
        Err(failure) => {
            failure.note("a report could not be given");
            failure.reply(&app, &asking)
        }
    }
}

/// The file's kind and bytes. The text with its editors' notes, and the mail to be sent, are the team's.
fn bytes(room: &Room<'_>, kept: &Kept<Report>, form: &str) -> Result<(&'static str, Vec<u8>), Failure> {
    if matches!(form, "md" | "eml") {
        room.visitor.needs(Role::Member)?;
    }
    let document = Document::read(&kept.record.markdown);
    Ok(match form {
        "md" => ("text/markdown; charset=utf-8", kept.record.markdown.clone().into_bytes()),
        "html" => ("text/html; charset=utf-8", document.html()?.into_bytes()),
        "pdf" => ("application/pdf", document.pdf()?),
        "eml" => {
            let at = jiff::Timestamp::from_microsecond(kept.record.sent.unwrap_or(kept.at)).unwrap_or_default();
            ("message/rfc822", document.mail_draft(&kept.name, at)?)
        }
        _ => return Err(Failure::NoPage),
    })
}

/// A report that may still be changed.
fn draft(room: &Room<'_>, name: &str) -> Result<Kept<Report>, Failure> {
    let kept = reports::one(room, name)?;
    match kept.record.is_sent() {
        false => Ok(kept),
        true => Err(Failure::Conflict("This report was sent and stays as it went. Make another one.".to_owned())),
    }
}

fn encoded(name: &str) -> String {
    form_urlencoded::byte_serialize(name.as_bytes()).collect()
}
