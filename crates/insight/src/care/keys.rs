//! The keys, when it is time: who adds so much that they could be trusted with more.
//!
//! Of the code: whoever made or reviewed changes month after month, and never merged or released anything. Of a channel:
//! whoever is thanked for answers there month after month, and never moderated. How much is enough is in the rules.

use std::collections::BTreeSet;

use model::ActivityKind;
use rustc_hash::FxHashMap;

use super::Circle;
use crate::columns::{Doing, Entry};
use crate::people::{MONTH, YEAR, place_name};
use crate::views::KeysView;
use crate::words::count;
use crate::{Community, Result};

/// People shown.
const SHOWN: usize = 10;

/// Somebody who could be given keys.
#[derive(Debug)]
pub(crate) struct Ready {
    person: u32,
    place: String,
    done: u32,
    why: String,
}

/// What somebody did in one place.
#[derive(Debug, Default)]
struct Tally {
    changes: u32,
    reviews: u32,
    thanks: u32,
    work_months: BTreeSet<i64>,
    thanks_months: BTreeSet<i64>,
}

impl Community {
    /// Who could be given the keys, who did most first.
    pub(super) fn ready_for_keys(&self, circle: &Circle) -> Result<Vec<KeysView>> {
        let ready = self.ready(circle.moment.now)?;
        let open = ready.iter().filter(|one| self.is_open_to(one.person, circle));
        let view = |one: &Ready| {
            let person = self.person_ref(one.person)?;
            Some(KeysView { person, place: one.place.clone(), why: vec![one.why.clone()] })
        };
        Ok(open.take(SHOWN).filter_map(view).collect())
    }

    /// What one person could be given the keys of, and why.
    pub(super) fn keys_of(&self, person: u32, circle: &Circle) -> Result<Option<KeysView>> {
        let ready = self.ready(circle.moment.now)?;
        let one = ready.iter().find(|one| one.person == person && self.is_open_to(person, circle));
        Ok(one.and_then(|one| {
            let (person, place) = (self.person_ref(one.person)?, one.place.clone());
            Some(KeysView { person, place, why: vec![one.why.clone()] })
        }))
    }

    fn ready(&self, now: i64) -> Result<std::sync::Arc<Vec<Ready>>> {
        self.care.keys.get(now, || {
            let lives = self.lives()?;
            let people = (0..self.people.len() as u32).filter(|person| !self.people.is_bot(*person));
            let mut ready = Vec::new();
            for person in people {
                let tallies = self.tallies(person, lives.of(person), now);
                ready.extend(
                    tallies.iter().filter_map(|(place, tally)| {
                        self.is_ready(person, &place_name(lives.places.get(*place)), tally)
                    }),
                );
            }
            ready.sort_by(|a, b| (b.done, a.person, &a.place).cmp(&(a.done, b.person, &b.place)));
            Ok(ready)
        })
    }

    /// By place, but for those of which somebody has the keys already.
    fn tallies(&self, person: u32, entries: &[Entry], now: i64) -> FxHashMap<u32, Tally> {
        use ActivityKind::{Authored, CoAuthored, Merged, Moderated, Released, Reviewed};
        let mut tallies = FxHashMap::<u32, Tally>::default();
        let past = entries.iter().filter(|entry| entry.time() <= now);
        for entry in past.clone().take_while(|entry| entry.time() > now.saturating_sub(YEAR)) {
            let month = entry.time().div_euclid(MONTH);
            let mut work = |count: fn(&mut Tally)| {
                let tally = tallies.entry(entry.place()).or_default();
                count(tally);
                tally.work_months.insert(month);
            };
            match (entry.doing(), entry.conversation()) {
                (Doing::Did(Authored | CoAuthored), _) => work(|tally| tally.changes += 1),
                (Doing::Did(Reviewed), _) => work(|tally| tally.reviews += 1),
                (Doing::Helped, Some(row)) if self.conversations.thanked(row).contains(&person) => {
                    let tally = tallies.entry(entry.place()).or_default();
                    tally.thanks += 1;
                    tally.thanks_months.insert(month);
                }
                _ => {}
            }
        }
        if !tallies.is_empty() {
            let has_keys = |entry: &&Entry| matches!(entry.doing(), Doing::Did(Merged | Released | Moderated));
            past.filter(has_keys).for_each(|entry| drop(tallies.remove(&entry.place())));
        }
        tallies
    }

    fn is_ready(&self, person: u32, place: &str, tally: &Tally) -> Option<Ready> {
        let rules = &self.settings.levels;
        let months = rules.keys_months as usize;
        let done = tally.changes + tally.reviews;
        let ready = |done: u32, why: String| Ready { person, place: place.to_owned(), done, why };
        if done >= rules.keys_changes && tally.work_months.len() >= months {
            let why = format!(
                "{} and {} in {} of the last twelve months, and never merged or released anything there",
                count(tally.changes, "change"),
                count(tally.reviews, "review"),
                tally.work_months.len()
            );
            return Some(ready(done, why));
        }
        let thanked = tally.thanks >= rules.keys_thanks && tally.thanks_months.len() >= months;
        thanked.then(|| {
            let why = format!(
                "thanked for {} in {} of the last twelve months, and never seen to moderate there",
                count(tally.thanks, "answer"),
                tally.thanks_months.len()
            );
            ready(tally.thanks, why)
        })
    }
}
