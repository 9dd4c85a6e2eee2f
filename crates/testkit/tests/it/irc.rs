//! The Ubuntu channel's logs: no line is lost, and every line is where it should be.

use std::collections::BTreeSet;
use std::fs;

use model::{ActivityKind, Rows};
use testkit::MemorySink;

fn ubuntu() -> (MemorySink, Rows) {
    let context =
        testkit::context(testkit::shared_data(), "path = 'irc/ubuntu'\nglob = '*.raw.txt'\nchannel = '#ubuntu'");
    let mut sink = MemorySink::new();
    sink.collect(&sources::irc_log::SOURCE, &context).expect("the logs are there");
    assert_eq!(sink.collect(&sources::irc_log::SOURCE, &context).expect("the logs are there"), 0);
    let rows = testkit::normalize(&sources::irc_log::SOURCE, &context, sink.items());
    (sink, rows)
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn no_line_is_lost() {
    let (sink, rows) = ubuntu();
    assert_eq!(sink.problems(), []);
    assert_eq!(rows.problems, []);
    assert_eq!(rows.messages.len() + rows.activities.len(), 55_265);
    let natives: BTreeSet<_> = rows.messages.iter().map(|message| message.native_id.as_str()).collect();
    assert_eq!(natives.len(), rows.messages.len());
    assert!(rows.messages.iter().all(|message| message.time.is_some() && message.author.is_some()));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn items_are_the_files_unchanged() {
    let (sink, _) = ubuntu();
    let mut bytes = 0;
    for entry in fs::read_dir(testkit::shared_data().join("irc/ubuntu")).expect("the logs are there") {
        let path = entry.expect("a file").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name in UTF-8");
        if name.ends_with(".raw.txt") {
            let kept = sink.items().iter().filter(|item| item.id.starts_with(name)).map(|item| item.bytes.as_slice());
            assert!(kept.collect::<Vec<_>>().concat() == fs::read(&path).expect("a file"), "{name}");
            bytes += 1;
        }
    }
    assert_eq!(bytes, 39);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn lines_are_what_they_look_like() {
    let (_, rows) = ubuntu();
    let count = |kind| rows.activities.iter().filter(|activity| activity.kind == kind).count();
    let kinds = [ActivityKind::Joined, ActivityKind::Left, ActivityKind::Renamed, ActivityKind::Kicked];
    // As `grep -c` counts the phrases.
    assert_eq!(kinds.map(count), [4339, 694, 1345, 1]);
    let addressing = rows.messages.iter().filter(|message| !message.mentions.is_empty()).count();
    assert!(addressing * 100 / rows.messages.len() > 30, "{addressing}");
}
