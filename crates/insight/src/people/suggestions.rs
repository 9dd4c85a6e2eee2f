//! The queue of suggestions: who may be who, for a person to decide.

use super::entries;
use super::pending::Decided;
use crate::columns::{Entry, Suggested, known};
use crate::views::{PersonSide, SuggestionLine, SuggestionPair, SuggestionQueue};
use crate::{Community, Result};

/// Shown of each side.
const CHANNELS: usize = 5;
const AREAS: usize = 6;
const RECENT: usize = 5;

/// Which suggestions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SuggestionAsk {
    /// The pair to show (ids of people); the first that waits if none is given.
    pub pair: Option<(String, String)>,
    /// Words that must all be in the name of one of the two.
    pub name: Option<String>,
    /// One of the reasons, whole.
    pub reason: Option<String>,
    /// Whether who asks may see addresses.
    pub addresses: bool,
    /// Pass over so many lines.
    pub offset: usize,
    /// List at most so many lines.
    pub limit: usize,
}

impl Community {
    /// What waits to be decided, and one pair with all that helps. A pair that nothing suggests is shown as well; one of
    /// people who are one already, or of whom one is unknown, is not.
    pub fn suggestion_queue(&self, ask: &SuggestionAsk) -> Result<SuggestionQueue> {
        self.settle(self.queue_of_suggestions(ask))
    }

    fn queue_of_suggestions(&self, ask: &SuggestionAsk) -> Result<SuggestionQueue> {
        let (all, roster) = (self.suggested()?, self.roster()?);
        let decided = self.decided_people(self.desk()?.as_ref())?;
        let waiting: Vec<&Suggested> = all.iter().filter(|pair| !decided.is_settled(pair.one, pair.other)).collect();
        let words: Vec<String> =
            ask.name.iter().flat_map(|name| name.split_whitespace()).map(str::to_lowercase).collect();
        let called = |person: u32| roster.called.get(person as usize).map_or("", |called| called);
        let fits = |pair: &&&Suggested| {
            let named = |person: u32| words.iter().all(|word| called(person).contains(word.as_str()));
            (words.is_empty() || named(pair.one) || named(pair.other))
                && ask.reason.as_ref().is_none_or(|wanted| pair.reasons.iter().any(|reason| **reason == **wanted))
        };
        let fitting: Vec<&Suggested> = waiting.iter().filter(fits).copied().collect();
        let pair = match &ask.pair {
            Some((one, other)) => self.pair_of(one, other, &all),
            None => fitting.first().map(|pair| (*pair).clone()),
        };
        let shown = fitting.iter().skip(ask.offset).take(ask.limit);
        Ok(SuggestionQueue {
            total: all.len() as u64,
            decided: (all.len() - waiting.len()) as u64,
            pair: pair.map(|pair| self.suggestion_pair(&pair, &decided, ask.addresses)).transpose()?.flatten(),
            waiting: shown.filter_map(|pair| self.suggestion_line(pair)).collect(),
            fitting: fitting.len() as u64,
        })
    }

    fn pair_of(&self, one: &str, other: &str, all: &[Suggested]) -> Option<Suggested> {
        let (one, other) = (self.people.find(one)?, self.people.find(other)?);
        let is = |pair: &&Suggested| (pair.one, pair.other) == (one, other) || (pair.other, pair.one) == (one, other);
        let made_up = Suggested { one, other, score: 0.0, reasons: Box::default(), against: Box::default() };
        (one != other).then(|| all.iter().find(is).cloned().unwrap_or(made_up))
    }

    fn suggestion_line(&self, pair: &Suggested) -> Option<SuggestionLine> {
        let texts = |texts: &[Box<str>]| texts.iter().map(|text| text.to_string()).collect();
        Some(SuggestionLine {
            one: self.person_ref(pair.one)?,
            other: self.person_ref(pair.other)?,
            // To the percent: more would say more than is known.
            score: (f64::from(pair.score) * 100.0).round() / 100.0,
            reasons: texts(&pair.reasons),
            against: texts(&pair.against),
        })
    }

    fn suggestion_pair(&self, pair: &Suggested, decided: &Decided, addresses: bool) -> Result<Option<SuggestionPair>> {
        let sides = [self.side(pair.one, addresses)?, self.side(pair.other, addresses)?];
        let (Some(line), [Some(one), Some(other)]) = (self.suggestion_line(pair), sides) else { return Ok(None) };
        let locked = decided.is_locked(pair.one) || decided.is_locked(pair.other);
        Ok(Some(SuggestionPair { line, sides: [one, other], locked }))
    }

    fn side(&self, person: u32, addresses: bool) -> Result<Option<PersonSide>> {
        let Some(reference) = self.person_ref(person) else { return Ok(None) };
        let (lives, roster, ranks) = (self.lives()?, self.roster()?, self.ranks(self.now().time)?);
        let accounts = self.accounts(person, addresses)?;
        let mut names: Vec<String> = Vec::new();
        for name in accounts.iter().filter_map(|account| account.name.as_ref()) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        let entries = lives.of(person);
        let mut recent: Vec<u32> = Vec::new();
        for row in entries.iter().filter_map(Entry::conversation) {
            if recent.len() < RECENT && !recent.contains(&row) {
                recent.push(row);
            }
        }
        let titles = self.titles()?;
        let counts = roster.counts.get(person as usize).copied().unwrap_or_default();
        let areas = roster.knows_of(person).iter().take(AREAS);
        Ok(Some(PersonSide {
            person: reference,
            bot: self.people.is_bot(person),
            level: ranks.level(person),
            names,
            accounts,
            channels: entries::channels(&lives, person, CHANNELS),
            first_seen: known(self.people.first_seen[person as usize]),
            last_seen: known(self.people.last_seen[person as usize]),
            messages: counts.messages.into(),
            activities: counts.activities.into(),
            knows: areas.map(|knows| roster.areas.get(knows.area).to_owned()).collect(),
            organizations: self.affiliations(person)?.into_iter().map(|stay| stay.organization).collect(),
            recent: recent.iter().map(|row| self.conversation_ref(*row, &titles)).collect(),
            hours: entries::hours(entries),
        }))
    }
}
