//! Which file is what, told by how it begins.

use std::io::Read;

use model::Problem;

use super::raw::header;
use crate::files::FoundFile;

/// As much of a file as it takes to tell what it is.
const HEAD: u64 = 4 << 10;

/// What a file is.
#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    /// JSON that begins with this byte.
    Json(u8),
    /// A topic's raw text.
    Raw,
    /// A full backup.
    Backup,
    /// An empty file, or one that should be JSON and is not.
    Broken,
    /// Anything else: uploads, notes.
    Other,
}

/// Looks at a file's beginning.
pub fn kind(file: &FoundFile) -> Result<Kind, Problem> {
    let mut head = Vec::new();
    // A reader of a file never fails: it ends, and what is wrong is told when it is read whole.
    let _ = file.open()?.take(HEAD).read_to_end(&mut head);
    Ok(kind_of(file.plain_name(), &head))
}

/// What a file of this name is that begins like this.
pub fn kind_of(name: &str, head: &[u8]) -> Kind {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let first_line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let lower = name.to_lowercase();
    match head.first() {
        Some(byte @ (b'{' | b'[')) => Kind::Json(*byte),
        _ if lower.ends_with(".json") => Kind::Broken,
        Some(_) if std::str::from_utf8(first_line).is_ok_and(|line| header(line).is_some()) => Kind::Raw,
        Some(_) if lower.ends_with(".sql") || memchr::memmem::find(head, b"PostgreSQL database dump").is_some() => {
            Kind::Backup
        }
        _ => Kind::Other,
    }
}

/// The number of the topic that a raw text is of, in the file's name (`raw/7`, `7.md`, `topic-7_2.txt`) or
/// its folder's.
pub fn topic_number(name: &str) -> Option<i64> {
    name.rsplit('/').find_map(|part| {
        let part = part.trim_start_matches(|c: char| !c.is_ascii_digit());
        let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        part[..end].parse().ok()
    })
}
