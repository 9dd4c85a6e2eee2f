//! Where an HTTP request may go.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use ureq::http::Uri;

use crate::{Secret, SettingsError};

/// All of posting, from looking up the name to the answer's head.
const TOTAL: Duration = Duration::from_secs(10);

/// An address to post to. All of it but scheme and host may be a secret, so no more is ever shown.
#[derive(Clone)]
pub struct Endpoint {
    address: Secret,
    shown: String,
    pub(crate) is_loopback: bool,
    pub(crate) total: Duration,
}

impl Endpoint {
    /// Checks an address: `https`, or `http` to this machine, or to any if it may be `insecure`.
    pub fn parse(address: &str, insecure: bool) -> Result<Endpoint, SettingsError> {
        let wrong = || SettingsError::new("`url` is no web address; write one as \"https://example.org/hook\"");
        let uri: Uri = address.trim().parse().map_err(|_| wrong())?;
        let (scheme, authority) = (uri.scheme_str().ok_or_else(wrong)?, uri.authority().ok_or_else(wrong)?);
        if authority.as_str().contains('@') {
            return Err(SettingsError::new("`url` holds a user name or password; use a webhook that needs none"));
        }
        let is_loopback = is_loopback(authority.host());
        match scheme {
            "https" => {}
            "http" if is_loopback || insecure => {}
            "http" => {
                return Err(SettingsError::new(
                    "`url` is not encrypted; use https, or write `insecure = true` if the network is your own",
                ));
            }
            _ => return Err(wrong()),
        }
        let shown = format!("{scheme}://{authority}");
        Ok(Endpoint { address: Secret::new(address.trim()), shown, is_loopback, total: TOTAL })
    }

    /// The same, giving up after `total` in all: ten seconds if nobody says otherwise.
    #[must_use]
    pub fn within(self, total: Duration) -> Endpoint {
        Endpoint { total, ..self }
    }

    pub(crate) fn address(&self) -> &str {
        self.address.expose()
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/…", self.shown)
    }
}

/// Whether a host is this machine, so that nothing leaves it.
pub(crate) fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || bare.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, insecure: bool, expected: &str) {
        let said = match Endpoint::parse(address, insecure) {
            Ok(endpoint) => format!("{endpoint:?}"),
            Err(error) => error.to_string().split(';').next().unwrap_or_default().to_owned(),
        };
        assert_eq!(said, expected, "{address}");
    }

    #[test]
    fn only_what_is_encrypted_or_stays_here() {
        check("https://example.org/hush?hush=1", false, "https://example.org/…");
        check("http://example.org/hush", false, "`url` is not encrypted");
        check("http://example.org/hush", true, "http://example.org/…");
        check("http://127.0.0.1:8080/", false, "http://127.0.0.1:8080/…");
        check("http://[::1]:8080/", false, "http://[::1]:8080/…");
        check("http://localhost", false, "http://localhost/…");
        check("http://localhost.example.org", false, "`url` is not encrypted");
        check("https://ada:hush@example.org/", false, "`url` holds a user name or password");
        check("file:///etc/passwd", true, "`url` is no web address");
        check("hush", true, "`url` is no web address");
        check("https://a b", true, "`url` is no web address");
    }
}
