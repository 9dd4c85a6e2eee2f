//! Which address gives which page, and how questions get answered without holding up the others.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Serialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower_http::compression::CompressionLayer;

use crate::api::Problem;
use crate::asking::Asking;
use crate::failure::Failure;
use crate::limits::Limits;
use crate::once::Once;
use crate::pages::{Form, Frame, events_list};
use crate::places::{self, Place};
use crate::room::{Room, forget_said};
use crate::service::Service;
use crate::session::Doors;
use crate::{acts, api, assets, guard, mcp, sheet};

/// Questions answered at once. Each may use a core for some milliseconds and the memory of its view;
/// one person with many open tabs stays below it, a runaway script does not get past it.
const AT_ONCE: usize = 8;

/// Passwords looked at once. Each takes a core for some 25 milliseconds and 19 MiB: guessing slows down who guesses, not
/// who reads.
const PASSWORDS_AT_ONCE: usize = 2;

/// Sign-ins elsewhere on their way at once.
const AT_ONCE_ELSEWHERE: usize = 4;

/// How long a question waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// What every handler shares.
#[derive(Clone)]
pub(crate) struct App {
    pub service: Service,
    /// The port in the `Host` of every request.
    pub port: u16,
    /// Open connections to the desk, for finding out who asks.
    pub doors: Arc<Doors>,
    /// How often one may try to sign in.
    pub limits: Arc<Limits>,
    turns: Arc<Semaphore>,
    passwords: Arc<Semaphore>,
    /// Turns of asking a provider of accounts, which may be slow: nobody else waits for it.
    turns_elsewhere: Arc<Semaphore>,
    /// The sign-ins elsewhere that came back.
    pub used: Arc<Once>,
    /// Known to this process only: forms made before it started must be loaded again.
    secret: [u8; 32],
}

/// Pages, API and tools of assistants, for requests to `port` of this machine. Needs a tokio runtime.
pub fn router(service: Service, port: u16) -> Router {
    let app = App::new(service, port);
    places::routes()
        .merge(acts::routes())
        .route("/events.ics", get(events_list::calendar))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/assets/{name}", get(asset))
        .fallback(|State(app): State<App>, asking: Asking| async move { Failure::NoPage.reply(&app, &asking) })
        .method_not_allowed_fallback(|State(app): State<App>, asking: Asking| async move {
            Failure::ReadOnly.reply(&app, &asking)
        })
        .nest(api::BASE, api::routes())
        .merge(mcp::routes(&app))
        .layer(from_fn_with_state(app.clone(), guard::guard))
        .layer(CompressionLayer::new())
        .with_state(app)
}

async fn asset(State(app): State<App>, asking: Asking, name: Path<String>) -> Response {
    assets::find(name).unwrap_or_else(|| Failure::NoPage.reply(&app, &asking))
}

impl App {
    /// What requests to `port` share.
    pub(crate) fn new(service: Service, port: u16) -> App {
        App {
            service,
            port,
            doors: Arc::default(),
            limits: Arc::default(),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            passwords: Arc::new(Semaphore::new(PASSWORDS_AT_ONCE)),
            turns_elsewhere: Arc::new(Semaphore::new(AT_ONCE_ELSEWHERE)),
            used: Arc::default(),
            secret: secret(),
        }
    }

