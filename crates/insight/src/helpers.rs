//! Who could help with a question, and why.
//!
//! Each kind of evidence gives everybody a share of the like helping that was theirs: of the conversations about
//! the same, of the knowledge areas that the question touches, of its channel, of all helping, of what was helped
//! this asker, of what was made (changes, reviews, pages, talks) about its areas. Old evidence fades. The shares
//! multiplied, each to a power that was learned from who did answer ([`WEIGHTS`]), say how likely a person is the one
//! who answers, of all who might. Spreading the load is a step of its own, after it ([`spread`]).
//!
//! Never suggested: the asker, bots, those who asked not to be, those not seen for long.

use std::sync::Arc;

use model::time::DAY;
use rustc_hash::FxHashMap;

use crate::alike::Alike;
use crate::columns::{Areas, Deed, Helped, Knowledge, Knows, Made, NEVER, SLOW, THANKED, Work, fading, known};
use crate::details::Details;
use crate::views::Helper;
use crate::{Community, Result};

mod spread;
mod why;
pub(crate) use spread::Suggested;
pub(crate) use why::knows;

/// People kept for one question, so that enough are left when the desk takes some out.
const KEPT: usize = 25;
/// Conversations shown as evidence for one person.
const EVIDENCE: usize = 3;
/// Conversations about the same that count, and those less similar than this share of the best one do not.
const MOST_ALIKE: usize = 60;
const SIMILAR_ENOUGH: f64 = 0.4;
/// Only the likest conversations say much: their likeness counts to this power.
const SHARPNESS: i32 = 3;
/// Writing in a conversation that was no question shows less than answering one.
const NO_QUESTION: f64 = 0.5;
/// People not seen for so long (18 months) have most likely gone.
const GONE: i64 = 548 * DAY;
/// Of those who help most overall, and in a channel, so many are looked at.
const LOOKED_AT: usize = 100;
/// Whoever has less than this share of the best one's score is no suggestion.
const WEAK: f64 = 0.03;

/// The kinds of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Helped with conversations about the same.
    Alike,
    /// Helped with its knowledge areas.
    Areas,
    /// Helped in its channel.
    Channel,
    /// Helped anybody.
    Anything,
    /// Helped this asker before.
    Asker,
    /// Made something about its knowledge areas.
    Work,
}

/// How many kinds there are.
pub(crate) const KINDS: usize = 6;

/// What each kind counts, in the order of [`Kind`]. Fitted to who answered the questions of two communities, a real one
/// and a simulated one of seed 11, the first six of ten questions each (the first of ten left out: nobody knew anything
/// then), rounded; what is measured (`cargo xtask eval --only who-knows`) comes after.
pub(crate) const WEIGHTS: [f64; KINDS] = [0.2, 0.14, 0.95, 0.05, 0.02, 0.1];
/// What everybody has of each share.
const FLOOR: f64 = 0.002;

/// What is asked.
#[derive(Debug, Default)]
pub(crate) struct Question<'a> {
    /// Its words.
    pub(crate) text: &'a str,
    /// Who asks, if known.
    pub(crate) asker: Option<u32>,
    /// The number of the channel it was asked in, if any.
    pub(crate) place: Option<u32>,
    /// Knowledge areas that it touches.
    pub(crate) areas: Vec<u32>,
    /// Conversations about the same, most similar first.
    pub(crate) alike: &'a [Alike],
    /// Set to see who would have been suggested then; only what had ended before counts.
    pub(crate) before: Option<i64>,
}

/// Somebody who may know, before names and titles are looked up.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) person: u32,
    /// How likely they answer, of all who might: 0 to 1.
    pub(crate) score: f64,
    /// The same by kind of evidence.
    pub(crate) shares: [f64; KINDS],
    pub(crate) why: Vec<String>,
    /// Questions like this one that they answered.
    pub(crate) answered: u32,
    /// Rows of conversations, most similar first.
    pub(crate) evidence: Vec<u32>,
}

/// Those who may know about one question, and what their wishes are held against.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shortlist {
    /// Likeliest first; more than are shown, the desk's wishes not yet heard.
    pub(crate) people: Vec<Candidate>,
    /// The names of the knowledge areas that the question touches.
    pub(crate) areas: Vec<String>,
    /// The language it is asked in, where that is sure.
    pub(crate) language: Option<text::Language>,
}

/// What speaks for one person.
#[derive(Debug, Default)]
struct Evidence {
    shares: [f64; KINDS],
    /// Similar questions of others they answered.
    answered: u32,
    /// Similar conversations that were no questions.
    wrote_in: u32,
    /// Of both, those where they were thanked or accepted.
    thanked: u32,
    last: Option<i64>,
    conversations: Vec<u32>,
    /// The area in which they did most, and what.
    area: Option<(u32, Knows)>,
    /// What they made about one of the areas: how often, when last.
    made: FxHashMap<(Made, u32), (u32, i64)>,
    /// Questions of this asker that they helped with.
    asker: u32,
}

