//! Getting the best of what matches.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query};
use tantivy::schema::Field;
use tantivy::{DocAddress, Searcher};

use crate::cover;
use crate::parts::Part;

/// A message that matches, with its score.
pub(crate) type Found = (f32, DocAddress);

/// Messages that have any of the parts.
pub(crate) fn any_of(parts: &[Part], field: Field) -> BooleanQuery {
    BooleanQuery::new(parts.iter().map(|part| (Occur::Should, part.query(field))).collect())
}

/// Messages that have all of the parts but the optional ones, which add to the score.
pub(crate) fn all_of(parts: &[Part], field: Field) -> BooleanQuery {
    let occur = |part: &Part| if part.optional { Occur::Should } else { Occur::Must };
    BooleanQuery::new(parts.iter().map(|part| (occur(part), part.query(field))).collect())
}

/// The best by BM25, at most `limit`; among equals the earlier in the index.
pub(crate) fn best(searcher: &Searcher, query: &dyn Query, limit: usize) -> tantivy::Result<Vec<Found>> {
    // The collector makes room for `limit` at once; an index cannot give more than it has.
    let limit = limit.min(usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX));
    if limit == 0 {
        return Ok(Vec::new());
    }
    searcher.search(query, &TopDocs::with_limit(limit).order_by_score())
}

/// The same messages, each score multiplied with the share of the parts that the message has, best first.
pub(crate) fn weighted(
    searcher: &Searcher,
    found: Vec<Found>,
    parts: &[Part],
    field: Field,
) -> tantivy::Result<Vec<Found>> {
    let places: Vec<DocAddress> = found.iter().map(|(_, at)| *at).collect();
    let shares = cover::shares(searcher, &places, parts, field)?;
    let weighted = found.into_iter().zip(shares).map(|((score, at), share)| (score * share, at));
    let mut weighted: Vec<Found> = weighted.collect();
    weighted.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    Ok(weighted)
}
