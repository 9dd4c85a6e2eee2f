//! Whom to thank: people who in the last fourteen days were thanked or accepted, or did something
//! for the first time. One entry per person, so that the one who does everything fills one line.

use std::collections::BTreeSet;

use model::ActivityKind;
use model::time::DAY;
use rustc_hash::FxHashMap;

use crate::Community;
use crate::columns::{Contributions, Recent};
use crate::details::Details;
use crate::views::ToThank;
use crate::words::count;

/// People shown.
const SHOWN: usize = 10;
/// How far back, in days.
const BACK: i64 = 14;
/// Conversations shown as evidence for one person.
const EVIDENCE: usize = 3;
/// A first time counts as much as being thanked so often: it decides whether somebody stays.
const FIRST: usize = 2;
/// Being thanked more often than this does not move anybody further up.
const OFTEN: usize = 3;

/// What one person did.
#[derive(Debug, Default)]
pub(crate) struct Deed {
    person: u32,
    last: i64,
    /// Rows of conversations in which they were thanked or accepted.
    thanked: BTreeSet<u32>,
    /// Rows of questions of others in which they wrote.
    answered: BTreeSet<u32>,
    is_first_answer: bool,
    /// The source of a first commit, of a first review.
    first_commit: Option<String>,
    first_review: Option<String>,
}

impl Community {
    /// Those to thank, first times and often thanked ones first.
    pub(crate) fn to_thank(&self, recent: &Recent, contributions: &Contributions, now: i64) -> Vec<Deed> {
        let from = now.saturating_sub(BACK * DAY);
        let mut deeds = FxHashMap::<u32, Deed>::default();
        self.add_helping(recent, from, &mut deeds);
        add_first_work(contributions, from, &mut deeds);
        let mut deeds: Vec<Deed> = deeds
            .into_iter()
            .map(|(person, deed)| Deed { person, ..deed })
            .filter(|deed| deed.weight() > 0 && !self.people.is_bot(deed.person))
            .collect();
        deeds.sort_by_key(|deed| (std::cmp::Reverse((deed.weight(), deed.last)), deed.person));
        deeds.truncate(SHOWN);
        deeds
    }

    fn add_helping(&self, recent: &Recent, from: i64, deeds: &mut FxHashMap<u32, Deed>) {
        for said in recent.since(from) {
            let (row, person) = (said.conversation, said.person);
            let thanked = self.conversations.thanked(row).contains(&person);
            let answered =
                self.conversations.question[row as usize] && self.conversations.helpers(row).contains(&person);
            if thanked || answered {
                let deed = deeds.entry(person).or_default();
                deed.last = deed.last.max(said.time);
                deed.thanked.extend(thanked.then_some(row));
                deed.answered.extend(answered.then_some(row));
            }
        }
        for (person, deed) in deeds {
            // All the questions they ever wrote in are these.
            let ever = self.people.helped.get(*person as usize).copied().unwrap_or_default();
            deed.is_first_answer = !deed.answered.is_empty() && ever <= deed.answered.len() as i64;
        }
    }

    /// A deed as it is shown.
    pub(crate) fn thanks(&self, deed: &Deed, details: &Details<'_>) -> Option<ToThank> {
        Some(ToThank {
            person: self.person_ref(deed.person)?,
            why: deed.why(details),
            evidence: deed.evidence().map(|row| details.conversation(row)).collect(),
        })
    }
}

fn add_first_work(contributions: &Contributions, from: i64, deeds: &mut FxHashMap<u32, Deed>) {
    for did in contributions.recent.iter().filter(|did| did.time > from) {
        let (firsts, first_commit) = match did.kind {
            ActivityKind::Authored | ActivityKind::CoAuthored => (&contributions.commits, true),
            ActivityKind::Reviewed => (&contributions.reviews, false),
            _ => continue,
        };
        if firsts.get(did.person as usize).copied().flatten() != Some(did.time) {
            continue;
        }
        let deed = deeds.entry(did.person).or_default();
        deed.last = deed.last.max(did.time);
        let source = contributions.places.get(did.place).0.to_owned();
        let first = if first_commit { &mut deed.first_commit } else { &mut deed.first_review };
        *first = Some(source);
    }
}

impl Deed {
    fn weight(&self) -> usize {
        let firsts = [self.is_first_answer, self.first_commit.is_some(), self.first_review.is_some()];
        FIRST * firsts.into_iter().filter(|first| *first).count() + self.thanked.len().min(OFTEN)
    }

    /// Rows of conversations it rests on.
    pub(crate) fn evidence(&self) -> impl Iterator<Item = u32> {
        let first_answer = self.answered.iter().filter(|row| self.is_first_answer && !self.thanked.contains(row));
        self.thanked.iter().chain(first_answer).copied().take(EVIDENCE)
    }

    fn why(&self, details: &Details<'_>) -> String {
        let accepted = |row: &u32| details.get(*row).is_some_and(|detail| detail.accepted.is_some());
        let thanked = match self.thanked.len() {
            0 => None,
            1 if self.thanked.iter().any(accepted) => Some("had an answer accepted".to_owned()),
            1 => Some("was thanked for an answer".to_owned()),
            more => Some(format!("was thanked or accepted in {}", count(more as u32, "conversation"))),
        };
        let answer = self.is_first_answer.then(|| "gave a first answer".to_owned());
        let commit = self.first_commit.as_ref().map(|source| format!("made a first commit to {source}"));
        let review = self.first_review.as_ref().map(|source| format!("did a first review in {source}"));
        [answer, commit, review, thanked].into_iter().flatten().collect::<Vec<_>>().join(" and ")
    }
}
