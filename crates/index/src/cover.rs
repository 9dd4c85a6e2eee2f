//! How much of a question a message has.

use tantivy::query::EnableScoring;
use tantivy::schema::Field;
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED};

use crate::parts::Part;

/// For each of `found`, which share of all that the question's parts tell it has: 0 to 1. Without it a
/// chat line of three words, one of them right, stands before a mail that has them all.
pub(crate) fn shares(
    searcher: &Searcher,
    found: &[DocAddress],
    parts: &[Part],
    field: Field,
) -> tantivy::Result<Vec<f32>> {
    let all: f32 = parts.iter().map(|part| part.tells(searcher)).sum();
    let mut told = vec![0.0; found.len()];
    for part in parts {
        let tells = part.tells(searcher);
        for at in having(searcher, found, part, field)? {
            told[at] += tells;
        }
    }
    Ok(told.into_iter().map(|told| if all > 0.0 { told / all } else { 1.0 }).collect())
}

/// Which of `found` (by their place in it) have a part.
pub(crate) fn having(
    searcher: &Searcher,
    found: &[DocAddress],
    part: &Part,
    field: Field,
) -> tantivy::Result<Vec<usize>> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_unstable_by_key(|at| found[*at]);
    let weight = part.query(field).weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut having = Vec::new();
    let (mut segment, mut documents) = (u32::MAX, None);
    for at in order {
        let DocAddress { segment_ord, doc_id } = found[at];
        if segment_ord != segment {
            segment = segment_ord;
            documents = Some(weight.scorer(searcher.segment_reader(segment), 1.0)?);
        }
        let Some(documents) = &mut documents else { continue };
        let there = if documents.doc() < doc_id { documents.seek(doc_id) } else { documents.doc() };
        if there == doc_id && there != TERMINATED {
            having.push(at);
        }
    }
    Ok(having)
}
