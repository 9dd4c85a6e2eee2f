//! Bringing the file from the version it is of to the version that this program knows.
//!
//! A version is the number of migrations applied, kept in SQLite's `user_version`. Each migration is
//! one transaction together with its number: killed in between, the file is of the version before.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use crate::{DeskError, Result};

/// All migrations in order; one that was released is never edited, only followed by another. A new
/// [`crate::Kind`] needs one too (it may be empty), so that a program without it refuses the file.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_decisions.sql"),
    include_str!("../migrations/0002_people.sql"),
    include_str!("../migrations/0003_tiers.sql"),
    include_str!("../migrations/0004_cases.sql"),
    include_str!("../migrations/0005_outbox.sql"),
    include_str!("../migrations/0006_tokens.sql"),
    include_str!("../migrations/0007_accounts.sql"),
    include_str!("../migrations/0008_people_notes.sql"),
    include_str!("../migrations/0009_erasures.sql"),
];

/// SQLite's `application_id` of a desk, the letters `SwBd`: tells it from any other program's file.
const APPLICATION: i64 = 0x5377_4264;

/// The version of the file: 0 for one without content. Refuses a newer one and another program's.
pub(crate) fn version(connection: &Connection, path: &Path, migrations: &[&str]) -> Result<usize> {
    let failed = |error| DeskError::sqlite(path, error);
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(failed);
    let (application, version, pages) = (pragma("application_id")?, pragma("user_version")?, pragma("page_count")?);
    if pages <= 1 && application == 0 && version == 0 {
        return Ok(0);
    }
    if application != APPLICATION {
        return Err(DeskError::NotADesk(path.to_owned()));
    }
    match usize::try_from(version) {
        Ok(known) if known <= migrations.len() => Ok(known),
        _ => Err(DeskError::Newer { path: path.to_owned(), found: version, known: migrations.len() }),
    }
}

/// Applies what is missing. What the file was before is first copied to [`copy_path`].
pub(crate) fn migrate(connection: &mut Connection, path: &Path, migrations: &[&str]) -> Result<()> {
    let before = version(connection, path, migrations)?;
    if before > 0 && before < migrations.len() {
        copy(connection, path, before)?;
    }
    for target in before + 1..=migrations.len() {
        apply(connection, path, migrations, target)?;
    }
    Ok(())
}

fn apply(connection: &mut Connection, path: &Path, migrations: &[&str], target: usize) -> Result<()> {
    let failed = |error| DeskError::sqlite(path, error);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    // Another process may have been faster.
    if version(&transaction, path, migrations)? >= target {
        return Ok(());
    }
    transaction.execute_batch(migrations[target - 1]).map_err(failed)?;
    transaction.pragma_update(None, "application_id", APPLICATION).map_err(failed)?;
    transaction.pragma_update(None, "user_version", target as i64).map_err(failed)?;
    transaction.commit().map_err(failed)
}

/// Where the copy of a file of `version` goes: beside it, `desk.sqlite.version-3`.
pub(crate) fn copy_path(path: &Path, version: usize) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".version-{version}"));
    PathBuf::from(name)
}

