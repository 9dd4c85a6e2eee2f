//! One request for a page: who asks, in which form, and from where.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use desk::Role;

use crate::failure::Failure;
use crate::pages::Form;
use crate::places::Place;
use crate::said;
use crate::visitor::Visitor;

/// What a request says besides what it asks for.
#[derive(Debug, Clone)]
pub(crate) struct Asking {
    /// Who asks.
    pub visitor: Visitor,
    /// A page, its twin or its table.
    pub form: Form,
    /// The path, percent-encoded as it came.
    pub path: String,
    /// What stands behind the `?`, percent-encoded as it came.
    pub query: String,
    /// What the last act of this browser came to, to be said once.
    pub said: Option<said::Said>,
    /// The pages that are switched on for everybody.
    public: Published,
}

/// The pages that are switched on for everybody, by the first word of their address. The guard puts it into every request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Published(pub Arc<[String]>);

impl Asking {
    /// Refuses whoever may not see a page. Everybody may see one that is switched on, if it has nothing personal in it.
    pub(crate) fn may_see(&self, place: &Place) -> Result<(), Failure> {
        let is_public = place.publishable && self.public.0.iter().any(|name| name == place.name());
        if is_public { Ok(()) } else { self.visitor.needs(place.least) }
    }

    /// Whether they may see mail addresses, and what is said where not everybody may read.
    pub(crate) fn sees_all(&self) -> bool {
        self.visitor.may(&Role::Member)
    }

    /// Path and query: what to come back to.
    pub(crate) fn here(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }

    /// The address of the same in another form: `json` or `csv`.
    pub(crate) fn as_form(&self, extension: &str) -> String {
        let path = if self.path == "/" { "/today" } else { self.path.as_str() };
        let query = if self.query.is_empty() { String::new() } else { format!("?{}", self.query) };
        format!("{path}.{extension}{query}")
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asking {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let visitor = Visitor::from_request_parts(parts, state).await?;
        let form = Form::from_request_parts(parts, state).await?;
        let (path, query) = (parts.uri.path().to_owned(), parts.uri.query().unwrap_or_default().to_owned());
        let public = parts.extensions.get::<Published>().cloned().unwrap_or_default();
        Ok(Asking { visitor, form, path, query, said: said::read(&parts.headers), public })
    }
}
