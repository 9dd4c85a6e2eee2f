//! Decisions survive: other decisions, other processes, kills, other people's files.

use std::path::{Path, PathBuf};

use desk::{CaseState, Decision, Desk, DeskError, Kind};

fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.sqlite");
    (folder, path)
}

fn decide(desk: &mut Desk, subject: &str, kinds: &[Kind]) {
    for kind in kinds {
        desk.decide(&Decision::new(1_700_000_000_000_000, "ada", subject, *kind)).expect("decided");
    }
}

#[track_caller]
fn check_closed(kinds: &[Kind], closed: bool) {
    let (_folder, path) = place();
    let mut desk = Desk::open(&path).expect("a desk");
    decide(&mut desk, "another", &[Kind::Reopened]);
    decide(&mut desk, "it", kinds);
    let state = |id: &str| desk.case(id).expect("an answer").map(|case| case.state);
    assert_eq!(state("it") == Some(CaseState::Resolved), closed, "{kinds:?}");
    assert_eq!(state("another"), Some(CaseState::Open));
}

#[test]
fn the_last_word_counts() {
    check_closed(&[], false);
    check_closed(&[Kind::Closed], true);
    check_closed(&[Kind::Closed, Kind::Closed], true);
    check_closed(&[Kind::Closed, Kind::Reopened], false);
    check_closed(&[Kind::Reopened, Kind::Closed], true);
    check_closed(&[Kind::Closed, Kind::Reopened, Kind::Closed], true);
    check_closed(&[Kind::Closed, Kind::DoNotAsk, Kind::MayAsk], true);
}

#[test]
fn people_who_do_not_want_to_be_asked() {
    let (_folder, path) = place();
    let mut desk = Desk::open(&path).unwrap();
    decide(&mut desk, "i1", &[Kind::DoNotAsk]);
    decide(&mut desk, "i2", &[Kind::DoNotAsk, Kind::MayAsk]);
    assert_eq!(desk.do_not_ask().unwrap(), ["i1".to_owned()].into());
}

#[test]
fn tiers_are_corrected_and_taken_back() {
    let (_folder, path) = place();
    let mut desk = Desk::open(&path).unwrap();
    let mut say = |subject: &str, kind, value: Option<&str>| {
        let value = value.map(str::to_owned);
        desk.decide(&Decision { value, ..Decision::new(1, "ada", subject, kind) }).unwrap();
    };
    say("m1", Kind::AskedTier, Some("2"));
    say("m2", Kind::AskedTier, Some(desk::NONE));
    say("m3", Kind::AskedTier, Some("2"));
    say("m3", Kind::AskedTier, None);
    say("m4", Kind::AskedTier, Some("9"));
    say("m1", Kind::ObservedTier, Some("3"));
    say("l1", Kind::Answers, Some("l0"));
    let expected = [("m1".to_owned(), Some(2)), ("m2".to_owned(), None)];
    assert_eq!(desk.tiers(Kind::AskedTier).unwrap(), expected.into());
    assert_eq!(desk.tiers(Kind::ObservedTier).unwrap(), [("m1".to_owned(), Some(3))].into());
    assert_eq!(desk.answers().unwrap(), [("l1".to_owned(), Some("l0".to_owned()))].into());
}

#[test]
fn decisions_are_read_as_they_were_written() {
    let (_folder, path) = place();
    let decision = Decision {
        value: Some("until 2031".to_owned()),
        note: Some("asked by mail; O'Brien, 東京".to_owned()),
        ..Decision::new(-5, "ada", "i1", Kind::DoNotAsk)
    };
    Desk::open(&path).unwrap().decide(&decision).unwrap();
    let mut desk = Desk::open(&path).unwrap();
    assert_eq!(desk.history("i1").unwrap(), std::slice::from_ref(&decision));
    assert_eq!(desk.history("i2").unwrap(), []);
    let second = Decision { at: -9, note: None, ..decision.clone() };
    desk.decide(&second).unwrap();
    assert_eq!(desk.history("i1").unwrap(), [decision, second.clone()]);
    // Latest in the order of deciding, whatever the clock said.
    assert_eq!(desk.latest(Kind::DoNotAsk).unwrap(), [second]);
    assert!(desk.decide(&Decision::new(1, "ada", "", Kind::Closed)).is_err());
}

