//! What administrators change about the team.

use std::collections::BTreeSet;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use desk::{LinkKind, NewLink, Role};
use model::time::DAY;

use crate::again::Acted;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::fields::Fields;
use crate::pages::team_list::{self, MadeLink, View};
use crate::room::{Done, Room};
use crate::router::App;
use crate::session;

/// How long an invitation works.
const INVITED: i64 = 7 * DAY;

/// How long a link for another password works, and the one for the first account.
const SOON: i64 = DAY;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/settings/team/first", post(first))
        .route("/settings/team/invite", post(invite))
        .route("/settings/team/factor", post(require))
        .route("/settings/team/invitations/{id}/withdraw", post(withdraw))
        .route("/settings/team/{id}/role", post(role))
        .route("/settings/team/{id}/disable", post(disable))
        .route("/settings/team/{id}/enable", post(enable))
        .route("/settings/team/{id}/reset", post(reset))
        .route("/settings/team/{id}/factor-off", post(factor_off))
}

/// `POST /settings/team/first`: whoever sits at this machine makes the first account.
async fn first(State(app): State<App>, fields: Fields) -> Response {
    let act = |room: &Room<'_>, _: &Fields| {
        let (kind, role) = (LinkKind::SetUp, Role::Administrator);
        let link = NewLink { kind, role, name: None, account: None, who: who(room), expires: room.clock() + SOON };
        let secret = room.desk()?.new_link(&link, room.clock(), session::random()?)?;
        Ok(Done::to(format!("{}{secret}", kind.path())))
    };
    app.act(fields, Role::Administrator, act).await
}

/// `POST /settings/team/invite`: the link comes with the answer, and is not shown again.
async fn invite(State(app): State<App>, caller: Caller, fields: Fields) -> Response {
    edit(app, fields, move |room, fields| {
        let role: Role = fields.one("role").unwrap_or_default().parse().map_err(|error| Failure::Form(wrong(error)))?;
        let name = fields.one("name").map(str::to_owned);
        let purpose = format!("lets {} join as {role}", name.as_deref().unwrap_or("somebody"));
        let (kind, expires) = (LinkKind::Invitation, room.clock().saturating_add(INVITED));
        show_link(room, &caller, NewLink { kind, role, name, account: None, who: who(room), expires }, purpose)
    })
    .await
}

/// `POST /settings/team/{id}/reset`: the link comes with the answer, and is not shown again.
async fn reset(State(app): State<App>, Path(id): Path<i64>, caller: Caller, fields: Fields) -> Response {
    edit(app, fields, move |room, _| {
        let account = room.desk()?.account(id)?.ok_or_else(nobody)?;
        let purpose = format!("lets {} choose another password", account.name);
        let (kind, expires) = (LinkKind::Reset, room.clock().saturating_add(SOON));
        let link = NewLink { kind, role: account.role, name: None, account: Some(id), who: who(room), expires };
        show_link(room, &caller, link, purpose)
    })
    .await
}

fn show_link(room: &Room<'_>, caller: &Caller, link: NewLink, purpose: String) -> Result<Acted<View>, Failure> {
    let secret = room.desk()?.new_link(&link, room.clock(), session::random()?)?;
    let address = format!("{}{}{secret}", caller.origin, link.kind.path());
    let made = MadeLink { address, purpose, expires: link.expires };
    Ok(Acted::Again(StatusCode::OK, View { link: Some(made), ..team_list::view(room)? }))
}

/// `POST /settings/team/factor`.
async fn require(State(app): State<App>, fields: Fields) -> Response {
    edit(app, fields, |room, fields| {
        let roles: BTreeSet<Role> = fields.all("role").filter_map(|role| role.parse().ok()).collect();
        room.desk()?.require_factor(&roles, &who(room), room.clock())?;
        let text = match roles.is_empty() {
            true => "Nobody has to have a second factor.".to_owned(),
            false => "Saved. Whoever has none yet is asked to set it up at their next click.".to_owned(),
        };
        done(text)
    })
    .await
}

/// `POST /settings/team/invitations/{id}/withdraw`.
async fn withdraw(State(app): State<App>, Path(id): Path<i64>, fields: Fields) -> Response {
    edit(app, fields, move |room, _| {
        let withdrawn = room.desk()?.withdraw_invitation(id, &who(room), room.clock())?;
        done(if withdrawn { "The invitation is taken back." } else { "That invitation was used or taken back already." })
    })
    .await
}

/// `POST /settings/team/{id}/role`.
async fn role(State(app): State<App>, Path(id): Path<i64>, fields: Fields) -> Response {
    edit(app, fields, move |room, fields| {
        let role: Role = fields.one("role").unwrap_or_default().parse().map_err(|error| Failure::Form(wrong(error)))?;
        let account = room.desk()?.set_role(id, role, &who(room), room.clock())?;
        done(format!("{} is {role} from now on.", account.name))
    })
    .await
}

/// `POST /settings/team/{id}/disable`.
async fn disable(State(app): State<App>, Path(id): Path<i64>, fields: Fields) -> Response {
    edit(app, fields, move |room, _| {
        let mut desk = room.desk()?;
        let account = desk.disable_account(id, &who(room), room.clock())?;
        let lets_in = |token: &desk::Token| {
            let lasts = token.expires.is_none_or(|expires| room.clock() < expires);
            token.who == account.name && token.revoked.is_none() && lasts
        };
        let left = match desk.tokens()?.iter().filter(|token| lets_in(token)).count() {
            0 => String::new(),
            left => format!(" Tokens that they made still work ({left}): look at the list of tokens."),
        };
        done(format!("{} is let in no more, from now on.{left}", account.name))
    })
    .await
}

/// `POST /settings/team/{id}/enable`.
async fn enable(State(app): State<App>, Path(id): Path<i64>, fields: Fields) -> Response {
    edit(app, fields, move |room, _| {
        let account = room.desk()?.enable_account(id, &who(room), room.clock())?;
        done(format!("{} is let in again.", account.name))
    })
    .await
}

/// `POST /settings/team/{id}/factor-off`.
async fn factor_off(State(app): State<App>, Path(id): Path<i64>, fields: Fields) -> Response {
    edit(app, fields, move |room, _| {
        let mut desk = room.desk()?;
        let account = desk.account(id)?.ok_or_else(nobody)?;
        desk.turn_factor_off(id, &who(room), room.clock())?;
        done(format!("{} signs in without a second factor until they set it up again.", account.name))
    })
    .await
}

/// A form of the team's page, which comes back with what was wrong.
async fn edit(
    app: App,
    fields: Fields,
    act: impl FnOnce(&Room<'_>, &Fields) -> Result<Acted<View>, Failure> + Send + 'static,
) -> Response {
    let act = move |room: &Room<'_>, fields: &Fields| match act(room, fields) {
        Err(Failure::Form(problem)) => {
            let view = View { problem: Some(problem), ..team_list::view(room)? };
            Ok(Acted::Again(StatusCode::UNPROCESSABLE_ENTITY, view))
        }
        done => done,
    };
    app.act_again(fields, &team_list::PLACE, act, team_list::page).await
}

fn done(text: impl Into<String>) -> Result<Acted<View>, Failure> {
    Ok(Acted::Done(Done::to("/settings/team").say(text)))
}

fn who(room: &Room<'_>) -> String {
    room.visitor.name.clone()
}

fn nobody() -> Failure {
    Failure::form("There is no such account. Load the page again.")
}

fn wrong(error: String) -> String {
    format!("That cannot be done: {error}.")
}