/// What everybody's evidence is gathered from.
struct Gathering<'a> {
    community: &'a Community,
    question: &'a Question<'a>,
    now: i64,
    areas: Arc<Areas>,
    helped: Arc<Helped>,
    knowledge: Arc<Knowledge>,
    work: Arc<Work>,
    people: FxHashMap<u32, Evidence>,
}

impl Community {
    /// Those who may know.
    pub(crate) fn candidates(&self, question: &Question<'_>, now: i64) -> Result<Shortlist> {
        let (areas, helped, now) = (self.areas()?, self.helped()?, question.before.unwrap_or(now));
        let knowledge = match question.before {
            Some(before) => Arc::new(Knowledge::of(&self.conversations, &helped, &areas, before)),
            None => self.knowledge(now)?,
        };
        let work = self.work()?;
        let names = question.areas.iter().map(|area| areas.name(*area).to_owned()).collect();
        let people = FxHashMap::default();
        let mut gathering = Gathering { community: self, question, now, areas, helped, knowledge, work, people };
        gathering.alike();
        gathering.areas();
        gathering.everywhere();
        gathering.asker();
        gathering.work();
        Ok(Shortlist { people: gathering.done(), areas: names, language: text::language(question.text) })
    }

    /// A candidate as it is shown.
    pub(crate) fn helper(&self, suggested: &Suggested, details: &Details<'_>) -> Option<Helper> {
        let candidate = &suggested.candidate;
        Some(Helper {
            person: self.person_ref(candidate.person)?,
            score: suggested.score,
            why: candidate.why.clone(),
            moved: suggested.moved.clone(),
            unmoved_place: suggested.unmoved_place,
            evidence: candidate.evidence.iter().map(|row| details.conversation(*row)).collect(),
        })
    }
}

