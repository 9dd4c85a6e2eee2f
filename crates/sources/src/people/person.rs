//! A person as such files tell of them, and what becomes of it.

use std::collections::BTreeSet;

use model::{Affiliation, Id, Identity, IdentityKind, Rows, Same, Timestamp};

/// One person.
#[derive(Debug, Default)]
pub struct Person {
    /// What they are called.
    pub name: Option<String>,
    /// Their addresses, as written.
    pub addresses: Vec<String>,
    /// Their accounts: the site, and the name there.
    pub accounts: Vec<(String, String)>,
    /// Whether they are a program.
    pub bot: bool,
    /// Where they were.
    pub stays: Vec<Stay>,
}

/// One stay at an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// Its name.
    pub organization: String,
    /// From when on, if known.
    pub from: Option<Timestamp>,
    /// Until when, if it ended.
    pub until: Option<Timestamp>,
}

/// What stands where nobody knows the employer.
const UNKNOWN: &[&str] = &["", "?", "(unknown)", "unknown", "notfound", "(not found)", "none", "n/a", "(robots)"];
/// What stands for having no employer: kept under one name, because it ends the stay before.
const INDEPENDENT: &[&str] = &["*independent", "independent", "self", "(self)", "hobbyists"];

/// The organization's name, `None` for those that stand for “nobody knows”.
pub fn organization(written: &str) -> Option<String> {
    let name = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let low = name.to_lowercase();
    match () {
        _ if UNKNOWN.contains(&low.as_str()) => None,
        _ if INDEPENDENT.contains(&low.as_str()) => Some("Independent".to_owned()),
        _ => Some(name),
    }
}

/// Stays one after the other, each from the end of the one before: `(organization, until)`.
pub fn in_turn<'a>(ends: impl IntoIterator<Item = (&'a str, Option<Timestamp>)>) -> Vec<Stay> {
    let mut ends: Vec<_> = ends.into_iter().collect();
    ends.sort_by_key(|(_, until)| until.unwrap_or(Timestamp::MAX));
    let mut from = None;
    let mut stays = Vec::new();
    for (name, until) in ends {
        stays.extend(organization(name).map(|organization| Stay { organization, from, until }));
        from = until.or(from);
    }
    stays
}

/// An address as such files write them (`!` for `@`), in lower case; `None` if it is none.
pub fn address(written: &str) -> Option<String> {
    let text = written.trim().trim_matches(['<', '>']).to_lowercase();
    let text = if text.contains('@') { text } else { text.replacen('!', "@", 1) };
    let (local, host) = text.split_once('@')?;
    let sound = !local.is_empty() && !host.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    sound.then_some(text)
}

/// Pushes everybody; gives how many could not be read (`None`) or known by anything.
pub fn lost(people: impl Iterator<Item = Option<Person>>, source: &str, rows: &mut Rows) -> usize {
    people.map(|person| usize::from(!person.is_some_and(|person| person.push(source, rows)))).sum()
}

impl Person {
    /// Pushes what is known of them. Gives false if there is nothing to know them by.
    pub fn push(self, source: &str, rows: &mut Rows) -> bool {
        let name = self.name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        let mut identities: Vec<Identity> = Vec::new();
        let mut known = BTreeSet::new();
        for address in self.addresses.iter().filter_map(|written| address(written)) {
            if known.insert(address.clone()) {
                let email = Some(address.clone());
                identities.push(Identity { email, ..Identity::new(source, IdentityKind::Email, address) });
            }
        }
        for (site, account) in self.accounts {
            let value = format!("{site}/{}", account.trim()).to_lowercase();
            if !account.trim().is_empty() && known.insert(value.clone()) {
                let account = Some(value.clone());
                identities.push(Identity { account, ..Identity::new(source, IdentityKind::Account, value) });
            }
        }
        if let (true, Some(name)) = (identities.is_empty(), &name) {
            identities.push(Identity::new(source, IdentityKind::Name, name.clone()));
        }
        let Some(first) = identities.first().map(|identity| identity.id) else { return false };
        let others: Vec<Id> = identities.iter().skip(1).map(|identity| identity.id).collect();
        rows.same.extend(others.into_iter().map(|other| Same(first, other)));
        let bot = self.bot;
        rows.identities.extend(identities.into_iter().map(|one| Identity { name: name.clone(), bot, ..one }));
        rows.affiliations.extend(self.stays.into_iter().map(|Stay { organization, from, until }| Affiliation {
            who: first,
            organization,
            from,
            until,
        }));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_follow_one_another() {
        let stay = |organization: &str, from, until| Stay { organization: organization.to_owned(), from, until };
        assert_eq!(
            in_turn([("B", None), ("NotFound", Some(20)), ("A", Some(10)), ("*independent", Some(30))]),
            [stay("A", None, Some(10)), stay("Independent", Some(20), Some(30)), stay("B", Some(30), None)]
        );
    }

    #[test]
    fn addresses_as_they_are_written() {
        assert_eq!(address("Ada!example.org"), Some("ada@example.org".to_owned()));
        assert_eq!(address(" <a!b@example.org> "), Some("a!b@example.org".to_owned()));
        assert_eq!((address("ada"), address("@x"), address("a@"), address("a b@x")), (None, None, None, None));
    }
}
