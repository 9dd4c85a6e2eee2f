//! Asking the index.

use std::path::{Path, PathBuf};

use model::{Id, Timestamp};
use rustc_hash::FxHashMap;
use tantivy::collector::TopDocs;
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::{TextAnalyzer, TokenStream};
use tantivy::{DocAddress, IndexReader, Searcher, SegmentReader, Term};

use crate::cover::{self, Part};
use crate::guard::guard;
use crate::schema::{self, CONVERSATION, Fields, MESSAGE, TIME};
use crate::update::beginning;
use crate::{IndexError, Result, words};

/// Terms of a text that are asked for: enough to tell topics apart, few enough to stay fast.
const TERMS: usize = 12;
/// Different terms of a text that are looked up to choose from.
const LOOKED_UP: usize = 512;
/// How much more a word in the subject counts than one in the body.
const SUBJECT: f32 = 2.0;
/// A term in more documents than one in this many says nothing about the topic.
const COMMON: u64 = 5;
/// Below this many documents having a term, it is not called common: a small community has few.
const FEW: u64 = 20;

/// An index open for asking, from any number of threads.
pub struct Index {
    folder: PathBuf,
    reader: IndexReader,
    fields: Fields,
    words: TextAnalyzer,
}

/// A message that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// `messages.message_id`.
    pub message_id: String,
    /// `messages.conversation_id`.
    pub conversation_id: String,
    /// `messages.time`.
    pub time: Option<Timestamp>,
    /// BM25 with the subject counted [`SUBJECT`] times, see [`Index::similar`]; comparable within one
    /// answer only.
    pub score: f32,
}

/// A term of the question that the index knows.
struct Known {
    text: String,
    /// Times it stands in the question.
    count: u32,
    /// Documents it stands in (in subject or body; one in both counts twice).
    documents: u64,
}

impl Index {
    /// Opens the index in `folder` at its latest commit.
    pub fn open(folder: &Path) -> Result<Index> {
        let opened = schema::open(folder)?;
        Ok(Index { folder: folder.to_owned(), reader: opened.reader, fields: opened.fields, words: words::analyzer() })
    }

    /// Goes to the latest commit; questions already being answered finish on the one they began with.
    pub fn reload(&self) -> Result<()> {
        self.reader.reload().map_err(|error| IndexError::tantivy(&self.folder, error))
    }

    /// How many messages it holds.
    pub fn documents(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Messages about the same as `text` (its first 32 KiB), most similar first, at most `limit`: by
    /// the dozen terms of it that tell most, BM25 weighted by the share of them that a message has. No word that the index knows, or none that is rarer than
    /// one message in five, gives no hits.
    pub fn similar(&self, text: &str, limit: usize) -> Result<Vec<Hit>> {
        guard(&self.folder, || self.most_similar(text, limit))
    }

    fn most_similar(&self, text: &str, limit: usize) -> Result<Vec<Hit>> {
        let searcher = self.reader.searcher();
        let mut terms = self.telling(&searcher, text)?;
        let weight = |term: &Known| idf(term.documents, searcher.num_docs()) * repeated(term.count);
        terms.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then_with(|| a.text.cmp(&b.text)));
        terms.truncate(TERMS);
        let parts: Vec<Part> =
            terms.iter().enumerate().flat_map(|(of, term)| self.parts(&searcher, of, term)).collect();
        self.top(&searcher, self.any_of(&terms), limit, &parts)
    }

    fn parts(&self, searcher: &Searcher, of: usize, term: &Known) -> [Part; 2] {
        let tells = idf(term.documents, searcher.num_docs());
        [self.fields.subject, self.fields.body].map(|field| {
            let term = Term::from_field_text(field, &term.text);
            Part { term, of, tells }
        })
    }

    /// Messages that have every word of `words` first, then those that have any, each kind best
    /// first, at most `limit`. Words are taken as they are: there is no query language.
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<Hit>> {
        guard(&self.folder, || self.all_then_any(words, limit))
    }

    fn all_then_any(&self, words: &str, limit: usize) -> Result<Vec<Hit>> {
        let searcher = self.reader.searcher();
        let mut terms = self.telling(&searcher, words)?;
        terms.sort_by_key(|term| term.documents);
        terms.truncate(TERMS);
        let mut hits = self.top(&searcher, self.all_of(&terms), limit, &[])?;
        if hits.len() < limit {
            let seen: std::collections::HashSet<_> = hits.iter().map(|hit| hit.message_id.clone()).collect();
            let any = self.top(&searcher, self.any_of(&terms), limit, &[])?;
            hits.extend(any.into_iter().filter(|hit| !seen.contains(&hit.message_id)));
            hits.truncate(limit);
        }
        Ok(hits)
    }

