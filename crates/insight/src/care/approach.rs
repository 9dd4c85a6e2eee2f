//! Whom to approach, and why: those who ask much and well, those who answer without having been asked, those who complain
//! and care.

use model::time::DAY;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Circle, sayings};
use crate::columns::{Conversations, Doing, Entry, State};
use crate::details::Details;
use crate::people::{Level, MONTH, YEAR, place_name};
use crate::views::{ApproachList, Approached, ToApproach};
use crate::words::count;
use crate::{Community, Result};

mod complaints;

/// People kept of each reason, since some do not want to be asked, and shown.
const KEPT: usize = 60;
const SHOWN: usize = 12;
/// Conversations shown as evidence for one person.
const EVIDENCE: usize = 3;
/// Who asked so many questions in a year asks much; who came back to so many of them, and at least so often in a hundred,
/// asks well.
const ASKED: usize = 4;
const CAME_BACK: (usize, usize) = (2, 40);
/// Who answered so many in a year, so many of them with thanks or without asking anything themselves, is known to those who
/// ask there.
const ANSWERED: (usize, usize) = (6, 2);
/// Who complained in so many conversations of a year, and was there in so many of its months, cares.
const COMPLAINED: usize = 2;
const MONTHS: usize = 4;
/// Less than one complaint in so many conversations says nothing.
const SELDOM: usize = 10;
/// Whoever was approached in these days is left in peace.
const PEACE: i64 = 180 * DAY;
/// Times that somebody was approached, shown.
const TOLD: usize = 50;

/// Why somebody could be approached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Answers much, is thanked for it, and nobody ever asked them to.
    AnswersUnasked,
    /// Asks much, and says afterwards what helped.
    AsksWell,
    /// Complains, and stays.
    ComplainsAndCares,
}

/// Somebody who could be approached, before the desk is asked.
#[derive(Debug)]
pub(crate) struct Found {
    person: u32,
    reason: Reason,
    /// What more of comes first.
    weight: [usize; 3],
    why: Vec<String>,
    /// The only place where they were.
    only: Option<String>,
    /// Rows of conversations, the latest first.
    evidence: Vec<u32>,
}

/// What somebody did in a year.
#[derive(Debug, Default)]
struct Year {
    /// Rows, the latest first; each once in what was helped with.
    asked: Vec<u32>,
    helped: Vec<u32>,
    months: [bool; 12],
    places: Vec<u32>,
    /// What else they gave.
    gave: usize,
}

impl Reason {
    /// Every reason, in the order of the lists.
    pub const ALL: &'static [Reason] = &[Reason::AnswersUnasked, Reason::AsksWell, Reason::ComplainsAndCares];

    /// As it is written in addresses and twins.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::AnswersUnasked => "answers_unasked",
            Reason::AsksWell => "asks_well",
            Reason::ComplainsAndCares => "complains_and_cares",
        }
    }
}

impl Year {
    fn of(entries: &[Entry], now: i64) -> Year {
        let mut year = Year::default();
        let past = entries.iter().filter(|entry| entry.time() <= now && entry.doing().takes_part());
        for entry in past.take_while(|entry| entry.time() > now.saturating_sub(YEAR)) {
            let month = usize::try_from((now - entry.time()) / MONTH).unwrap_or_default();
            year.months[month.min(11)] = true;
            if !year.places.contains(&entry.place()) {
                year.places.push(entry.place());
            }
            match (entry.doing(), entry.conversation()) {
                (Doing::Asked, Some(row)) => year.asked.push(row),
                (Doing::Helped, Some(row)) if !year.helped.contains(&row) => year.helped.push(row),
                (doing, None) if doing.gives() => year.gave += 1,
                _ => {}
            }
        }
        year
    }

    fn months(&self) -> usize {
        self.months.iter().filter(|month| **month).count()
    }
}

impl Community {
    /// Whom to approach and why, and what came of it where somebody was.
    pub fn approach(&self) -> Result<ApproachList> {
        self.settle(self.approach_list())
    }

