//! What a page is made from, and what a form acts on.

use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use desk::{Desk, Noted, Role};
use insight::query::Query;

use crate::answers::Answers;
use crate::failure::Failure;
use crate::fields::Fields;
use crate::office::Office;
use crate::router::App;
use crate::said::{self, Said};
use crate::service::Service;
use crate::visitor::Visitor;

/// Everything at hand while a request is answered.
pub(crate) struct Room<'a> {
    /// The tables, asked.
    pub answers: &'a dyn Answers,
    /// Whatever else there is.
    pub service: &'a Service,
    /// Who asks.
    pub visitor: &'a Visitor,
}

impl Room<'_> {
    /// The desk, open to be written to.
    pub(crate) fn desk(&self) -> Result<Desk, Failure> {
        let path = self.service.desk.as_deref().ok_or(Failure::NoDesk)?;
        Ok(Desk::open(path)?)
    }

    /// The desk, open to be read; `None` where there is none.
    pub(crate) fn reading(&self) -> Result<Option<Desk>, Failure> {
        match self.service.desk.as_deref() {
            Some(path) if path.exists() => Ok(Some(Desk::open_read_only(path)?)),
            _ => Ok(None),
        }
    }

    /// Why nobody has this id: nobody ever had, or whoever had it was erased.
    pub(crate) fn nobody(&self, id: &str) -> Failure {
        match self.reading() {
            Ok(Some(desk)) if desk.is_erased(id).unwrap_or(false) => Failure::Erased,
            _ => Failure::NoPerson,
        }
    }

    /// A query in the language of searching, as the visitor means it.
    pub(crate) fn query(&self, text: &str) -> Query {
        let me = Some(self.visitor.name.clone());
        Query { me, ..Query::parse(text, self.answers.about().as_of, Some(&self.visitor.zone)) }
    }

    /// Whoever looks after the workspace.
    pub(crate) fn office(&self) -> Result<&dyn Office, Failure> {
        self.service.office.as_deref().ok_or(Failure::NoOffice)
    }

    /// Writes in the audit log that the visitor changed something about `area`; `what` holds no body, address or secret.
    /// What was changed stays changed where it cannot be noted: that is logged.
    pub(crate) fn note_change(&self, area: &str, what: &str, subject: &str) {
        let subject = Some(subject).filter(|subject| !subject.is_empty());
        let noted = Noted { at: self.clock(), who: &self.visitor.name, area, what, subject };
        let written = self.desk().and_then(|mut desk| Ok(desk.note_change(&noted)?));
        if let Err(failure) = written {
            failure.note("a change could not be written into the log of changes");
        }
    }

    /// The clock, microseconds UTC.
    pub(crate) fn clock(&self) -> i64 {
        (self.service.clock)()
    }
}

/// What a form came to.
pub(crate) struct Done {
    /// The page to show next: a path of ours.
    pub to: String,
    /// What to say there.
    pub said: Option<Said>,
    /// Cookies to set on the way.
    pub cookies: Vec<HeaderValue>,
}

impl Done {
    /// Goes on to a page without a word.
    pub(crate) fn to(path: impl Into<String>) -> Done {
        Done { to: path.into(), said: None, cookies: Vec::new() }
    }

    /// Says a sentence there.
    pub(crate) fn say(self, text: impl Into<String>) -> Done {
        Done { said: Some(Said { text: text.into(), step: None, decision: None }), ..self }
    }

    /// Sets cookies on the way.
    pub(crate) fn with(self, cookies: impl IntoIterator<Item = HeaderValue>) -> Done {
        Done { cookies: self.cookies.into_iter().chain(cookies).collect(), ..self }
    }

    /// Offers to take the step back.
    pub(crate) fn undoable(self, step: i64) -> Done {
        let said = self.said.map(|said| Said { step: Some(step), ..said });
        Done { said, ..self }
    }

    /// Offers to take the decision on who is who back.
    pub(crate) fn undoable_decision(self, number: i64) -> Done {
        let said = self.said.map(|said| Said { decision: Some(number), ..said });
        Done { said, ..self }
    }
}

impl IntoResponse for Done {
    fn into_response(self) -> Response {
        let mut response = Redirect::to(&self.to).into_response();
        for cookie in self.said.as_ref().and_then(said::header).into_iter().chain(self.cookies) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        response
    }
}

impl App {
    /// Acts on a form of somebody who has at least the role `least`, then sends the browser on (303), so that loading
    /// that page again repeats nothing. `act` runs away from the threads that talk to browsers.
    pub(crate) async fn act(
        &self,
        fields: Fields,
        least: Role,
        act: impl FnOnce(&Room<'_>, &Fields) -> Result<Done, Failure> + Send + 'static,
    ) -> Response {
        let asking = fields.asking.clone();
        if let Err(failure) = asking.visitor.needs(least) {
            return failure.reply(self, &asking);
        }
        let Some(turn) = self.turn().await else { return Failure::Busy.reply(self, &asking) };
        let service = self.service.clone();
        let work = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let answers = service.answers_for(fields.asking.sees_all());
            let room = Room { answers, service: &service, visitor: &fields.asking.visitor };
            act(&room, &fields)
        });
        match work.await.unwrap_or(Err(Failure::Broken)) {
            Ok(done) => done.into_response(),
            Err(failure) => {
                failure.note("a form could not be acted on");
                failure.reply(self, &asking)
            }
        }
    }
}

/// Tells the browser to forget what was said once it has been.
pub(crate) fn forget_said(response: &mut Response) {
    let forgotten: Option<HeaderValue> = said::forgotten();
    if let Some(forgotten) = forgotten {
        response.headers_mut().append(SET_COOKIE, forgotten);
    }
}
