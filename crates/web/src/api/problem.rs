//! Why there is no answer, as a problem document (RFC 9457).

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use desk::{DeskError, Scope};
use metric::SqlError;
use schemars::JsonSchema;
use serde::Serialize;

use crate::answers::AnswerError;

/// Why there is no answer. Nothing in it is personal data or a secret.
#[derive(Debug)]
pub(crate) enum Problem {
    /// No endpoint has this address.
    NoEndpoint,
    /// The endpoint is there, but not for this method.
    Method,
    /// There is nothing of this id.
    Nothing,
    /// A parameter is unknown, missing or not what it should be.
    Parameter(String),
    /// The body is not what it should be.
    Body(String),
    /// The body is longer than may be.
    TooLong,
    /// The body is not said to be JSON.
    NotJson,
    /// A token is needed.
    NoToken,
    /// What was shown is no token that is let in.
    Token,
    /// The token does not allow it.
    Scope(Scope),
    /// It does not go together with what was decided meanwhile.
    Conflict(String),
    /// The query is not right or not allowed.
    Query(String),
    /// It needs more than it may have.
    Limit(String),
    /// This server has none of it.
    NotHere(&'static str),
    /// Too many requests are being answered already.
    Busy,
    /// The tables or the desk could not answer.
    NoAnswer(String),
    /// A defect of ours.
    Broken,
}

/// A problem document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub(crate) struct ProblemView {
    /// What kind of problem it is, for programs: `urn:switchboard:problem:NAME`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What kind of problem it is, for people.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong this time.
    pub detail: String,
    /// What to do next.
    pub advice: String,
}

impl From<AnswerError> for Problem {
    fn from(error: AnswerError) -> Problem {
        Problem::NoAnswer(error.to_string())
    }
}

impl From<SqlError> for Problem {
    fn from(error: SqlError) -> Problem {
        match error {
            SqlError::Query(_) | SqlError::At { .. } => Problem::Query(error.to_string()),
            SqlError::Limit(text) => Problem::Limit(text),
            SqlError::Failed(text) => Problem::NoAnswer(text),
        }
    }
}

impl Problem {
    /// The desk could not be read or written.
    pub(crate) fn desk(error: DeskError) -> Problem {
        Problem::NoAnswer(error.to_string())
    }

    /// What happened and what to do next.
    pub(crate) fn view(&self) -> ProblemView {
        let (status, name, title, detail, advice) = self.parts();
        let kind = format!("urn:switchboard:problem:{name}");
        ProblemView { kind, title, status: status.as_u16(), detail, advice: advice.to_owned() }
    }

    fn parts(&self) -> (StatusCode, &'static str, &'static str, String, &'static str) {
        let text = |text: &str| text.to_owned();
        match self {
            Problem::NoEndpoint => (
                StatusCode::NOT_FOUND,
                "no-endpoint",
                "there is no such endpoint",
                text("no endpoint has this address"),
                "read /api/v1/openapi.json, which lists them all",
            ),
            Problem::Method => (
                StatusCode::METHOD_NOT_ALLOWED,
                "method",
                "not with this method",
                text("this address takes another method"),
                "read /api/v1/openapi.json, which says which",
            ),
            Problem::Nothing => (
                StatusCode::NOT_FOUND,
                "not-found",
                "there is nothing of this id",
                text("nothing has this id, or not any more"),
                "search for its words; what was merged is found by either id",
            ),
            Problem::Parameter(detail) => (
                StatusCode::BAD_REQUEST,
                "parameter",
                "a parameter is not right",
                detail.clone(),
                "correct it; /api/v1/openapi.json lists the parameters",
            ),
            Problem::Body(detail) => (
                StatusCode::BAD_REQUEST,
                "body",
                "what was sent is not right",
                detail.clone(),
                "correct it; /api/v1/openapi.json has its schema",
            ),
            Problem::TooLong => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "too-long",
                "what was sent is too long",
                format!("more than {} bytes were sent", super::body::LONGEST),
                "send less at once",
            ),
            Problem::NotJson => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not-json",
                "what was sent is not said to be JSON",
                text("the header `Content-Type` is not `application/json`"),
                "send JSON with the header `Content-Type: application/json`",
            ),
            Problem::NoToken => (
                StatusCode::UNAUTHORIZED,
                "no-token",
                "a token is needed",
                text("no token was shown"),
                "make one with `switchboard token new NAME` and send it as `Authorization: Bearer TOKEN`",
            ),
            Problem::Token => (
                StatusCode::UNAUTHORIZED,
                "token",
                "the token is not let in",
                text("it is not known, has expired or was revoked"),
                "look at `switchboard token list`, and make another with `switchboard token new NAME`",
            ),
            Problem::Scope(scope) => (
                StatusCode::FORBIDDEN,
                "scope",
                "the right to do this is missing",
                format!("it needs a token with the scope `{}`", scope.as_str()),
                "make one with `switchboard token new NAME --scope SCOPE` and send it as `Authorization: Bearer TOKEN`",
            ),
            Problem::Conflict(detail) => (
                StatusCode::CONFLICT,
                "conflict",
                "it was decided otherwise meanwhile",
                detail.clone(),
                "look at it again, then decide",
            ),
            Problem::Query(detail) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "query",
                "the query cannot be answered",
                detail.clone(),
                "correct it; /api/v1/tables describes the tables",
            ),
            Problem::Limit(detail) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "limit",
                "the query needs more than it may have",
                detail.clone(),
                "ask for less: fewer rows, fewer columns, a shorter time",
            ),
            Problem::NotHere(what) => (
                StatusCode::NOT_IMPLEMENTED,
                "not-here",
                "this server cannot do it",
                format!("there is no {what} here"),
                "ask the server that `switchboard serve` starts",
            ),
            Problem::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "too much is being asked at once",
                text("all turns are taken"),
                "wait a few seconds and ask again",
            ),
            Problem::NoAnswer(detail) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "no-answer",
                "the tables could not answer",
                detail.clone(),
                "run `switchboard doctor`, then ask again",
            ),
            Problem::Broken => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "broken",
                "something broke on our side",
                text("this is a defect"),
                "ask again; if it stays, run `switchboard serve --verbose` and report what it prints",
            ),
        }
    }

    /// What tells a client how to be let in (RFC 6750 section 3).
    fn challenge(&self) -> Option<String> {
        let realm = "Bearer realm=\"switchboard\"";
        match self {
            Problem::NoToken => Some(realm.to_owned()),
            Problem::Token => Some(format!("{realm}, error=\"invalid_token\"")),
            Problem::Scope(scope) => {
                Some(format!("{realm}, error=\"insufficient_scope\", scope=\"{}\"", scope.as_str()))
            }
            _ => None,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let view = self.view();
        let status = StatusCode::from_u16(view.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&view).unwrap_or_default();
        let mut response = (status, [(CONTENT_TYPE, "application/problem+json")], body).into_response();
        let headers = response.headers_mut();
        if let Some(challenge) = self.challenge().and_then(|challenge| HeaderValue::from_str(&challenge).ok()) {
            headers.insert(WWW_AUTHENTICATE, challenge);
        }
        if matches!(self, Problem::Busy) {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}
