//! What people decided on who is who that the tables do not show yet: it counts for them from the next derive on, and
//! for the queue of suggestions at once.

use desk::{Desk, Kind, Numbered};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::views::WhoDecision;
use crate::{Community, Result};

/// Decisions shown of one person.
const SHOWN: usize = 20;

/// What was decided, told of the people of the tables.
#[derive(Debug, Default)]
pub(super) struct Decided {
    /// Of each who was merged, another of the same; follow until there is none.
    same: FxHashMap<u32, u32>,
    refused: FxHashSet<(u32, u32)>,
    locked: FxHashSet<u32>,
}

impl Decided {
    /// The one that stands for all who are one with `person`.
    fn root(&self, mut person: u32) -> u32 {
        while let Some(next) = self.same.get(&person) {
            person = *next;
        }
        person
    }

    /// Whether there is nothing to decide about a pair any more, or not now.
    pub(super) fn is_settled(&self, one: u32, other: u32) -> bool {
        let (one_root, other_root) = (self.root(one), self.root(other));
        one_root == other_root
            || self.refused.contains(&(one_root.min(other_root), one_root.max(other_root)))
            || self.is_locked(one)
            || self.is_locked(other)
    }

    pub(super) fn is_locked(&self, person: u32) -> bool {
        self.locked.contains(&person)
    }
}

impl Community {
    /// Who may be somebody else as well, and nobody has decided it yet: of them it cannot be said where they are not.
    pub(crate) fn may_be_others(&self, desk: Option<&Desk>) -> Result<FxHashSet<u32>> {
        let (suggested, decided) = (self.suggested()?, self.decided_people(desk)?);
        let waiting = suggested.iter().filter(|pair| !decided.is_settled(pair.one, pair.other));
        let mut unsure: FxHashSet<u32> = waiting.flat_map(|pair| [pair.one, pair.other]).collect();
        unsure.extend(self.namesakes()?.iter().filter(|person| !decided.is_locked(**person)));
        Ok(unsure)
    }

    /// Who goes by one word that is a part of somebody else's name too: `camille` may be any Camille.
    fn namesakes(&self) -> Result<std::sync::Arc<Vec<u32>>> {
        self.namesakes.get(|| {
            let names = || (0..).zip(&self.people.names);
            let mut counts = FxHashMap::<String, u32>::default();
            for (_, name) in names() {
                let mut words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
                words.sort_unstable();
                words.dedup();
                words.into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
            }
            let shared = |name: &str| counts.get(&name.to_lowercase()).is_some_and(|count| *count > 1);
            let one_word = names().filter(|(_, name)| !name.contains(char::is_whitespace));
            Ok(one_word.filter(|(_, name)| shared(name)).map(|(person, _)| person).collect())
        })
    }

    pub(super) fn decided_people(&self, desk: Option<&Desk>) -> Result<Decided> {
        let Some(desk) = desk else { return Ok(Decided::default()) };
        let who = desk.who_is_who(self.clock())?;
        let pair = |(one, other): &(String, String)| Some((self.people.find(one)?, self.people.find(other)?));
        let mut decided = Decided::default();
        for (one, other) in who.same.iter().filter_map(pair) {
            let (one, other) = (decided.root(one), decided.root(other));
            if one != other {
                decided.same.insert(one.max(other), one.min(other));
            }
        }
        for (one, other) in who.refused.iter().filter_map(pair) {
            let (one, other) = (decided.root(one), decided.root(other));
            decided.refused.insert((one.min(other), one.max(other)));
        }
        decided.locked = who.locked.iter().flatten().filter_map(|id| self.people.find(id)).collect();
        Ok(decided)
    }

    /// What was decided on who a person is, latest first.
    pub(super) fn who_decisions(&self, desk: &Desk, person: u32) -> Result<Vec<WhoDecision>> {
        let log = desk.people_log()?;
        let about = |one: &&Numbered| {
            one.decision.kind != Kind::TakenBack && ids(one).any(|id| self.people.find(id) == Some(person))
        };
        let shown = log.iter().rev().filter(about).take(SHOWN);
        Ok(shown.map(|one| self.who_decision(one, person)).collect())
    }

    fn who_decision(&self, one: &Numbered, person: u32) -> WhoDecision {
        let decision = &one.decision;
        let others: Vec<u32> =
            ids(one).filter_map(|id| self.people.find(id)).filter(|other| *other != person).collect();
        let pending = !one.taken_back
            && match decision.kind {
                Kind::SamePerson => !others.is_empty(),
                // The identity is still with those it was taken from.
                Kind::Apart => {
                    let this = self.people.find(&decision.subject);
                    ids(one).skip(1).any(|id| this.is_some() && self.people.find(id) == this)
                }
                _ => false,
            };
        WhoDecision {
            number: one.number,
            at: decision.at,
            who: decision.who.clone(),
            kind: decision.kind.as_str(),
            other: others.first().and_then(|other| self.person_ref(*other)),
            note: decision.note.clone(),
            taken_back: one.taken_back,
            pending,
        }
    }
}

/// The ids that a decision is about: its subject first.
fn ids(one: &Numbered) -> impl Iterator<Item = &str> {
    let value = one.decision.value.iter().flat_map(|value| value.split_whitespace());
    std::iter::once(one.decision.subject.as_str()).chain(value)
}
