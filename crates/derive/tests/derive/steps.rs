//! The same bytes whether tables grew step by step or were made at once; what is replaced, and what fails.

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::Int64Type;

use crate::community::{Community, texts};

/// Made-up lines of two sources: threads, duplicates, new versions, chat, commits, dates missing.
fn line(random: &mut impl FnMut(u64) -> u64) -> String {
    let (id, parent, minute) = (random(60), random(60), random(200_000));
    let author = ["ann@x.org", "bob@x.org", "cid", "bot@x.org", "dan@y.org"][random(5) as usize];
    const KINDS: [&str; 14] = [
        "mail",
        "mail",
        "chat",
        "chat",
        "commit",
        "shared",
        "accepts m3",
        "issue",
        "issue done",
        "event",
        "measured",
        "stay",
        "domain",
        "account",
    ];
    let kind = KINDS[random(14) as usize];
    let minute = if random(10) == 0 { String::new() } else { minute.to_string() };
    let words = ["how do I do it?", "thanks, it works", "bob: use it", "so be it"][random(4) as usize];
    let subject = ["", "Crash", "Re: Crash", "Topic of the day"][random(4) as usize];
    format!("{kind}|m{id}|{author}|{minute}|m{parent}|{subject}|{words}")
}

#[test]
fn what_a_later_version_takes_back_is_gone() {
    let community = Community::new(&["list", "notes"]);
    community.add("list", &["mail|a1|ann@x.org|0||Hi|Hi", "mail|a2|bob@y.org|0||Hi|Hi"]);
    community.add("notes", &["same|f|ann@x.org|0|bob||", "stay|g|ann@x.org|||Acme|"]);
    let people = || {
        let mut people = texts(&community, "identities", &["value"]);
        people.sort();
        people
    };
    community.derive("tables");
    assert_eq!(people(), ["ann@x.org", "ann@x.org", "bob", "bob@y.org"]);
    community.add("notes", &["stay|f|bob@y.org|||Umbrella|"]);
    let grown = community.derive("tables").1;
    assert_eq!(people(), ["ann@x.org", "ann@x.org", "bob@y.org", "bob@y.org"]);
    assert_eq!(grown, community.derive("at_once").1);
    let mut stays = texts(&community, "affiliations", &["organization", "basis"]);
    stays.sort();
    assert_eq!(stays, ["Acme imported", "Umbrella imported"]);
}

#[test]
fn of_two_sources_the_first_tells_and_of_one_the_latest() {
    let community = Community::new(&["one", "two"]);
    community.add("two", &["event|e1|x|5||Old name|", "event|e2|x|5||Only here|", "shared|k1|ann@x.org|1|||"]);
    community.derive("tables");
    community.add("one", &["event|e1|x|5||First|", "event|e1|x|6||Moved|", "shared|k1|ann@x.org|2|||"]);
    community.add("two", &["event|e1|x|7||Late|", "measured|n1|x|3||downloads|", "measured|n1|x|4||downloads|"]);
    community.derive("tables");
    assert_eq!(texts(&community, "events", &["title", "source"]), ["Only here two", "Moved one"]);
    assert_eq!(texts(&community, "measurements", &["name", "value"]), ["downloads 4.0"]);
    assert_eq!(texts(&community, "activities", &["source"]), ["one"]);
}

#[test]
fn a_newer_version_replaces_the_older_one() {
    let community = Community::new(&["list"]);
    community.add("list", &["mail|a1|ann@x.org|0||Hi|Old words"]);
    community.derive("tables");
    community.add("list", &["mail|a1|ann@x.org|99999||Hi|New words"]);
    let (outcome, _) = community.derive("tables");
    assert_eq!((outcome.messages, outcome.new_messages), (1, 0));
    let messages = community.rows("tables", "messages");
    let body = messages[0].column_by_name("body").expect("is there").as_string::<i32>();
    assert_eq!(body.value(0), "New words");
    assert_eq!(community.derive("again").1, community.derive("tables").1);
}

#[test]
fn a_normalizer_that_fails_loses_no_neighbour() {
    let community = Community::new(&["list"]);
    community
        .add("list", &["mail|a1|ann@x.org|0||Hi|One", "panic|a2|ann@x.org|0||Hi|Two", "mail|a3|ann@x.org|0||Ho|Three"]);
    let (outcome, _) = community.derive("tables");
    assert_eq!((outcome.messages, outcome.problems), (2, 1));
}

#[test]
fn nothing_new_changes_nothing() {
    let community = Community::new(&["list"]);
    community.add("list", &["mail|a1|ann@x.org|0||Hi|One"]);
    assert!(community.derive("tables").0.changed);
    assert!(!community.derive("tables").0.changed);
}

#[test]
fn step_by_step_gives_the_same_bytes_as_at_once() {
    for seed in 0..8u64 {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut random = |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % below
        };
        let community = Community::new(&["one", "two"]);
        for step in 0..6 {
            let source = ["one", "two"][random(2) as usize];
            let lines: Vec<String> = (0..1 + random(40)).map(|_| line(&mut random)).collect();
            community.add(source, &lines.iter().map(String::as_str).collect::<Vec<_>>());
            let grown = community.derive("grown").1;
            let at_once = community.derive(&format!("step{step}")).1;
            // Rows can be read where hashes cannot.
            for table in ["conversations", "signals"] {
                let rows = |name: &str| all_texts(&community, name, table);
                let (one, other) = (rows("grown"), rows(&format!("step{step}")));
                let differ = one.iter().zip(&other).find(|(one, other)| one != other);
                assert_eq!(differ, None, "{table}, seed {seed}, step {step}");
            }
            assert_eq!(grown, at_once, "seed {seed}, step {step}");
            let messages = community.rows("grown", "messages");
            let seen = |batch: &RecordBatch| {
                let column = batch.column_by_name("seen_count").expect("is there").clone();
                column.as_primitive::<Int64Type>().values().iter().sum::<i64>()
            };
            assert!(messages.iter().map(seen).sum::<i64>() > 0 || messages.is_empty());
        }
    }
}

/// Every row of a table as text.
fn all_texts(community: &Community, name: &str, table: &str) -> Vec<String> {
    let row = |batch: &RecordBatch, row: usize| {
        let columns = batch.columns().iter().map(|column| arrow::util::display::array_value_to_string(column, row));
        columns.map(|text| text.expect("prints")).collect::<Vec<_>>().join(" | ")
    };
    let rows = |batch: &RecordBatch| (0..batch.num_rows()).map(|at| row(batch, at)).collect::<Vec<_>>();
    community.rows(name, table).iter().flat_map(rows).collect()
}
