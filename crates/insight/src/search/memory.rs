//! What searching needs of all people, conversations and events: read when it is first asked for.

use std::sync::OnceLock;

use index::{Fact, conversation_key};
use model::tables::{CHANNELS, EVENTS};

use crate::columns::{each_batch, files, known, text_at};
use crate::names::one_line;
use crate::query::called::{begin, words};
use crate::views::{FoundEvent, PersonRef};
use crate::{Community, Result};

/// People and events shown beside what was found.
const SHOWN: usize = 5;
/// More words than these are no name.
const NAME_WORDS: usize = 4;

#[derive(Default)]
pub(crate) struct SearchMemory {
    /// [`conversation_key`] of each conversation.
    keys: OnceLock<Vec<u64>>,
    /// Names of people in lower case.
    names: OnceLock<Vec<Box<str>>>,
    /// Titles in lower case, and the events.
    events: OnceLock<Vec<(String, FoundEvent)>>,
    /// The places that are left out.
    hidden: OnceLock<Vec<Fact>>,
}

impl Community {
    /// Reads it all, so that nobody waits for it.
    pub(crate) fn warm_search(&self) -> Result<()> {
        self.keys();
        self.names()?;
        self.events()?;
        self.index.meanings_known();
        Ok(())
    }

    /// The places that are left out of the tables.
    pub(super) fn hidden_places(&self) -> Result<&Vec<Fact>> {
        made(&self.search_memory.hidden, || {
            let mut places = Vec::new();
            if !self.tables.hides_any() {
                return Ok(places);
            }
            each_batch(
                &self.tables.whole(),
                &CHANNELS,
                files(&self.manifest, &CHANNELS),
                &["source", "channel"],
                |batch| {
                    let (sources, channels) = (batch.texts("source")?, batch.texts("channel")?);
                    let all = (0..batch.rows()).map(|row| (sources.value(row), channels.value(row)));
                    let hidden = all.filter(|(source, channel)| self.tables.hides(source, channel));
                    places.extend(hidden.map(|(source, channel)| Fact::Place(source.to_owned(), channel.to_owned())));
                    Ok(())
                },
            )?;
            Ok(places)
        })
    }

    pub(crate) fn keys(&self) -> &[u64] {
        self.search_memory.keys.get_or_init(|| self.conversations.ids.iter().map(|id| conversation_key(*id)).collect())
    }

    pub(crate) fn names(&self) -> Result<&[Box<str>]> {
        let lower = || self.people.names.iter().map(|name| name.to_lowercase().into()).collect();
        Ok(self.search_memory.names.get_or_init(lower))
    }

    /// People who are called so, those seen last first.
    pub(super) fn people_called(&self, name: &str) -> Result<Vec<PersonRef>> {
        if words(name).len() > NAME_WORDS {
            return Ok(Vec::new());
        }
        let mut people = self.named(&name.to_lowercase())?;
        people.retain(|person| !self.people.is_bot(*person));
        people.sort_by_key(|person| std::cmp::Reverse(self.people.last_seen[*person as usize]));
        Ok(people.into_iter().take(SHOWN).filter_map(|person| self.person_ref(person)).collect())
    }

    /// Events with all these words in their title, the latest first.
    pub(super) fn events_called(&self, name: &str) -> Result<Vec<FoundEvent>> {
        let name = name.to_lowercase();
        let wanted = words(&name);
        let called = self.events()?.iter().filter(|(title, _)| begin(&wanted, &words(title)));
        let mut events: Vec<&FoundEvent> = called.map(|(_, event)| event).collect();
        events.sort_by_key(|event| std::cmp::Reverse(event.starts));
        Ok(events.into_iter().take(SHOWN).cloned().collect())
    }

    fn events(&self) -> Result<&Vec<(String, FoundEvent)>> {
        made(&self.search_memory.events, || {
            let mut events = Vec::new();
            let columns = ["event_id", "title", "starts", "place", "url"];
            each_batch(&self.tables, &EVENTS, files(&self.manifest, &EVENTS), &columns, |batch| {
                let (ids, titles, starts) = (batch.texts("event_id")?, batch.texts("title")?, batch.times("starts")?);
                let (places, urls) = (batch.texts("place")?, batch.texts("url")?);
                events.extend((0..batch.rows()).map(|row| {
                    let event = FoundEvent {
                        id: ids.value(row).to_owned(),
                        title: one_line(titles.value(row)),
                        starts: known(starts.at(row)),
                        place: text_at(places, row).map(one_line),
                        url: text_at(urls, row).map(str::to_owned),
                    };
                    (event.title.to_lowercase(), event)
                }));
                Ok(())
            })?;
            Ok(events)
        })
    }
}

/// What a cell holds, made if it holds nothing yet. Two who ask at once may both make it: one is kept.
fn made<T>(cell: &OnceLock<T>, make: impl FnOnce() -> Result<T>) -> Result<&T> {
    match cell.get() {
        Some(made) => Ok(made),
        None => {
            let made = make()?;
            Ok(cell.get_or_init(|| made))
        }
    }
}
