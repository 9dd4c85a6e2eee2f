//! The cookies by which a browser is known again.
//!
//! All are out of reach of scripts and are not sent along by other sites, but for following a link (`Lax`): whoever
//! opens a case from a mail is signed in. Over TLS their names begin with `__Host-`, so that no neighbouring name can
//! plant one; without, they carry the port, because a browser keeps the ports of one machine in one jar.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use cookie::{Cookie, SameSite};

/// Bytes of a cookie that is looked at.
const LONGEST: usize = 200;

/// What a cookie is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Jar {
    /// The session of whoever signed in.
    Session,
    /// That somebody has signed in from this browser before.
    Browser,
    /// That a form came from the page that was shown to this browser, before anybody signed in.
    Visit,
}

/// How cookies are called on one connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cookies {
    /// Whether the browser speaks TLS.
    pub https: bool,
    /// The port in the `Host` of every request.
    pub port: u16,
}

impl Cookies {
    fn name(self, jar: Jar) -> String {
        let name = match jar {
            Jar::Session => "session",
            Jar::Browser => "browser",
            Jar::Visit => "visit",
        };
        if self.https { format!("__Host-{name}") } else { format!("{name}-{}", self.port) }
    }

    /// What the browser brought along.
    pub(crate) fn read(self, headers: &HeaderMap, jar: Jar) -> Option<String> {
        let name = self.name(jar);
        let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut all = lines.flat_map(Cookie::split_parse).flatten();
        let found = all.find(|cookie| cookie.name() == name && cookie.value().len() <= LONGEST)?;
        Some(found.value().to_owned())
    }

    /// The header that makes the browser keep `value` for so many seconds; until it is closed if that is `None`.
    pub(crate) fn keep(self, jar: Jar, value: &str, seconds: Option<i64>) -> Option<HeaderValue> {
        let cookie = Cookie::build((self.name(jar), value)).path("/").http_only(true).same_site(SameSite::Lax);
        let header = cookie.secure(self.https).build().to_string();
        let header = seconds.map(|seconds| format!("{header}; Max-Age={seconds}")).unwrap_or(header);
        HeaderValue::from_str(&header).ok()
    }

    /// The header that makes the browser forget it.
    pub(crate) fn forget(self, jar: Jar) -> Option<HeaderValue> {
        self.keep(jar, "", Some(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_tls_and_without() {
        let check = |https: bool, expected: &str| {
            let header = Cookies { https, port: 7474 }.keep(Jar::Session, "abc", Some(60)).unwrap();
            assert_eq!(header.to_str().unwrap(), expected);
        };
        check(true, "__Host-session=abc; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=60");
        check(false, "session-7474=abc; HttpOnly; SameSite=Lax; Path=/; Max-Age=60");
    }

    #[test]
    fn only_the_one_of_this_name_is_read() {
        let check = |cookies: &str, expected: Option<&str>| {
            let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_str(cookies).unwrap())]);
            let plain = Cookies { https: false, port: 80 };
            assert_eq!(plain.read(&headers, Jar::Session).as_deref(), expected, "{cookies}");
        };
        check("a=b; session-80=abc", Some("abc"));
        check("session-81=abc; session=x; __Host-session=y", None);
        check(&format!("session-80={}", "a".repeat(300)), None);
        check("; = ;;session-80", None);
    }
}
