//! Why there is no page, what to do about it, and the page or twin that says so.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::{DeskError, Role};

use crate::answers::AnswerError;
use crate::asking::Asking;
use crate::office::OfficeError;
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
    /// The person of this id was erased.
    Erased,
    /// The part of the address after `?` cannot be read.
    BadQuery,
    /// Something other than reading was asked for.
    ReadOnly,
    /// Another site made a browser ask.
    OtherOrigin,
    /// The request was for another host or port.
    OtherHost {
        /// What to open instead, in whole sentences.
        open: String,
    },
    /// Another machine asks in the clear, past the proxy.
    NotThroughProxy,
    /// A proxy that nobody configured hands on what others ask.
    UnknownProxy,
    /// What was sent did not come in time.
    TooSlow,
    /// Whoever signed in somewhere else has no account here.
    NoAccount,
    /// A sign-in somewhere else came back that this browser did not begin, or not lately, or twice.
    NotBegun,
    /// Signing in somewhere else did not work.
    Elsewhere(sso::SsoError),
    /// Whoever asks must sign in first.
    SignIn,
    /// It is at another address of ours: a person at the id of whom they were merged with.
    Moved(String),
    /// It takes at least this role.
    Role(Role),
    /// A form that was not sent from a page of the visitor's own.
    Forged,
    /// A form that is too long to be read.
    TooLong,
    /// A form that cannot be acted on: what is wrong and how to mend it, in whole sentences.
    Form(String),
    /// A link that works once was used, is too old, or never was.
    LinkGone,
    /// Somebody was faster: what stands now, in whole sentences.
    Conflict(String),
    /// There is nothing to write to here.
    NoDesk,
    /// Nobody looks after the workspace here.
    NoOffice,
    /// There is nothing of that name: what to do instead, in whole sentences.
    Missing(String),
    /// Another process writes, or it is being done already: who, in whole sentences.
    Held(String),
    /// The workspace could not be read or written: why, in whole sentences.
    Workspace(String),
    /// Another process is writing to the desk.
    DeskBusy,
    /// The desk could not be read or written.
    Desk(DeskError),
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

impl From<OfficeError> for Failure {
    fn from(error: OfficeError) -> Self {
        let text = sentence(&error.to_string());
        match error {
            OfficeError::Wrong(_) => Failure::Form(text),
            OfficeError::Faster => Failure::Conflict(text),
            OfficeError::Missing(_) => Failure::Missing(text),
            OfficeError::Busy(_) => Failure::Held(text),
            OfficeError::Failed(_) => Failure::Workspace(text),
        }
    }
}

/// An error's text, which goes on in lower case without a full stop, as a sentence of its own.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}

impl From<DeskError> for Failure {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Busy(_) => Failure::DeskBusy,
            DeskError::LinkGone => Failure::LinkGone,
            error @ DeskError::NameTaken(_) => Failure::Form(format!("That cannot be done: {error}.")),
            DeskError::Wrong(message) => Failure::Form(format!("That cannot be done: {message}.")),
            DeskError::Held { holder, .. } => Failure::Conflict(format!(
                "{holder} has this case. Talk to them first; to have it all the same, tick “take it over” and send the \
                 form again."
            )),
            error @ DeskError::NotSaved { .. } => Failure::Form(format!("That cannot be done: {error}.")),
            error @ (DeskError::NoStep(_) | DeskError::Undone(_)) => Failure::Conflict(format!("{error}.")),
            error => Failure::Desk(error),
        }
    }
}

