//! How much of a question a message is about.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, Term};

/// A term of the question in one field of the index.
pub(crate) struct Part {
    pub term: Term,
    /// Which term of the question it is: fields share it.
    pub of: usize,
    /// What that term tells, its inverse document frequency.
    pub tells: f32,
}

/// For each of `found`, which share of all that the question's terms tell it has: 0 to 1. Without it a
/// chat line of three words, one of them right, stands before a mail that has them all.
pub(crate) fn shares(searcher: &Searcher, found: &[DocAddress], parts: &[Part]) -> tantivy::Result<Vec<f32>> {
    let terms = parts.iter().map(|part| part.of + 1).max().unwrap_or_default();
    let mut tells = vec![0.0; terms];
    parts.iter().for_each(|part| tells[part.of] = part.tells);
    let all: f32 = tells.iter().sum();
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_unstable_by_key(|at| found[*at]);
    let mut has = vec![false; terms * found.len()];
    for part in parts {
        let (mut segment, mut postings) = (u32::MAX, None);
        for at in &order {
            let DocAddress { segment_ord, doc_id } = found[*at];
            if segment_ord != segment {
                segment = segment_ord;
                let index = searcher.segment_reader(segment).inverted_index(part.term.field())?;
                postings = index.read_postings(&part.term, IndexRecordOption::Basic)?;
            }
            let Some(postings) = &mut postings else { continue };
            let there = if postings.doc() < doc_id { postings.seek(doc_id) } else { postings.doc() };
            has[at * terms + part.of] |= there == doc_id && there != TERMINATED;
        }
    }
    let share = |at: usize| {
        let has = &has[at * terms..(at + 1) * terms];
        let told: f32 = tells.iter().zip(has).filter(|(_, has)| **has).map(|(tells, _)| tells).sum();
        if all > 0.0 { told / all } else { 1.0 }
    };
    Ok((0..found.len()).map(share).collect())
}
