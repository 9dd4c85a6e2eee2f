//! Asking the index.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use model::{Id, Timestamp};
use tantivy::columnar::Column;
use tantivy::schema::Field;
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{DocAddress, IndexReader, Searcher, SegmentReader};

use crate::guard::guard;
use crate::meanings::Meanings;
use crate::parts::{Part, Reader};
use crate::schema::{self, CONVERSATION, Fields, MESSAGE, TIME};
use crate::{IndexError, Result, rank, words};

/// Parts of a text that are asked for: enough to tell topics apart, few enough to stay fast.
const PARTS: usize = 12;
/// What is in more messages than one in this many says nothing about the topic.
const COMMON: u64 = 5;
/// What is in fewer messages than this is not called common: a small community has few.
const FEW: u64 = 20;

/// An index open for asking, from any number of threads.
pub struct Index {
    pub(crate) folder: PathBuf,
    pub(crate) reader: IndexReader,
    pub(crate) fields: Fields,
    pub(crate) words: TextAnalyzer,
    /// Read when they are first asked for.
    pub(crate) meanings: Mutex<Option<Arc<Meanings>>>,
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
    /// BM25 with the subject of an opening counted twice, weighted by how much of the question the message has;
    /// comparable within one answer only.
    pub score: f32,
    /// Where it lies, for [`Index::excerpts`].
    pub(crate) at: DocAddress,
}

impl Index {
    /// Opens the index in `folder` at its latest commit.
    pub fn open(folder: &Path) -> Result<Index> {
        let opened = schema::open(folder)?;
        Ok(Index {
            folder: folder.to_owned(),
            reader: opened.reader,
            fields: opened.fields,
            words: words::analyzer(),
            meanings: Mutex::default(),
        })
    }

    /// Goes to the latest commit; questions already being answered finish on the one they began with.
    pub fn reload(&self) -> Result<()> {
        self.forget_meanings();
        self.reader.reload().map_err(|error| IndexError::tantivy(&self.folder, error))
    }

    /// How many messages it holds.
    pub fn documents(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// The id of the conversation that a message is in; none if the index does not know it. Looks through the ids of all
    /// messages: milliseconds.
    pub fn conversation_of(&self, message: Id) -> Result<Option<String>> {
        guard(&self.folder, || {
            let searcher = self.reader.searcher();
            let found = places(&searcher, &[message]).and_then(|places| {
                let found: Vec<(f32, DocAddress)> = places.into_iter().flatten().map(|at| (0.0, at)).collect();
                hits_of(&searcher, &found)
            });
            let found = found.map_err(|error| IndexError::tantivy(&self.folder, error))?;
            Ok(found.into_iter().next().map(|hit| hit.conversation_id))
        })
    }

    /// Messages about the same as `text` (its first 32 KiB), most similar first, at most `limit`: by
    /// the dozen words of it that tell most, BM25 weighted by the share of them that a message has. No word that
    /// the index knows, or none that is rarer than one message in five, gives no hits.
    pub fn similar(&self, text: &str, limit: usize) -> Result<Vec<Hit>> {
        guard(&self.folder, || {
            let searcher = self.reader.searcher();
            self.most_similar(&searcher, text, limit).map_err(|error| IndexError::tantivy(&self.folder, error))
        })
    }

    fn most_similar(&self, searcher: &Searcher, text: &str, limit: usize) -> tantivy::Result<Vec<Hit>> {
        let field = self.fields.text;
        let parts = self.reader_of(searcher).words(text)?;
        let parts = most_telling(searcher, rare(searcher, parts));
        let found = rank::best(searcher, &rank::any_of(&parts, field), limit)?;
        hits_of(searcher, &rank::weighted(searcher, found, &parts, field)?)
    }

    pub(crate) fn reader_of<'a>(&'a self, searcher: &'a Searcher) -> Reader<'a> {
        Reader { searcher, words: &self.words, field: self.text() }
    }

    pub(crate) fn text(&self) -> Field {
        self.fields.text
    }
}

/// The parts that the index knows and that are not common; if all of them are, all.
pub(crate) fn rare(searcher: &Searcher, parts: Vec<Part>) -> Vec<Part> {
    let common = (searcher.num_docs() / COMMON).max(FEW);
    let known: Vec<Part> = parts.into_iter().filter(|part| part.documents > 0).collect();
    match known.iter().any(|part| part.documents <= common) {
        true => known.into_iter().filter(|part| part.documents <= common).collect(),
        false => known,
    }
}

/// The dozen parts that tell most; equally telling ones in the order in which they were asked.
pub(crate) fn most_telling(searcher: &Searcher, mut parts: Vec<Part>) -> Vec<Part> {
    let weight = |part: &Part| part.tells(searcher) * part.repeated();
    parts.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    parts.truncate(PARTS);
    parts
}

/// Hits, best first. Equal scores come in the order of segments, which differs from one index to the next, and are
/// put in the order of ids.
pub(crate) fn hits_of(searcher: &Searcher, found: &[(f32, DocAddress)]) -> tantivy::Result<Vec<Hit>> {
    let columns = searcher.segment_readers().iter().map(Columns::of).collect::<tantivy::Result<Vec<_>>>()?;
    let mut hits: Vec<Hit> = found.iter().filter_map(|(score, at)| hit(&columns, *at, *score)).collect();
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.message_id.cmp(&b.message_id)));
    Ok(hits)
}

/// Where messages lie. Their ids stand in a packed column, which is looked through without unpacking it.
pub(crate) fn places(searcher: &Searcher, ids: &[Id]) -> tantivy::Result<Vec<Option<DocAddress>>> {
    let mut places = vec![None; ids.len()];
    let mut found = Vec::new();
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        let high = reader.fast_fields().u64(MESSAGE[0])?;
        for (place, id) in places.iter_mut().zip(ids) {
            let key = (id.to_bits() >> 16) as u64;
            found.clear();
            high.get_docids_for_value_range(key..=key, 0..reader.max_doc(), &mut found);
            let alive = found.iter().find(|doc| reader.alive_bitset().is_none_or(|alive| alive.is_alive(**doc)));
            if let Some(doc) = alive {
                *place = Some(DocAddress::new(segment, *doc));
            }
        }
    }
    Ok(places)
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
        at,
    })
}
