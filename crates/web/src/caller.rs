//! From which browser and from where a form was sent.

use std::net::IpAddr;

use axum::extract::FromRequestParts;
use axum::http::header::{HOST, USER_AGENT};
use axum::http::request::Parts;

use crate::cookies::{Cookies, Jar};
use crate::peer::Peer;
use crate::router::App;

/// The browser that a form came from.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// How its cookies are called.
    pub cookies: Cookies,
    /// The network that it is in: one address of the fourth version, 64 bits of the sixth.
    pub network: String,
    /// What it brought along if somebody signed in from it before.
    pub browser: Option<String>,
    /// What it is, in a few words.
    pub agent: String,
    /// `https://desk.example.org`: what links to us begin with. The guard has looked at the host.
    pub origin: String,
}

impl FromRequestParts<App> for Caller {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let peer = peer(parts, app);
        let cookies = Cookies { https: peer.https, port: app.port };
        let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let origin = match &app.service.gate.address {
            Some(address) => address.origin(),
            None => format!("{}://{}", if peer.https { "https" } else { "http" }, header(HOST)),
        };
        let browser = cookies.read(&parts.headers, Jar::Browser);
        Ok(Caller { cookies, network: network(peer.address), browser, agent: agent(header(USER_AGENT)), origin })
    }
}

/// Who is at the other end, as the guard found out.
pub(crate) fn peer(parts: &Parts, app: &App) -> Peer {
    parts.extensions.get::<Peer>().copied().unwrap_or_else(|| Peer::of(parts, &app.service.gate))
}

/// Whoever has an address of the sixth version has all of its last 64 bits (RFC 6177).
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{:x}", address.to_bits() >> 64),
    }
}

/// `Firefox on Linux`. Browsers name those they descend from: the most particular name stands first here.
fn agent(header: &str) -> String {
    let browsers =
        [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari")];
    let systems = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let find = |words: &[(&str, &'static str)]| words.iter().find(|(word, _)| header.contains(word)).map(|(_, is)| *is);
    match (find(&browsers), find(&systems)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "a browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_in_a_few_words() {
        let check = |header: &str, expected: &str| assert_eq!(agent(header), expected);
        check("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux");
        check("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537 Edg/140", "Edge on Windows");
        check("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604", "Safari on iPhone");
        check("curl/8", "a browser");
        check("", "a browser");
    }

    #[test]
    fn networks_of_addresses() {
        let check = |address: &str, expected: &str| assert_eq!(network(address.parse().unwrap()), expected);
        check("203.0.113.9", "203.0.113.9");
        check("::ffff:203.0.113.9", "203.0.113.9");
        check("2001:db8:1:2:3::4", "20010db800010002");
        check("2001:db8:1:2:ffff::", "20010db800010002");
    }
}
