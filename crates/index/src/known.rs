//! What the index holds of a partition already, so that only what changed is written: a month grows by a few
//! messages a day, and tidying up after thousands that were only written again costs more than all else.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::collector::DocSetCollector;
use tantivy::columnar::Column;
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{IndexReader, SegmentReader, Term};

use crate::schema::{Fields, MESSAGE, PRINT};
use crate::{IndexError, Result};

/// What tells one state of a message from another: a hash of all that is indexed of it.
pub(crate) fn print(parts: &[&[u8]]) -> u64 {
    // Its keys are fixed: the same on every machine. It may change with the compiler, and then everything that
    // such a compiler's index looks at is written once more.
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    // Columns are packed to the bits they need: 48 save a quarter, and one change in 10^14 goes unnoticed.
    hasher.finish() >> 16
}

/// Messages of one partition by the bits of their ids, with their prints.
pub(crate) type Known = FxHashMap<u128, u64>;

/// The messages of a partition.
pub(crate) fn of_partition(folder: &Path, reader: &IndexReader, fields: &Fields, partition: &str) -> Result<Known> {
    let failed = |error| IndexError::tantivy(folder, error);
    let searcher = reader.searcher();
    let found = searcher.search(&in_partition(fields, partition), &DocSetCollector).map_err(failed)?;
    let columns =
        searcher.segment_readers().iter().map(columns).collect::<tantivy::Result<Vec<_>>>().map_err(failed)?;
    let known = found.into_iter().filter_map(|at| {
        let (ids, prints) = columns.get(at.segment_ord as usize)?;
        Some((id(ids, at.doc_id)?, prints.first(at.doc_id)?))
    });
    Ok(known.collect())
}

/// These messages of one partition.
pub(crate) fn messages(fields: &Fields, partition: &str, wanted: FxHashSet<u128>) -> Box<dyn Query> {
    let wanted = std::sync::Arc::new(wanted);
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let (ids, wanted) = (columns(segment)?.0, wanted.clone());
        Ok(move |doc: u32| id(&ids, doc).is_some_and(|id| wanted.contains(&id)))
    });
    let these: DocPredicateQuery = predicate.into();
    Box::new(BooleanQuery::new(vec![
        (Occur::Must, Box::new(in_partition(fields, partition)) as Box<dyn Query>),
        (Occur::Must, Box::new(these)),
    ]))
}

fn in_partition(fields: &Fields, partition: &str) -> TermQuery {
    TermQuery::new(Term::from_field_text(fields.partition, partition), IndexRecordOption::Basic)
}

type Ids = [Column<u64>; 2];

fn columns(segment: &SegmentReader) -> tantivy::Result<(Ids, Column<u64>)> {
    let columns = segment.fast_fields();
    Ok(([columns.u64(MESSAGE[0])?, columns.u64(MESSAGE[1])?], columns.u64(PRINT)?))
}

fn id([high, low]: &Ids, doc: u32) -> Option<u128> {
    Some(u128::from(high.first(doc)?) << 16 | u128::from(low.first(doc)?))
}
