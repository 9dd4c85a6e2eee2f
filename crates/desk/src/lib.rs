//! What people decided, in one SQLite file.
//!
//! Cases ([`Desk::change`]) are decided in steps that can be undone; what people like to be asked
//! ([`Desk::prefer`]), and the texts that are kept for answers ([`Desk::save`]) are here as well, and so are the accounts of
//! the team ([`Account`]), with the log of who changed what ([`Desk::audit`]).
//!
//! With the archive it is all there is to back up: nothing in it can be made again. Decisions name
//! their subject by a stable id (a conversation by its opening message's, a person by their first
//! identity's), so that tables made anew do not lose them. A decision is on the disk when
//! [`Desk::decide`] returns, power cut or not.

mod accounts;
mod asked;
mod audit;
mod cases;
mod decision;
mod erasures;
mod error;
mod macros;
mod migrate;
mod outbox;
mod pen;
mod people;
mod people_notes;
mod preferences;
mod records;
mod role;
mod saved;
mod tokens;
mod words;

pub use accounts::{
    Account, Begun, FACTOR_STEP, HALF_MINUTES, HOURS_MOST, How, Join, Link, LinkKind, NewAccount, NewLink, NewSession,
    PASSWORD_LEAST, PASSWORD_MOST, PasswordHash, RECOVERY_CODES, Session, sign_in_name,
};
pub use audit::{AuditAsk, AuditLine, Noted};
pub use cases::{Case, CaseEvent, CaseState, CasesStamp, Change, Deed, Step, Subject};
pub use decision::{Decision, Kind, NONE};
pub use erasures::{ErasedPeople, Erasing};
pub use error::{DeskError, Result};
pub use macros::{Macro, MacroStep};
pub use outbox::{Alert, Claim, Delivery, Ended, Entry, KEPT_DAYS, Stop, TEXT_DAYS};
pub use people::{Numbered, WhoIsWho};
pub use people_notes::{PersonChange, PersonNote};
pub use preferences::Preferences;
pub use records::{
    Action, Announcement, Approach, Came, Doubt, EventPlan, Explanation, FORMS, Field, FieldKind, Filled, Form, Goal,
    Kept, Narrowed, PeerChannel, Question, Record, Report, Retired, Story, Target,
};
pub use role::Role;
pub use saved::{Saved, SavedKind};
pub use tokens::{NewToken, Scope, Scopes, Token};

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
        let opened = Desk::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY).and_then(Desk::current);
        match opened {
            // Even to read, SQLite writes beside the file to be told of writers. Where nothing can be
            // written there are none, unless one left a log: then its decisions would be missed.
            Err(error) if error.is_unwritable() && !log(path).exists() => Desk::connect_unchanging(path)?.current(),
            opened => opened,
        }
    }

    /// Writes a copy of all that was decided up to now into a file that is not there yet.
    pub fn copy_to(&self, file: &Path) -> Result<()> {
        let name = file.to_string_lossy();
        let copied = self.connection.execute("VACUUM INTO ?1", [&name]);
        copied.map(|_| ()).map_err(|error| DeskError::sqlite(&self.path, error))
    }

    fn current(self) -> Result<Desk> {
        match migrate::version(&self.connection, &self.path, migrate::MIGRATIONS)? {
            version if version < migrate::MIGRATIONS.len() => Err(DeskError::Older(self.path)),
            _ => Ok(self),
        }
    }

    /// Where [`Desk::open`] leaves the copy of a desk that was of `version`.
    pub fn copy_before(path: &Path, version: usize) -> PathBuf {
        migrate::copy_path(path, version)
    }

    /// The copies that [`Desk::open`] left and that are still there.
    pub fn copies_before(path: &Path) -> Vec<PathBuf> {
        let all = (0..migrate::MIGRATIONS.len()).map(|version| Desk::copy_before(path, version));
        all.filter(|copy| copy.exists()).collect()
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

    /// Opens a file that nobody writes to (SQLite's `immutable`, which only an address can ask for).
    fn connect_unchanging(path: &Path) -> Result<Desk> {
        let encode = |byte: &u8| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => char::from(*byte).to_string(),
            byte => format!("%{byte:02X}"),
        };
        let encoded: String = path.as_os_str().as_encoded_bytes().iter().map(encode).collect();
        let address = PathBuf::from(format!("file:{encoded}?immutable=1"));
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        Ok(Desk { path: path.to_owned(), ..Desk::connect(&address, flags)? })
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
        // What cannot be read is damaged already, and said to be.
        match if wrong.is_empty() { self.wrong_cases()? } else { 0 } {
            0 => {}
            cases => wrong.push(format!("{cases} cases are not what was decided about them")),
        }
        Ok(wrong)
    }
}

/// Where SQLite keeps what was written and is not in the file itself yet.
fn log(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a folder that cannot be written leads to; as root, which tests may run as, every folder can.
    #[test]
    fn a_file_that_nobody_writes_to_is_read_without_writing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a % odd?name#é.sqlite");
        Desk::open(&path).unwrap().decide(&Decision::new(1, "me", "m1", Kind::Closed)).unwrap();
        let mut desk = Desk::connect_unchanging(&path).and_then(Desk::current).unwrap();
        assert_eq!(desk.history("m1").unwrap().len(), 1);
        assert_eq!(desk.check().unwrap(), Vec::<String>::new());
        assert!(desk.decide(&Decision::new(1, "me", "m1", Kind::Closed)).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
