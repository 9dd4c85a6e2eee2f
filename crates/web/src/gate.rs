//! What stands between the network and the pages: under which name people come, through which proxy, with which
//! certificate, who is let in by others, and what everybody may see. All of it is off unless it is configured.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::Arc;

use axum::http::{HeaderName, Uri};
use desk::Role;

/// What `[server]` in switchboard.toml says. The default serves this machine and nobody else.
#[derive(Debug, Clone, Default)]
pub struct Gate {
    /// The name under which people come; without it, only this machine's own names are answered.
    pub address: Option<Address>,
    /// What TLS is spoken with; without it, plain HTTP.
    pub certificate: Option<Certificate>,
    /// The proxies in front of us: what they say about whom they speak for is believed.
    pub proxies: Vec<Network>,
    /// The header in which a proxy says who signed in there.
    pub header: Option<SignInHeader>,
    /// Where people sign in with an account that they have elsewhere.
    pub sso: Option<SignInElsewhere>,
    /// The pages that everybody may see, by the first word of their address (`support`, `topics` …).
    pub public: Arc<[String]>,
}

/// The files that TLS is spoken with. Both are read again when they change.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// The certificates, our own first, PEM.
    pub chain: PathBuf,
    /// The private key, PEM.
    pub key: PathBuf,
}

/// A header by which a proxy signs people in. It counts in requests of the configured proxies only.
#[derive(Debug, Clone)]
pub struct SignInHeader {
    /// Its name; its value is an account's sign-in name.
    pub name: HeaderName,
    /// The role of accounts that are made for names not known yet; `None` refuses those.
    pub creates: Option<Role>,
}

/// An OpenID Connect provider.
#[derive(Debug, Clone)]
pub struct SignInElsewhere {
    /// The provider, and who we are there.
    pub provider: sso::Provider,
    /// What its button says, such as the name of the company.
    pub title: String,
    /// The role of accounts that are made for people not known yet; `None` refuses those.
    pub creates: Option<Role>,
}

/// `https://desk.example.org`: where people reach us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Name and, where it is not the usual one, port; in small letters.
    authority: String,
}

/// Some addresses of machines: one, or all that begin alike (`10.1.0.0/16`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    /// Bits from the left that count.
    bits: u8,
}

impl Gate {
    /// Whether others than who sits at this machine can come: then nobody is let in without an account.
    pub fn is_for_others(&self) -> bool {
        self.address.is_some() || self.certificate.is_some() || !self.proxies.is_empty()
    }

    /// Whether what this machine says about others is believed.
    pub(crate) fn trusts(&self, address: IpAddr) -> bool {
        self.proxies.iter().any(|network| network.has(address))
    }
}

impl Address {
    /// Reads `https://NAME` or `https://NAME:PORT`.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and what to write.
    pub fn parse(text: &str) -> Result<Address, String> {
        let wrong = || "write the address as people type it, such as \"https://desk.example.org\"".to_owned();
        let uri: Uri = text.trim().parse().map_err(|_| wrong())?;
        let authority = uri.authority().ok_or_else(wrong)?;
        if uri.scheme_str() != Some("https") {
            return Err("write an address that begins with https://: over plain HTTP everybody on the way could read \
                        passwords; where no TLS is wanted, leave it out and stay on this machine"
                .to_owned());
        }
        if authority.as_str().contains('@') || !matches!(uri.path(), "" | "/") || uri.query().is_some() {
            return Err(wrong());
        }
        Ok(Address { authority: bare(authority.as_str()) })
    }

    /// The address without a slash behind it, as browsers say it in `Origin`.
    pub fn origin(&self) -> String {
        format!("https://{}", self.authority)
    }

    /// Whether a `Host` means us.
    pub(crate) fn is(&self, host: &str) -> bool {
        bare(host) == self.authority
    }
}

/// A host in small letters without the usual port.
fn bare(host: &str) -> String {
    let host = host.to_ascii_lowercase();
    host.strip_suffix(":443").map(str::to_owned).unwrap_or(host)
}

impl Network {
    /// Reads `10.1.2.3`, `10.1.0.0/16`, `::1` or `fd00::/8`.
    ///
    /// # Errors
    ///
    /// What to write instead.
    pub fn parse(text: &str) -> Result<Network, String> {
        let wrong = || format!("`{text}` is no address; write one such as \"10.1.2.3\", or many as \"10.1.0.0/16\"");
        let (address, bits) = text.trim().split_once('/').map_or((text.trim(), None), |(a, b)| (a, Some(b)));
        let address = address.parse::<IpAddr>().map_err(|_| wrong())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |bits| bits.parse::<u8>()).ok().filter(|bits| *bits <= most);
        Ok(Network { address, bits: bits.ok_or_else(wrong)? })
    }

    /// Whether a machine's address is one of them.
    pub fn has(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => {
                let bits = |address: Ipv4Addr| u128::from(address.to_bits()) << 96;
                self.alike(bits(ours), bits(theirs))
            }
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => self.alike(ours.to_bits(), theirs.to_bits()),
            _ => false,
        }
    }

    fn alike(self, ours: u128, theirs: u128) -> bool {
        (ours ^ theirs).checked_shr(128 - u32::from(self.bits)).unwrap_or(0) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_https_and_nothing_more_than_a_name() {
        let check = |text: &str, origin: Option<&str>| {
            assert_eq!(Address::parse(text).ok().map(|address| address.origin()).as_deref(), origin, "{text}");
        };
        check("https://desk.example.org", Some("https://desk.example.org"));
        check(" https://Desk.Example.org:443/ ", Some("https://desk.example.org"));
        check("https://desk.example.org:8443", Some("https://desk.example.org:8443"));
        for text in ["", "desk.example.org", "http://desk.example.org", "https://a@b", "https://a/b", "https://a?b"] {
            check(text, None);
        }
        let address = Address::parse("https://desk.example.org").unwrap();
        assert!(address.is("DESK.example.org:443") && address.is("desk.example.org"));
        assert!(!address.is("desk.example.org:80") && !address.is("desk.example.org.evil.example"));
    }

    #[test]
    fn networks_are_one_machine_or_many() {
        let check = |network: &str, address: &str, expected: bool| {
            let has = Network::parse(network).map(|network| network.has(address.parse().unwrap()));
            assert_eq!(has, Ok(expected), "{network} {address}");
        };
        check("127.0.0.1", "127.0.0.1", true);
        check("127.0.0.1", "::ffff:127.0.0.1", true);
        check("127.0.0.1", "127.0.0.2", false);
        check("10.1.0.0/16", "10.1.255.3", true);
        check("10.1.0.0/16", "10.2.0.1", false);
        check("0.0.0.0/0", "203.0.113.9", true);
        check("0.0.0.0/0", "::1", false);
        check("fd00::/8", "fd12::1", true);
        check("::1", "::1", true);
        for wrong in ["", "10.1.0.0/33", "::/129", "10.1", "localhost", "10.0.0.0/x"] {
            assert!(Network::parse(wrong).is_err(), "{wrong}");
        }
    }
}
