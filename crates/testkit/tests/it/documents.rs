//! Pages of two communities: no file is passed over in silence, and every heading is a section.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use model::{MessageKind, Rows};
use testkit::MemorySink;

fn pages(folder: &str) -> (MemorySink, Rows) {
    let context = testkit::context(testkit::shared_data(), &format!("path = '{folder}'\nurl = 'https://example.org'"));
    let mut sink = MemorySink::new();
    sink.collect(&sources::documents::SOURCE, &context).expect("the pages are there");
    assert_eq!(sink.collect(&sources::documents::SOURCE, &context).expect("the pages are there"), 0);
    let rows = testkit::normalize(&sources::documents::SOURCE, &context, sink.items());
    (sink, rows)
}

/// Files below a folder, with their relative names.
fn files(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("a file");
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        match entry.path().is_dir() {
            true => files(&entry.path(), &format!("{name}/"), found),
            false => _ = found.insert(name),
        }
    }
}

/// Every file is an item, or counted in a problem.
fn all_is_accounted_for(folder: &str, sink: &MemorySink) {
    let mut there = BTreeSet::new();
    files(&testkit::shared_data().join(folder), "", &mut there);
    let passed_over: usize = sink
        .problems()
        .iter()
        .filter(|problem| problem.what == "is no page")
        .map(|problem| problem.detail.split(' ').next().and_then(|count| count.parse::<usize>().ok()).expect("a count"))
        .sum();
    assert_eq!(sink.items().len() + passed_over, there.len());
    assert!(sink.items().iter().all(|item| there.contains(&item.id)));
}

/// Pages, sections and the words in them: every message of its own, below its page.
fn is_sound(rows: &Rows, pages: usize, sections: usize) {
    let tops = rows.messages.iter().filter(|message| message.parents.is_empty()).count();
    assert_eq!((tops, rows.messages.len() - tops), (pages, sections));
    let ids: BTreeSet<_> = rows.messages.iter().map(|message| message.id).collect();
    assert_eq!(ids.len(), rows.messages.len());
    for message in &rows.messages {
        assert!(message.kind == MessageKind::Page && message.url.is_some(), "{}", message.native_id);
        assert!(message.subject.as_ref().is_some_and(|subject| !subject.trim().is_empty()), "{}", message.native_id);
        assert!(message.parents.iter().all(|parent| ids.contains(parent)), "{}", message.native_id);
    }
}

/// The letters and digits of what a page says.
fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn a_community_folder_goes_in_whole() {
    let (sink, rows) = pages("kubernetes-community");
    assert_eq!(rows.problems, []);
    all_is_accounted_for("kubernetes-community", &sink);
    // 439 headings, by a count of lines apart from this program. 36 of them are the titles of pages; the
    // other nine are called by their front matter or their file.
    is_sound(&rows, 45, 439 - 36);
    let written: usize = sink.items().iter().map(|item| letters(&String::from_utf8_lossy(&item.bytes))).sum();
    let said: usize = rows.messages.iter().map(|message| letters(&message.body)).sum();
    assert!(said * 100 > written * 80, "{said} of {written} letters");
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn newsletters_go_in_whole() {
    let (sink, rows) = pages("rdo/newsletters");
    assert_eq!(rows.problems, []);
    all_is_accounted_for("rdo/newsletters", &sink);
    // 1,104 headings, each page's first one its title.
    is_sound(&rows, 77, 1_104 - 77);
    let titled = |title: &str| rows.messages.iter().any(|message| message.subject.as_deref() == Some(title));
    assert!(titled("Newsletter Archive - 2013") && titled("November 2019 RDO Community Newsletter"));
}
