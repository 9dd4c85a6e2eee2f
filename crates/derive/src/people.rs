//! Identities to people, on proof (the same address, the same account, or a source that says so) and by what
//! people decided; a likeness is nothing but a suggestion ([`crate::suggestions`]).

use std::collections::BTreeSet;

use model::{Id, IdentityKind};
use people::{BotSign, Identity};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::bots;
use crate::decided::Decided;
use crate::links::{IdentityRow, Links};
use crate::union::Groups;

/// The people and whose identities are whose.
#[derive(Debug, Default)]
pub struct People {
    /// The person of each identity, by the identity's number.
    pub of: Vec<u32>,
    /// Every person, ordered by id.
    pub all: Vec<Person>,
    /// Identities that a person merged with others, by their numbers.
    decided: FxHashSet<u32>,
}

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Its identities, the first seen first: that one names the person.
    pub identities: Vec<u32>,
    /// Whether any of them is a bot, or all of them behave as none but a bot does.
    pub bot: bool,
    /// What gave it away.
    pub signs: Vec<BotSign>,
}

/// An identity as far as it says who somebody is.
pub fn plain(identity: &IdentityRow) -> Identity<'_> {
    let named = match identity.kind {
        IdentityKind::Nick => Some(identity.value.as_str()),
        // An account's number names nobody.
        IdentityKind::Account => Some(identity.value.as_str()).filter(|value| value.contains(char::is_alphabetic)),
        IdentityKind::Email | IdentityKind::Name => None,
    };
    Identity {
        place: &identity.source,
        name: identity.name.as_ref().map(|(_, name)| name.as_str()),
        email: identity.email.as_deref(),
        account: identity.account.as_deref(),
        handle: named,
    }
}

/// The address that proves who an identity is, if it has one.
pub fn proof(identity: &IdentityRow) -> Option<&str> {
    people::proof(&plain(identity))
}

/// Whether an identity, as it was seen once, is one that only bots have.
pub fn is_bot(seen: &model::Identity) -> bool {
    let handle = (seen.kind != IdentityKind::Email).then_some(seen.value.as_str());
    let (name, email) = (seen.name.as_deref(), seen.email.as_deref());
    people::is_bot(&Identity { name, email, handle, ..Identity::default() }, seen.bot)
}

/// Merges identities into people. Counts of messages must be in the identities already.
pub fn merge(links: &Links, decided: &Decided) -> People {
    let identities = &links.identities;
    let mut groups = Groups::new(identities.len());
    let known = |id: &String| Id::parse(id).and_then(|id| links.identity(&id));
    let apart: FxHashSet<u32> = decided.apart.iter().filter_map(known).collect();
    let locked: Vec<Vec<u32>> = decided.locked.iter().map(|all| all.iter().filter_map(known).collect()).collect();
    let held: FxHashSet<u32> = locked.iter().flatten().copied().chain(apart.iter().copied()).collect();
    let free: Vec<u32> = (0..identities.len() as u32).filter(|at| !held.contains(at)).collect();
    for (a, b) in people::proven(free.iter().map(|at| plain(&identities[*at as usize]))) {
        groups.join(free[a as usize], free[b as usize]);
    }
    for at in &free {
        let same = identities[*at as usize].same.iter().filter_map(|id| links.identity(id));
        same.filter(|other| !held.contains(other)).for_each(|other| groups.join(*at, other));
    }
    let mut merged = FxHashSet::default();
    let pairs = decided.same.iter().filter_map(|(a, b)| Some((known(a)?, known(b)?)));
    for (a, b) in pairs {
        groups.join(a, b);
        merged.extend([a, b]);
    }
    for all in &locked {
        let stays = |at: &&u32| !apart.contains(at);
        all.iter().filter(stays).zip(all.iter().filter(stays).skip(1)).for_each(|(a, b)| groups.join(*a, *b));
    }
    let (of, all) = grouped(links, &mut groups);
    let mut people = People { of, all, decided: merged };
    bots::mark(links, &mut people);
    people
}

/// The groups as people, ordered by id, and the person of each identity.
fn grouped(links: &Links, groups: &mut Groups) -> (Vec<u32>, Vec<Person>) {
    let identities = &links.identities;
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
        Person { identities: members, bot: false, signs: Vec::new() }
    };
    let mut all: Vec<Person> = members.into_values().map(person).collect();
    all.sort_by_key(|person| identities[person.identities[0] as usize].id);
    let mut of = vec![0; identities.len()];
    for (number, person) in all.iter().enumerate() {
        person.identities.iter().for_each(|at| of[*at as usize] = number as u32);
    }
    (of, all)
}

impl People {
    /// The person of an identity, if there is one.
    pub fn person(&self, identity: u32) -> Option<u32> {
        self.of.get(identity as usize).copied()
    }

    /// How an identity that is merged with others is known to be theirs.
    pub fn merged_by(&self, links: &Links, identity: u32) -> Option<&'static str> {
        match self.all[self.of[identity as usize] as usize].identities.len() {
            0 | 1 => None,
            _ if self.decided.contains(&identity) => Some("a person said so"),
            _ => Some(people::proven_by(&plain(&links.identities[identity as usize]))),
        }
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
