//! What could not be read or understood of one source, and how complete a source is. Needs no open community.

use std::collections::BTreeMap;

use archive::{Manifest, Tables};
use arrow::array::Array;
use model::tables::{CHANNELS, PROBLEMS};

use crate::Result;
use crate::columns::{each_batch, files, known, text_at};
use crate::views::{ProblemAt, Problems, SourceSpan};

/// The problems of a source in the order of its files: how many of each sort, and at most `most` after `skip`.
pub fn problems(tables: &Tables, manifest: &Manifest, source: &str, skip: usize, most: usize) -> Result<Problems> {
    let (mut found, mut counts, mut number) = (Problems::default(), BTreeMap::<String, u64>::new(), 0);
    let columns = ["source", "what", "file", "offset", "detail"];
    each_batch(tables, &PROBLEMS, files(manifest, &PROBLEMS), &columns, |batch| {
        let (sources, what) = (batch.texts("source")?, batch.texts("what")?);
        let (file, detail, offset) = (batch.texts("file")?, batch.texts("detail")?, batch.ints("offset")?);
        for row in (0..batch.rows()).filter(|row| text_at(sources, *row) == Some(source)) {
            let text = |texts| text_at(texts, row).unwrap_or_default().to_owned();
            *counts.entry(text(what)).or_default() += 1;
            if number >= skip && found.problems.len() < most {
                let offset = offset.is_valid(row).then(|| offset.value(row));
                found.problems.push(ProblemAt { file: text(file), offset, what: text(what), detail: text(detail) });
            }
            number += 1;
        }
        Ok(())
    })?;
    found.total = number as u64;
    found.counts = counts.into_iter().collect();
    found.counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(found)
}

/// From when until when each source has something, and in how many channels; by source.
pub fn source_spans(tables: &Tables, manifest: &Manifest) -> Result<BTreeMap<String, SourceSpan>> {
    let mut spans = BTreeMap::<String, SourceSpan>::new();
    let columns = ["source", "first_time", "last_time"];
    each_batch(tables, &CHANNELS, files(manifest, &CHANNELS), &columns, |batch| {
        let (sources, first, last) = (batch.texts("source")?, batch.times("first_time")?, batch.times("last_time")?);
        for row in 0..batch.rows() {
            let span = spans.entry(sources.value(row).to_owned()).or_default();
            span.channels += 1;
            span.first = [span.first, known(first.at(row))].into_iter().flatten().min();
            span.last = span.last.max(known(last.at(row)));
        }
        Ok(())
    })?;
    Ok(spans)
}
