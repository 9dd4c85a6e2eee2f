//! What each source holds.

use std::collections::BTreeMap;

use archive::{Manifest, Tables};
use model::tables::{CHANNELS, PROBLEMS};

use crate::Result;
use crate::columns::{each_batch, files, known};
use crate::views::SourceLine;

/// What each source of the tables holds, one line per source, alphabetical. Needs no open community.
pub fn lines(tables: &Tables, manifest: &Manifest) -> Result<Vec<SourceLine>> {
    let mut lines = BTreeMap::<String, SourceLine>::new();
    let columns = ["source", "messages", "activities", "last_time"];
    each_batch(tables, &CHANNELS, files(manifest, &CHANNELS), &columns, |batch| {
        let (sources, last) = (batch.texts("source")?, batch.times("last_time")?);
        let (messages, activities) = (batch.ints("messages")?, batch.ints("activities")?);
        for row in 0..batch.rows() {
            let line = line(&mut lines, sources.value(row));
            line.messages += u64::try_from(messages.value(row)).unwrap_or_default();
            line.activities += u64::try_from(activities.value(row)).unwrap_or_default();
            line.last = line.last.max(known(last.at(row)));
        }
        Ok(())
    })?;
    each_batch(tables, &PROBLEMS, files(manifest, &PROBLEMS), &["source"], |batch| {
        let sources = batch.texts("source")?;
        sources.iter().flatten().for_each(|source| line(&mut lines, source).problems += 1);
        Ok(())
    })?;
    Ok(lines.into_values().collect())
}

fn line<'a>(lines: &'a mut BTreeMap<String, SourceLine>, source: &str) -> &'a mut SourceLine {
    let name = source.to_owned();
    let empty = || SourceLine { source: name.clone(), messages: 0, activities: 0, last: None, problems: 0 };
    lines.entry(name.clone()).or_insert_with(empty)
}
