//! Sources that overlap: one thing said is one message, with every place it was seen.

use std::collections::BTreeSet;
use std::path::Path;

use archive::{Archive, Limits, Tables};
use arrow::array::{AsArray, RecordBatch};
use source::Context;
use sources::SOURCES;

/// Kinds whose ids are not unique in the world (documents are where an address is configured): the same thing
/// in two sources is two.
const APART: &[&str] = &["documents", "git", "irc-log", "people", "stackexchange-dump", "table"];

/// Messages of the worked examples whose ids are unique within their source only: small groups on Telegram.
const LOCAL: &[(&str, usize)] = &[("telegram-export", 1)];

/// Collects the sources and gives the messages' ids, and how many of them were seen in several places.
fn messages(folder: &Path, sources: &[Context], kind: &str) -> (BTreeSet<String>, usize) {
    let source = sources::named(kind).expect("known");
    let archive = Archive::open(&folder.join(format!("archive-{}", sources.len()))).expect("opens");
    let input = |context: &Context| {
        source::run::collect(&archive, source, context, Limits::default(), &mut |_| {}).expect("collects");
        derive::Input { context: context.clone(), source }
    };
    let inputs = sources.iter().map(input).collect();
    let tables = Tables::new(&folder.join(format!("tables-{}", sources.len())));
    derive::derive(
        &derive::Job { archive: &archive, tables: &tables, sources: inputs, decided: Default::default() },
        &mut |_| {},
    )
    .expect("derives");
    let manifest = tables.manifest().expect("reads").expect("is there");
    let (mut ids, mut several) = (BTreeSet::new(), 0);
    for file in &manifest.tables["messages"] {
        for batch in tables.read(file, None).expect("opens") {
            let batch: RecordBatch = batch.expect("reads");
            let column = batch.column_by_name("message_id").expect("there").as_string::<i32>();
            ids.extend(column.iter().flatten().map(str::to_owned));
            let seen = batch.column_by_name("seen_in").expect("there").as_list::<i32>();
            several += (0..batch.num_rows()).filter(|row| seen.value_length(*row) > 1).count();
        }
    }
    (ids, several)
}

#[test]
fn two_sources_of_one_thing_are_one() {
    for source in SOURCES.iter().filter(|source| !APART.contains(&source.kind)) {
        let folder = tempfile::tempdir().expect("a folder");
        let one = testkit::example(source, folder.path());
        let two = Context { source: "other".to_owned(), ..one.clone() };
        let (alone, _) = messages(folder.path(), std::slice::from_ref(&one), source.kind);
        let (both, several) = messages(folder.path(), &[one, two], source.kind);
        let local = LOCAL.iter().find(|(kind, _)| *kind == source.kind).map_or(0, |(_, count)| *count);
        assert!(both.is_superset(&alone), "{}", source.kind);
        assert_eq!(both.len(), alone.len() + local, "{}: something was said twice", source.kind);
        assert_eq!(several, alone.len() - local, "{}: some were seen in one place only", source.kind);
    }
}
