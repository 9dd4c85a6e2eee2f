//! Where a message says what was searched for.

use std::collections::VecDeque;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::schema::Value;
use tantivy::tokenizer::{TextAnalyzer, TokenStream};
use tantivy::{DocAddress, TantivyDocument};

use crate::document::beginning;
use crate::guard::guard;
use crate::query::{self, Hit, Index};
use crate::{IndexError, Result};

/// Bytes of a text before the first match that are shown with it.
const BEFORE: usize = 40;

/// A stretch of a message with the words that were looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The text, on one line; `…` stands where something was left out.
    pub text: String,
    /// The places of the words in it, in bytes, ascending.
    pub marks: Vec<Range<usize>>,
}

impl Index {
    /// For each hit, the stretch of about `length` bytes of its own words with the most of `words`. Empty where the
    /// index changed since.
    pub fn excerpts(&self, hits: &[Hit], words: &str, length: usize) -> Result<Vec<Excerpt>> {
        let places: Vec<Option<DocAddress>> = hits.iter().map(|hit| Some(hit.at)).collect();
        self.excerpts_at(&places, words, length)
    }

    /// The same for messages by their ids. Looks through the ids of all messages: milliseconds.
    pub fn excerpts_of(&self, ids: &[model::Id], words: &str, length: usize) -> Result<Vec<Excerpt>> {
        let places = guard(&self.folder, || {
            query::places(&self.reader.searcher(), ids).map_err(|error| IndexError::tantivy(&self.folder, error))
        })?;
        self.excerpts_at(&places, words, length)
    }

    fn excerpts_at(&self, places: &[Option<DocAddress>], words: &str, length: usize) -> Result<Vec<Excerpt>> {
        guard(&self.folder, || {
            let searcher = self.reader.searcher();
            let mut analyzer = self.words.clone();
            let wanted = terms(&mut analyzer, words);
            let excerpt = |place: &Option<DocAddress>| {
                let document = place.and_then(|at| searcher.doc::<TantivyDocument>(at).ok());
                let own = document.as_ref().and_then(|document| document.get_first(self.fields.own)?.as_str());
                excerpt(&mut analyzer, own.unwrap_or_default(), &wanted, length)
            };
            Ok(places.iter().map(excerpt).collect())
        })
    }
}

fn terms(analyzer: &mut TextAnalyzer, words: &str) -> FxHashSet<String> {
    let mut terms = FxHashSet::default();
    let mut stream = analyzer.token_stream(beginning(words));
    while let Some(token) = stream.next() {
        terms.insert(token.text.clone());
    }
    terms
}

/// A word of the text that was looked for.
struct Match {
    range: Range<usize>,
    term: String,
}

/// The stretch of about `length` bytes with the most different of the wanted words, the earliest such.
fn excerpt(analyzer: &mut TextAnalyzer, text: &str, wanted: &FxHashSet<String>, length: usize) -> Excerpt {
    let matches = matches(analyzer, text, wanted);
    let start = best_start(&matches, length);
    let start = whole_word(text, start.saturating_sub(BEFORE));
    let end = start.saturating_add(length).min(text.len());
    let end = match text.floor_char_boundary(end) {
        end if end < text.len() => text[start..end].rfind(char::is_whitespace).map_or(end, |last| start + last),
        end => end,
    };
    let inside = matches.iter().map(|found| &found.range).filter(|range| range.start >= start && range.end <= end);
    one_line(text, start..end, inside)
}

/// The words of the text that were looked for, in order; of those inside each other the longest.
fn matches(analyzer: &mut TextAnalyzer, text: &str, wanted: &FxHashSet<String>) -> Vec<Match> {
    let mut matches: Vec<Match> = Vec::new();
    let mut stream = analyzer.token_stream(text);
    while let Some(token) = stream.next() {
        let after = matches.last().is_none_or(|last| last.range.end <= token.offset_from);
        if after && wanted.contains(&token.text) {
            matches.push(Match { range: token.offset_from..token.offset_to, term: token.text.clone() });
        }
    }
    matches
}