/// Whole or not at all: SQLite writes to another name first, and refuses one that is taken.
fn copy(connection: &Connection, path: &Path, version: usize) -> Result<()> {
    let target = copy_path(path, version);
    let mut staged = target.clone().into_os_string();
    staged.push(format!(".{}.partial", std::process::id()));
    let staged = PathBuf::from(staged);
    let io = |error| DeskError::Io { path: staged.clone(), error };
    match std::fs::remove_file(&staged) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io(error)),
        _ => {}
    }
    let text = staged.to_string_lossy();
    connection.execute("VACUUM INTO ?1", [&text]).map_err(|error| DeskError::sqlite(path, error))?;
    std::fs::File::open(&staged).and_then(|file| file.sync_all()).map_err(io)?;
    std::fs::rename(&staged, &target).map_err(io)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Decision, Desk, Kind};

    const SECOND: &str = "CREATE TABLE notes (text TEXT NOT NULL) STRICT;";
    const BROKEN: &str = "CREATE TABLE half (text TEXT) STRICT; CREATE TABLE half (text TEXT) STRICT;";

    fn old_desk() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        Desk::open(&path).unwrap().decide(&Decision::new(1, "me", "m1", Kind::Closed)).unwrap();
        (folder, path)
    }

    fn tables(connection: &Connection) -> i64 {
        let sql = "SELECT count(*) FROM sqlite_schema WHERE name IN ('notes', 'half')";
        connection.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn an_older_file_is_copied_and_brought_up() {
        let (_folder, path) = old_desk();
        let mut connection = Connection::open(&path).unwrap();
        let (known, migrations) = (MIGRATIONS.len(), [MIGRATIONS, &[SECOND]].concat());
        migrate(&mut connection, &path, &migrations).unwrap();
        assert_eq!(version(&connection, &path, &migrations).unwrap(), known + 1);
        assert_eq!(tables(&connection), 1);
        let copy = Desk::open(&Desk::copy_before(&path, known)).unwrap();
        assert_eq!(copy.history("m1").unwrap().len(), 1);
        assert_eq!(tables(&copy.connection), 0);
        // To the program of before it is a newer one.
        let refused = Desk::open(&path).unwrap_err();
        assert!(matches!(refused, DeskError::Newer { found, .. } if found == known as i64 + 1), "{refused}");
    }

    #[test]
    fn a_migration_that_fails_leaves_the_version_before() {
        let (_folder, path) = old_desk();
        let mut connection = Connection::open(&path).unwrap();
        let (known, broken) = (MIGRATIONS.len(), [MIGRATIONS, &[SECOND, BROKEN]].concat());
        assert!(migrate(&mut connection, &path, &broken).is_err());
        assert_eq!(version(&connection, &path, &broken).unwrap(), known + 1);
        assert_eq!(tables(&connection), 1);
        // And again, over the copy that is already there.
        let mended = [MIGRATIONS, &[SECOND, "CREATE TABLE half (text TEXT);"]].concat();
        migrate(&mut connection, &path, &mended).unwrap();
        assert_eq!(tables(&connection), 2);
    }

    #[test]
    fn what_was_closed_before_there_were_cases_is_resolved() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        let mut connection = Connection::open(&path).unwrap();
        migrate(&mut connection, &path, &MIGRATIONS[..3]).unwrap();
        let sql = "INSERT INTO decisions (at, who, subject, kind, note) VALUES
            (1, 'ada', 'a', 'closed', NULL), (2, 'ada', 'b', 'closed', NULL), (3, '', 'b', 'reopened', 'not yet'),
            (4, 'ada', 'c', 'do_not_ask', NULL), (5, 'ben', 'a', 'closed', 'again')";
        connection.execute_batch(sql).unwrap();
        drop(connection);
        let mut desk = Desk::open(&path).unwrap();
        let mut cases: Vec<_> = desk.cases().unwrap().into_values().collect();
        cases.sort_by(|a, b| a.conversation.cmp(&b.conversation));
        let told = cases.iter().map(|case| format!("{} {} {:?}", case.conversation, case.state.as_str(), case.note));
        assert_eq!(told.collect::<Vec<_>>(), ["a resolved Some(\"again\")", "b open Some(\"not yet\")"]);
        assert_eq!(desk.check().unwrap(), Vec::<String>::new());
        assert_eq!(desk.steps(9).unwrap()[0].what, "resolved");
        desk.undo(4, "ada", 9).unwrap();
        assert_eq!(desk.case("a").unwrap().unwrap().since, Some(1));
    }

    #[test]
    fn migrations_are_numbered_without_gaps() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let mut names: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        assert_eq!(names.len(), MIGRATIONS.len());
        for (index, name) in names.iter().enumerate() {
            assert!(name.starts_with(&format!("{:04}_", index + 1)), "{name}");
        }
    }
}
