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

use crate::answers::Answers;
use crate::api::Problem;
use crate::failure::Failure;
use crate::pages::{Form, Frame, conversation_show, desk_list, person_show, question_ask, today_show};
use crate::service::Service;
use crate::{api, assets, guard, mcp};

/// Questions answered at once. Each may use a core for some milliseconds and the memory of its view;
/// one person with many open tabs stays below it, a runaway script does not get past it.
const AT_ONCE: usize = 8;

/// How long a question waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// What every handler shares.
#[derive(Clone)]
pub(crate) struct App {
    pub service: Service,
    /// The port in the `Host` of every request.
    pub port: u16,
    turns: Arc<Semaphore>,
}

/// Pages, API and tools of assistants, for requests to `port` of this machine. Needs a tokio runtime.
pub fn router(service: Service, port: u16) -> Router {
    let app = App::new(service, port);
    Router::new()
        .route("/", get(today_show::get))
        .route("/today.json", get(today_show::get))
        .route("/desk", get(desk_list::get))
        .route("/desk.json", get(desk_list::get))
        .route("/ask", get(question_ask::get))
        .route("/ask.json", get(question_ask::get))
        .route("/conversations/{id}", get(conversation_show::get))
        .route("/people/{id}", get(person_show::get))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/assets/{name}", get(asset))
        .fallback(|State(app): State<App>| async move { Failure::NoPage.page(&app) })
        .method_not_allowed_fallback(|State(app): State<App>| async move { Failure::ReadOnly.page(&app) })
        .nest(api::BASE, api::routes())
        .merge(mcp::routes(&app))
        .layer(from_fn_with_state(app.clone(), guard::guard))
        .with_state(app)
}

async fn asset(State(app): State<App>, name: Path<String>) -> Response {
    assets::find(name).unwrap_or_else(|| Failure::NoPage.page(&app))
}

impl App {
    /// What requests to `port` share.
    pub(crate) fn new(service: Service, port: u16) -> App {
        App { service, port, turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Answers a request: `question` gives the view, `page` shows it. Both run away from the threads
    /// that talk to browsers, and so many at once at most as there are turns. `asked` is what to leave
    /// in the search box.
    pub(crate) async fn reply<V: Serialize>(
        &self,
        form: Form,
        asked: &str,
        question: impl FnOnce(&dyn Answers) -> Result<V, Failure> + Send + 'static,
        page: impl FnOnce(&Frame, &V) -> Result<String, Failure> + Send + 'static,
    ) -> Response {
        let Some(turn) = self.turn().await else { return Failure::Busy.reply(self, form) };
        let answers = Arc::clone(&self.service.answers);
        let asked = asked.to_owned();
        let work = tokio::task::spawn_blocking(move || {
            // Held until the work is done, even when the browser has gone away meanwhile.
            let _turn = turn;
            let view = question(&*answers)?;
            match form {
                Form::Page => page(&Frame::new(answers.about(), &asked), &view),
                Form::Twin => serde_json::to_string(&view).map_err(|_| Failure::Broken),
            }
        });
        match work.await.unwrap_or(Err(Failure::Broken)) {
            Ok(body) => (form.content_type(), body).into_response(),
            Err(failure) => {
                if failure.advice().status.is_server_error() {
                    tracing::error!("a page could not be made: {failure:?}");
                }
                failure.reply(self, form)
            }
        }
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

    async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        tokio::time::timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await.ok()?.ok()
    }
}
