//! Searching everything: what was said and written, by words and by meaning, who is called so, what takes place.

use std::borrow::Cow;

use index::{Excerpt, Hit};

mod memory;
mod only;
mod ranked;

pub(crate) use memory::SearchMemory;

use crate::columns::known;
use crate::moment::Moment;
use crate::query::Query;
use crate::titles::Titles;
use crate::views::{FoundConversation, SearchView, Stretch};
use crate::{Community, Result};
use ranked::Best;

/// Bytes of an excerpt, about.
const EXCERPT: usize = 200;
/// Conversations of one page at most.
const MOST: usize = 1_000;

/// Which part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// How many come before it.
    pub offset: usize,
    /// How many are on it; more than a thousand are not given at once.
    pub limit: usize,
}

impl Default for Page {
    fn default() -> Page {
        Page { offset: 0, limit: 20 }
    }
}

impl Community {
    /// What a query finds. Pages follow each other without gap or repetition as long as this snapshot lives.
    pub fn search(&self, query: &Query, page: Page) -> Result<SearchView> {
        self.settle(self.searched(query, Page { limit: page.limit.min(MOST), ..page }))
    }

    fn searched(&self, query: &Query, page: Page) -> Result<SearchView> {
        let moment = self.moment()?;
        let ranked = self.ranked(query, page, &moment)?;
        let (best, more) = ranked.slice(page);
        let mut notes = query.notes.clone();
        if ranked.nothing {
            notes.push(
                "these words are in nearly every text and were not looked for; add one that tells more".to_owned(),
            );
        }
        if !query.has_words() && query.filter.is_empty() {
            notes.push("say what to look for: words, \"a phrase\", or a filter as is:unanswered".to_owned());
        }
        let about = query.about();
        let first = page.offset == 0 && query.filter.is_empty() && query.has_words();
        Ok(SearchView {
            found: self.found(best, &about, &moment)?,
            offset: page.offset as u64,
            more,
            messages_with_all: ranked.with_all,
            people: if first { self.people_called(&about)? } else { Vec::new() },
            events: if first { self.events_called(&about)? } else { Vec::new() },
            notes,
        })
    }

    fn found(&self, best: &[Best], about: &str, moment: &Moment) -> Result<Vec<FoundConversation>> {
        let titles = self.titles()?;
        let hits: Vec<Hit> = best.iter().filter_map(|best| best.hit.clone()).collect();
        let mut by_words = self.index.excerpts(&hits, about, EXCERPT)?.into_iter();
        let openings: Vec<model::Id> = best
            .iter()
            .filter(|best| best.hit.is_none())
            .map(|best| self.conversations.ids[best.row as usize])
            .collect();
        let mut by_opening = match openings.as_slice() {
            [] => Vec::new(),
            openings => self.index.excerpts_of(openings, about, EXCERPT)?,
        }
        .into_iter();
        best.iter()
            .map(|best| {
                let excerpts = if best.hit.is_some() { &mut by_words } else { &mut by_opening };
                self.found_one(best, excerpts.next().unwrap_or_default(), &titles, moment)
            })
            .collect()
    }

    fn found_one(&self, best: &Best, excerpt: Excerpt, titles: &Titles, moment: &Moment) -> Result<FoundConversation> {
        let row = best.row;
        let opened = || known(self.conversations.opened[row as usize]);
        Ok(FoundConversation {
            conversation: self.conversation_ref(row, titles),
            document: self.pages()?.is_page(row),
            state: self.conversations.state[row as usize].as_str().to_owned(),
            tier: self.asked_tier(row, moment),
            message: match &best.hit {
                Some(hit) => hit.message_id.clone(),
                None => self.conversations.ids[row as usize].to_string(),
            },
            time: best.hit.as_ref().map_or_else(opened, |hit| hit.time),
            excerpt: stretches(excerpt),
            by: match (&best.hit, best.near) {
                (Some(_), true) => "words and meaning",
                (Some(_), false) => "words",
                (None, true) => "meaning",
                (None, false) => "filter",
            },
        })
    }
}

/// An excerpt cut at its marks.
fn stretches(excerpt: Excerpt) -> Vec<Stretch> {
    let (mut stretches, mut last) = (Vec::new(), 0);
    let text = excerpt.text;
    if let Cow::Owned(_) = text::without_addresses(&text) {
        // A mark inside of an address would keep it from being known for one, and hidden.
        return vec![Stretch { text, marked: false }];
    }
    for mark in excerpt.marks.iter().filter(|mark| mark.start < mark.end) {
        let (before, marked) = (text.get(last..mark.start), text.get(mark.clone()));
        for (text, marked) in [(before, false), (marked, true)] {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                stretches.push(Stretch { text: text.to_owned(), marked });
            }
        }
        last = mark.end;
    }
    if let Some(rest) = text.get(last..).filter(|rest| !rest.is_empty()) {
        stretches.push(Stretch { text: rest.to_owned(), marked: false });
    }
    stretches
}
