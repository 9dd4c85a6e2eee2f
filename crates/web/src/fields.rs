//! What a form sends: read whole, within bounds, and only from a page of ours.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;

use crate::asking::Asking;
use crate::failure::Failure;
use crate::router::App;

/// Bytes of a form at most: enough for a bulk choice of twenty thousand ids.
const LONGEST: usize = 1 << 20;

/// The fields of a form in their order, and who sent it. To have it is to know that the visitor's own page sent it.
#[derive(Debug)]
pub(crate) struct Fields {
    /// Who sent it.
    pub asking: Asking,
    pairs: Vec<(String, String)>,
}

impl Fields {
    /// A field's first value, without blanks around it; `None` if it is empty or missing.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        let values = self.pairs.iter().filter(|(field, _)| field == name).map(|(_, value)| value.trim());
        values.into_iter().find(|value| !value.is_empty())
    }

    /// A field that must be there.
    pub(crate) fn must(&self, name: &'static str) -> Result<&str, Failure> {
        self.one(name).ok_or_else(|| Failure::form(format!("“{name}” is missing: fill it in and send the form again.")))
    }

    /// A field's values as they were sent, in their order.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The fields whose names begin with `prefix`, without it, in their order.
    pub(crate) fn beginning(&self, prefix: &str) -> Vec<(String, String)> {
        let rest = |(name, value): &(String, String)| Some((name.strip_prefix(prefix)?.to_owned(), value.clone()));
        self.pairs.iter().filter_map(rest).collect()
    }

    /// Whether a box was ticked.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.one(name).is_some()
    }

    /// Where the form said to go afterwards, if that is a page of ours; else `otherwise`.
    pub(crate) fn back(&self, otherwise: &str) -> String {
        // `//host` and `/\host` are other sites to a browser.
        let ours = |path: &&str| {
            path.starts_with('/') && !path[1..].starts_with(['/', '\\']) && !path.contains(|c: char| c.is_control())
        };
        self.one("back").filter(ours).unwrap_or(otherwise).to_owned()
    }
}

impl FromRequest<App> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Self::Rejection> {
        let (mut parts, body) = request.into_parts();
        let Ok(asking) = Asking::from_request_parts(&mut parts, app).await;
        let is_form = parts.headers.get(CONTENT_TYPE).is_some_and(|kind| {
            kind.to_str().is_ok_and(|kind| kind.split(';').next() == Some("application/x-www-form-urlencoded"))
        });
        if !is_form {
            return Err(Failure::form("Only forms of these pages can be sent here.".to_owned()).reply(app, &asking));
        }
        let Ok(bytes) = to_bytes(body, LONGEST).await else { return Err(Failure::TooLong.reply(app, &asking)) };
        let pairs: Vec<(String, String)> = form_urlencoded::parse(&bytes).into_owned().collect();
        let fields = Fields { asking, pairs };
        match fields.is_own() {
            true => Ok(fields),
            false => Err(Failure::Forged.reply(app, &fields.asking)),
        }
    }
}

impl Fields {
    /// Whether the form carries its visitor's own sign. Compared as hashes, so that the time tells nothing.
    fn is_own(&self) -> bool {
        let expected = self.asking.visitor.csrf.as_bytes();
        let given = self.one("csrf").unwrap_or_default().as_bytes();
        !expected.is_empty() && blake3::hash(expected) == blake3::hash(given)
    }
}
