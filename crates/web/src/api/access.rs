//! Who asks, and what they may do.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use desk::{Desk, DeskError, Scope, Scopes, Token};
use model::time::DAY;

use super::Problem;
use crate::service::Service;

/// What whoever asks may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// The token's name; `None` for whoever sits at this machine.
    pub name: Option<String>,
    /// What they may do.
    pub scopes: Scopes,
}

impl Access {
    /// Who can reach the port but shows no token: may read, as on the pages.
    pub fn local() -> Access {
        Access { name: None, scopes: Scopes::READ }
    }

    /// Refuses whoever has no right to it.
    pub(crate) fn needs(&self, scope: Scope) -> Result<(), Problem> {
        if self.scopes.has(scope) { Ok(()) } else { Err(Problem::Scope(scope)) }
    }

    /// Who asks with these headers. Cookies are never looked at: no other site can make a browser ask as somebody.
    pub(crate) fn of(service: &Service, headers: &HeaderMap) -> Result<Access, Problem> {
        let mut shown = headers.get_all(AUTHORIZATION).iter();
        let Some(first) = shown.next() else { return without_token(service) };
        let secret = first.to_str().ok().and_then(bearer).filter(|_| shown.next().is_none());
        let token = secret.map(|secret| look_up(service, secret)).transpose()?.flatten();
        let Token { name, scopes, .. } = token.ok_or(Problem::Token)?;
        Ok(Access { name: Some(name), scopes })
    }

    /// The same, but whoever shows no token is refused.
    pub(crate) fn of_token(service: &Service, headers: &HeaderMap) -> Result<Access, Problem> {
        let access = Access::of(service, headers)?;
        if access.name.is_some() { Ok(access) } else { Err(Problem::NoToken) }
    }
}

/// Whoever shows no token may read where only this machine can ask and there are no accounts, as on the pages.
fn without_token(service: &Service) -> Result<Access, Problem> {
    if service.gate.is_for_others() {
        return Err(Problem::NoToken);
    }
    let Some(path) = service.desk.as_deref().filter(|path| path.exists()) else { return Ok(Access::local()) };
    match Desk::open_read_only(path).and_then(|desk| desk.has_accounts()) {
        Ok(false) | Err(DeskError::Older(_)) => Ok(Access::local()),
        Ok(true) => Err(Problem::NoToken),
        Err(error) => Err(Problem::desk(error)),
    }
}

/// The secret in `Bearer SECRET` (RFC 6750 section 2.1).
fn bearer(header: &str) -> Option<&str> {
    let (scheme, secret) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

fn look_up(service: &Service, secret: &str) -> Result<Option<Token>, Problem> {
    let Some(path) = service.desk.as_deref().filter(|path| path.exists()) else { return Ok(None) };
    let now = (service.clock)();
    let token = Desk::open_read_only(path).and_then(|desk| desk.token(secret, now)).map_err(Problem::desk)?;
    if let Some(token) = token.as_ref().filter(|token| token.last_used != Some(now.div_euclid(DAY) * DAY)) {
        let noted = Desk::open(path).and_then(|mut desk| desk.token_used(token.id, now));
        if let Err(error) = noted {
            tracing::warn!("the day of a token's use could not be noted: {error}");
        }
    }
    Ok(token)
}
