//! Signing in by a header that a trusted proxy sets.
//!
//! Whoever can reach us past the proxy could write that header, so it counts from the configured proxies alone, and in
//! requests that name exactly one person. It holds for one request: signing out happens at the proxy.

use axum::http::{HeaderMap, HeaderName};
use desk::{Account, Desk, NewAccount, Role};

use crate::failure::Failure;
use crate::peer::Peer;
use crate::router::App;
use crate::visitor::Visitor;

/// Bytes of a name at most.
const LONGEST: usize = 200;

/// Who a proxy says it is; `None` if it says nothing, or nobody configured that it may.
pub(crate) async fn visitor(app: &App, headers: &HeaderMap, peer: &Peer) -> Result<Option<Visitor>, Failure> {
    let Some(header) = app.service.gate.header.as_ref().filter(|_| peer.proxied) else { return Ok(None) };
    let Some(name) = name(headers, &header.name)? else { return Ok(None) };
    let (app, creates) = (app.clone(), header.creates);
    let work = tokio::task::spawn_blocking(move || {
        let account = account(&app, &name, creates)?;
        let csrf = app.csrf(&format!("proxy {}", account.id));
        Ok(Some(Visitor::of(&account, csrf)))
    });
    work.await.unwrap_or(Err(Failure::Broken))
}

/// The name in the header; several, or one that cannot be read, are refused.
fn name(headers: &HeaderMap, header: &HeaderName) -> Result<Option<String>, Failure> {
    let mut values = headers.get_all(header).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let name = value.to_str().ok().map(str::trim).filter(|name| name.len() <= LONGEST);
    match (name, values.next()) {
        (Some(""), None) => Ok(None),
        (Some(name), None) => Ok(Some(name.to_owned())),
        _ => Err(Failure::NoAccount),
    }
}

/// The account of that sign-in name, made if that is wanted.
fn account(app: &App, name: &str, creates: Option<Role>) -> Result<Account, Failure> {
    let path = app.service.desk.as_deref().ok_or(Failure::NoDesk)?;
    let known = match path.exists() {
        true => Desk::open_read_only(path)?.account_by_name(name)?,
        false => None,
    };
    match (known, creates) {
        (Some(account), _) if account.disabled.is_none() => Ok(account),
        (None, Some(role)) => {
            let new = NewAccount { sign_in: name.to_owned(), name: name.to_owned(), role, password: None, zone: None };
            Ok(Desk::open(path)?.new_account(&new, "", (app.service.clock)())?)
        }
        _ => Err(Failure::NoAccount),
    }
}
