//! Who could help with a question, and why: those who helped with the like, or know its areas.
//!
//! A person's score is the sum over similar conversations they helped in, each weighed by how similar
//! it is, whether they were thanked there and how long ago it was; known areas add a little, recent
//! work on the code a little more. Whoever already carries much of the helping is put back mildly, so
//! that the one hero is not the answer to everything. Never suggested: the asker, bots, those who
//! asked not to be, those not seen for long.

use std::collections::BTreeSet;

use model::time::DAY;
use rustc_hash::FxHashMap;

use crate::alike::Alike;
use crate::columns::{Knows, NEVER, known};
use crate::details::Details;
use crate::moment::Moment;
use crate::views::Helper;
use crate::{Community, Result};

mod why;
pub(crate) use why::knows;

/// People suggested for one question.
const SHOWN: usize = 5;
/// People kept for one question, so that enough are left when the desk takes some out.
const KEPT: usize = 12;
/// Conversations shown as evidence for one person.
const EVIDENCE: usize = 3;
/// A conversation less similar than this share of the best one says nothing about who knows.
const SIMILAR_ENOUGH: f64 = 0.4;
/// Having been thanked or accepted counts for so many answers.
const THANKED: f64 = 2.0;
/// Writing in a conversation that was no question shows less than answering one.
const NO_QUESTION: f64 = 0.5;
/// After so long an answer counts half.
const HALF_LIFE: f64 = 365.0 * DAY as f64;
/// People not seen for so long (18 months) have most likely gone.
const GONE: i64 = 548 * DAY;
/// How strongly a share of all recent helping puts a person back: at a share of one half, to one half.
const CARRIES: f64 = 2.0;
/// Recent questions taken for granted when shares are made, so that the first answer of a quiet month is no load.
const QUIET: f64 = 10.0;
/// Whoever has less than this share of the best one's score is no suggestion.
const WEAK: f64 = 0.05;
/// What knowing an area adds, per e-fold of what they helped with: tags are narrow, words less so, a
/// channel is broad.
const AREAS: [(&str, f64); 3] = [("tag:", 0.15), ("word:", 0.1), ("channel:", 0.03)];

/// What is asked.
#[derive(Debug, Default)]
pub(crate) struct Question<'a> {
    /// Who asks, if known.
    pub(crate) asker: Option<u32>,
    /// Knowledge areas that it touches, as the table names them.
    pub(crate) areas: BTreeSet<String>,
    /// Answered conversations about the same, most similar first.
    pub(crate) alike: &'a [Alike],
}

/// Somebody who may know, before names and titles are looked up.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) person: u32,
    pub(crate) score: f64,
    pub(crate) why: Vec<String>,
    /// Rows of conversations, most similar first.
    pub(crate) evidence: Vec<u32>,
}

/// What speaks for one person.
#[derive(Debug, Default)]
struct Evidence {
    score: f64,
    /// Similar questions of others they answered.
    answered: u32,
    /// Similar conversations that were no questions.
    wrote_in: u32,
    /// Of both, those where they were thanked or accepted.
    thanked: u32,
    last: Option<i64>,
    conversations: Vec<u32>,
    /// The area that adds most, and what it adds.
    area: Option<(String, Knows, f64)>,
}

