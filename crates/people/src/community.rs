//! How rare names, handles and hosts are in this community: what is rare says more.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::letters::{count, initial};
use crate::name::Name;
use crate::profile::Profile;

/// A host with at most so many people is nobody's employer and no free-mail provider.
const OWN_HOST: u32 = 4;

/// Counts over everybody.
#[derive(Debug, Default)]
pub(crate) struct Community<'a> {
    given: FxHashMap<&'a str, u32>,
    family: FxHashMap<&'a str, u32>,
    /// Initial and family name.
    short: FxHashMap<(&'a str, &'a str), u32>,
    /// Given name and initial of the family name.
    given_short: FxHashMap<(&'a str, &'a str), u32>,
    /// Full names, each counted once.
    names: u32,
    /// People of different names, or without one, by their handle.
    handles: FxHashMap<&'a str, u32>,
    /// Handles that differ in their digits only, by what they have in common.
    numbered: FxHashMap<&'a str, u32>,
    hosts: FxHashMap<&'a str, u32>,
}

/// How much a likeness says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rarity {
    /// Nobody else would be called so by chance.
    Rare,
    /// Few would.
    Some,
    /// Many would.
    Common,
}

impl<'a> Community<'a> {
    pub(crate) fn new(profiles: &'a [Profile]) -> Community<'a> {
        let mut community = Community::default();
        let mut known: FxHashSet<Vec<&str>> = FxHashSet::default();
        let mut words: FxHashSet<&str> = FxHashSet::default();
        let mut texts: FxHashSet<&str> = FxHashSet::default();
        let mut carriers: FxHashSet<(&str, Option<&Name>)> = FxHashSet::default();
        for profile in profiles {
            for name in profile.names.iter().filter(|name| known.insert(name.sorted())) {
                community.names += 1;
                *community.given.entry(name.first()).or_default() += 1;
                *community.family.entry(name.last()).or_default() += 1;
                *community.short.entry((initial(name.first()), name.last())).or_default() += 1;
                *community.given_short.entry((name.first(), initial(name.last()))).or_default() += 1;
            }
            // Somebody called by one word: it is a given name, or nearly as common as one.
            profile.words.iter().filter(|word| words.insert(word)).for_each(|word| {
                *community.given.entry(word).or_default() += 1;
            });
            let name = profile.names.first();
            for handle in profile.handles.iter().filter(|handle| carriers.insert((&handle.stem, name))) {
                *community.handles.entry(&handle.stem).or_default() += 1;
            }
            for handle in profile.handles.iter().filter(|handle| texts.insert(&handle.text)) {
                *community.numbered.entry(&handle.stem).or_default() += 1;
            }
            profile.hosts.iter().for_each(|host| *community.hosts.entry(host).or_default() += 1);
        }
        community
    }

    /// How rare a full name is, from how often each half of it is borne: two people share it by chance
    /// about `(given - 1) (family - 1) / names` times.
    pub(crate) fn name(&self, name: &Name) -> Rarity {
        let others = |map: &FxHashMap<&str, u32>, word| f64::from(map.get(word).copied().unwrap_or(1).max(1) - 1);
        let (given, family) = (others(&self.given, name.first()), others(&self.family, name.last()));
        match given * family / f64::from(self.names.max(1)) {
            by_chance if by_chance > 0.03 => Rarity::Common,
            by_chance if by_chance > 0.0 => Rarity::Some,
            _ => Rarity::Rare,
        }
    }

    /// How rare a handle is, by its stem: borne by people of how many names.
    pub(crate) fn handle(&self, stem: &str) -> Rarity {
        let borne = self.handles.get(stem).copied().unwrap_or_default();
        match count(stem) {
            0..=3 => Rarity::Common,
            _ if borne > 4 => Rarity::Common,
            // Short enough to be a name or a word that two people may think of.
            4..=5 => Rarity::Some,
            _ if borne > 2 => Rarity::Some,
            _ => Rarity::Rare,
        }
    }

    /// Whether so many handles begin so that they are numbered because the first was taken.
    pub(crate) fn is_numbered(&self, stem: &str) -> bool {
        self.numbered.get(stem).is_some_and(|handles| *handles > 2)
    }

    /// How rare it is to be called by this initial and family name.
    pub(crate) fn initial_and_family(&self, name: &Name) -> Rarity {
        match self.short.get(&(initial(name.first()), name.last())) {
            Some(3..) => Rarity::Common,
            Some(2) => Rarity::Some,
            _ => Rarity::Rare,
        }
    }

    /// How rare it is to be called by this given name and initial.
    pub(crate) fn given_and_initial(&self, name: &Name) -> Rarity {
        match self.given_short.get(&(name.first(), initial(name.last()))) {
            Some(3..) => Rarity::Common,
            Some(2) => Rarity::Some,
            _ => Rarity::Rare,
        }
    }

    /// Whether of two names one is short for the other and for nobody else's: `A. Lovelace`, `Ada L.`
    pub(crate) fn is_short_for_one(&self, a: &Name, b: &Name) -> bool {
        if count(a.last()) < 2 || count(b.last()) < 2 {
            return self.given(a.first()) < 3 && self.given(b.first()) < 3;
        }
        let alone = |name: &Name| self.short.get(&(initial(name.first()), name.last())).is_none_or(|names| *names < 3);
        alone(a) && alone(b)
    }

    /// How many full names have this family name.
    pub(crate) fn family(&self, word: &str) -> u32 {
        self.family.get(word).copied().unwrap_or_default()
    }

    /// How many full names have this given name.
    pub(crate) fn given(&self, word: &str) -> u32 {
        self.given.get(word).copied().unwrap_or_default()
    }

    /// Whether hardly anybody writes from a host.
    pub(crate) fn is_own_host(&self, host: &str) -> bool {
        self.hosts.get(host).is_some_and(|people| *people <= OWN_HOST)
    }
}
