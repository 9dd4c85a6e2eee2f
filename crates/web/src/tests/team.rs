//! A team with accounts, and browsers that keep cookies, for tests.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode};
use desk::{Account, Desk, How, NewAccount, NewSession, PasswordHash, Role};
use tower::ServiceExt;

use super::{PORT, Reply};
use crate::{Answers, Service, router};

/// “Now” on the desk of the team: 59 seconds after 1970 began, for which RFC 6238 has a code.
pub(super) const CLOCK: i64 = 59_000_000;

/// A second factor's secret and its codes for the steps 1 and 2 (RFC 4226, appendix D), both of which count at
/// [`CLOCK`].
pub(super) const SECRET: [u8; 20] = *b"12345678901234567890";
pub(super) const CODES: [&str; 2] = ["287082", "359152"];

/// Everybody's password.
pub(super) const WORDS: &str = "harbour otter lantern";

/// A desk with accounts, thrown away at the end.
pub(super) struct Team {
    folder: tempfile::TempDir,
}

impl Team {
    /// A team whose administrator is `root`.
    pub(super) fn new() -> Team {
        let team = Team::without_accounts();
        team.account("root", Role::Administrator);
        team
    }

    /// A desk on which nobody has an account.
    pub(super) fn without_accounts() -> Team {
        let team = Team { folder: tempfile::tempdir().unwrap() };
        team.desk();
        team
    }

    pub(super) fn desk(&self) -> Desk {
        Desk::open(&self.folder.path().join("desk.sqlite")).unwrap()
    }

    /// What is to be served.
    pub(super) fn service(&self, answers: impl Answers) -> Service {
        let desk = Some(self.folder.path().join("desk.sqlite"));
        Service { desk, clock: || CLOCK, ..Service::reading(Arc::new(answers)) }
    }

    /// Somebody who signs in as `name` with [`WORDS`].
    pub(super) fn account(&self, name: &str, role: Role) -> Account {
        let password = Some(PasswordHash::new(WORDS, name, [1; 16]).unwrap());
        let (sign_in, name) = (name.to_owned(), name.to_owned());
        self.desk().new_account(&NewAccount { sign_in, name, role, password, zone: None }, "root", CLOCK).unwrap()
    }

    /// The header `cookie` of somebody new who is signed in.
    pub(super) fn signed_in(&self, name: &str, role: Role) -> String {
        let account = self.account(name, role);
        let new = NewSession { account: account.id, how: How::Password, passed: true, browser: "a test".to_owned() };
        let random = *blake3::hash(name.as_bytes()).as_bytes();
        format!("session-{PORT}={}", self.desk().begin_session(&new, CLOCK, random).unwrap())
    }
}

/// A browser: it keeps cookies and sends forms from the page it is on.
#[derive(Clone)]
pub(super) struct Browser {
    router: Router,
    /// Where it is.
    pub(super) address: &'static str,
    pub(super) cookies: BTreeMap<String, String>,
    csrf: String,
}

impl Browser {
    pub(super) fn new(service: Service) -> Browser {
        Browser::at(&router(service, PORT), "127.0.0.1")
    }

    /// Another browser of the same server, at a loopback address.
    pub(super) fn at(router: &Router, address: &'static str) -> Browser {
        Browser { router: router.clone(), address, cookies: BTreeMap::new(), csrf: String::new() }
    }

    /// One that knows nothing yet, of the same server.
    pub(super) fn another(&self, address: &'static str) -> Browser {
        Browser::at(&self.router, address)
    }

    pub(super) async fn get(&mut self, path: &str) -> Reply {
        self.send(Method::GET, path, String::new()).await
    }

    /// Sends a form from the page that is open.
    pub(super) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair("csrf", &self.csrf).extend_pairs(fields);
        self.send(Method::POST, path, body.finish()).await
    }

    /// Opens the page, then sends the form.
    pub(super) async fn fill(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.get(page).await;
        self.post(path, fields).await
    }

    /// Signs in with a password, and gives where it leads.
    pub(super) async fn sign_in(&mut self, name: &str, password: &str) -> Reply {
        self.fill("/sign-in", "/sign-in", &[("name", name), ("password", password)]).await
    }

    async fn send(&mut self, method: Method, path: &str, body: String) -> Reply {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "localhost:7474")
            .header("content-type", "application/x-www-form-urlencoded");
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        let peer: SocketAddr = format!("{}:50000", self.address).parse().unwrap();
        let request = request.extension(ConnectInfo(peer)).body(Body::from(body)).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for header in parts.headers.get_all("set-cookie") {
            let (pair, rest) = header.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            match rest.contains("Max-Age=0") {
                true => drop(self.cookies.remove(name)),
                false => drop(self.cookies.insert(name.to_owned(), value.to_owned())),
            }
        }
        let body = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
        if let Some((_, rest)) = body.split_once("name=\"csrf\" value=\"") {
            self.csrf = rest.split('"').next().unwrap().to_owned();
        }
        Reply { status: parts.status, headers: parts.headers, body }
    }
}

impl Reply {
    /// Where it sends the browser.
    pub(super) fn to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        self.headers["location"].to_str().unwrap()
    }
}