impl Community {
    /// Those who may know, likeliest first; more than are shown, the desk's wishes not yet heard.
    pub(crate) fn candidates(&self, question: &Question<'_>, now: i64) -> Result<Vec<Candidate>> {
        let mut people = FxHashMap::<u32, Evidence>::default();
        for alike in question.alike.iter().filter(|alike| alike.share >= SIMILAR_ENOUGH) {
            self.add_answers(alike, now, &mut people);
        }
        let knowledge = self.knowledge(now)?;
        for area in &question.areas {
            for knows in knowledge.area(area) {
                people.entry(knows.person).or_default().add_area(area, *knows, now);
            }
        }
        people.retain(|person, _| Some(*person) != question.asker && self.may_know(*person, now));
        let mut candidates = Vec::with_capacity(people.len());
        for (person, evidence) in people {
            candidates.push(self.candidate(person, evidence, now)?);
        }
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.person.cmp(&b.person)));
        candidates.truncate(KEPT);
        let best = candidates.first().map_or(0.0, |best| best.score);
        candidates.retain(|candidate| candidate.score >= WEAK * best);
        Ok(candidates)
    }

    fn add_answers(&self, alike: &Alike, now: i64, people: &mut FxHashMap<u32, Evidence>) {
        let row = alike.row;
        let question = self.conversations.question[row as usize];
        let last = self.conversations.latest(row);
        let weight = alike.share * recency(last, now) * if question { 1.0 } else { NO_QUESTION };
        for person in self.conversations.helpers(row) {
            let thanked = self.conversations.thanked(row).contains(person);
            let evidence = people.entry(*person).or_default();
            evidence.score += weight * if thanked { THANKED } else { 1.0 };
            evidence.answered += u32::from(question);
            evidence.wrote_in += u32::from(!question);
            evidence.thanked += u32::from(thanked);
            evidence.last = evidence.last.max(known(last));
            if evidence.conversations.len() < EVIDENCE {
                evidence.conversations.push(row);
            }
        }
    }

    /// Whether a person is there to be asked at all. In an archive, where nobody is, those count who
    /// were there when their sources ended.
    fn may_know(&self, person: u32, now: i64) -> bool {
        let of = |column: &[i64]| column.get(person as usize).copied().unwrap_or(NEVER);
        let now = if self.now().from_data { now.min(of(&self.conversations.heard)) } else { now };
        !self.people.is_bot(person) && of(&self.people.last_seen) > now.saturating_sub(GONE)
    }

    fn candidate(&self, person: u32, evidence: Evidence, now: i64) -> Result<Candidate> {
        let (helped, all) = self.recent(now)?.helping(person);
        let work = self.contributions(now)?.year(person);
        let active = 1.0 + 0.1 * f64::from(work.commits + work.reviews).ln_1p();
        let carried = 1.0 + CARRIES * f64::from(helped) / (f64::from(all) + QUIET);
        Ok(Candidate {
            person,
            score: evidence.score * active / carried,
            why: why::sentences(&evidence, work, (helped, all)),
            evidence: evidence.conversations,
        })
    }

    /// A candidate as it is shown.
    pub(crate) fn helper(&self, candidate: &Candidate, details: &Details<'_>) -> Option<Helper> {
        Some(Helper {
            person: self.person_ref(candidate.person)?,
            score: candidate.score,
            why: candidate.why.clone(),
            evidence: candidate.evidence.iter().map(|row| details.conversation(*row)).collect(),
        })
    }
}

/// The candidates to show: without those who asked not to be asked.
pub(crate) fn chosen(candidates: &[Candidate], community: &Community, moment: &Moment) -> Vec<Candidate> {
    let id = |candidate: &Candidate| community.people.ids[candidate.person as usize];
    let may = |candidate: &&Candidate| !moment.do_not_ask.contains(id(candidate).as_str());
    candidates.iter().filter(may).take(SHOWN).cloned().collect()
}

impl Evidence {
    fn add_area(&mut self, area: &str, knows: Knows, now: i64) {
        let weight = AREAS.iter().find(|(kind, _)| area.starts_with(kind)).map_or(0.0, |(_, weight)| *weight);
        let helped = f64::from(knows.answered) + (THANKED - 1.0) * f64::from(knows.thanked);
        let adds = weight * helped.ln_1p() * recency(knows.last, now);
        self.score += adds;
        if self.area.as_ref().is_none_or(|(_, _, best)| adds > *best) {
            self.area = Some((area.to_owned(), knows, adds));
        }
    }
}

/// What something that happened `then` counts `now`: 1 today, half after a year. What nobody knows the
/// time of counts as two years old.
fn recency(then: i64, now: i64) -> f64 {
    let age = known(then).map_or(2.0 * HALF_LIFE, |then| now.saturating_sub(then).max(0) as f64);
    (-age / HALF_LIFE).exp2()
}
