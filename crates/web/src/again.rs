//! Forms that come back: what was wrong, or what was tried, is shown on the page that the form was sent from, with all that was
//! filled in.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::failure::Failure;
use crate::fields::Fields;
use crate::pages::{Form, Frame};
use crate::places::Place;
use crate::room::{Done, Room};
use crate::router::App;

/// What a form came to.
pub(crate) enum Acted<V> {
    /// It was done: go on.
    Done(Done),
    /// It comes back, to be looked at or mended.
    Again(StatusCode, V),
}

impl App {
    /// As [`App::act`], for a form that may come back: `page` shows it. `place` is the page it stands on, and says who may.
    pub(crate) async fn act_again<V: Serialize>(
        &self,
        fields: Fields,
        place: &'static Place,
        act: impl FnOnce(&Room<'_>, &Fields) -> Result<Acted<V>, Failure> + Send + 'static,
        page: impl FnOnce(&Frame, &V) -> Result<String, Failure> + Send + 'static,
    ) -> Response {
        let asking = fields.asking.clone();
        if let Err(failure) = asking.visitor.needs(place.least) {
            return failure.reply(self, &asking);
        }
        let Some(turn) = self.turn().await else { return Failure::Busy.reply(self, &asking) };
        let service = self.service.clone();
        let work = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let asking = &fields.asking;
            let room = Room { answers: &*service.answers, service: &service, visitor: &asking.visitor };
            Ok(match act(&room, &fields)? {
                Acted::Done(done) => done.into_response(),
                Acted::Again(status, view) => {
                    let frame = Frame::new(service.answers.about(), asking, Some(place), "");
                    (status, Form::Page.content_type(), page(&frame, &view)?).into_response()
                }
            })
        });
        match work.await.unwrap_or(Err(Failure::Broken)) {
            Ok(response) => response,
            Err(failure) => {
                failure.note("a form could not be acted on");
                failure.reply(self, &asking)
            }
        }
    }
}
