//! Not the usual suspects: whom discussions and asks keep hearing from, and who takes part and was never asked.

use rustc_hash::FxHashMap;

use crate::columns::{Entry, NOBODY};
use crate::people::{Level, MONTH, YEAR, place_name};
use crate::views::{CareView, DeskVoice, UnheardPerson, UnheardView, VoiceView};
use crate::words::count;
use crate::{Community, Result};

/// How far back discussions and asks are counted.
const BACK: i64 = 2 * YEAR;
/// A discussion has so many people at least: with fewer nothing is decided.
const PEOPLE: usize = 3;
/// What the titles of discussions say in which something is to be decided.
const TITLES: [&str; 12] = [
    "rfc",
    "proposal",
    "propose",
    "discussion",
    "vote",
    "poll",
    "survey",
    "roadmap",
    "decision",
    "decide",
    "feedback",
    "should we",
];
/// Whoever takes part did something in so many months of the last twelve, or gave so often.
const MONTHS: usize = 4;
const GAVE: u32 = 6;
/// Shown of each.
const VOICES: usize = 10;
const NEVER: usize = 20;
const LATEST: usize = 5;
/// The desk's last steps that are looked at.
const STEPS: usize = 500;

/// Who took part in discussions, and who takes part at all.
#[derive(Debug, Default)]
pub(crate) struct Talks {
    /// Rows, the latest first.
    rows: Vec<u32>,
    /// In how many each took part, most first.
    people: Vec<(u32, u32)>,
    /// Those who take part in the community, who does most first: months, what they gave, and where they are most.
    active: Vec<(u32, usize, u32, u32)>,
}

impl Community {
    /// Whom to relieve, and whom to ask how they are.
    pub fn care(&self) -> Result<CareView> {
        self.settle(self.circle().and_then(|circle| {
            Ok(CareView { as_of: circle.moment.now, heavy: self.heavy(&circle)?, quiet: self.quiet(&circle)? })
        }))
    }

    /// Whom discussions and asks keep hearing from, who was never asked, and who is known in one place only.
    pub fn unheard(&self) -> Result<UnheardView> {
        self.settle(self.unheard_view())
    }

    fn unheard_view(&self) -> Result<UnheardView> {
        let circle = self.circle()?;
        let now = circle.moment.now;
        let talks = self.care.heard.get(now, || self.find_talks(now))?;
        let from = now.saturating_sub(BACK);
        let asked = |person: u32| {
            let times = circle.moment.asks.get(self.people.ids[person as usize].as_str());
            times.into_iter().flatten().filter(|time| **time > from).count() as u32
        };
        let approached = |person: u32| circle.approaches.get(&person).map_or(0, |all| all.len() as u32);
        let took_part: FxHashMap<u32, u32> = talks.people.iter().copied().collect();
        let mut voices = took_part.clone();
        for person in circle.approaches.keys().copied() {
            voices.entry(person).or_default();
        }
        for id in circle.moment.asks.keys() {
            voices.entry(self.people.find_or_nobody(Some(id))).or_default();
        }
        let mut voices: Vec<(u32, u32)> = voices.into_iter().filter(|(person, _)| *person != NOBODY).collect();
        voices
            .sort_by_key(|(person, times)| (std::cmp::Reverse(*times + asked(*person) + approached(*person)), *person));
        let voice = |(person, discussions): &(u32, u32)| {
            let (asked, approached) = (asked(*person), approached(*person));
            Some(VoiceView { person: self.person_ref(*person)?, discussions: *discussions, asked, approached })
        };
        let never: Vec<_> = talks
            .active
            .iter()
            .filter(|(person, ..)| {
                !circle.unsure.contains(person)
                    && !took_part.contains_key(person)
                    && asked(*person) + approached(*person) == 0
                    && self.is_open_to(*person, &circle)
            })
            .collect();
        let titles = self.titles()?;
        Ok(UnheardView {
            as_of: now,
            from,
            discussions: talks.rows.len() as u64,
            latest: talks.rows.iter().take(LATEST).map(|row| self.conversation_ref(*row, &titles)).collect(),
            people: talks.people.len() as u64,
            half: half(&talks.people),
            voices: voices.iter().take(VOICES).filter_map(voice).collect(),
            desk: self.desk_voices()?,
            never_total: never.len() as u64,
            never: never
                .into_iter()
                .take(NEVER)
                .map(|one| self.never(one))
                .filter_map(Result::transpose)
                .collect::<Result<_>>()?,
            apart: self.apart(&circle)?,
        })
    }

    fn never(&self, (person, months, gave, place): &(u32, usize, u32, u32)) -> Result<Option<UnheardPerson>> {
        let (lives, ranks) = (self.lives()?, self.ranks(self.now().time)?);
        let Some(reference) = self.person_ref(*person) else { return Ok(None) };
        let mut why = vec![format!(
            "there in {months} of the last twelve months, most on {}",
            place_name(lives.places.get(*place))
        )];
        if *gave > 0 {
            why.push(format!("answered or added something {}", count(*gave, "time")));
        }
        Ok(Some(UnheardPerson { person: reference, level: ranks.level(*person), why }))
    }