    fn approach_list(&self) -> Result<ApproachList> {
        let circle = self.circle()?;
        let now = circle.moment.now;
        let found = self.care.approach.get(now, || self.find_approachable(now))?;
        let clock = self.clock();
        let at_peace = |person: u32| {
            let told = circle.approaches.get(&person).into_iter().flatten();
            told.into_iter().any(|one| one.at > clock.saturating_sub(PEACE))
        };
        let mut shown: Vec<&Found> = Vec::new();
        for reason in Reason::ALL {
            let asked = |person: u32| circle.moment.asks.contains_key(self.people.ids[person as usize].as_str());
            let fits = |one: &&Found| {
                one.reason == *reason
                    && self.is_open_to(one.person, &circle)
                    && !at_peace(one.person)
                    && !(*reason == Reason::AnswersUnasked && asked(one.person))
                    // Once is enough: nobody is on two lists.
                    && !shown.iter().any(|other| other.person == one.person)
            };
            let mut fitting: Vec<&Found> = found.iter().filter(fits).collect();
            // What is sure comes first.
            fitting.sort_by_key(|one| circle.is_unsure(one));
            shown.extend(fitting.into_iter().take(SHOWN));
        }
        let details = self.details(shown.iter().flat_map(|one| one.evidence.iter().copied()))?;
        let views = shown.iter().filter_map(|one| self.to_approach(one, &circle, &details).transpose());
        Ok(ApproachList { as_of: now, people: views.collect::<Result<_>>()?, approached: self.approached(&circle) })
    }

    fn approached(&self, circle: &Circle) -> Vec<Approached> {
        let told = circle.approaches.iter().flat_map(|(person, all)| all.iter().map(move |one| (*person, one)));
        let mut told: Vec<_> = told.collect();
        told.sort_by(|(_, a), (_, b)| (b.at, &b.name).cmp(&(a.at, &a.name)));
        told.truncate(TOLD);
        let view = |(person, one)| Some(Approached { person: self.person_ref(person)?, approach: Clone::clone(one) });
        told.into_iter().filter_map(view).collect()
    }

    fn to_approach(&self, one: &Found, circle: &Circle, details: &Details<'_>) -> Result<Option<ToApproach>> {
        let Some(person) = self.person_ref(one.person) else { return Ok(None) };
        let evidence: Vec<_> = one.evidence.iter().map(|row| details.conversation(*row)).collect();
        let title = evidence.first().map(|conversation| conversation.title.as_str());
        let say = match one.reason {
            Reason::AnswersUnasked => {
                sayings::answers_unasked(title, one.only.as_deref().unwrap_or("so many subjects"))
            }
            Reason::AsksWell => {
                let next = self.next_asks(one.person, &circle.moment)?.into_iter().next();
                sayings::asks_well(title, next.as_ref().map(|next| next.conversation.title.as_str()))
            }
            Reason::ComplainsAndCares => sayings::complains_and_cares(title),
        };
        let before = circle.approaches.get(&one.person).cloned().unwrap_or_default();
        let mut why = one.why.clone();
        if circle.is_unsure(one) {
            why.push("somebody elsewhere may be the same person: decide that first".to_owned());
        }
        Ok(Some(ToApproach { person, reason: one.reason, why, say, evidence, before }))
    }

    fn find_approachable(&self, now: i64) -> Result<Vec<Found>> {
        let (lives, ranks) = (self.lives()?, self.ranks(now)?);
        let complaints = self.complaints(now)?;
        let mut found: Vec<Found> = Vec::new();
        for person in (0..self.people.len() as u32).filter(|person| !self.people.is_bot(*person)) {
            let year = Year::of(lives.of(person), now);
            let complained = complaints.get(&person).map(Vec::as_slice).unwrap_or_default();
            if year.asked.len() + year.helped.len() + complained.len() < COMPLAINED {
                continue;
            }
            let only = match year.places.as_slice() {
                [one] if lives.places.len() > 1 => Some(place_name(lives.places.get(*one))),
                _ => None,
            };
            let all = [
                answers_unasked(&self.conversations, person, &year, only, lives.places.len()),
                asks_well(&self.conversations, person, &year).filter(|_| ranks.level(person) < Level::Core),
                complains_and_cares(person, &year, complained),
            ];
            found.extend(all.into_iter().flatten());
        }
        found.sort_by_key(|one| (one.reason, std::cmp::Reverse(one.weight), one.person));
        let mut counts = FxHashMap::<Reason, usize>::default();
        found.retain(|one| {
            let count = counts.entry(one.reason).or_default();
            *count += 1;
            *count <= KEPT
        });
        Ok(found)
    }
}

