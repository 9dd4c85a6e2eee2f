//! What the community is not on: people who are active in one place and unknown in the others.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Circle;
use crate::people::YEAR;
use crate::views::{ApartSource, ApartView, SharedSource, UnheardPerson};
use crate::words::count;
use crate::{Community, Result};

/// Sources told apart at most: one bit each.
const SOURCES: usize = 64;
/// Who did so often something in one place is somebody there.
const SOMEBODY: u32 = 6;
/// People shown of each source, and kept, since some do not want to be asked.
const SHOWN: usize = 5;
const KEPT: usize = 40;

/// Somebody who is in one source only.
#[derive(Debug, Clone, Copy)]
struct Only {
    person: u32,
    did: u32,
    gave: u32,
}

impl Community {
    /// Who is active in one source and unknown in the others.
    pub(super) fn apart(&self, circle: &Circle) -> Result<ApartView> {
        let now = circle.moment.now;
        let made = self.care.apart.get(now, || self.make_apart(now))?;
        let (only, mut view) = (&made.1, ApartView::clone(&made.0));
        for (source, only) in view.sources.iter_mut().zip(only) {
            source.unsure = only.iter().filter(|person| circle.unsure.contains(person)).count() as u64;
            source.known_here.retain(|one| {
                let person = self.people.find(&one.person.id);
                person.is_some_and(|person| !circle.unsure.contains(&person) && self.is_open_to(person, circle))
            });
            source.known_here.truncate(SHOWN);
        }
        Ok(view)
    }

    fn make_apart(&self, now: i64) -> Result<(ApartView, Vec<Vec<u32>>)> {
        let (lives, ranks) = (self.lives()?, self.ranks(now)?);
        let mut numbers = BTreeMap::<&str, usize>::new();
        let mut source_of = Vec::new();
        for (source, _) in lives.places.all() {
            let next = numbers.len();
            source_of.push(*numbers.entry(source).or_insert(next));
        }
        let sources = numbers.len().min(SOURCES);
        // By the source and another: who is in both. A source and itself: who is there.
        let mut shared = vec![vec![0_u64; sources]; sources];
        let mut only: Vec<Vec<Only>> = vec![Vec::new(); sources];
        let mut only_here: Vec<Vec<u32>> = vec![Vec::new(); sources];
        for person in (0..self.people.len() as u32).filter(|person| !self.people.is_bot(*person)) {
            let (mut there, mut did, mut gave) = (0_u64, 0, 0);
            let past = lives.of(person).iter().filter(|entry| entry.time() <= now && entry.doing().takes_part());
            for entry in past.take_while(|entry| entry.time() > now.saturating_sub(YEAR)) {
                let Some(source) = source_of.get(entry.place() as usize).filter(|source| **source < SOURCES) else {
                    continue;
                };
                there |= 1 << source;
                did += entry.times();
                gave += u32::from(entry.doing().gives());
            }
            let here: Vec<usize> = (0..sources).filter(|source| there & (1 << source) != 0).collect();
            here.iter().for_each(|one| here.iter().for_each(|other| shared[*one][*other] += 1));
            if let [one] = here.as_slice() {
                only_here[*one].push(person);
                if did >= SOMEBODY {
                    only[*one].push(Only { person, did, gave });
                }
            }
        }
        let names: BTreeMap<usize, &str> = numbers.iter().map(|(name, number)| (*number, *name)).collect();
        let name = |number: usize| names.get(&number).copied().unwrap_or_default().to_owned();
        let mut views = Vec::new();
        for source in (0..sources).filter(|source| shared[*source][*source] > 0) {
            let others = (0..sources).filter(|other| *other != source && shared[*other][*other] > 0);
            let mut with: Vec<SharedSource> =
                others.map(|other| SharedSource { source: name(other), people: shared[source][other] }).collect();
            with.sort_by(|a, b| (b.people, &a.source).cmp(&(a.people, &b.source)));
            let mut known = std::mem::take(&mut only[source]);
            known.sort_by_key(|one| (Reverse((one.gave, one.did)), one.person));
            let person = |one: &Only| {
                let why = vec![format!(
                    "did something there {} in the last year, {} of it for others or the project",
                    count(one.did, "time"),
                    one.gave
                )];
                Some(UnheardPerson { person: self.person_ref(one.person)?, level: ranks.level(one.person), why })
            };
            let view = ApartSource {
                source: name(source),
                people: shared[source][source],
                only_here: only_here[source].len() as u64,
                unsure: 0,
                // Where there is only one source, nobody can be anywhere else.
                known_here: if with.is_empty() {
                    Vec::new()
                } else {
                    known.iter().take(KEPT).filter_map(person).collect()
                },
                shared: with,
            };
            views.push((view, std::mem::take(&mut only_here[source])));
        }
        views.sort_by(|(a, _), (b, _)| (b.people, &a.source).cmp(&(a.people, &b.source)));
        let (sources, only) = views.into_iter().unzip();
        Ok((ApartView { sources }, only))
    }
}
