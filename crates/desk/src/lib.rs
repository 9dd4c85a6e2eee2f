//! What people decided, in one SQLite file.
//!
//! With the archive it is all there is to back up: nothing in it can be made again. Decisions name
//! their subject by a stable id (a conversation by its opening message's, a person by their first
//! identity's), so that tables made anew do not lose them. A decision is on the disk when
//! [`Desk::decide`] returns, power cut or not.

mod decision;
mod error;
mod migrate;

pub use decision::{Decision, Kind};
pub use error::{DeskError, Result};

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

/// How long to wait for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// The desk's file, open.
#[derive(Debug)]
pub struct Desk {
    path: PathBuf,
    connection: Connection,
}

impl Desk {
    /// Opens the desk at `path`, made if it is not there and brought to this program's version if it
    /// is older (a copy of it as it was is then left beside it, see [`Desk::copy_before`]).
    ///
    /// Fails if a newer program made it, or if the file is something else.
    pub fn open(path: &Path) -> Result<Desk> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut desk = Desk::connect(path, flags)?;
        migrate::migrate(&mut desk.connection, path, migrate::MIGRATIONS)?;
        Ok(desk)
    }

    /// Opens the desk at `path` to read only. Fails if it is not there or must first be brought to
    /// this program's version.
    pub fn open_read_only(path: &Path) -> Result<Desk> {
        if !path.exists() {
            return Err(DeskError::Missing(path.to_owned()));
        }
        let desk = Desk::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        match migrate::version(&desk.connection, path, migrate::MIGRATIONS)? {
            version if version < migrate::MIGRATIONS.len() => Err(DeskError::Older(path.to_owned())),
            _ => Ok(desk),
        }
    }

    /// Where [`Desk::open`] leaves the copy of a desk that was of `version`.
    pub fn copy_before(path: &Path, version: usize) -> PathBuf {
        migrate::copy_path(path, version)
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Desk> {
        let failed = |error| DeskError::sqlite(path, error);
        // Each thread opens its own: the connection needs no lock of its own.
        let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(failed)?;
        connection.busy_timeout(PATIENCE).map_err(failed)?;
        connection.pragma_update(None, "foreign_keys", true).map_err(failed)?;
        if flags.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) {
            // Readers go on while one writes; FULL: what was decided survives a power cut.
            connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())).map_err(failed)?;
            connection.pragma_update(None, "synchronous", "full").map_err(failed)?;
        }
        Ok(Desk { path: path.to_owned(), connection })
    }

    /// Everything that is wrong with the file, for `doctor`; empty when it is whole. Reads all of it.
    pub fn check(&self) -> Result<Vec<String>> {
        let failed = |error| DeskError::sqlite(&self.path, error);
        let mut wrong = Vec::new();
        self.connection
            .pragma_query(None, "integrity_check", |row| {
                wrong.push(row.get::<_, String>(0)?);
                Ok(())
            })
            .map_err(failed)?;
        wrong.retain(|line| line != "ok");
        self.connection
            .pragma_query(None, "foreign_key_check", |row| {
                wrong.push(format!("a row of `{}` refers to nothing", row.get::<_, String>(0)?));
                Ok(())
            })
            .map_err(failed)?;
        Ok(wrong)
    }
}
