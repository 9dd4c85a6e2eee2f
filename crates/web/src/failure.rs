//! Why there is no page, what to do about it, and the page or twin that says so.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::answers::AnswerError;
use crate::pages::{Form, Frame, failure_show};
use crate::router::App;

/// Why there is no page. Nothing in it is personal data.
#[derive(Debug)]
pub(crate) enum Failure {
    /// No page has this address.
    NoPage,
    /// No conversation has this id.
    NoConversation,
    /// No person has this id.
    NoPerson,
    /// The part of the address after `?` cannot be read.
    BadQuery,
    /// Something other than reading was asked for.
    ReadOnly,
    /// Another site made a browser ask.
    OtherOrigin,
    /// The request was for another host or port.
    OtherHost {
        /// The port we listen on.
        port: u16,
    },
    /// Too many requests are being answered already.
    Busy,
    /// The tables could not answer.
    NoAnswer(AnswerError),
    /// A defect of ours.
    Broken,
}

/// What the page says.
pub(crate) struct Advice {
    pub status: StatusCode,
    pub title: &'static str,
    pub text: String,
}

impl From<AnswerError> for Failure {
    fn from(error: AnswerError) -> Self {
        Failure::NoAnswer(error)
    }
}

impl Failure {
    /// What happened and what to do next.
    pub(crate) fn advice(&self) -> Advice {
        let (status, title, text) = match self {
            Failure::NoPage => (
                StatusCode::NOT_FOUND,
                "There is no such page",
                "Start from Today, or search for what you had in mind.".to_owned(),
            ),
            Failure::NoConversation => (
                StatusCode::NOT_FOUND,
                "There is no such conversation",
                "A conversation goes by the id of its opening message. That message may have been erased, or it now \
                 belongs to another conversation because an earlier one was collected. Search for its words."
                    .to_owned(),
            ),
            Failure::NoPerson => (
                StatusCode::NOT_FOUND,
                "There is no such person",
                "A person goes by the id of their first identity. They may have been merged with another or erased. \
                 Open a conversation they took part in to find them."
                    .to_owned(),
            ),
            Failure::BadQuery => (
                StatusCode::BAD_REQUEST,
                "This address could not be read",
                "What stands behind its `?` does not fit the page. Use the search box above, or a link.".to_owned(),
            ),
            Failure::ReadOnly => (
                StatusCode::METHOD_NOT_ALLOWED,
                "These pages can only be read",
                "Nothing can be changed on the pages yet: use GET or HEAD, or the API with a token.".to_owned(),
            ),
            Failure::OtherOrigin => (
                StatusCode::FORBIDDEN,
                "Another site asks",
                "Pages of other sites may not ask here. Open the address yourself; programs leave out the header \
                 `Origin`."
                    .to_owned(),
            ),
            Failure::OtherHost { port } => (
                StatusCode::FORBIDDEN,
                "This address is not served",
                format!(
                    "There are no accounts yet, so only this machine may read these pages. Open \
                     http://127.0.0.1:{port} instead. Through an SSH tunnel, use port {port} at both ends: \
                     ssh -L {port}:127.0.0.1:{port} HOST."
                ),
            ),
            Failure::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Too much is being asked at once",
                "Wait a few seconds and load the page again.".to_owned(),
            ),
            Failure::NoAnswer(error) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "The tables could not answer",
                format!("They said: {error}. Run `switchboard doctor`, then load the page again."),
            ),
            Failure::Broken => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Something broke on our side",
                "This is a defect. Load the page again; if it stays, run `switchboard serve --verbose` and report \
                 what it prints."
                    .to_owned(),
            ),
        };
        Advice { status, title, text }
    }

    /// The page for people.
    pub(crate) fn page(self, app: &App) -> Response {
        self.reply(app, Form::Page)
    }

    /// The page or its twin.
    pub(crate) fn reply(self, app: &App, form: Form) -> Response {
        let advice = self.advice();
        let body = match form {
            Form::Page => failure_show::page(&Frame::new(app.service.answers.about(), ""), &advice),
            Form::Twin => twin(&advice),
        };
        match body {
            Ok(body) => (advice.status, form.content_type(), body).into_response(),
            Err(_) => self.plain(),
        }
    }

    /// Nothing but the words.
    pub(crate) fn plain(self) -> Response {
        let Advice { status, title, text } = self.advice();
        (status, format!("{title}\n\n{text}\n")).into_response()
    }
}

fn twin(advice: &Advice) -> Result<String, Failure> {
    let value = serde_json::json!({ "error": advice.title, "advice": advice.text });
    Ok(value.to_string())
}
