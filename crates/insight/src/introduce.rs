//! Who can introduce whom: people are connected by having helped each other, or others together.

use std::collections::VecDeque;

use model::time::DAY;
use rustc_hash::FxHashMap;

use crate::columns::{NEVER, NOBODY, SLOW, fading, known};
use crate::views::{Acquaintance, Introducer, Introduction, Tie};
use crate::{Community, Result};

/// Introducers shown.
const SHOWN: usize = 5;
/// Having helped others together connects less than having helped each other.
const TOGETHER: f64 = 0.25;
/// In a conversation of more people than this, hardly anybody met anybody.
const CROWD: usize = 12;
/// People not seen for so long (18 months) introduce nobody.
const GONE: i64 = 548 * DAY;
/// People on the longest way that is looked for, both ends included.
const LONGEST: usize = 5;

/// How somebody is connected to a person, and how much that counts today.
#[derive(Debug, Clone, Default)]
struct Known {
    tie: Tie,
    strength: f64,
}

impl Community {
    /// Who can introduce `from` to `to` (ids of people). `None` if either is unknown.
    pub fn introduce(&self, from: &str, to: &str) -> Result<Option<Introduction>> {
        let (Some(from), Some(to)) = (self.people.find(from), self.people.find(to)) else { return Ok(None) };
        let (Some(one), Some(other)) = (self.person_ref(from), self.person_ref(to)) else { return Ok(None) };
        let now = self.now().time;
        let (mut of_from, of_to) = (self.acquainted(from, now), self.acquainted(to, now));
        // Nobody needs to be introduced to themselves.
        if from == to {
            of_from.clear();
        }
        let direct = of_from.remove(&to).map(|known| known.tie);
        let mut both: Vec<(f64, u32, Tie, Tie)> = of_from
            .into_iter()
            .filter(|(person, _)| *person != from && self.is_about(*person, now))
            .filter_map(|(person, known)| {
                let other = of_to.get(&person)?;
                Some((known.strength.min(other.strength), person, turned(known.tie), turned(other.tie.clone())))
            })
            .collect();
        both.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        both.truncate(SHOWN);
        let chain = if both.is_empty() && direct.is_none() && from != to { self.chain(from, to) } else { Vec::new() };
        let introducer =
            |(_, person, one, other)| Some(Introducer { person: self.person_ref(person)?, ties: (one, other) });
        Ok(Some(Introduction {
            from: one,
            to: other,
            direct,
            introducers: both.into_iter().filter_map(introducer).collect(),
            chain: chain.into_iter().filter_map(|person| self.person_ref(person)).collect(),
        }))
    }

    /// Who could introduce others to a person: whom they know, strongest first. `None` if there is none of that id.
    pub fn introducers(&self, person: &str) -> Result<Option<Vec<Acquaintance>>> {
        let Some(person) = self.people.find(person) else { return Ok(None) };
        let now = self.now().time;
        let mut known: Vec<(u32, Known)> = self.acquainted(person, now).into_iter().collect();
        known.retain(|(other, _)| self.is_about(*other, now));
        known.sort_by(|a, b| b.1.strength.total_cmp(&a.1.strength).then(a.0.cmp(&b.0)));
        known.truncate(SHOWN);
        let shown = |(other, known): (u32, Known)| {
            Some(Acquaintance { person: self.person_ref(other)?, tie: turned(known.tie) })
        };
        Ok(Some(known.into_iter().filter_map(shown).collect()))
    }

    /// Whom a person knows, strongest first, gone or not; seen from that person.
    pub(crate) fn acquaintances(&self, person: u32, most: usize) -> Vec<Acquaintance> {
        let mut known: Vec<(u32, Known)> = self.acquainted(person, self.now().time).into_iter().collect();
        known.sort_by(|a, b| b.1.strength.total_cmp(&a.1.strength).then(a.0.cmp(&b.0)));
        let shown =
            |(other, known): (u32, Known)| Some(Acquaintance { person: self.person_ref(other)?, tie: known.tie });
        known.into_iter().take(most).filter_map(shown).collect()
    }

    fn is_about(&self, person: u32, now: i64) -> bool {
        let of = |column: &[i64]| column.get(person as usize).copied().unwrap_or(NEVER);
        let now = if self.now().from_data { now.min(of(&self.conversations.heard)) } else { now };
        !self.people.is_bot(person) && of(&self.people.last_seen) > now.saturating_sub(GONE)
    }

    /// Everybody whom a person helped, was helped by, or helped others with; seen from that person.
    fn acquainted(&self, person: u32, now: i64) -> FxHashMap<u32, Known> {
        let conversations = &self.conversations;
        let mut all = FxHashMap::<u32, Known>::default();
        let theirs = conversations.opened_by(person).chain(conversations.helped_by(person));
        for row in theirs.filter(|row| conversations.question[*row as usize]) {
            let (opener, helpers) = (conversations.openers[row as usize], conversations.helpers(row));
            if helpers.len() > CROWD {
                continue;
            }
            let opened = conversations.opened[row as usize];
            let weight = fading(opened, now, SLOW);
            let mut meet = |other: u32, count: fn(&mut Tie), weight: f64| {
                if other == NOBODY || other == person || self.people.is_bot(other) {
                    return;
                }
                let known_to = all.entry(other).or_default();
                count(&mut known_to.tie);
                known_to.tie.last = known_to.tie.last.max(known(opened));
                known_to.strength += weight;
            };
            if opener == person {
                helpers.iter().for_each(|helper| meet(*helper, |tie| tie.was_helped += 1, weight));
            } else {
                meet(opener, |tie| tie.helped += 1, weight);
                helpers.iter().for_each(|helper| meet(*helper, |tie| tie.together += 1, TOGETHER * weight));
            }
        }
        all
    }

    /// The shortest way from one person to another over people who helped each other; empty if there is none.
    fn chain(&self, from: u32, to: u32) -> Vec<u32> {
        let conversations = &self.conversations;
        let mut ties = FxHashMap::<u32, Vec<u32>>::default();
        for row in (0..conversations.len()).filter(|row| conversations.question[*row as usize]) {
            let opener = conversations.openers[row as usize];
            for helper in conversations.helpers(row).iter().filter(|_| opener != NOBODY && !self.people.is_bot(opener))
            {
                ties.entry(opener).or_default().push(*helper);
                ties.entry(*helper).or_default().push(opener);
            }
        }
        let mut came_from = FxHashMap::<u32, (u32, usize)>::default();
        came_from.insert(from, (NOBODY, 1));
        let mut next = VecDeque::from([from]);
        while let Some(person) = next.pop_front() {
            let length = came_from.get(&person).map_or(1, |(_, length)| *length);
            if person == to {
                return way(&came_from, to);
            }
            for other in ties.get(&person).into_iter().flatten().filter(|_| length < LONGEST) {
                came_from.entry(*other).or_insert_with(|| {
                    next.push_back(*other);
                    (person, length + 1)
                });
            }
        }
        Vec::new()
    }
}

fn way(came_from: &FxHashMap<u32, (u32, usize)>, to: u32) -> Vec<u32> {
    let mut way = vec![to];
    while let Some((before, _)) =
        way.last().and_then(|person| came_from.get(person)).filter(|(before, _)| *before != NOBODY)
    {
        way.push(*before);
    }
    way.reverse();
    way
}

/// The same tie seen from the other side.
fn turned(tie: Tie) -> Tie {
    Tie { helped: tie.was_helped, was_helped: tie.helped, ..tie }
}
