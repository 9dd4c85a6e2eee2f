//! The files in a zip, found like those of a folder and read one at a time, as streams.

use std::fs::File;
use std::io::BufReader;

use model::Problem;
use zip::{CompressionMethod, ZipArchive};

use super::{FoundFile, Part, Stamp, name_of};

/// First bytes of a zip (its first local file header; APPNOTE.TXT, section 4.3.7).
const MAGIC: [u8; 4] = *b"PK\x03\x04";

/// Whether a file is a zip, by its first bytes.
pub(super) fn is_zip(file: &FoundFile) -> bool {
    let mut first = [0; 4];
    let read = File::open(&file.path).and_then(|mut file| std::io::Read::read_exact(&mut file, &mut first));
    read.is_ok() && first == MAGIC
}

/// The files in `zip`, their names behind `prefix`. What cannot be read goes to `problem`.
pub(super) fn entries(zip: &FoundFile, prefix: &str, problem: &mut dyn FnMut(Problem)) -> Vec<FoundFile> {
    let file = match File::open(&zip.path) {
        Ok(file) => file,
        Err(error) => {
            problem(zip.problem("cannot be read", None, error.kind().to_string()));
            return Vec::new();
        }
    };
    let mut archive = match ZipArchive::new(BufReader::new(file)) {
        Ok(archive) => archive,
        Err(_) => {
            problem(zip.problem("zip cannot be read", None, "it is damaged or cut short"));
            return Vec::new();
        }
    };
    // Bombs of small size let their files overlap: together they are longer than the zip.
    let mut room = zip.stamp.size;
    let mut found = Vec::new();
    for number in 0..archive.len() {
        match entry(&mut archive, number, zip, prefix, &mut room) {
            Ok(file) => found.extend(file),
            Err(what) => problem(zip.problem(what, None, format!("file {number} of the zip"))),
        }
    }
    found
}

fn entry(
    archive: &mut ZipArchive<BufReader<File>>,
    number: usize,
    zip: &FoundFile,
    prefix: &str,
    room: &mut u64,
) -> Result<Option<FoundFile>, &'static str> {
    let entry = archive.by_index_raw(number).map_err(|_| "file in a zip is damaged")?;
    if entry.is_dir() {
        return Ok(None);
    }
    if entry.is_symlink() {
        return Err("link in a zip");
    }
    let inner = entry.enclosed_name().ok_or("path leads out of the zip")?;
    let deflated = match entry.compression() {
        _ if entry.encrypted() => return Err("file in a zip is encrypted"),
        CompressionMethod::Stored => false,
        CompressionMethod::Deflated => true,
        _ => return Err("file in a zip is compressed in an unknown way"),
    };
    let length = entry.compressed_size();
    *room = room.checked_sub(length).ok_or("files in a zip overlap")?;
    let start = entry.data_start().ok_or("file in a zip is damaged")?;
    Ok(Some(FoundFile {
        path: zip.path.clone(),
        name: format!("{prefix}{}", name_of(&inner)),
        stamp: Stamp { size: length, modified: i64::from(entry.crc32()) },
        part: Some(Part { start, length, deflated, unpacked: None }),
    }))
}
