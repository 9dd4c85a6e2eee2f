//! Searching: words, phrases and what must hold besides, in an order that can be paged through.

use std::ops::Bound;
use std::sync::Arc;

use model::Timestamp;
use rustc_hash::FxHashSet;
use tantivy::collector::{Count, DocSetCollector, TopDocs};
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Order, Searcher, SegmentReader, Term};

use crate::facts::Fact;
use crate::guard::guard;
use crate::parts::Part;
use crate::query::{Hit, Index, hits_of, most_telling, rare};
use crate::rank::{self, Found};
use crate::schema::{CONVERSATION, TIME};
use crate::{IndexError, Result, cover};

/// Hits that are put in order together. What comes in another block is never weighed against this one, so that the
/// order does not change with the number of hits asked for.
pub const BLOCK: usize = 256;
/// How much more a message counts that has the words beside each other as they were asked.
const BESIDE: f32 = 1.5;
/// More words than these are hardly meant to stand beside each other exactly.
const MOST_BESIDE: usize = 12;
/// More words than these are not all meant to be in one message.
const MOST_ALL: usize = 12;

/// What is searched for.
#[derive(Debug, Clone, Default)]
pub struct Wanted<'a> {
    /// Words; messages with all of them come first.
    pub words: &'a str,
    /// Words that must stand beside each other.
    pub phrases: &'a [String],
    /// Words and phrases that must not be there.
    pub without: &'a [String],
    /// What must hold besides.
    pub only: Only,
}

/// What must hold of a message.
#[derive(Debug, Clone, Default)]
pub struct Only {
    /// Of each of these at least one, or where `true` is said none.
    pub facts: Vec<(bool, Vec<Fact>)>,
    /// Its time: from the first instant on, before the second.
    pub times: Vec<(bool, Option<Timestamp>, Option<Timestamp>)>,
    /// It is in one of these conversations ([`conversation_key`]); all if none are given.
    pub conversations: Option<Arc<FxHashSet<u64>>>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Searched {
    /// Messages, best first; without words, latest first.
    pub hits: Vec<Hit>,
    /// How many of `hits`, from the first, have all words.
    pub with_all: usize,
    /// How many messages have all words, listed or not.
    pub total_with_all: u64,
    /// There was nothing to look for: only words that are left out everywhere.
    pub nothing: bool,
}

/// What stands for a conversation in [`Only::conversations`]: 64 bits of its id.
pub fn conversation_key(id: model::Id) -> u64 {
    (id.to_bits() >> 16) as u64
}

impl Index {
    /// The best `limit` messages. A larger limit gives the same messages first.
    pub fn search(&self, wanted: &Wanted<'_>, limit: usize) -> Result<Searched> {
        guard(&self.folder, || {
            let searcher = self.reader.searcher();
            self.searched(&searcher, wanted, limit).map_err(|error| IndexError::tantivy(&self.folder, error))
        })
    }

    /// The conversations ([`conversation_key`]) with a message of which `only` holds.
    pub fn conversations(&self, only: &Only) -> Result<FxHashSet<u64>> {
        guard(&self.folder, || {
            let searcher = self.reader.searcher();
            let failed = |error| IndexError::tantivy(&self.folder, error);
            let wanted = Wanted { only: only.clone(), ..Wanted::default() };
            let query = self.restricted(Box::new(AllQuery), &wanted, &searcher).map_err(failed)?;
            let found = searcher.search(query.as_ref(), &DocSetCollector).map_err(failed)?;
            let columns = searcher.segment_readers().iter().map(|segment| segment.fast_fields().u64(CONVERSATION[0]));
            let columns = columns.collect::<tantivy::Result<Vec<_>>>().map_err(failed)?;
            let key = |at: DocAddress| columns.get(at.segment_ord as usize)?.first(at.doc_id);
            Ok(found.into_iter().filter_map(key).collect())
        })
    }

    fn searched(&self, searcher: &Searcher, wanted: &Wanted<'_>, limit: usize) -> tantivy::Result<Searched> {
        let reader = self.reader_of(searcher);
        let words = reader.words(wanted.words)?;
        let phrases = wanted.phrases.iter().map(|phrase| reader.phrase(phrase)).collect::<tantivy::Result<Vec<_>>>()?;
        let phrases: Vec<Part> = phrases.into_iter().flatten().collect();
        if words.is_empty() && phrases.is_empty() {
            let asked = !wanted.words.is_empty() || !wanted.phrases.is_empty();
            return self.latest(searcher, wanted, limit).map(|hits| Searched {
                hits,
                nothing: asked,
                ..Searched::default()
            });
        }
        let mut searched = Searched::default();
        let required = words.iter().filter(|part| !part.optional).count();
        let all = if required > MOST_ALL { most_telling(searcher, words.clone()) } else { words.clone() };
        let beside = match (2..=MOST_BESIDE).contains(&required) {
            true => reader.phrase(wanted.words)?,
            false => None,
        };
        let mut seen = FxHashSet::default();
        if all.iter().all(|part| part.optional || part.documents > 0) {
            let query = self.with_phrases(rank::all_of(&all, self.text()), &phrases);
            let query = self.restricted(query, wanted, searcher)?;
            let found = rank::best(searcher, query.as_ref(), limit)?;
            searched.total_with_all = match found.len() < limit {
                true => found.len() as u64,
                false => searcher.search(query.as_ref(), &Count)? as u64,
            };
            seen.extend(found.iter().map(|(_, at)| *at));
            for block in found.chunks(BLOCK) {
                searched.hits.extend(hits_of(searcher, &self.besides(searcher, block, beside.as_ref())?)?);
            }
            searched.with_all = searched.hits.len();
        }
        if searched.hits.len() < limit && words.len() > 1 {
            let parts = most_telling(searcher, rare(searcher, words));
            let query = self.with_phrases(rank::any_of(&parts, self.text()), &phrases);
            let found = rank::best(searcher, self.restricted(query, wanted, searcher)?.as_ref(), limit)?;
            for block in found.chunks(BLOCK) {
                let block = rank::weighted(searcher, block.to_vec(), &parts, self.text())?;
                let block: Vec<Found> = block.into_iter().filter(|(_, at)| !seen.contains(at)).collect();
                searched.hits.extend(hits_of(searcher, &block)?);
            }
            searched.hits.truncate(limit);
        }
        Ok(searched)
    }

