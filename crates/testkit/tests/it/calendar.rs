//! A community's events, kept by hand over eight years: every file is an event with its talks.

use std::collections::BTreeSet;

use testkit::MemorySink;

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn events_go_in_whole() {
    let context = testkit::context(testkit::shared_data(), "path = 'rdo/events'");
    let mut sink = MemorySink::new();
    assert_eq!(sink.collect(&sources::calendar::SOURCE, &context).expect("the events are there"), 23);
    assert_eq!(sink.problems(), []);
    let rows = testkit::normalize(&sources::calendar::SOURCE, &context, sink.items());
    assert_eq!(rows.problems, []);
    let (tops, talks): (Vec<_>, Vec<_>) = rows.events.iter().partition(|event| event.channel == "demo");
    assert_eq!(tops.len(), 23);
    // Lines that begin with `- title:`, by a count of lines apart from this program.
    let lines: usize =
        sink.items().iter().map(|item| String::from_utf8_lossy(&item.bytes).matches("\n- title:").count()).sum();
    assert_eq!(talks.len(), lines);
    let ids: BTreeSet<_> = rows.events.iter().map(|event| event.id).collect();
    assert_eq!(ids.len(), rows.events.len());
    assert!(rows.events.iter().all(|event| event.starts.is_some() && event.ends > event.starts));
    assert!(rows.activities.iter().all(|activity| activity.who.is_some() && activity.object.is_some()));
    assert!(tops.iter().any(|event| event.title == "FOSDEM" && event.whole_days));
}