    fn desk_voices(&self) -> Result<Vec<DeskVoice>> {
        let Some(desk) = self.desk()? else { return Ok(Vec::new()) };
        let mut counts = FxHashMap::<String, u64>::default();
        for step in desk.steps(STEPS)? {
            *counts.entry(step.who).or_default() += 1;
        }
        let mut voices: Vec<DeskVoice> = counts.into_iter().map(|(who, steps)| DeskVoice { who, steps }).collect();
        voices.sort_by(|a, b| (b.steps, &a.who).cmp(&(a.steps, &b.who)));
        voices.truncate(VOICES);
        Ok(voices)
    }

    fn find_talks(&self, now: i64) -> Result<Talks> {
        let (lives, ranks, titles) = (self.lives()?, self.ranks(now)?, self.titles()?);
        let conversations = &self.conversations;
        let (mut rows, mut people, mut room) = (Vec::new(), FxHashMap::<u32, u32>::default(), String::new());
        for row in 0..conversations.len() {
            let (opened, opener) = (conversations.opened[row as usize], conversations.openers[row as usize]);
            let helpers = conversations.helpers(row);
            if opened <= now.saturating_sub(BACK)
                || opened > now
                || helpers.len() + 1 < PEOPLE
                || self.people.is_bot(opener)
            {
                continue;
            }
            if is_discussion(titles.lower(row, &mut room)) {
                rows.push((opened, row));
                for person in helpers.iter().chain([&opener]).filter(|person| **person != NOBODY) {
                    *people.entry(*person).or_default() += 1;
                }
            }
        }
        rows.sort_unstable_by_key(|row| std::cmp::Reverse(*row));
        let mut people: Vec<(u32, u32)> = people.into_iter().collect();
        people.sort_by_key(|(person, times)| (std::cmp::Reverse(*times), *person));
        let humans = (0..self.people.len() as u32).filter(|person| !self.people.is_bot(*person));
        let mut active: Vec<_> = humans
            .filter_map(|person| {
                let (months, gave, place) = activity(lives.of(person), now)?;
                let part = months >= MONTHS || gave >= GAVE || (ranks.level(person) >= Level::Contributor && gave > 0);
                part.then_some((person, months, gave, place))
            })
            .collect();
        active.sort_by_key(|(person, months, gave, _)| (std::cmp::Reverse((*months, *gave)), *person));
        Ok(Talks { rows: rows.into_iter().map(|(_, row)| row).collect(), people, active })
    }
}

/// In how many of the last twelve months somebody took part, what they gave, and where they were most.
fn activity(entries: &[Entry], now: i64) -> Option<(usize, u32, u32)> {
    let (mut months, mut gave, mut places) = ([false; 12], 0, FxHashMap::<u32, u32>::default());
    let past = entries.iter().filter(|entry| entry.time() <= now && entry.doing().takes_part());
    for entry in past.take_while(|entry| entry.time() > now.saturating_sub(YEAR)) {
        let month = usize::try_from((now - entry.time()) / MONTH).unwrap_or_default();
        months[month.min(11)] = true;
        gave += u32::from(entry.doing().gives());
        *places.entry(entry.place()).or_default() += 1;
    }
    let most = places.into_iter().max_by_key(|(place, times)| (*times, std::cmp::Reverse(*place)))?;
    Some((months.into_iter().filter(|month| *month).count(), gave, most.0))
}

/// The fewest of those who took part (most first) who together make half.
fn half(people: &[(u32, u32)]) -> u64 {
    let all: u64 = people.iter().map(|(_, times)| u64::from(*times)).sum();
    let mut sum = 0;
    let before_half = |(_, times): &&(u32, u32)| {
        let before = sum;
        sum += u64::from(*times);
        before * 2 < all
    };
    people.iter().take_while(before_half).count() as u64
}

/// Whether a title in lower case names a discussion, in whole words.
fn is_discussion(title: &str) -> bool {
    TITLES.iter().any(|wanted| {
        title.match_indices(wanted).any(|(at, _)| {
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            !letter(title[..at].chars().next_back()) && !letter(title[at + wanted.len()..].chars().next())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discussions_are_found_by_whole_words() {
        for (title, is) in [
            ("[dev] rfc: other defaults", true),
            ("should we drop python 2?", true),
            ("proposal", true),
            ("devoted users", false),
            ("pollen", false),
            ("how do i vote? ünvote", true),
            ("", false),
        ] {
            assert_eq!(is_discussion(title), is, "{title}");
        }
    }

    #[test]
    fn half_of_those_who_took_part() {
        assert_eq!(half(&[(0, 5), (1, 3), (2, 1), (3, 1)]), 1);
        assert_eq!(half(&[(0, 4), (1, 4), (2, 2)]), 2);
        assert_eq!(half(&[]), 0);
    }
}
