//! A pack and its index, as git writes them: one file instead of thousands of loose objects
//! (<https://git-scm.com/docs/gitformat-pack>, pack version 2, index version 2).

use std::io::Write;
use std::path::Path;

use flate2::{Compression, Crc, write::ZlibEncoder};
use gix::ObjectId;
use gix::hash::Kind;

use crate::files::{make_folder, write_file};
use crate::settings::SimulateError;

/// Objects of a repository, collected in memory.
#[derive(Debug)]
pub(crate) struct Pack {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    id: ObjectId,
    crc: u32,
    offset: u32,
}

const HEADER: usize = 12;

impl Pack {
    pub(crate) fn new() -> Pack {
        Pack { bytes: vec![0; HEADER], entries: Vec::new() }
    }

    /// Adds an object and gives its id.
    pub(crate) fn add(&mut self, kind: gix::objs::Kind, data: &[u8]) -> Result<ObjectId, SimulateError> {
        let id = gix::objs::compute_hash(Kind::Sha1, kind, data).map_err(commit_error)?;
        let start = self.bytes.len();
        let type_number = if kind == gix::objs::Kind::Commit { 1 } else { 2 };
        let mut size = data.len();
        let mut byte = type_number << 4 | (size & 15) as u8;
        size >>= 4;
        while size > 0 {
            self.bytes.push(byte | 0x80);
            byte = (size & 0x7f) as u8;
            size >>= 7;
        }
        self.bytes.push(byte);
        // Stored, not compressed: the same bytes whichever version of a compressor is built in.
        let mut encoder = ZlibEncoder::new(&mut self.bytes, Compression::none());
        encoder.write_all(data).and_then(|()| encoder.finish().map(|_| ())).map_err(commit_error)?;
        let mut crc = Crc::new();
        crc.update(&self.bytes[start..]);
        self.entries.push(Entry { id, crc: crc.sum(), offset: start as u32 });
        Ok(id)
    }

    /// Writes `pack-….pack` and `pack-….idx` into a folder.
    pub(crate) fn write(mut self, folder: &Path) -> Result<(), SimulateError> {
        make_folder(folder)?;
        let mut header = Vec::with_capacity(HEADER);
        header.extend_from_slice(b"PACK\0\0\0\x02");
        header.extend_from_slice(&(self.entries.len() as u32).to_be_bytes());
        self.bytes[..HEADER].copy_from_slice(&header);
        let checksum = sha1(&self.bytes)?;
        self.bytes.extend_from_slice(checksum.as_slice());
        let name = format!("pack-{checksum}");
        write_file(folder.join(format!("{name}.pack")), &self.bytes)?;
        write_file(folder.join(format!("{name}.idx")), &self.index(checksum)?)
    }

    fn index(&mut self, checksum: ObjectId) -> Result<Vec<u8>, SimulateError> {
        self.entries.sort_by_key(|entry| entry.id);
        let mut out = b"\xfftOc\0\0\0\x02".to_vec();
        for first in 0..=255u8 {
            let upto = self.entries.partition_point(|entry| entry.id.first_byte() <= first);
            out.extend_from_slice(&(upto as u32).to_be_bytes());
        }
        self.entries.iter().for_each(|entry| out.extend_from_slice(entry.id.as_slice()));
        self.entries.iter().for_each(|entry| out.extend_from_slice(&entry.crc.to_be_bytes()));
        self.entries.iter().for_each(|entry| out.extend_from_slice(&entry.offset.to_be_bytes()));
        out.extend_from_slice(checksum.as_slice());
        let own = sha1(&out)?;
        out.extend_from_slice(own.as_slice());
        Ok(out)
    }
}

fn sha1(bytes: &[u8]) -> Result<ObjectId, SimulateError> {
    let mut hasher = gix::hash::hasher(Kind::Sha1);
    hasher.update(bytes);
    hasher.try_finalize().map_err(commit_error)
}

pub(crate) fn commit_error(error: impl std::fmt::Display) -> SimulateError {
    SimulateError::Commit(error.to_string())
}
