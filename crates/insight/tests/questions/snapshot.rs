//! Opening, growing stale, and what “now” is.

use model::time::{DAY, SECOND};

use crate::village::{NOW, Village, ago, message};

#[test]
fn without_tables_it_says_what_to_do() {
    let village = Village::new();
    let error = village.open_what_is_there(None).err().expect("nothing there");
    assert_eq!(error.to_string(), "nothing derived yet; run `switchboard sync`");
}

#[test]
fn empty_tables_answer_everything_with_nothing() {
    let community = Village::new().open().expect("opens");
    let today = community.today().expect("answers");
    assert_eq!((today.waiting_total, today.waiting.len(), today.sources.len()), (0, 0, 0));
    assert_eq!((today.as_of, today.as_of_data, today.simulated), (NOW, false, true));
    assert!(community.ask("how do I stop the reactor?").expect("answers").similar.is_empty());
    assert!(community.conversation(&message("a")).expect("answers").is_none());
}

#[test]
fn an_archive_is_read_as_of_what_was_done_last() {
    let mut village = Village::new();
    // She committed something after the last message.
    village.person("ada", Some("Ada"), &[("last_seen", ago(2).into())]);
    // The year 2100 cannot be; it is neither now nor in the way.
    village.conversation("future", "From the future", &[("ada", 4_102_444_800 * SECOND, "hello")], &[]);
    village.conversation("old", "How do I stop it?", &[("ada", ago(3), "how?")], &[]);
    let community = village.open_as_of(None).expect("opens");
    assert_eq!(community.now().time, ago(2));
    assert!(community.now().from_data);
    assert!(
        community.today().expect("answers").waiting.iter().any(|line| line.conversation.title == "How do I stop it?")
    );
}

#[test]
fn a_living_community_is_read_as_of_the_clock() {
    let clock = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    let clock = clock.as_micros() as i64;
    let mut village = Village::new();
    village.person("ada", Some("Ada"), &[]);
    village.conversation("new", "How?", &[("ada", clock - 6 * DAY, "how?")], &[]);
    let now = village.open_as_of(None).expect("opens").now();
    assert!(!now.from_data && now.time >= clock);
}

#[test]
fn a_snapshot_knows_when_it_is_stale() {
    let mut village = Village::new();
    village.person("ada", Some("Ada"), &[]);
    village.conversation("a", "How?", &[("ada", ago(1), "how?")], &[]);
    let community = village.open().expect("opens");
    assert!(!community.is_stale());
    let next = village.open().expect("opens");
    assert!(community.is_stale() && !next.is_stale());
    // Its files are gone: it says so instead of blaming the disk.
    let error = community.today().expect_err("cannot");
    assert_eq!(error.to_string(), "the tables were made anew meanwhile; ask again");
}

#[test]
fn a_snapshot_is_shared_by_threads() {
    fn check<T: Send + Sync>(_: &T) {}
    check::<insight::Community>(&Village::new().open().expect("opens"));
}
