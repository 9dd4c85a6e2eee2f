//! Takes the rows of one segment after the other: full rows to the spill, the rest to the links.

use std::path::Path;

use arrow::array::BooleanArray;
use arrow::compute::filter_record_batch;
use model::Problem;

use crate::error::Result;
use crate::facts::Facts;
use crate::fresh::SegmentRows;
use crate::links::{Links, NONE, UNDATED, span};
use crate::spill::Spill;

/// Memory for rows that wait to be written, the larger part for messages.
const MESSAGES: usize = 256 << 20;
const ACTIVITIES: usize = 64 << 20;

/// The full rows of what is new.
pub struct Fresh {
    /// Wide rows by partition.
    pub messages: Spill,
    /// Rows of `activities` by partition.
    pub activities: Spill,
    /// Problems with their source's id.
    pub problems: Vec<(String, Problem)>,
    /// Rows that are kept as they came, those of before among them.
    pub facts: Facts,
}

impl Fresh {
    /// Nothing yet but the facts of before; what does not fit in memory goes to a nameless file below `folder`.
    pub fn new(folder: &Path, facts: Facts) -> Fresh {
        let folder = folder.join(".tmp");
        Fresh {
            messages: Spill::new(&folder, MESSAGES),
            activities: Spill::new(&folder, ACTIVITIES),
            problems: Vec::new(),
            facts,
        }
    }

    /// Takes the rows of one segment.
    pub fn gather(&mut self, mut rows: SegmentRows, sources: &[&str], links: &mut Links) -> Result<()> {
        let source = sources[rows.source];
        let mut batches = Vec::new();
        for (month, batch) in std::mem::take(&mut rows.messages) {
            let partition = links.partitions.number(&format!("{source}/{month}"));
            batches.push((partition, self.messages.push(partition, batch)?));
        }
        links.absorb(&mut rows, source, &batches);
        self.facts.absorb(std::mem::take(&mut rows.facts), rows.source, sources);
        self.problems.extend(rows.problems.drain(..).map(|problem| (source.to_owned(), problem)));
        self.activities(rows, source, links)
    }

    fn activities(&mut self, rows: SegmentRows, source: &str, links: &mut Links) -> Result<()> {
        let mut new: Vec<Vec<bool>> = rows.activities.iter().map(|(_, batch)| vec![false; batch.num_rows()]).collect();
        for act in &rows.acts {
            let (month, row) = act.place;
            new[month][row as usize] = links.count_activity(rows.source as u32, source, act)?;
        }
        for ((month, batch), new) in rows.activities.into_iter().zip(new) {
            let partition = links.partitions.number(&format!("{source}/{month}"));
            let batch = filter_record_batch(&batch, &BooleanArray::from(new))?;
            if batch.num_rows() > 0 {
                self.activities.push(partition, batch)?;
            }
        }
        Ok(())
    }
}

impl Links {
    /// Counts each identity's messages; activities were counted as they came.
    pub fn count_messages(&mut self) {
        for link in self.all.iter().filter(|link| link.author != NONE) {
            let identity = &mut self.identities[link.author as usize];
            identity.messages += 1;
            identity.seen = if link.time == UNDATED { identity.seen } else { span(identity.seen, link.time) };
        }
    }
}