impl Circle {
    /// Whether somebody of whom it is said that they are in one place only may be in another under another name.
    fn is_unsure(&self, one: &Found) -> bool {
        one.only.is_some() && self.unsure.contains(&one.person)
    }
}

fn answers_unasked(
    conversations: &Conversations,
    person: u32,
    year: &Year,
    only: Option<String>,
    places: usize,
) -> Option<Found> {
    // Where there is only one place at all, being nowhere else says nothing.
    if only.is_none() && places > 1 {
        return None;
    }
    let thanked: Vec<u32> =
        year.helped.iter().filter(|row| conversations.thanked(**row).contains(&person)).copied().collect();
    // Who answers and never asks is somebody whom nobody ever spoke to.
    let only_answers = year.asked.is_empty();
    if year.helped.len() < ANSWERED.0 || (thanked.len() < ANSWERED.1 && !only_answers) || year.gave > 0 {
        return None;
    }
    let mut why = vec![format!(
        "answered {} in the last year, {} of them with thanks",
        count(year.helped.len() as u32, "question"),
        thanked.len()
    )];
    why.extend(only.as_ref().map(|place| format!("only on {place}, as far as is known")));
    why.extend(only_answers.then(|| "asked nothing themselves in that time".to_owned()));
    let weight = [usize::from(only_answers), thanked.len(), year.helped.len()];
    let others = year.helped.iter().filter(|row| !thanked.contains(row)).copied();
    let evidence = thanked.iter().copied().chain(others).take(EVIDENCE).collect();
    Some(Found { person, reason: Reason::AnswersUnasked, weight, why, only, evidence })
}

fn asks_well(conversations: &Conversations, person: u32, year: &Year) -> Option<Found> {
    let solved: Vec<u32> =
        year.asked.iter().filter(|row| conversations.state[**row as usize] == State::Resolved).copied().collect();
    let asks_well = solved.len() >= CAME_BACK.0 && solved.len() * 100 >= CAME_BACK.1 * year.asked.len();
    // Who answers others already needs no invitation to it.
    if year.asked.len() < ASKED || !asks_well || year.helped.len() * 3 > year.asked.len() || year.gave > 0 {
        return None;
    }
    let answered = match year.helped.len() {
        0 => "has not answered anybody yet".to_owned(),
        more => format!("answered {} of others", count(more as u32, "question")),
    };
    let why = vec![
        format!(
            "asked {} in the last year, and said in {} what helped",
            count(year.asked.len() as u32, "question"),
            solved.len()
        ),
        answered,
    ];
    let weight = [0, solved.len(), year.asked.len()];
    let evidence = solved.into_iter().take(EVIDENCE).collect();
    Some(Found { person, reason: Reason::AsksWell, weight, why, only: None, evidence })
}

fn complains_and_cares(person: u32, year: &Year, complained: &[u32]) -> Option<Found> {
    // Whoever helps all day long has a bad day now and then: that is no message.
    let seldom = complained.len() * SELDOM < year.asked.len() + year.helped.len();
    if complained.len() < COMPLAINED || year.months() < MONTHS || seldom {
        return None;
    }
    let mut why = vec![
        format!("complained in {} in the last year", count(complained.len() as u32, "conversation")),
        format!("was there in {} of its months", year.months()),
    ];
    if !year.helped.is_empty() {
        why.push(format!("helped with {}", count(year.helped.len() as u32, "question")));
    }
    let weight = [0, complained.len(), year.months()];
    let evidence = complained.iter().take(EVIDENCE).copied().collect();
    Some(Found { person, reason: Reason::ComplainsAndCares, weight, why, only: None, evidence })
}
