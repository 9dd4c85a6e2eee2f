//! Repositories made of real lists of commits: every commit once, every author found.

use std::collections::BTreeSet;

use model::{ActivityKind, IdentityKind};
use testkit::MemorySink;

struct Expected {
    commits: usize,
    /// Commits with several parents in the list.
    merges: usize,
    /// Addresses of authors that can be one person's own.
    addresses: usize,
    /// Authors known by name only.
    names: usize,
}

fn check(list: &str, expected: Expected) {
    let folder = tempfile::tempdir().expect("a folder");
    let list = testkit::shared_data().join("commits").join(list);
    assert_eq!(testkit::repository_from_tsv(&list, folder.path()), expected.commits);

    let context = testkit::context(folder.path(), "path = '.'");
    let mut sink = MemorySink::new();
    assert_eq!(sink.collect(&sources::git::SOURCE, &context).expect("a repository"), expected.commits);
    assert_eq!(sink.collect(&sources::git::SOURCE, &context).expect("a repository"), 0);
    assert_eq!(sink.problems(), []);

    let rows = testkit::normalize(&sources::git::SOURCE, &context, sink.items());
    assert_eq!(rows.problems, []);
    let merged = rows.activities.iter().filter(|activity| activity.kind == ActivityKind::Merged).count();
    assert_eq!(merged, expected.merges);
    let commits: BTreeSet<_> = rows.activities.iter().filter_map(|activity| activity.object.as_deref()).collect();
    assert_eq!(commits.len(), expected.commits);
    assert!(rows.activities.iter().all(|activity| activity.time.is_some() && activity.detail.is_some()));

    // Of a merge, the author shows only where another person merged it or a forge did.
    let wrote = [ActivityKind::Authored, ActivityKind::Merged];
    let authors: BTreeSet<_> = rows
        .activities
        .iter()
        .filter(|activity| wrote.contains(&activity.kind))
        .filter_map(|activity| activity.who)
        .collect();
    let of_kind = |kind| {
        let known = rows.identities.iter().filter(|identity| identity.kind == kind && authors.contains(&identity.id));
        known.map(|identity| identity.id).collect::<BTreeSet<_>>().len()
    };
    assert_eq!((of_kind(IdentityKind::Email), of_kind(IdentityKind::Name)), (expected.addresses, expected.names));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn twisted() {
    check("twisted-2016-2019.tsv", Expected { commits: 7809, merges: 2225, addresses: 144, names: 10 });
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn druid() {
    check("druid.tsv", Expected { commits: 11_114, merges: 2070, addresses: 528, names: 4 });
}