    /// A block in which those with the words beside each other come first.
    fn besides(&self, searcher: &Searcher, block: &[Found], beside: Option<&Part>) -> tantivy::Result<Vec<Found>> {
        let mut block = block.to_vec();
        if let Some(part) = beside {
            let places: Vec<DocAddress> = block.iter().map(|(_, at)| *at).collect();
            for at in cover::having(searcher, &places, part, self.text())? {
                block[at].0 *= BESIDE;
            }
        }
        Ok(block)
    }

    /// What fits without any words, latest first, those without a time last.
    fn latest(&self, searcher: &Searcher, wanted: &Wanted<'_>, limit: usize) -> tantivy::Result<Vec<Hit>> {
        let limit = limit.min(usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX));
        if limit == 0 {
            return Ok(Vec::new());
        }
        let query = self.restricted(Box::new(AllQuery), wanted, searcher)?;
        let collector = TopDocs::with_limit(limit).order_by_fast_field::<i64>(TIME, Order::Desc);
        let found = searcher.search(query.as_ref(), &collector)?;
        let found: Vec<Found> = found.into_iter().map(|(_, at)| (0.0, at)).collect();
        // Of one score: they are taken one by one, so that they keep their order.
        found
            .iter()
            .map(|one| Ok(hits_of(searcher, std::slice::from_ref(one))?.pop()))
            .filter_map(tantivy::Result::transpose)
            .collect()
    }

    fn with_phrases(&self, words: BooleanQuery, phrases: &[Part]) -> Box<dyn Query> {
        if phrases.is_empty() {
            return Box::new(words);
        }
        let mut clauses: Vec<(Occur, Box<dyn Query>)> =
            phrases.iter().map(|phrase| (Occur::Must, phrase.query(self.text()))).collect();
        if !words.clauses().is_empty() {
            clauses.push((Occur::Must, Box::new(words)));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// A query with all that must hold and must not be there; it adds nothing to the score.
    fn restricted(
        &self,
        query: Box<dyn Query>,
        wanted: &Wanted<'_>,
        searcher: &Searcher,
    ) -> tantivy::Result<Box<dyn Query>> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let occur = |not: bool| if not { Occur::MustNot } else { Occur::Must };
        let silent = |query: Box<dyn Query>| -> Box<dyn Query> { Box::new(ConstScoreQuery::new(query, 0.0)) };
        for text in wanted.without {
            if let Some(part) = self.reader_of(searcher).phrase(text)? {
                clauses.push((Occur::MustNot, part.query(self.text())));
            }
        }
        for (not, any) in &wanted.only.facts {
            let any = any.iter().map(|fact| (Occur::Should, self.having(fact))).collect();
            clauses.push((occur(*not), silent(Box::new(BooleanQuery::new(any)))));
        }
        for (not, from, until) in &wanted.only.times {
            let term = |time: &Timestamp| Term::from_field_i64(self.fields.time, *time);
            let from = from.as_ref().map_or(Bound::Unbounded, |time| Bound::Included(term(time)));
            let until = until.as_ref().map_or(Bound::Unbounded, |time| Bound::Excluded(term(time)));
            clauses.push((occur(*not), silent(Box::new(RangeQuery::new(from, until)))));
        }
        if let Some(keys) = &wanted.only.conversations {
            clauses.push((Occur::Must, silent(in_conversations(keys.clone()))));
        }
        if clauses.is_empty() {
            return Ok(query);
        }
        clauses.push((Occur::Must, query));
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    fn having(&self, fact: &Fact) -> Box<dyn Query> {
        let term = Term::from_field_text(self.fields.facts, &fact.term());
        Box::new(TermQuery::new(term, IndexRecordOption::Basic))
    }
}

fn in_conversations(keys: Arc<FxHashSet<u64>>) -> Box<dyn Query> {
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let (column, keys) = (segment.fast_fields().u64(CONVERSATION[0])?, keys.clone());
        Ok(move |doc: u32| column.first(doc).is_some_and(|key| keys.contains(&key)))
    });
    let these: DocPredicateQuery = predicate.into();
    Box::new(these)
}
