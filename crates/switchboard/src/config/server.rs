//! The section `[server]`: where pages are served, under which name, to whom.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use serde::Deserialize;
use toml::Spanned;
use web::{Address, Certificate, Gate, Network, SignInElsewhere, SignInHeader};

use super::alerts::{Complaint, Place};

/// What the section says. Without it, this machine is served and nobody else.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Where to listen, as `127.0.0.1:7474`.
    pub listen: Option<SocketAddr>,
    /// How people reach it, as `https://desk.example.org`.
    pub address: Option<String>,
    /// The certificates that TLS is spoken with, a PEM file.
    pub certificate: Option<PathBuf>,
    /// Their private key, a PEM file.
    pub key: Option<PathBuf>,
    /// The proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed: addresses, or `10.1.0.0/16`.
    #[serde(default)]
    pub behind_proxy: Vec<String>,
    /// The header in which those proxies say who signed in.
    pub proxy_header: Option<String>,
    /// The role of accounts that are made for names which that header brings first.
    pub proxy_creates: Option<String>,
    /// The pages that everybody may see.
    #[serde(default)]
    pub public: Vec<String>,
    /// What only members of the team may see, as `source` or `source/channel`.
    #[serde(default)]
    pub private: Vec<String>,
    /// Signing in with an account somewhere else.
    pub sso: Option<Sso>,
}

/// The section `[server.sso]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sso {
    /// The provider's address, as it gives it.
    pub issuer: String,
    /// What we are called there.
    pub client_id: String,
    /// Our secret there, if we have one.
    pub client_secret: Option<Place>,
    /// What the button says.
    pub title: Option<String>,
    /// The role of accounts that are made for people who come from there first.
    pub creates: Option<String>,
}

/// Checks the section, with relative paths starting at `base`.
pub fn understand(
    server: Option<Spanned<Server>>,
    base: &Path,
    is_source: impl Fn(&str) -> bool,
) -> Result<Server, Complaint> {
    let Some(server) = server else { return Ok(Server::default()) };
    let start = server.span().start;
    let mut server = server.into_inner();
    for path in [&mut server.certificate, &mut server.key].into_iter().flatten() {
        *path = base.join(&path);
    }
    let known = |place: &&String| is_source(place.split('/').next().unwrap_or_default());
    if let Some(place) = server.private.iter().find(|place| !known(place)) {
        return Err((
            start,
            format!("`private`: `{place}` is of no source here; write \"SOURCE\" or \"SOURCE/CHANNEL\""),
        ));
    }
    server.without_secrets().map_err(|message| (start, message))?;
    Ok(server)
}

impl Server {
    /// The gate, secrets included.
    pub fn gate(&self) -> Result<Gate> {
        let wrong = |message: String| anyhow!("switchboard.toml: [server] {message}");
        let mut gate = self.without_secrets().map_err(wrong)?;
        if let Some(sso) = &self.sso {
            let secret = sso.client_secret.as_ref().map(Place::read).transpose();
            let secret = secret.map_err(|message| anyhow!("[server.sso] client_secret: {message}"))?;
            let secret = secret.map(|secret| secret.expose().to_owned());
            let provider = web::Provider::new(&sso.issuer, &sso.client_id, secret);
            gate.sso = Some(SignInElsewhere {
                provider: provider.map_err(|error| anyhow!("[server.sso] {error}"))?,
                title: sso.title.clone().unwrap_or_else(|| "single sign-on".to_owned()),
                creates: role(sso.creates.as_deref(), "creates").map_err(wrong)?,
            });
        }
        Ok(gate)
    }

    /// The gate without its secrets: what can be checked whenever the file is read.
    fn without_secrets(&self) -> Result<Gate, String> {
        let address = self
            .address
            .as_deref()
            .map(Address::parse)
            .transpose()
            .map_err(|message| format!("`address`: {message}"))?;
        let certificate = match (&self.certificate, &self.key) {
            (Some(chain), Some(key)) => Some(Certificate { chain: chain.clone(), key: key.clone() }),
            (None, None) => None,
            _ => return Err("`certificate` and `key` belong together".to_owned()),
        };
        let proxies = self.behind_proxy.iter().map(|proxy| Network::parse(proxy)).collect::<Result<Vec<_>, _>>();
        let proxies = proxies.map_err(|message| format!("`behind_proxy`: {message}"))?;
        let header = match &self.proxy_header {
            None => None,
            Some(_) if proxies.is_empty() => {
                return Err("`proxy_header` needs `behind_proxy`: anybody could send it".to_owned());
            }
            Some(name) => Some(SignInHeader {
                name: name.parse().map_err(|_| "`proxy_header` is no name of a header".to_owned())?,
                creates: role(self.proxy_creates.as_deref(), "proxy_creates")?,
            }),
        };
        let pages = web::publishable();
        if let Some(page) = self.public.iter().find(|page| !pages.contains(&page.as_str())) {
            return Err(format!("`public`: `{page}` cannot be switched on; these can: {}", pages.join(", ")));
        }
        if self.sso.is_some() && address.is_none() {
            return Err("`sso` needs `address`: people are sent back to it".to_owned());
        }
        Ok(Gate { address, certificate, proxies, header, sso: None, public: self.public.clone().into() })
    }
}

fn role(name: Option<&str>, key: &str) -> Result<Option<desk::Role>, String> {
    name.map(|name| name.parse().map_err(|message| format!("`{key}`: {message}"))).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<bool, &str>) {
        let server = toml::from_str::<Spanned<Server>>(text).expect("TOML");
        let understood = understand(Some(server), Path::new("/w"), |name| name == "chat");
        let said = understood.map_err(|(_, message)| message).and_then(|server| server.without_secrets());
        assert_eq!(
            said.map(|gate| gate.is_for_others()).map_err(|message| message),
            expected.map_err(str::to_owned),
            "{text}"
        );
    }

    #[test]
    fn what_is_served_to_whom() {
        check("", Ok(false));
        check("listen = \"127.0.0.1:8000\"\nprivate = [\"chat/#board\"]", Ok(false));
        check(
            "address = \"https://desk.example.org\"\nbehind_proxy = [\"127.0.0.1\"]\nproxy_header = \"X-Remote-User\"",
            Ok(true),
        );
        check("certificate = \"a.pem\"", Err("`certificate` and `key` belong together"));
        check("proxy_header = \"X-Remote-User\"", Err("`proxy_header` needs `behind_proxy`: anybody could send it"));
        check(
            "private = [\"team\"]",
            Err("`private`: `team` is of no source here; write \"SOURCE\" or \"SOURCE/CHANNEL\""),
        );
    }
}