impl Failure {
    /// A form that cannot be acted on.
    pub(crate) fn form(advice: impl Into<String>) -> Failure {
        Failure::Form(advice.into())
    }

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
                "A person goes by the id of their first identity. They may have been merged with another. \
                 Open a conversation they took part in to find them."
                    .to_owned(),
            ),
            Failure::Erased => (
                StatusCode::GONE,
                "This person was erased",
                "What they wrote and what they are called is here no more. Their messages stand empty in their \
                 conversations, so that what others answered can still be followed."
                    .to_owned(),
            ),
            Failure::BadQuery => (
                StatusCode::BAD_REQUEST,
                "This address could not be read",
                "What stands behind its `?` does not fit the page. Use the search box above, or a link.".to_owned(),
            ),
            Failure::ReadOnly => (
                StatusCode::METHOD_NOT_ALLOWED,
                "This page can only be read",
                "Use GET or HEAD here. What can be changed is changed by the forms on the pages, or over the API with a \
                 token."
                    .to_owned(),
            ),
            Failure::OtherOrigin => (
                StatusCode::FORBIDDEN,
                "Another site asks",
                "Pages of other sites may not ask here. Open the address yourself; programs leave out the header \
                 `Origin`."
                    .to_owned(),
            ),
            Failure::OtherHost { open } => (StatusCode::FORBIDDEN, "This address is not served", open.clone()),
            Failure::NotThroughProxy => (
                StatusCode::FORBIDDEN,
                "Come through the front door",
                "These pages are served through a proxy that speaks TLS: open its address. Whoever runs it lists it in \
                 `behind_proxy`."
                    .to_owned(),
            ),
            Failure::UnknownProxy => (
                StatusCode::FORBIDDEN,
                "A proxy asks for somebody else",
                "Whoever runs this server has to list the proxy in `[server] behind_proxy` of switchboard.toml, with \
                 the `address` that people use: until then only this machine may read these pages."
                    .to_owned(),
            ),
            Failure::NoAccount => (
                StatusCode::FORBIDDEN,
                "You have no account here",
                "You are signed in where your account is, but nobody has let it in here. An administrator of the team can \
                 make an account that signs in by your name or mail address there."
                    .to_owned(),
            ),
            Failure::NotBegun => (
                StatusCode::BAD_REQUEST,
                "This sign-in was not begun here",
                "It is too old, was used before, or was begun in another browser. Open the page for signing in, and \
                 begin again."
                    .to_owned(),
            ),
            Failure::Elsewhere(error) => {
                let status = match error {
                    sso::SsoError::Unreachable(_) | sso::SsoError::Settings(_) => StatusCode::BAD_GATEWAY,
                    sso::SsoError::Refused(_) | sso::SsoError::Untrusted(_) => StatusCode::FORBIDDEN,
                };
                (status, "Signing in elsewhere did not work", format!("Nobody was signed in: {error}."))
            }
            Failure::TooSlow => (
                StatusCode::REQUEST_TIMEOUT,
                "It did not come in time",
                "Nothing was changed. The connection may be slow: send it once more.".to_owned(),
            ),
            Failure::SignIn => (
                StatusCode::UNAUTHORIZED,
                "Sign in first",
                "This page is for the people of the team.".to_owned(),
            ),
            Failure::Moved(_) => (
                StatusCode::SEE_OTHER,
                "This is somewhere else now",
                "The browser should have gone on by itself; go back to where you came from.".to_owned(),
            ),
            Failure::Role(least) => (
                StatusCode::FORBIDDEN,
                "This is not yours to do",
                format!("It takes at least the role {least}. An administrator of the team can give it to you."),
            ),
            Failure::Forged => (
                StatusCode::FORBIDDEN,
                "This form is not from here, or too old",
                "Nothing was changed. Go back, load the page again, and send the form once more: you may have signed \
                 in or out since it was made."
                    .to_owned(),
            ),
            Failure::TooLong => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "This is too much at once",
                "Nothing was changed. Shorten the text, or choose fewer lines at once.".to_owned(),
            ),
            Failure::Form(advice) => {
                (StatusCode::UNPROCESSABLE_ENTITY, "This cannot be done as it stands", advice.clone())
            }
            Failure::LinkGone => (
                StatusCode::GONE,
                "This link works no more",
                "Each such link works once, and not for long. Ask whoever sent it for another; whoever runs this server \
                 makes one with `switchboard account`."
                    .to_owned(),
            ),
            Failure::Conflict(advice) => (StatusCode::CONFLICT, "Somebody was faster", advice.clone()),
            Failure::NoDesk => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Nothing can be changed here",
                "There is no desk to write to: these pages only show what there is.".to_owned(),
            ),
            Failure::NoOffice => (
                StatusCode::SERVICE_UNAVAILABLE,
                "The workspace cannot be changed from here",
                "Whoever serves these pages gave them the tables alone. Serve the workspace with `switchboard serve`."
                    .to_owned(),
            ),
            Failure::Missing(advice) => (StatusCode::NOT_FOUND, "There is no such thing", advice.clone()),
            Failure::Held(advice) => (StatusCode::CONFLICT, "Not now", advice.clone()),
            Failure::Workspace(advice) => {
                (StatusCode::INTERNAL_SERVER_ERROR, "The workspace could not be read or written", advice.clone())
            }
            Failure::DeskBusy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "The desk is being written to",
                "Nothing was changed. Wait a few seconds and send the form again.".to_owned(),
            ),
            Failure::Desk(error) if error.is_full() => (
                StatusCode::INSUFFICIENT_STORAGE,
                "There is no room left to write",
                "Nothing was changed. Whoever runs this server has to make room on its disk; then send the form again."
                    .to_owned(),
            ),
            Failure::Desk(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "The desk could not be read or written",
                "Nothing was changed. Look whether the disk is full, and run `switchboard doctor`.".to_owned(),
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

    /// The page or its twin.
    pub(crate) fn reply(self, app: &App, asking: &Asking) -> Response {
        let advice = self.advice();
        if let Failure::Moved(path) = &self {
            return Redirect::to(path).into_response();
        }
        let body = match asking.form {
            Form::Page if matches!(self, Failure::SignIn) => return sign_in(asking).into_response(),
            Form::Page => failure_show::page(
                &Frame::new(app.service.answers_for(asking.sees_all()).about(), asking, None, ""),
                &advice,
            ),
            Form::Twin | Form::Sheet => twin(&advice),
        };
        let form = if asking.form == Form::Sheet { Form::Twin } else { asking.form };
        match body {
            Ok(body) => (advice.status, form.content_type(), body).into_response(),
            Err(_) => self.plain(),
        }
    }

    /// Logs what is our fault or the machine's.
    pub(crate) fn note(&self, what: &str) {
        if self.advice().status.is_server_error() {
            tracing::error!("{what}: {self:?}");
        }
    }

    /// Nothing but the words.
    pub(crate) fn plain(self) -> Response {
        let Advice { status, title, text } = self.advice();
        (status, format!("{title}\n\n{text}\n")).into_response()
    }
}

/// To the page where one signs in, and from there back.
fn sign_in(asking: &Asking) -> Redirect {
    let to: String = form_urlencoded::byte_serialize(asking.here().as_bytes()).collect();
    Redirect::to(&format!("/sign-in?to={to}"))
}

fn twin(advice: &Advice) -> Result<String, Failure> {
    let value = serde_json::json!({ "error": advice.title, "advice": advice.text });
    Ok(value.to_string())
}
