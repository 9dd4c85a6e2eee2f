//! What the archive promises: items unchanged, segments whole or absent, cursors inside them.

use archive::{Archive, ArchiveError, Limits, Tables};
use model::Item;
use serde_json::json;

fn fill(archive: &Archive, items: &[(&str, &str, &[u8])], cursor: serde_json::Value) -> u64 {
    let mut appender = archive.append("list", "mbox", Limits::default()).expect("appends");
    for (id, version, bytes) in items {
        appender.item(id, version, "mail", "{}", bytes).expect("kept");
    }
    appender.cut(cursor).expect("stored");
    appender.items()
}

fn read(archive: &Archive) -> Vec<(String, String, Vec<u8>)> {
    let mut all = Vec::new();
    for number in archive.numbers("list").expect("lists") {
        let mut items = archive.segment("list", number).expect("opens").items().expect("reads");
        let mut item = Item::default();
        while items.read(&mut item).expect("whole").is_some() {
            all.push((item.id.clone(), item.version.clone(), item.bytes.clone()));
        }
    }
    all
}

#[test]
fn items_come_back_unchanged_and_known_ones_are_passed_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let archive = Archive::open(folder.path()).expect("opens");
    let bytes: Vec<u8> = (0..=255).collect();
    assert_eq!(fill(&archive, &[("a", "1", &bytes), ("b", "1", b"")], json!({"at": 2})), 2);
    assert_eq!(fill(&archive, &[("a", "1", &bytes), ("a", "2", b"new")], json!({"at": 3})), 1);
    assert_eq!(fill(&archive, &[("a", "2", b"new")], json!({"at": 3})), 0);
    let (a, b) = ("a".to_owned(), "b".to_owned());
    let one = "1".to_owned();
    assert_eq!(
        read(&archive),
        [(a.clone(), one.clone(), bytes), (b, one, vec![]), (a, "2".to_owned(), b"new".to_vec())]
    );
    assert_eq!(archive.numbers("list").expect("lists"), [1, 2]);
    let last = archive.last("list").expect("lists").expect("there is one");
    assert_eq!((last.head().cursor.clone(), last.head().items), (json!({"at": 3}), 1));
    assert_eq!(archive.sources().expect("lists"), ["list"]);
}

#[test]
fn a_full_segment_is_cut_and_the_next_follows() {
    let folder = tempfile::tempdir().expect("a folder");
    let archive = Archive::open(folder.path()).expect("opens");
    let limits = Limits { items: 10, ..Limits::default() };
    let mut appender = archive.append("list", "mbox", limits).expect("appends");
    for number in 0..35 {
        appender.item(&number.to_string(), "", "mail", "", b"x").expect("kept");
        if appender.is_due() {
            appender.cut(json!(number)).expect("stored");
        }
    }
    appender.cut(json!("end")).expect("stored");
    assert_eq!(archive.numbers("list").expect("lists"), [1, 2, 3, 4]);
    assert_eq!(read(&archive).len(), 35);
    assert_eq!(archive.segment("list", 2).expect("opens").verify().expect("whole"), 10);
}

#[test]
fn two_collectors_cannot_both_write_one_segment() {
    let folder = tempfile::tempdir().expect("a folder");
    let archive = Archive::open(folder.path()).expect("opens");
    let mut first = archive.append("list", "mbox", Limits::default()).expect("appends");
    let mut second = archive.append("list", "mbox", Limits::default()).expect("appends");
    first.item("a", "", "mail", "", b"first").expect("kept");
    second.item("b", "", "mail", "", b"second").expect("kept");
    first.cut(json!(1)).expect("stored");
    let error = second.cut(json!(1)).expect_err("taken");
    assert!(matches!(error, ArchiveError::Taken { number: 1, .. }), "{error}");
    assert_eq!(read(&archive).len(), 1);
}

#[test]
fn damage_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let archive = Archive::open(folder.path()).expect("opens");
    fill(&archive, &[("a", "1", &[7; 10_000])], json!(1));
    let path = folder.path().join("list/00000001.parquet");
    let whole = std::fs::read(&path).expect("reads");
    for length in [0, 4, whole.len() / 2, whole.len() - 1] {
        std::fs::write(&path, &whole[..length]).expect("writes");
        let error = archive.segment("list", 1).err().expect("damaged");
        assert!(error.to_string().contains("doctor"), "{error}");
    }
    assert!(archive.append("../evil", "mbox", Limits::default()).is_err());
    assert!(archive.append(".hidden", "mbox", Limits::default()).is_err());
}

#[test]
fn the_same_in_memory_as_on_disk() {
    let archive = Archive::in_store(std::sync::Arc::new(object_store::memory::InMemory::new()));
    assert_eq!(fill(&archive, &[("a", "1", b"x")], json!(1)), 1);
    assert_eq!(fill(&archive, &[("a", "1", b"x")], json!(1)), 0);
    assert_eq!(read(&archive).len(), 1);
}

#[test]
fn tables_are_named_by_content_and_swept() {
    let folder = tempfile::tempdir().expect("a folder");
    let tables = Tables::new(&folder.path().join("tables"));
    assert_eq!(tables.manifest().expect("reads"), None);
    let write = |area: &str| {
        let mut file = tables.create(&model::tables::KNOWLEDGE, None).expect("creates");
        let schema = model::tables::KNOWLEDGE.schema();
        let text = |value: &str| std::sync::Arc::new(arrow::array::StringArray::from(vec![value])) as _;
        let int = || std::sync::Arc::new(arrow::array::Int64Array::from(vec![1])) as _;
        let time = arrow::array::new_null_array(schema.field(4).data_type(), 1);
        let columns = vec![text("p"), text(area), int(), int(), time];
        file.write(&arrow::array::RecordBatch::try_new(schema, columns).expect("fits")).expect("writes");
        file.finish().expect("finishes").expect("has rows")
    };
    let publish = |entry: &archive::FileEntry| {
        let mut manifest = archive::Manifest::default();
        manifest.tables.insert("knowledge".into(), vec![entry.clone()]);
        tables.publish(&manifest).expect("publishes");
        manifest
    };
    let (first, same, other) = (write("tag:a"), write("tag:a"), write("tag:b"));
    assert_eq!(first, same);
    assert_ne!(first.path, other.path);
    publish(&first);
    assert!(!tables.folder().join(&other.path).exists(), "files of no manifest are removed");
    let manifest = publish(&first);
    assert_eq!(tables.manifest().expect("reads"), Some(manifest.clone()));
    assert!(tables.verify(&manifest).is_empty());
    std::fs::write(tables.folder().join(&first.path), b"other").expect("writes");
    assert_eq!(tables.verify(&manifest).len(), 1);
}