/// Where the stretch with the most different matches starts.
fn best_start(matches: &[Match], length: usize) -> usize {
    let (mut inside, mut counts) = (VecDeque::new(), FxHashMap::<&str, u32>::default());
    let (mut best, mut most) = (0, 0);
    for found in matches {
        inside.push_back(found);
        *counts.entry(&found.term).or_default() += 1;
        while let Some(first) = inside.front().filter(|first| found.range.end - first.range.start + BEFORE > length) {
            if let Some(count) = counts.get_mut(first.term.as_str()) {
                *count -= 1;
                if *count == 0 {
                    counts.remove(first.term.as_str());
                }
            }
            inside.pop_front();
        }
        if counts.len() > most {
            (best, most) = (inside.front().map_or(0, |first| first.range.start), counts.len());
        }
    }
    best
}

/// The start of the word after a place, or of the text.
fn whole_word(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    match at {
        0 => 0,
        at => text[at..].find(char::is_whitespace).filter(|next| *next < BEFORE).map_or(at, |next| at + next),
    }
}

/// A stretch on one line, its marks moved with it.
fn one_line<'a>(text: &str, stretch: Range<usize>, marks: impl Iterator<Item = &'a Range<usize>>) -> Excerpt {
    let mut excerpt = Excerpt::default();
    let mut marks = marks.peekable();
    let mut open = None;
    let mut blank = true;
    if text[..stretch.start].contains(|c: char| !c.is_whitespace()) {
        excerpt.text.push('…');
    }
    for (at, c) in text[stretch.clone()].char_indices().map(|(at, c)| (stretch.start + at, c)) {
        if let Some((start, end)) = open
            && at >= end
        {
            excerpt.marks.push(start..excerpt.text.len());
            open = None;
        }
        if c.is_whitespace() || c.is_control() {
            blank = true;
            continue;
        }
        if std::mem::take(&mut blank) && !excerpt.text.is_empty() && excerpt.text != "…" {
            excerpt.text.push(' ');
        }
        if let Some(mark) = marks.next_if(|mark| mark.start <= at) {
            open = Some((excerpt.text.len(), mark.end));
        }
        excerpt.text.push(c);
    }
    if let Some((start, _)) = open {
        excerpt.marks.push(start..excerpt.text.len());
    }
    if text[stretch.end..].contains(|c: char| !c.is_whitespace()) {
        excerpt.text.push('…');
    }
    excerpt
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The excerpt with its marks in brackets.
    fn told(text: &str, words: &str, length: usize) -> String {
        let mut analyzer = crate::words::analyzer();
        let wanted = terms(&mut analyzer, words);
        let excerpt = excerpt(&mut analyzer, text, &wanted, length);
        let (mut told, mut last) = (String::new(), 0);
        for mark in &excerpt.marks {
            told += &format!("{}[{}]", &excerpt.text[last..mark.start], &excerpt.text[mark.clone()]);
            last = mark.end;
        }
        told + &excerpt.text[last..]
    }

    #[track_caller]
    fn check(text: &str, words: &str, expected: &str) {
        assert_eq!(told(text, words, 80), expected);
    }

    #[test]
    fn the_words_are_marked_where_they_stand_together() {
        check("Call reactor.stop()\n  now.", "stop the reactors", "Call [reactor].[stop]() now.");
        check("Call reactor.stop() now.", "reactor.stop", "Call [reactor.stop]() now.");
        check("", "reactor", "");
        check("nothing of the kind", "reactor", "nothing of the kind");
        check("東京の tower", "京", "東[京]の tower");
        let filler = "word ".repeat(30);
        let text = format!("the reactor {filler} the reactor was stopped cleanly {filler}");
        let found = told(&text, "reactor stop clean", 80);
        assert!(found.starts_with('…') && found.ends_with('…'), "{found}");
        assert!(found.contains("the [reactor] was [stopped] [cleanly]"), "{found}");
    }

    proptest! {
        #[test]
        fn any_text_has_an_excerpt(text in "[a-z é東\n\u{0}.]{0,300}", words in "[a-z é東]{0,9}", length in 0_usize..200) {
            let found = told(&text, &words, length);
            prop_assert!(!found.contains('\n'));
        }
    }
}