    /// The terms of `text` that the index knows and that are not common; if all of them are, all.
    fn telling(&self, searcher: &Searcher, text: &str) -> Result<Vec<Known>> {
        let mut counts = FxHashMap::<String, u32>::default();
        let mut analyzer = self.words.clone();
        let mut stream = analyzer.token_stream(beginning(text));
        while let Some(token) = stream.next() {
            if let Some(count) = counts.get_mut(token.text.as_str()) {
                *count += 1;
            } else if counts.len() < LOOKED_UP {
                counts.insert(token.text.clone(), 1);
            }
        }
        let common = (searcher.num_docs() / COMMON).max(FEW);
        let (mut known, mut all_common) = (Vec::new(), Vec::new());
        for (text, count) in counts {
            let mut documents = 0;
            for field in [self.fields.subject, self.fields.body] {
                let term = Term::from_field_text(field, &text);
                documents += searcher.doc_freq(&term).map_err(|error| IndexError::tantivy(&self.folder, error))?;
            }
            match documents {
                0 => {}
                _ if documents <= common => known.push(Known { text, count, documents }),
                _ => all_common.push(Known { text, count, documents }),
            }
        }
        Ok(if known.is_empty() { all_common } else { known })
    }

    fn any_of(&self, terms: &[Known]) -> BooleanQuery {
        let clauses = terms.iter().flat_map(|term| {
            let body = self.term(self.fields.body, term, 1.0);
            [(Occur::Should, body), (Occur::Should, self.term(self.fields.subject, term, SUBJECT))]
        });
        BooleanQuery::new(clauses.collect())
    }

    /// Terms with a joiner only add to the score: their words are asked for anyway.
    fn all_of(&self, terms: &[Known]) -> BooleanQuery {
        let clauses = terms.iter().map(|term| {
            let compound = term.text.contains(words::JOINERS);
            let either: Box<dyn Query> = Box::new(self.any_of(std::slice::from_ref(term)));
            (if compound { Occur::Should } else { Occur::Must }, either)
        });
        BooleanQuery::new(clauses.collect())
    }

    fn term(&self, field: Field, term: &Known, boost: f32) -> Box<dyn Query> {
        let query = TermQuery::new(Term::from_field_text(field, &term.text), IndexRecordOption::WithFreqs);
        Box::new(BoostQuery::new(Box::new(query), boost * repeated(term.count)))
    }

    /// The best by BM25, at most `limit`, weighted by how much of `parts` they have.
    fn top(&self, searcher: &Searcher, query: BooleanQuery, limit: usize, parts: &[Part]) -> Result<Vec<Hit>> {
        // The collector makes room for `limit` at once; an index cannot give more than it has.
        let limit = limit.min(usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX));
        if limit == 0 {
            return Ok(Vec::new());
        }
        let failed = |error| IndexError::tantivy(&self.folder, error);
        let found = searcher.search(&query, &TopDocs::with_limit(limit).order_by_score()).map_err(failed)?;
        let columns = searcher.segment_readers().iter().map(Columns::of).collect::<tantivy::Result<Vec<_>>>();
        let columns = columns.map_err(failed)?;
        let places: Vec<DocAddress> = found.iter().map(|(_, at)| *at).collect();
        let shares = cover::shares(searcher, &places, parts).map_err(failed)?;
        let weighted = found.into_iter().zip(shares).map(|((score, at), share)| (score * share, at));
        let mut hits: Vec<Hit> = weighted.filter_map(|(score, at)| hit(&columns, at, score)).collect();
        // Equal scores come in the order of segments, which differs from one index to the next.
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.message_id.cmp(&b.message_id)));
        Ok(hits)
    }
}

/// Inverse document frequency as BM25 has it (Robertson and Spärck Jones, with 1 added so that it is
/// never negative).
fn idf(documents: u64, all: u64) -> f32 {
    let (documents, all) = (documents.min(all) as f32, all as f32);
    (1.0 + (all - documents + 0.5) / (documents + 0.5)).ln()
}

/// What a term that stands in the question `count` times is worth: more, but ever less so.
fn repeated(count: u32) -> f32 {
    1.0 + (count.max(1) as f32).ln()
}

/// The columns of one segment that make a hit.
struct Columns {
    message: [Column<u64>; 2],
    conversation: [Column<u64>; 2],
    /// Absent where no message of the segment is dated.
    time: Option<Column<i64>>,
}

impl Columns {
    fn of(segment: &SegmentReader) -> tantivy::Result<Columns> {
        let columns = segment.fast_fields();
        let id = |[high, low]: [&str; 2]| Ok::<_, tantivy::TantivyError>([columns.u64(high)?, columns.u64(low)?]);
        Ok(Columns { message: id(MESSAGE)?, conversation: id(CONVERSATION)?, time: columns.column_opt(TIME)? })
    }
}

fn hit(columns: &[Columns], at: DocAddress, score: f32) -> Option<Hit> {
    let columns = columns.get(at.segment_ord as usize)?;
    let id = |[high, low]: &[Column<u64>; 2]| {
        let bits = u128::from(high.first(at.doc_id)?) << 16 | u128::from(low.first(at.doc_id)?);
        Some(Id::message_from_bits(bits).to_string())
    };
    Some(Hit {
        message_id: id(&columns.message)?,
        conversation_id: id(&columns.conversation)?,
        time: columns.time.as_ref().and_then(|time| time.first(at.doc_id)),
        score,
    })
}
