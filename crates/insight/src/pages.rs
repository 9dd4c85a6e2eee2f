//! Pages of the documentation that answer a question, with the heading to link to.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;
use text::Meaning;

use crate::alike::PageAlike;
use crate::columns::Page;
use crate::details::Details;
use crate::messages::{Message, Read};
use crate::same::answering_sentence;
use crate::views::PageFound;
use crate::{Community, Result};

/// Pages shown.
const SHOWN: usize = 5;
/// Sections of one page that are shown: a long page must not be all there is.
const PER_PAGE: usize = 2;
/// Less alike than this, by words and meaning together, is no answer.
const LEAST: f64 = 0.35;
/// What stands between the title of a page and its headings (`sources::documents`).
const BETWEEN: &str = " › ";

impl Community {
    /// The pages to show.
    pub(crate) fn best_pages(&self, found: &[PageAlike]) -> Vec<u32> {
        let Ok(pages) = self.pages() else { return Vec::new() };
        let mut of_page = FxHashMap::<u32, usize>::default();
        let alike = found.iter().take_while(|page| page.score >= LEAST).map(|page| page.page);
        let may = |page: &u32| {
            let Some(page) = pages.all.get(*page as usize) else { return false };
            let shown = of_page.entry(page.row).or_default();
            *shown += 1;
            *shown <= PER_PAGE
        };
        alike.filter(may).take(SHOWN).collect()
    }

    /// The conversations that pages are.
    pub(crate) fn rows_of_pages(&self, numbers: &[u32]) -> Result<Vec<u32>> {
        let pages = self.pages()?;
        Ok(numbers.iter().filter_map(|page| pages.all.get(*page as usize)).map(|page| page.row).collect())
    }

    /// The pages as they are shown.
    pub(crate) fn pages_found(
        &self,
        numbers: &[u32],
        details: &Details<'_>,
        meaning: &Meaning,
    ) -> Result<Vec<PageFound>> {
        let pages = self.pages()?;
        let mut texts = FxHashMap::<u32, Vec<Message>>::default();
        let mut found = Vec::with_capacity(numbers.len());
        for page in numbers.iter().filter_map(|page| pages.all.get(*page as usize)) {
            let messages = match texts.entry(page.row) {
                Entry::Occupied(read) => read.into_mut(),
                Entry::Vacant(place) => place.insert(self.messages(page.row, Read::Words)?),
            };
            let body = messages.iter().find(|message| message.id == page.id.as_str());
            let sentence = body.and_then(|message| answering_sentence(&message.body, meaning));
            found.push(shown(page, sentence, details));
        }
        Ok(found)
    }
}

fn shown(page: &Page, sentence: Option<String>, details: &Details<'_>) -> PageFound {
    let reference = details.conversation(page.row);
    // A section is called by its page's title and the headings down to it.
    let heading = page.title.strip_prefix(reference.title.as_str()).and_then(|rest| rest.strip_prefix(BETWEEN));
    let (title, heading) = match (heading, page.title.split_once(BETWEEN)) {
        (Some(heading), _) => (reference.title.clone(), Some(heading.to_owned())),
        (None, Some((title, heading))) => (title.to_owned(), Some(heading.to_owned())),
        (None, None) => (page.title.clone(), None),
    };
    PageFound { title, heading, url: page.url.clone(), sentence, page: reference }
}
