//! Identities to people, on proof only: the same address, the same account, or a source that says so; a
//! likeness is nothing.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::links::{IdentityRow, Links};
use crate::union::Groups;

/// Local parts that many share: they prove nothing.
const SHARED: &[&str] = &[
    "admin",
    "anonymous",
    "bounce",
    "bounces",
    "contact",
    "daemon",
    "devnull",
    "do-not-reply",
    "donotreply",
    "hello",
    "hostmaster",
    "info",
    "jenkins",
    "list",
    "mail",
    "mailer-daemon",
    "nobody",
    "no-reply",
    "noreply",
    "notifications",
    "office",
    "postmaster",
    "root",
    "support",
    "webmaster",
];
/// Hosts that no address outside one machine has.
const LOCAL_HOSTS: &[&str] = &["localhost", "localhost.localdomain", "(none)", "example.invalid"];

/// The people and whose identities are whose.
#[derive(Debug, Default)]
pub struct People {
    /// The person of each identity, by the identity's number.
    pub of: Vec<u32>,
    /// Every person, ordered by id.
    pub all: Vec<Person>,
}

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Its identities, the first seen first: that one names the person.
    pub identities: Vec<u32>,
    /// Whether any of them is a bot.
    pub bot: bool,
}

/// The address that proves who an identity is, if it has one.
pub fn proof(identity: &IdentityRow) -> Option<&str> {
    let email = identity.email.as_deref()?;
    let (local, host) = email.rsplit_once('@')?;
    let personal = !local.is_empty() && host.contains('.') && !SHARED.contains(&local) && !LOCAL_HOSTS.contains(&host);
    personal.then_some(email)
}

/// The account that proves who an identity is: its own, or the one that an address of GitHub's stands for
/// (docs.github.com, "Email addresses reference": `NUMBER+LOGIN@users.noreply.github.com`, without the
/// number before 2017-07-18).
pub fn account(identity: &IdentityRow) -> Option<Cow<'_, str>> {
    if let Some(account) = &identity.account {
        return Some(account.as_str().into());
    }
    let local = identity.email.as_deref()?.strip_suffix("@users.noreply.github.com")?;
    let login = match local.split_once('+') {
        Some((number, login)) if number.bytes().all(|byte| byte.is_ascii_digit()) => login,
        _ => local,
    };
    (!login.is_empty()).then(|| format!("github.com/{login}").into())
}

/// How an identity that was merged with others is known to be theirs.
pub fn proven_by(identity: &IdentityRow) -> Option<&'static str> {
    match identity {
        _ if proof(identity).is_some() => Some("the same address"),
        _ if account(identity).is_some() => Some("the same account"),
        _ => Some("named as one by a source"),
    }
}

/// Whether an identity, as it was seen once, is one that only bots have. Once is enough: names change.
pub fn is_bot(seen: &model::Identity) -> bool {
    let named = |name: &str| name.to_lowercase().ends_with("[bot]") || ends_with_bot(name);
    seen.bot
        || seen.name.as_deref().is_some_and(named)
        || seen.value.contains("[bot]@")
        || seen.email.as_deref().is_some_and(is_machine)
}

/// `FloodBot1`, `build-bot`, `CI bot`: but not `Abbot`.
fn ends_with_bot(name: &str) -> bool {
    let name = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let Some(before) = name.strip_suffix("Bot").or_else(|| name.strip_suffix("bot")) else { return false };
    let apart = before.ends_with(['-', '_', ' ', '.']);
    apart || name.ends_with("Bot") && before.ends_with(char::is_lowercase)
}

/// Addresses that only programs send from. Roles that people share (`info@`, `help@`) are none.
fn is_machine(email: &str) -> bool {
    const MACHINES: [&str; 13] = [
        "bugzilla",
        "buildbot",
        "git",
        "gitbox",
        "github",
        "hudson",
        "jenkins",
        "jira",
        "mailer-daemon",
        "no-reply",
        "noreply",
        "notifications",
        "postmaster",
    ];
    email.split_once('@').is_some_and(|(local, _)| MACHINES.contains(&local))
}

/// Merges identities into people. Counts of messages must be in the identities already.
pub fn merge(links: &Links) -> People {
    let identities = &links.identities;
    let mut groups = Groups::new(identities.len());
    let mut by_address: FxHashMap<&str, u32> = FxHashMap::default();
    let mut by_account: FxHashMap<Cow<'_, str>, u32> = FxHashMap::default();
    for (at, identity) in identities.iter().enumerate() {
        if let Some(address) = proof(identity) {
            let first = *by_address.entry(address).or_insert(at as u32);
            groups.join(at as u32, first);
        }
        if let Some(account) = account(identity) {
            let first = *by_account.entry(account).or_insert(at as u32);
            groups.join(at as u32, first);
        }
        for other in identity.same.iter().filter_map(|id| links.identity(id)) {
            groups.join(at as u32, other);
        }
    }
    let mut members: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for at in 0..identities.len() as u32 {
        members.entry(groups.find(at)).or_default().push(at);
    }
    let first_seen = |at: &u32| {
        let identity = &identities[*at as usize];
        (identity.seen.map_or(i64::MAX, |(first, _)| first), identity.id)
    };
    let person = |mut members: Vec<u32>| {
        members.sort_by_key(first_seen);
        let bot = members.iter().any(|at| identities[*at as usize].bot);
        Person { identities: members, bot }
    };
    let mut all: Vec<Person> = members.into_values().map(person).collect();
    all.sort_by_key(|person| identities[person.identities[0] as usize].id);
    let mut of = vec![0; identities.len()];
    for (number, person) in all.iter().enumerate() {
        person.identities.iter().for_each(|at| of[*at as usize] = number as u32);
    }
    People { of, all }
}

impl People {
    /// The person of an identity, if there is one.
    pub fn person(&self, identity: u32) -> Option<u32> {
        self.of.get(identity as usize).copied()
    }

    /// A person's id.
    pub fn id<'a>(&self, links: &'a Links, person: u32) -> &'a str {
        links.identities[self.all[person as usize].identities[0] as usize].id.as_str()
    }

    /// The name shown last with any of a person's identities.
    pub fn name<'a>(&self, links: &'a Links, person: u32) -> Option<&'a str> {
        let names = self.all[person as usize].identities.iter();
        let latest = names.filter_map(|at| links.identities[*at as usize].name.as_ref()).max();
        latest.map(|(_, name)| name.as_str())
    }

    /// The sources a person was seen on, sorted.
    pub fn sources<'a>(&self, links: &'a Links, person: u32) -> BTreeSet<&'a str> {
        let identities = self.all[person as usize].identities.iter();
        identities.map(|at| links.identities[*at as usize].source.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bots_are_known_by_their_names() {
        for (name, bot) in [
            ("renovate[bot]", true),
            ("FloodBot1", true),
            ("build-bot", true),
            ("CI bot", true),
            ("GitBox", false),
            ("Abbot", false),
            ("Talbot", false),
            ("bot", false),
            ("Ada Bott", false),
        ] {
            assert_eq!(name.to_lowercase().ends_with("[bot]") || ends_with_bot(name), bot, "{name}");
        }
        assert!(is_machine("git@example.org") && !is_machine("info@example.org") && !is_machine("git"));
    }
}
