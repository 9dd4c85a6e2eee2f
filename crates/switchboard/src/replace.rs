//! Putting a file in the place of another: there whole or not at all, even when the disk is full.

use std::fs::{File, Permissions};
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};

/// Writes `file` with `write`. Until that has ended well, the file stays as it was.
pub fn file<T>(file: &Path, write: impl FnOnce(&mut File) -> Result<T>) -> Result<T> {
    let cannot = || format!("cannot write {}; check free space and permissions", file.display());
    let file = std::path::absolute(file).with_context(cannot)?;
    let folder = file.parent().unwrap_or(Path::new("/"));
    let mut builder = tempfile::Builder::new();
    if let Some(permissions) = permissions(&file) {
        builder.permissions(permissions);
    }
    let mut temporary = builder.prefix(".new-").tempfile_in(folder).with_context(cannot)?;
    let written = write(temporary.as_file_mut()).with_context(cannot)?;
    temporary.as_file().sync_all().with_context(cannot)?;
    temporary.persist(&file).with_context(cannot)?;
    Ok(written)
}

/// Writes `file` with a text.
pub fn text(path: &Path, text: &str) -> Result<()> {
    file(path, |file| Ok(file.write_all(text.as_bytes())?))
}

/// Those of the file that is there; for a new one what its maker's umask allows, as for any other file.
#[cfg(unix)]
fn permissions(file: &Path) -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    let old: io::Result<Permissions> = file.metadata().map(|metadata| metadata.permissions());
    Some(old.unwrap_or_else(|_| Permissions::from_mode(0o666)))
}

#[cfg(not(unix))]
fn permissions(_: &Path) -> Option<Permissions> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        text(&path, "first").expect("written");
        let failed: Result<()> = file(&path, |file| {
            file.write_all(b"half")?;
            anyhow::bail!("no more")
        });
        assert!(failed.is_err());
        assert_eq!(std::fs::read_to_string(&path).expect("there"), "first");
        text(&path, "second").expect("written");
        assert_eq!(std::fs::read_to_string(&path).expect("there"), "second");
        assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), 1);
    }
}
