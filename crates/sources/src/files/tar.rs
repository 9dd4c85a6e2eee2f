//! The files in a tar, found like those of a folder. A compressed one is unpacked once, into a file that
//! has no name and goes away by itself, so that each of its files can be read from its own beginning.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

use model::Problem;
use tar::{Archive, EntryType};

use super::{FoundFile, Part, Stamp, name_of};

/// What stands in the first header of a tar, from this byte on (POSIX.1-1988 `ustar`; GNU's begins alike).
const MAGIC: &[u8] = b"ustar";
const MAGIC_AT: usize = 257;

/// Whether a file is a tar, compressed or not, by its first bytes.
pub(super) fn is_tar(file: &FoundFile) -> bool {
    let Ok(reader) = file.open() else { return false };
    let mut first = Vec::with_capacity(512);
    let read = reader.take(512).read_to_end(&mut first);
    read.is_ok() && first.get(MAGIC_AT..).is_some_and(|rest| rest.starts_with(MAGIC))
}

/// The files in `tar`, their names behind `prefix`. What cannot be read goes to `problem`.
pub(super) fn entries(tar: &FoundFile, prefix: &str, problem: &mut dyn FnMut(Problem)) -> Vec<FoundFile> {
    let unpacked = match unpacked(tar, problem) {
        Ok(unpacked) => unpacked,
        Err(error) => {
            problem(tar.problem("tar cannot be read", None, error.kind().to_string()));
            return Vec::new();
        }
    };
    let mut found = Vec::new();
    let mut archive = Archive::new(unpacked.as_ref());
    let entries = match archive.entries_with_seek() {
        Ok(entries) => entries,
        Err(error) => {
            problem(tar.problem("tar cannot be read", None, error.kind().to_string()));
            return Vec::new();
        }
    };
    for entry in entries {
        match entry.map_err(|_| "tar is damaged or cut short").and_then(|entry| part(&entry)) {
            Ok(Some((name, stamp, part))) => found.push(FoundFile {
                path: tar.path.clone(),
                name: format!("{prefix}{name}"),
                stamp,
                part: Some(Part { unpacked: Some(unpacked.clone()), ..part }),
            }),
            Ok(None) => {}
            Err(what) => problem(tar.problem(what, None, format!("after {} files", found.len()))),
        }
    }
    // A file whose end is missing is read as far as it goes.
    found
}

/// The tar itself, or what it decompresses to.
fn unpacked(tar: &FoundFile, problem: &mut dyn FnMut(Problem)) -> io::Result<Arc<File>> {
    let mut reader = tar.try_open(0, super::open::BOMB_BYTES)?;
    if !reader.is_compressed() {
        return File::open(&tar.path).map(Arc::new);
    }
    let mut file = tempfile::tempfile()?;
    io::copy(&mut reader, &mut file)?;
    if let Some(trouble) = reader.problem() {
        problem(trouble);
    }
    file.seek(SeekFrom::Start(0))?;
    Ok(Arc::new(file))
}

fn part<R: Read>(entry: &tar::Entry<'_, R>) -> Result<Option<(String, Stamp, Part)>, &'static str> {
    match entry.header().entry_type() {
        EntryType::Regular | EntryType::Continuous => {}
        EntryType::Symlink | EntryType::Link => return Err("link in a tar"),
        EntryType::Directory | EntryType::XGlobalHeader => return Ok(None),
        _ => return Err("not a regular file in a tar"),
    }
    let path = entry.path().map_err(|_| "name in a tar cannot be read")?;
    let climbs = path.components().any(|part| matches!(part, std::path::Component::ParentDir));
    if climbs || path.is_absolute() {
        return Err("path leads out of the tar");
    }
    let modified = entry.header().mtime().ok().and_then(|seconds| i64::try_from(seconds).ok());
    let stamp = Stamp { size: entry.size(), modified: modified.unwrap_or_default() };
    let part = Part { start: entry.raw_file_position(), length: entry.size(), deflated: false, unpacked: None };
    Ok(Some((name_of(&path), stamp, part)))
}
