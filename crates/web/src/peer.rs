//! Who is at the other end of a connection, as far as it can be known.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::gate::Gate;

/// How many machines of a chain of proxies are looked at.
const HOPS: usize = 32;

/// Who is at the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Peer {
    /// Whose request it is: the browser's machine, behind whatever proxies are trusted.
    pub address: IpAddr,
    /// Whether the browser speaks TLS, to us or to a trusted proxy.
    pub https: bool,
    /// Whether a trusted proxy handed it on.
    pub proxied: bool,
}

impl Peer {
    /// Finds out from the connection and, where a trusted proxy made it, from what that says. Without a connection (in
    /// tests, from an assistant) it is this machine.
    pub(crate) fn of(parts: &Parts, gate: &Gate) -> Peer {
        let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let address = connected.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip().to_canonical());
        let proxied = gate.trusts(address);
        let direct = Peer { address, https: gate.certificate.is_some(), proxied };
        if !proxied {
            return direct;
        }
        // The last proxy to write is the nearest one.
        let https = last(&parts.headers, "x-forwarded-proto").map_or(direct.https, |scheme| scheme == "https");
        Peer { address: origin(&parts.headers, gate).unwrap_or(address), https, proxied }
    }

    /// Whether it comes from another machine in the clear, past the proxy that should stand before us.
    pub(crate) fn is_unexpected(&self, gate: &Gate) -> bool {
        gate.certificate.is_none() && !self.proxied && !self.address.is_loopback()
    }
}

/// The nearest machine in `X-Forwarded-For` that is no proxy of ours: whatever stands before it, anybody could have
/// written.
fn origin(headers: &HeaderMap, gate: &Gate) -> Option<IpAddr> {
    let lines = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
    let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
    let mut nearest = None;
    for hop in hops.into_iter().rev().take(HOPS) {
        let address = read(hop.trim())?;
        nearest = Some(address);
        if !gate.trusts(address) {
            break;
        }
    }
    nearest
}

/// An address, with a port or without.
fn read(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()));
    address.map(|address| address.to_canonical())
}

fn last(headers: &HeaderMap, name: &str) -> Option<String> {
    let line = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    Some(line.rsplit(',').next()?.trim().to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;
    use crate::gate::Network;

    fn check(connected: &str, headers: &[(&str, &str)], expected: (&str, bool, bool)) {
        let proxies = ["127.0.0.1", "10.0.0.0/8"].map(|proxy| Network::parse(proxy).unwrap()).to_vec();
        let mut request = Request::builder().uri("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        parts.extensions.insert(ConnectInfo(SocketAddr::new(connected.parse().unwrap(), 4711)));
        let peer = Peer::of(&parts, &Gate { proxies, ..Gate::default() });
        assert_eq!((peer.address.to_string().as_str(), peer.https, peer.proxied), expected, "{connected} {headers:?}");
    }

    #[test]
    fn only_proxies_of_ours_are_believed() {
        let (forwarded, scheme) = ("x-forwarded-for", "x-forwarded-proto");
        check("203.0.113.9", &[(forwarded, "192.0.2.1"), (scheme, "https")], ("203.0.113.9", false, false));
        check("127.0.0.1", &[(forwarded, "192.0.2.1"), (scheme, "https")], ("192.0.2.1", true, true));
        check("127.0.0.1", &[(forwarded, "6.6.6.6, 192.0.2.1, 10.0.0.7")], ("192.0.2.1", false, true));
        check("127.0.0.1", &[(forwarded, "6.6.6.6"), (forwarded, "192.0.2.1")], ("192.0.2.1", false, true));
        check("127.0.0.1", &[(forwarded, "10.0.0.8, 10.0.0.7")], ("10.0.0.8", false, true));
        check("127.0.0.1", &[(forwarded, "[2001:db8::1]:443")], ("2001:db8::1", false, true));
        check("127.0.0.1", &[(forwarded, "unknown, é")], ("127.0.0.1", false, true));
        check("127.0.0.1", &[(scheme, "https, http")], ("127.0.0.1", false, true));
        check("127.0.0.1", &[], ("127.0.0.1", false, true));
    }
}
