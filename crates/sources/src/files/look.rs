//! What `switchboard add PATH` sees of a path.

use std::io::Read;
use std::path::Path;

use source::{CollectError, Look, Peeked};

/// Files that are listed.
const LISTED: usize = 5_000;
/// Files of which the beginning is read.
const PEEKED: usize = 200;
/// Bytes of each.
const HEAD: u64 = 4 << 10;

/// Looks at a file or a folder. What cannot be read there is passed over: whoever collects it says so.
pub fn look(path: &Path) -> Result<Look, CollectError> {
    let mut files = super::find(path, None, &mut |_| {})?;
    let total = files.len();
    files.sort_by_cached_key(|file| (file.name.matches('/').count(), file.name.clone()));
    files.truncate(LISTED);
    let peek = |(at, file): (usize, &super::FoundFile)| {
        let mut head = Vec::new();
        if let Some(reader) = file.open().ok().filter(|_| at < PEEKED) {
            // A reader of a file never fails: it ends.
            let _ = reader.take(HEAD).read_to_end(&mut head);
        }
        Peeked { name: file.plain_name().to_owned(), head }
    };
    Ok(Look { files: files.iter().enumerate().map(peek).collect(), total })
}
