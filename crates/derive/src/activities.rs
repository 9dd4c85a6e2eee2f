//! Writes the partitions of `activities` that have new rows; the others stay as they are.

use archive::{FileEntry, Manifest, Tables};
use arrow::array::RecordBatch;
use arrow::compute::interleave_record_batch;
use model::tables::ACTIVITIES;

use crate::columns::{Reading, some_time};
use crate::error::Result;
use crate::intern::Interner;
use crate::links::UNDATED;
use crate::load::{files, partition_name};
use crate::spill::Spill;

/// Writes what is new into `manifest` and takes over the rest. `partitions` names those of `spill`.
pub fn write(
    tables: &Tables,
    before: &Manifest,
    partitions: &Interner,
    spill: &mut Spill,
    manifest: &mut Manifest,
) -> Result<()> {
    let mut entries: Vec<FileEntry> = files(before, &ACTIVITIES).to_vec();
    for number in spill.partitions().collect::<Vec<_>>() {
        let name = partitions.text(number);
        let (source, month) = name.split_once('/').unwrap_or((name, ""));
        let mut batches = spill.take(number)?;
        if let Some(at) = entries.iter().position(|entry| partition_name(entry) == name) {
            let old = tables.read(&entries.remove(at), None)?;
            batches.extend(old.collect::<std::result::Result<Vec<_>, _>>()?);
        }
        let order = order(&batches)?;
        let mut file = tables.create(&ACTIVITIES, Some((source, month)))?;
        let batches: Vec<&RecordBatch> = batches.iter().collect();
        for chunk in order.chunks(16_384) {
            file.write(&interleave_record_batch(&batches, chunk)?)?;
        }
        entries.extend(file.finish()?);
    }
    manifest.tables.insert(ACTIVITIES.name.to_owned(), entries);
    Ok(())
}

/// Every row (batch, row) in the table's order: time, undated last, then position, then id.
fn order(batches: &[RecordBatch]) -> Result<Vec<(usize, usize)>> {
    let mut keys = Vec::new();
    for (number, batch) in batches.iter().enumerate() {
        let reading = Reading { table: &ACTIVITIES, batch };
        let (time, position, id) = (reading.time("time")?, reading.int("position")?, reading.text("activity_id")?);
        for row in 0..batch.num_rows() {
            let time = some_time(time, row).unwrap_or(UNDATED);
            keys.push(((time, position.value(row), id.value(row)), (number, row)));
        }
    }
    keys.sort_unstable();
    Ok(keys.into_iter().map(|(_, place)| place).collect())
}