impl Gathering<'_> {
    fn add(&mut self, person: u32, kind: Kind, share: f64) -> &mut Evidence {
        let evidence = self.people.entry(person).or_default();
        evidence.shares[kind as usize] += share;
        evidence
    }

    /// Who had helped in a conversation, and when.
    fn helpers(&self, row: u32) -> impl Iterator<Item = (u32, i64)> {
        let before = self.question.before.unwrap_or(i64::MAX);
        self.helped.of(&self.community.conversations, row).filter(move |(_, when)| *when < before)
    }

    fn has_ended(&self, row: u32) -> bool {
        self.question.before.is_none_or(|before| self.community.conversations.latest(row) < before)
    }

    fn alike(&mut self) {
        let conversations = &self.community.conversations;
        let mut parts = Vec::new();
        let enough = self.question.alike.iter().filter(|alike| alike.share >= SIMILAR_ENOUGH);
        for alike in enough.take(MOST_ALIKE) {
            let row = alike.row;
            let question = if conversations.question[row as usize] { 1.0 } else { NO_QUESTION };
            let weight = alike.share.powi(SHARPNESS) * question;
            for (person, when) in self.helpers(row) {
                let thanked = self.has_ended(row) && conversations.thanked(row).contains(&person);
                let weight = weight * fading(when, self.now, SLOW) * if thanked { 1.0 + THANKED } else { 1.0 };
                parts.push((person, alike, thanked, when, weight));
            }
        }
        let whole = parts.iter().map(|(.., weight)| weight).sum::<f64>().max(f64::MIN_POSITIVE);
        for (person, alike, thanked, when, weight) in parts {
            let (question, last) = (conversations.question[alike.row as usize], known(when));
            let evidence = self.add(person, Kind::Alike, weight / whole);
            // What is said to be similar is what `ask` would show; the rest adds up, but proves nothing one by one.
            if alike.share < crate::ask::LEAST {
                continue;
            }
            evidence.answered += u32::from(question);
            evidence.wrote_in += u32::from(!question);
            evidence.thanked += u32::from(thanked);
            evidence.last = evidence.last.max(last);
            if evidence.conversations.len() < EVIDENCE {
                evidence.conversations.push(alike.row);
            }
        }
    }

    fn areas(&mut self) {
        let knowledge = self.knowledge.clone();
        let areas = &self.question.areas;
        let known: Vec<_> = areas.iter().filter(|area| !knowledge.area(**area).people().is_empty()).collect();
        let part = 1.0 / known.len().max(1) as f64;
        for area in known {
            let helping = knowledge.area(*area);
            for knows in helping.people() {
                let evidence = self.add(knows.person, Kind::Areas, part * f64::from(knows.share));
                if evidence.area.as_ref().is_none_or(|(_, best)| knows.share > best.share) {
                    evidence.area = Some((*area, *knows));
                }
            }
        }
    }

    fn everywhere(&mut self) {
        let knowledge = self.knowledge.clone();
        let channel = self.question.place.map(|place| knowledge.place(place));
        // What is asked nowhere, or where nobody has helped yet, is asked everywhere.
        let channel = channel.filter(|helping| !helping.people().is_empty()).unwrap_or(knowledge.all());
        for (helping, kind) in [(channel, Kind::Channel), (knowledge.all(), Kind::Anything)] {
            for knows in helping.people().iter().take(LOOKED_AT) {
                self.add(knows.person, kind, f64::from(knows.share));
            }
        }
    }

    fn asker(&mut self) {
        let Some(asker) = self.question.asker else { return };
        let conversations = &self.community.conversations;
        let mine = conversations.opened_by(asker).filter(|row| conversations.question[*row as usize]);
        let mut helped = FxHashMap::<u32, (u32, f64)>::default();
        for row in mine {
            for (person, when) in self.helpers(row) {
                let (count, sum) = helped.entry(person).or_default();
                (*count, *sum) = (*count + 1, *sum + fading(when, self.now, SLOW));
            }
        }
        let whole = helped.values().map(|(_, weight)| weight).sum::<f64>().max(f64::MIN_POSITIVE);
        for (person, (count, weight)) in helped {
            self.add(person, Kind::Asker, weight / whole).asker = count;
        }
    }

    fn work(&mut self) {
        let work = self.work.clone();
        let (question, now) = (self.question, self.now);
        let known: Vec<_> = question.areas.iter().filter(|area| !work.area(**area).is_empty()).collect();
        let part = 1.0 / known.len().max(1) as f64;
        for area in known {
            let then = |deed: &&Deed| question.before.is_none_or(|before| deed.time < before);
            let deeds: Vec<&Deed> = work.area(*area).iter().filter(then).collect();
            let weight = |deed: &Deed| fading(deed.time, now, SLOW);
            let whole = deeds.iter().map(|deed| weight(deed)).sum::<f64>().max(f64::MIN_POSITIVE);
            for deed in deeds {
                let share = part * weight(deed) / whole;
                let made =
                    self.add(deed.person, Kind::Work, share).made.entry((deed.made, *area)).or_insert((0, NEVER));
                *made = (made.0 + 1, made.1.max(deed.time));
            }
        }
    }

    fn done(mut self) -> Vec<Candidate> {
        let mut people = std::mem::take(&mut self.people);
        people.retain(|person, _| Some(*person) != self.question.asker && self.may_know(*person));
        // Whoever is known for one thing has a share of all helping too, if not among the first.
        for (person, evidence) in &mut people {
            let all = self.knowledge.person(*person).map_or(0.0, |knows| f64::from(knows.share));
            evidence.shares[Kind::Anything as usize] = all;
        }
        let mut scored: Vec<(u32, f64, Evidence)> =
            people.into_iter().map(|(person, evidence)| (person, likely(&evidence.shares), evidence)).collect();
        scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let whole = scored.iter().map(|(_, score, _)| score).sum::<f64>().max(f64::MIN_POSITIVE);
        let best = scored.first().map_or(0.0, |best| best.1);
        // Looking back, all are wanted: weights are learned from them.
        let (kept, weak) = if self.question.before.is_some() { (usize::MAX, 0.0) } else { (KEPT, WEAK * best) };
        let strong = scored.into_iter().take(kept).filter(|(_, score, _)| *score >= weak);
        let candidate = |(person, score, evidence): (u32, f64, Evidence)| Candidate {
            person,
            score: score / whole,
            shares: evidence.shares,
            why: self.sentences(person, &evidence),
            answered: evidence.answered,
            evidence: evidence.conversations,
        };
        let mut candidates: Vec<Candidate> = strong.map(candidate).collect();
        // Collecting takes over the room of everybody who was weighed, and thousands of these lists are remembered.
        candidates.shrink_to_fit();
        candidates
    }

    /// Whether a person is there to be asked at all. In an archive, where nobody is, those count who
    /// were there when their sources ended.
    fn may_know(&self, person: u32) -> bool {
        let community = self.community;
        let of = |column: &[i64]| column.get(person as usize).copied().unwrap_or(NEVER);
        // Looking back, what somebody did later is not known yet.
        if self.question.before.is_some() {
            let last = self.knowledge.person(person).map_or(NEVER, |knows| knows.last);
            return !community.people.is_bot(person) && last > self.now.saturating_sub(2 * GONE);
        }
        let heard = of(&community.conversations.heard);
        let now = if community.now().from_data { self.now.min(heard) } else { self.now };
        !community.people.is_bot(person) && of(&community.people.last_seen) > now.saturating_sub(GONE)
    }
}

/// How likely somebody is the one who answers, against others: the shares to the power of their [`WEIGHTS`],
/// multiplied (a conditional logit over their logarithms: D. McFadden 1974).
fn likely(shares: &[f64; KINDS]) -> f64 {
    shares.iter().zip(WEIGHTS).map(|(share, weight)| weight * (share + FLOOR).ln()).sum::<f64>().exp()
}
