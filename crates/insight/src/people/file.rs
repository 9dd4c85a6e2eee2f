//! Everything about one person, on one page.

use desk::{Desk, Preferences};

use super::{entries, level};
use crate::columns::Entry;
use crate::views::{NoteView, PersonFile, PreferencesView, TeamSide};
use crate::{Community, Result};

/// Channels and acquaintances shown.
const CHANNELS: usize = 20;
const CONNECTIONS: usize = 8;

/// Which part of what somebody did, and for whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonAsk {
    /// Only things of this kind, as [`crate::views::EntryView::kind`] says it.
    pub kind: Option<String>,
    /// Only of this UTC month, as `2024-05`.
    pub month: Option<String>,
    /// Pass over so many entries.
    pub offset: usize,
    /// List at most so many entries.
    pub limit: usize,
    /// Whether who asks is in the team: sees addresses, tags, notes and preferences.
    pub team: bool,
}

impl Community {
    /// A person by id, theirs or any of their identities'; `None` if there is none of that id.
    pub fn person_file(&self, id: &str, ask: &PersonAsk) -> Result<Option<PersonFile>> {
        let Some(person) = self.people.find(id) else { return Ok(None) };
        self.settle(self.file(person, ask))
    }

    fn file(&self, person: u32, ask: &PersonAsk) -> Result<Option<PersonFile>> {
        let Some(page) = self.person_page(person)? else { return Ok(None) };
        let (lives, moment) = (self.lives()?, self.moment()?);
        let all = lives.of(person);
        let fitting: Vec<Entry> = all.iter().filter(|entry| ask.fits(entry)).copied().collect();
        let shown: Vec<Entry> = fitting.iter().skip(ask.offset).take(ask.limit).copied().collect();
        let accounts = self.accounts(person, ask.team)?;
        let ids: Vec<String> =
            accounts.iter().map(|account| account.id.clone()).chain([page.person.id.clone()]).collect();
        let not_now = self.not_now(person, &moment);
        let team = if ask.team { Some(self.team_side(person, &ids)?) } else { None };
        Ok(Some(PersonFile {
            level: level::level(all, moment.now, &self.settings.levels),
            levels: level::levels(all, moment.now, &self.settings.levels),
            months: entries::by_month(all, moment.now),
            channels: entries::channels(&lives, person, CHANNELS),
            entries: self.entry_views(&shown, &lives)?,
            entries_total: fitting.len() as u64,
            kinds: entries::kinds(all),
            connections: self.acquaintances(person, CONNECTIONS),
            next: if not_now.is_none() { self.next_asks(person, &moment)? } else { Vec::new() },
            not_now,
            affiliations: self.affiliations(person)?,
            team,
            accounts,
            page,
        }))
    }

    fn team_side(&self, person: u32, ids: &[String]) -> Result<TeamSide> {
        let circle = self.circle()?;
        let side = self.caring(person, &circle)?;
        let Some(desk) = self.desk()? else { return Ok(side) };
        let (id, moment) = (self.people.ids[person as usize].to_string(), &circle.moment);
        let notes = desk.person_notes(ids)?.into_iter();
        Ok(TeamSide {
            tags: self.marks(Some(&desk))?.of(person).map(str::to_owned).collect(),
            notes: notes
                .map(|note| NoteView { number: note.number, at: note.at, who: note.who, text: note.text })
                .collect(),
            preferences: preferences(moment.preferences.get(&id), moment.do_not_ask.contains(&id)),
            locked: self.is_locked(&desk, person)?,
            decisions: self.who_decisions(&desk, person)?,
            ..side
        })
    }

    fn is_locked(&self, desk: &Desk, person: u32) -> Result<bool> {
        Ok(self.decided_people(Some(desk))?.is_locked(person))
    }
}

impl PersonAsk {
    fn fits(&self, entry: &Entry) -> bool {
        self.kind.as_ref().is_none_or(|kind| entry.doing().as_str() == kind)
            && self.month.as_ref().is_none_or(|month| model::time::month(entry.time()) == *month)
    }
}

fn preferences(given: Option<&Preferences>, never: bool) -> PreferencesView {
    let given = given.cloned().unwrap_or_default();
    PreferencesView {
        likes: given.likes,
        dislikes: given.dislikes,
        per_week: given.per_week,
        languages: given.languages,
        zone: given.zone,
        speak: given.speak,
        mentor: given.mentor,
        review: given.review,
        away_until: given.away_until,
        never: never || given.never,
    }
}
