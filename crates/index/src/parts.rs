//! What of a question is looked for: its words, its names, and words that must stand beside each other.

use rustc_hash::FxHashMap;
use tantivy::query::{BoostQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::{TextAnalyzer, TokenStream};
use tantivy::{Searcher, Term};

use crate::document::beginning;
use crate::words::stands_alone;

/// Different words of a text that are looked up to choose from.
const LOOKED_UP: usize = 512;
/// Words of a phrase that are looked for; a longer one begins with them.
const PHRASE: usize = 64;

/// Something that is looked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    /// Terms and their places, the first at 0. One for a word, more for words beside each other.
    leaves: Vec<(usize, String)>,
    /// Times it stands in the question.
    count: u32,
    /// Messages that it stands in, at most.
    pub(crate) documents: u64,
    /// A name whose words are parts too: it adds to the score, but nothing has to have it.
    pub(crate) optional: bool,
}

impl Part {
    fn new(leaves: Vec<(usize, String)>, optional: bool) -> Part {
        Part { leaves, count: 1, documents: 0, optional }
    }

    /// What it tells about a message that has it: its inverse document frequency as BM25 has it (Robertson and
    /// Spärck Jones, with 1 added so that it is never negative).
    pub(crate) fn tells(&self, searcher: &Searcher) -> f32 {
        let all = searcher.num_docs();
        let (documents, all) = (self.documents.min(all) as f32, all as f32);
        (1.0 + (all - documents + 0.5) / (documents + 0.5)).ln()
    }

    /// What standing in the question several times is worth: more, but ever less so.
    pub(crate) fn repeated(&self) -> f32 {
        1.0 + (self.count.max(1) as f32).ln()
    }

    /// The messages that have it.
    pub(crate) fn query(&self, field: Field) -> Box<dyn Query> {
        let mut terms = self.leaves.iter().map(|(place, text)| (*place, Term::from_field_text(field, text)));
        let query: Box<dyn Query> = match (self.leaves.len(), terms.next()) {
            (1, Some((_, term))) => Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
            (_, first) => Box::new(PhraseQuery::new_with_offset(first.into_iter().chain(terms).collect())),
        };
        if self.count > 1 { Box::new(BoostQuery::new(query, self.repeated())) } else { query }
    }

    /// Looks up how many messages have it: of words beside each other, as many as have the rarest.
    fn look_up(&mut self, searcher: &Searcher, field: Field) -> tantivy::Result<()> {
        let count = |(_, text): &(usize, String)| searcher.doc_freq(&Term::from_field_text(field, text));
        let counts = self.leaves.iter().map(count).collect::<tantivy::Result<Vec<_>>>()?;
        self.documents = counts.into_iter().min().unwrap_or_default();
        Ok(())
    }
}

/// Reads questions as messages were read.
pub(crate) struct Reader<'a> {
    pub(crate) searcher: &'a Searcher,
    pub(crate) words: &'a TextAnalyzer,
    pub(crate) field: Field,
}

/// A term of a question where it stands.
struct Leaf {
    text: String,
    place: usize,
    /// It is one of the smallest words.
    small: bool,
    /// It is a character of a script without spaces that follows another one.
    joined: bool,
}

impl Reader<'_> {
    /// The different words of a text, each with the number of messages that have it. Neighbours in scripts without
    /// spaces are looked for in twos: single characters are in nearly everything.
    pub(crate) fn words(&self, text: &str) -> tantivy::Result<Vec<Part>> {
        let leaves = self.leaves(text);
        let mut parts: Vec<Part> = Vec::new();
        let mut places = FxHashMap::<Vec<(usize, String)>, usize>::default();
        for (at, leaf) in leaves.iter().enumerate() {
            let next_joined = leaves.get(at + 1).is_some_and(|next| next.joined);
            let part = match (leaf.joined, next_joined) {
                (true, _) => vec![(0, leaves[at - 1].text.clone()), (1, leaf.text.clone())],
                // The first of a run is in the pair that follows.
                (false, true) => continue,
                (false, false) => vec![(0, leaf.text.clone())],
            };
            match places.get(&part) {
                Some(place) => parts[*place].count += 1,
                None if parts.len() < LOOKED_UP => {
                    places.insert(part.clone(), parts.len());
                    parts.push(Part::new(part, !leaf.small));
                }
                None => {}
            }
        }
        for part in &mut parts {
            part.look_up(self.searcher, self.field)?;
        }
        Ok(parts)
    }

    /// The words of a text beside each other, as one part; none if it has no word that tells anything. What is left
    /// out of messages is left out here, and leaves its place open.
    pub(crate) fn phrase(&self, text: &str) -> tantivy::Result<Option<Part>> {
        let small = self.leaves(text).into_iter().filter(|leaf| leaf.small).take(PHRASE);
        let mut leaves: Vec<(usize, String)> = small.map(|leaf| (leaf.place, leaf.text)).collect();
        let first = leaves.first().map_or(0, |(place, _)| *place);
        leaves.iter_mut().for_each(|(place, _)| *place -= first);
        if leaves.is_empty() {
            return Ok(None);
        }
        let mut part = Part::new(leaves, false);
        part.look_up(self.searcher, self.field)?;
        Ok(Some(part))
    }

    fn leaves(&self, text: &str) -> Vec<Leaf> {
        let text = beginning(text);
        let mut analyzer = self.words.clone();
        let mut stream = analyzer.token_stream(text);
        let (mut leaves, mut alone_until) = (Vec::new(), usize::MAX);
        while let Some(token) = stream.next() {
            let alone = text[token.offset_from..].chars().next().is_some_and(stands_alone);
            let joined = alone && token.offset_from == alone_until;
            alone_until = if alone { token.offset_to } else { usize::MAX };
            let small = token.position_length == 1;
            leaves.push(Leaf { text: token.text.clone(), place: token.position, small, joined });
        }
        leaves
    }
}