#[test]
fn an_empty_file_becomes_a_desk_and_only_once() {
    let (_folder, path) = place();
    std::fs::write(&path, "").unwrap();
    decide(&mut Desk::open(&path).unwrap(), "it", &[Kind::Closed]);
    let desk = Desk::open(&path).unwrap();
    assert_eq!(desk.history("it").unwrap().len(), 1);
    assert_eq!(desk.check().unwrap(), Vec::<String>::new());
}

#[test]
fn reading_beside_a_writer() {
    let (_folder, path) = place();
    assert!(matches!(Desk::open_read_only(&path), Err(DeskError::Missing(_))));
    assert!(!path.exists());
    let mut writer = Desk::open(&path).unwrap();
    let mut reader = Desk::open_read_only(&path).unwrap();
    decide(&mut writer, "it", &[Kind::Closed]);
    assert_eq!(reader.history("it").unwrap().len(), 1);
    assert!(reader.decide(&Decision::new(1, "ada", "it", Kind::Closed)).is_err());
    std::fs::write(path.with_extension("empty"), "").unwrap();
    assert!(matches!(Desk::open_read_only(&path.with_extension("empty")), Err(DeskError::Older(_))));
}

#[test]
fn what_is_no_desk_is_refused_and_left_alone() {
    let (_folder, path) = place();
    let foreign = rusqlite::Connection::open(&path).unwrap();
    foreign.execute_batch("CREATE TABLE bookmarks (url TEXT); PRAGMA user_version = 1").unwrap();
    assert!(matches!(Desk::open(&path), Err(DeskError::NotADesk(_))));
    std::fs::write(path.with_extension("txt"), "not a database at all, but long enough to look at. ".repeat(100))
        .unwrap();
    assert!(matches!(Desk::open(&path.with_extension("txt")), Err(DeskError::Damaged { .. })));
}

#[test]
fn decisions_cannot_be_changed_or_removed() {
    let (_folder, path) = place();
    decide(&mut Desk::open(&path).unwrap(), "it", &[Kind::Closed]);
    let connection = rusqlite::Connection::open(&path).unwrap();
    for sql in ["UPDATE decisions SET who = 'eve'", "DELETE FROM decisions"] {
        let error = connection.execute(sql, []).unwrap_err().to_string();
        assert!(error.starts_with("decisions are not"), "{error}");
    }
}

#[test]
fn a_second_writer_waits() {
    let (_folder, path) = place();
    let mut first = Desk::open(&path).unwrap();
    let blocker = rusqlite::Connection::open(&path).unwrap();
    blocker.execute_batch("BEGIN IMMEDIATE").unwrap();
    let waiting = std::thread::spawn(move || first.decide(&Decision::new(1, "ada", "it", Kind::Closed)));
    std::thread::sleep(std::time::Duration::from_millis(100));
    blocker.execute_batch("COMMIT").unwrap();
    waiting.join().unwrap().unwrap();
}

/// A kill leaves the file and its write-ahead log cut anywhere: what was decided last may be gone,
/// nothing before it and nothing by half.
#[test]
fn a_kill_at_any_moment_leaves_a_beginning_of_the_decisions() {
    let (folder, path) = place();
    let mut desk = Desk::open(&path).unwrap();
    for number in 0..20 {
        decide(&mut desk, &format!("m{number}"), &[Kind::Closed]);
    }
    let log = std::fs::read(log_of(&path)).unwrap();
    let mut seen = 0;
    for cut in (0..=log.len()).step_by(4_001).chain([log.len()]) {
        let killed = folder.path().join(format!("killed-{cut}.sqlite"));
        std::fs::copy(&path, &killed).unwrap();
        std::fs::write(log_of(&killed), &log[..cut]).unwrap();
        let desk = Desk::open(&killed).unwrap();
        let closed = desk.cases().unwrap();
        assert!((0..closed.len()).all(|number| closed.contains_key(&format!("m{number}"))), "{cut}");
        assert_eq!(desk.check().unwrap(), Vec::<String>::new(), "{cut}");
        assert!(closed.len() >= seen, "{cut}");
        seen = closed.len();
    }
    assert_eq!(seen, 20);
}

fn log_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}