    /// Answers a request for `place`: `question` gives the view, `page` shows it. Both run away from the threads
    /// that talk to browsers, and so many at once at most as there are turns. `asked` is what to leave
    /// in the search box.
    pub(crate) async fn reply<V: Serialize>(
        &self,
        place: &'static Place,
        asking: Asking,
        asked: &str,
        question: impl FnOnce(&Room<'_>) -> Result<V, Failure> + Send + 'static,
        page: impl FnOnce(&Frame, &V) -> Result<String, Failure> + Send + 'static,
    ) -> Response {
        if let Err(failure) = asking.may_see(place) {
            return failure.reply(self, &asking);
        }
        let Some(turn) = self.turn().await else { return Failure::Busy.reply(self, &asking) };
        let (service, asked, form, was_said) =
            (self.service.clone(), asked.to_owned(), asking.form, asking.said.is_some());
        let asking_of_failure = asking.clone();
        let work = tokio::task::spawn_blocking(move || {
            // Held until the work is done, even when the browser has gone away meanwhile.
            let _turn = turn;
            let answers = service.answers_for(asking.sees_all());
            let room = Room { answers, service: &service, visitor: &asking.visitor };
            let view = question(&room)?;
            let made = Made { place, asking: &asking, view: &view };
            match form {
                Form::Page => {
                    page(&Frame::new(answers.about(), &asking, Some(place), &asked), &view).map(|page| made.page(page))
                }
                Form::Twin => made.twin(),
                Form::Sheet => made.sheet(),
            }
        });
        match work.await.unwrap_or(Err(Failure::Broken)) {
            Ok(body) => {
                let mut response = (form.content_type(), body).into_response();
                if was_said && form == Form::Page {
                    forget_said(&mut response);
                }
                response
            }
            Err(failure) => {
                failure.note("a page could not be made");
                failure.reply(self, &asking_of_failure)
            }
        }
    }

    /// What the forms of whoever signed in with `session` carry (empty for whoever needs none).
    pub(crate) fn csrf(&self, session: &str) -> String {
        blake3::keyed_hash(&self.secret, session.as_bytes()).to_hex()[..32].to_owned()
    }

    /// What only we can have written beside a text that a browser keeps for us.
    pub(crate) fn seal(&self, purpose: &str, text: &str) -> String {
        let key = blake3::keyed_hash(&self.secret, purpose.as_bytes());
        blake3::keyed_hash(key.as_bytes(), text.as_bytes()).to_hex().to_string()
    }

    /// The name of the place elsewhere where people can sign in.
    pub(crate) fn sso_name(&self) -> Option<&str> {
        let gate = &self.service.gate;
        gate.sso.as_ref().filter(|_| gate.address.is_some()).map(|sso| sso.title.as_str())
    }

    /// Works for a program, away from the threads that talk to others, when it is its turn.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Service) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = self.turn().await.ok_or(Problem::Busy)?;
        let service = self.service.clone();
        let work = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work(&service)
        });
        work.await.unwrap_or(Err(Problem::Broken))
    }

    /// A turn to look at a password; `None` if too many wait for one.
    pub(crate) async fn password_turn(&self) -> Option<OwnedSemaphorePermit> {
        tokio::time::timeout(PATIENCE, Arc::clone(&self.passwords).acquire_owned()).await.ok()?.ok()
    }

    pub(crate) async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        tokio::time::timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await.ok()?.ok()
    }

    pub(crate) async fn turn_elsewhere(&self) -> Option<OwnedSemaphorePermit> {
        tokio::time::timeout(PATIENCE, Arc::clone(&self.turns_elsewhere).acquire_owned()).await.ok()?.ok()
    }
}

/// A view, on its way to whoever asked for it. Addresses are hidden here and nowhere else.
struct Made<'a, V> {
    place: &'static Place,
    asking: &'a Asking,
    view: &'a V,
}

impl<V: Serialize> Made<'_, V> {
    fn page(&self, page: String) -> String {
        if self.asking.sees_all() { page } else { text::without_addresses(&page).into_owned() }
    }

    fn twin(&self) -> Result<String, Failure> {
        if self.asking.sees_all() {
            return serde_json::to_string(self.view).map_err(|_| Failure::Broken);
        }
        Ok(self.value()?.to_string())
    }

    fn sheet(&self) -> Result<String, Failure> {
        let table = self.place.table.ok_or(Failure::NoPage)?;
        Ok(sheet::csv(&self.value()?, table))
    }

    fn value(&self) -> Result<serde_json::Value, Failure> {
        let mut value = serde_json::to_value(self.view).map_err(|_| Failure::Broken)?;
        if !self.asking.sees_all() {
            api::hide_addresses(&mut value);
        }
        Ok(value)
    }
}

/// Random bytes; without the system's randomness, those of this process's start (forms are then guarded by the origin
/// check alone).
fn secret() -> [u8; 32] {
    let mut secret = [0; 32];
    if let Err(error) = getrandom::fill(&mut secret) {
        tracing::error!("the system gives no randomness: {error}");
        let start = (std::process::id(), std::time::SystemTime::now());
        secret = *blake3::hash(format!("{start:?}").as_bytes()).as_bytes();
    }
    secret
}
