//! Rows waiting to be written, by partition: in memory up to a bound, then in one temporary file.

use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom, Write};

use arrow::array::RecordBatch;
use arrow::ipc::reader::StreamReader;
use arrow::ipc::writer::StreamWriter;

use crate::error::Result;

/// Batches by partition.
pub struct Spill {
    slots: Vec<Vec<Slot>>,
    in_memory: usize,
    limit: usize,
    file: Option<File>,
    folder: std::path::PathBuf,
}

#[derive(Clone)]
enum Slot {
    Memory(RecordBatch),
    Disk { at: u64, length: usize },
}

impl Spill {
    /// Keeps about `limit` bytes in memory and the rest in a nameless file in `folder`.
    pub fn new(folder: &std::path::Path, limit: usize) -> Spill {
        Spill { slots: Vec::new(), in_memory: 0, limit, file: None, folder: folder.to_owned() }
    }

    /// Adds rows to a partition and gives their batch's number in it.
    pub fn push(&mut self, partition: u32, batch: RecordBatch) -> Result<u32> {
        let at = partition as usize;
        if self.slots.len() <= at {
            self.slots.resize_with(at + 1, Vec::new);
        }
        self.in_memory += batch.get_array_memory_size();
        self.slots[at].push(Slot::Memory(batch));
        let number = self.slots[at].len() as u32 - 1;
        if self.in_memory > self.limit {
            self.flush()?;
        }
        Ok(number)
    }

    /// Partitions that have rows, ascending.
    pub fn partitions(&self) -> impl Iterator<Item = u32> {
        self.slots.iter().enumerate().filter(|(_, slots)| !slots.is_empty()).map(|(at, _)| at as u32)
    }

    /// Takes a partition's batches out, in the order of their numbers.
    pub fn take(&mut self, partition: u32) -> Result<Vec<RecordBatch>> {
        let slots = self.slots.get_mut(partition as usize).map(std::mem::take).unwrap_or_default();
        slots.into_iter().map(|slot| self.load(slot)).collect()
    }

    /// A partition's batches, in the order of their numbers, which stay where they are.
    pub fn look(&mut self, partition: u32) -> Result<Vec<RecordBatch>> {
        let slots = self.slots.get(partition as usize).map(Vec::as_slice).unwrap_or_default();
        let slots: Vec<Slot> = slots.to_vec();
        let in_memory = self.in_memory;
        let batches = slots.into_iter().map(|slot| self.load(slot)).collect();
        self.in_memory = in_memory;
        batches
    }

    fn load(&mut self, slot: Slot) -> Result<RecordBatch> {
        let (at, length) = match slot {
            Slot::Memory(batch) => {
                self.in_memory = self.in_memory.saturating_sub(batch.get_array_memory_size());
                return Ok(batch);
            }
            Slot::Disk { at, length } => (at, length),
        };
        let mut bytes = vec![0; length];
        if let Some(file) = &mut self.file {
            file.seek(SeekFrom::Start(at))?;
            file.read_exact(&mut bytes)?;
        }
        let mut reader = StreamReader::try_new(Cursor::new(bytes), None)?;
        let batch = reader.next().unwrap_or_else(|| Ok(RecordBatch::new_empty(reader.schema())))?;
        Ok(batch)
    }

    fn flush(&mut self) -> Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                std::fs::create_dir_all(&self.folder)?;
                none.insert(tempfile::tempfile_in(&self.folder)?)
            }
        };
        let mut at = file.seek(SeekFrom::End(0))?;
        for slot in self.slots.iter_mut().flatten() {
            if let Slot::Memory(batch) = slot {
                let mut writer = StreamWriter::try_new(Vec::new(), &batch.schema())?;
                writer.write(batch)?;
                let bytes = writer.into_inner()?;
                file.write_all(&bytes)?;
                *slot = Slot::Disk { at, length: bytes.len() };
                at += bytes.len() as u64;
            }
        }
        self.in_memory = 0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Filling;
    use model::tables::PROBLEMS;

    #[test]
    fn what_is_spilled_comes_back_in_order() {
        let batch = |file: &str| {
            let mut filling = Filling::new(&PROBLEMS);
            filling.text("s").text("collect").text("w").text(file).int(1).text("");
            filling.finish().expect("fits")
        };
        let mut spill = Spill::new(&std::env::temp_dir(), 100);
        let numbers: Vec<u32> = ["a", "b", "c"].iter().map(|file| spill.push(3, batch(file)).expect("room")).collect();
        assert_eq!(numbers, [0, 1, 2]);
        assert_eq!(spill.partitions().collect::<Vec<_>>(), [3]);
        assert_eq!(spill.look(3).expect("there"), ["a", "b", "c"].map(batch));
        assert_eq!(spill.take(3).expect("there"), ["a", "b", "c"].map(batch));
        assert!(spill.take(3).expect("empty").is_empty());
    }
}
