//! Everything that identities known to be one person's say about who that is.

use crate::address::{Address, address};
use crate::handle::Handle;
use crate::identity::{Identity, account, proof};
use crate::name::{Name, Shown, shown};

/// One person as far as is proven: the names, handles and hosts of their identities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// Full names shown with any of them, or spelled by an address where none was shown.
    pub(crate) names: Vec<Name>,
    /// Whether a name was shown, and not only spelled by an address.
    pub(crate) named: bool,
    /// Names of one word that are shown.
    pub(crate) words: Vec<String>,
    /// What they are called by.
    pub(crate) handles: Vec<Handle>,
    /// Hosts of their addresses.
    pub(crate) hosts: Vec<String>,
    /// Sites on which they have an account.
    pub(crate) sites: Vec<String>,
    /// Where they are known by a handle alone.
    pub(crate) places: Vec<String>,
}

impl Profile {
    /// What the identities of one person say.
    pub fn new<'a>(identities: impl IntoIterator<Item = Identity<'a>>) -> Profile {
        let mut profile = Profile::default();
        let mut spelled = Vec::new();
        for identity in identities {
            profile.add(&identity, &mut spelled);
        }
        profile.named = !profile.names.is_empty();
        if !profile.named {
            profile.names = spelled;
        }
        profile.names.sort_unstable();
        profile.names.dedup();
        for list in [&mut profile.hosts, &mut profile.sites, &mut profile.places] {
            list.sort_unstable();
            list.dedup();
        }
        profile.handles.sort_unstable();
        profile.handles.dedup();
        profile
    }

    fn add(&mut self, identity: &Identity<'_>, spelled: &mut Vec<Name>) {
        // A nick that is shown as the name is no name, even if it looks like one.
        let name = identity.name.filter(|name| identity.handle.is_none_or(|handle| !name.eq_ignore_ascii_case(handle)));
        match name.map(shown) {
            Some(Shown::Full(name)) => self.names.push(name),
            Some(Shown::Word(word)) => {
                self.handles.extend(Handle::read(&word));
                self.words.push(word);
            }
            _ => {}
        }
        if let Some(handle) = identity.handle.and_then(Handle::read) {
            self.handles.push(handle);
            self.places.push(identity.place.to_owned());
        }
        if let Some(account) = account(identity)
            && let Some((site, name)) = account.rsplit_once('/')
        {
            self.sites.push(site.to_owned());
            self.handles.extend(Handle::read(name));
        }
        let Some((local, host)) = identity.email.and_then(|email| email.rsplit_once('@')) else { return };
        match identity.email.and_then(address) {
            Some(Address::Whole(_)) if proof(identity).is_some() => {
                spelled.extend(Name::spelled(local));
                self.handles.extend(Handle::of_address(local));
                self.hosts.push(host.to_owned());
            }
            Some(Address::Cut { start }) => self.handles.extend(Handle::of_address(&start)),
            _ => {}
        }
    }
}

/// What a host is called by its owner: `lovelace` of `mail.lovelace.example`.
pub(crate) fn label(host: &str) -> Option<&str> {
    let mut labels = host.rsplit('.').skip(1);
    let label = labels.next()?;
    // `co.uk`, `com.br`: what stands before them is the owner's.
    if label.len() <= 3 { labels.next().or(Some(label)) } else { Some(label) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_identities_say_is_put_together() {
        let mail = Identity { name: Some("Ada Lovelace"), email: Some("ada.b@example.org"), ..Identity::default() };
        let site = Identity { account: Some("github.com/engine-ada"), ..Identity::default() };
        let profile = Profile::new([mail, site]);
        assert_eq!(
            profile.handles.iter().map(|handle| handle.text.as_str()).collect::<Vec<_>>(),
            ["adab", "engineada"]
        );
        assert_eq!((profile.names.len(), profile.hosts.len(), profile.sites.len()), (1, 1, 1));
        let nick = Identity { name: Some("HellDragon"), handle: Some("helldragon"), ..Identity::default() };
        assert_eq!(Profile::new([nick]).names, []);
        let bare = Identity { email: Some("ada.lovelace@example.org"), ..Identity::default() };
        assert_eq!((Profile::new([bare]).named, Profile::new([bare]).names), (false, profile.names));
    }

    #[test]
    fn labels_of_hosts() {
        for (host, expected) in [
            ("lovelace.example", Some("lovelace")),
            ("mail.lovelace.example", Some("lovelace")),
            ("lovelace.co.uk", Some("lovelace")),
            ("box", None),
        ] {
            assert_eq!(label(host), expected, "{host}");
        }
    }
}
