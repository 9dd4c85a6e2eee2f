//! What is near in meaning: made, left alone, changed, mended.

use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, StringArray, new_null_array};
use index::Index;
use model::Id;
use model::tables::SIGNALS;

use super::{Community, empty, id};

/// Puts the meanings of texts (name, text) into a month, in place of those it has.
fn month(community: &mut Community, month: &str, texts: &[(&str, &str)]) {
    let files = community.manifest.tables.entry(SIGNALS.name.to_owned()).or_default();
    files.retain(|file| file.month.as_deref() != Some(month));
    let mut file = community.tables.create(&SIGNALS, Some(("list", month))).expect("a file");
    let column = |field: &Arc<arrow::datatypes::Field>| -> ArrayRef {
        match field.name().as_str() {
            "message_id" => Arc::new(texts.iter().map(|(name, _)| Some(id(name))).collect::<StringArray>()),
            "meaning" => {
                let meaning = |text: &str| (!text.is_empty()).then(|| text::meaning(text).to_text());
                Arc::new(texts.iter().map(|(_, text)| meaning(text)).collect::<StringArray>())
            }
            _ if field.is_nullable() => new_null_array(field.data_type(), texts.len()),
            _ => empty(field.data_type(), texts.len()),
        }
    };
    let schema = SIGNALS.schema();
    let columns = schema.fields().iter().map(column).collect();
    let batch = RecordBatch::try_new(schema, columns).expect("the schema");
    file.write(&batch).expect("written");
    files.extend(file.finish().expect("written"));
    files.sort();
}

fn community() -> Community {
    let mut community = Community::new();
    let texts = [("stop", "How do I stop the server?"), ("none", ""), ("cake", "A recipe for a chocolate cake")];
    month(&mut community, "2020-01", &texts);
    month(&mut community, "2020-02", &[("tls", "The TLS certificate of the server has expired")]);
    community.update();
    community
}

#[track_caller]
fn check(index: &Index, text: &str, limit: usize, expected: &[&str]) {
    let near = index.nearest(&text::meaning(text), limit, &|_| true);
    assert!(near.is_sorted_by(|a, b| a.likeness >= b.likeness));
    let expected: Vec<_> = expected.iter().map(|name| id(name)).collect();
    assert_eq!(near.into_iter().map(|near| near.message_id).collect::<Vec<_>>(), expected, "{text}");
}

#[test]
fn the_nearest_come_first() {
    let community = community();
    let index = community.open();
    assert_eq!(index.meanings_known(), 3);
    check(&index, "shutting down a server", 1, &["stop"]);
    check(&index, "an expired certificate", 1, &["tls"]);
    check(&index, "baking", 1, &["cake"]);
    check(&index, "", 9, &[]);
    let same = index.nearest(&text::meaning("How do I stop the server?"), 1, &|_| true);
    assert!((same[0].likeness - 1.0).abs() < 0.001);
    let key = index::conversation_key(Id::parse(&id("tls")).expect("an id"));
    let near = index.nearest(&text::meaning("shutting down a server"), 9, &|other| other == key);
    assert_eq!(near.len(), 1);
}

#[test]
fn they_follow_the_tables() {
    let mut community = community();
    month(&mut community, "2020-02", &[("late", "Where is the meeting?")]);
    assert!(!index::is_current(&community.index(), &community.manifest));
    community.update();
    assert!(index::is_current(&community.index(), &community.manifest));
    let index = community.open();
    check(&index, "meeting place", 1, &["late"]);
    check(&index, "shutting down a server", 1, &["stop"]);
    assert_eq!(index.meanings_known(), 3);
}

#[test]
fn a_damaged_file_is_made_again() {
    let community = community();
    let file = community.index().join("meanings");
    let whole = std::fs::read(&file).expect("a file");
    for damaged in [&b""[..], b"SBMEAN01", b"SBMEAN01\xff\xff\xff\xff{}", &whole[..whole.len() - 1]] {
        std::fs::write(&file, damaged).expect("written");
        assert_eq!(community.open().meanings_known(), 0);
        assert!(!index::check(&community.index()).expect("looked at").is_empty());
        community.update();
        assert_eq!(std::fs::read(&file).expect("a file"), whole);
    }
}
