//! The index follows the tables: made, left alone, changed, mended.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use archive::{FileEntry, Manifest, Tables};
use arrow::array::{ArrayRef, RecordBatch, StringArray, TimestampMicrosecondArray, new_null_array};
use index::{Index, IndexError, Only, Updated, Wanted};
use model::Id;
use model::tables::MESSAGES;

mod meanings;
mod search;

/// A message as the tests write it: name, subject (empty for none), body.
type Made<'a> = (&'a str, &'a str, &'a str);

struct Community {
    folder: tempfile::TempDir,
    tables: Tables,
    manifest: Manifest,
}

impl Community {
    fn new() -> Community {
        let folder = tempfile::tempdir().expect("a folder");
        let tables = Tables::new(&folder.path().join("tables"));
        Community { folder, tables, manifest: Manifest::default() }
    }

    /// Two months of a list.
    fn of_a_list() -> Community {
        let mut community = Community::new();
        community.month(
            "2020-01",
            &[
                ("stop", "Stopping the reactor", "How do I stop the reactor cleanly from a thread?"),
                ("re-stop", "Re: Stopping the reactor", "Call reactor.callFromThread(reactor.stop) instead."),
                ("tls", "Certificates", "The handshake fails with CERTIFICATE_VERIFY_FAILED on 2.7.18"),
            ],
        );
        community.month("2020-02", &[("party", "", "Who comes to the meeting in Lisbon?")]);
        community
    }

    fn month(&mut self, month: &str, messages: &[Made]) {
        let files = self.manifest.tables.entry(MESSAGES.name.to_owned()).or_default();
        files.retain(|file| file.month.as_deref() != Some(month));
        let mut file = self.tables.create(&MESSAGES, Some(("list", month))).expect("a file");
        if !messages.is_empty() {
            file.write(&batch(messages)).expect("rows of messages");
        }
        files.extend(file.finish().expect("written"));
        files.sort();
    }

    fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    fn try_update(&self) -> index::Result<Updated> {
        index::update(&self.index(), &self.tables, &self.manifest, &mut |_, _| {})
    }

    fn update(&self) -> Updated {
        self.try_update().expect("up to date")
    }

    fn open(&self) -> Index {
        Index::open(&self.index()).expect("an index")
    }
}

fn batch(messages: &[Made]) -> RecordBatch {
    let text = |value: &dyn Fn(&Made) -> Option<String>| -> ArrayRef {
        Arc::new(messages.iter().map(value).collect::<StringArray>())
    };
    let column = |field: &Arc<arrow::datatypes::Field>| match field.name().as_str() {
        "message_id" => text(&|(name, ..)| Some(id(name))),
        "conversation_id" => text(&|(name, ..)| Some(id(name.trim_start_matches("re-")))),
        "subject" => text(&|(_, subject, _)| (!subject.is_empty()).then(|| (*subject).to_owned())),
        "body" => text(&|(.., body)| Some((*body).to_owned())),
        "time" => {
            let times = (0..messages.len()).map(|row| (row > 0).then_some(row as i64));
            Arc::new(times.collect::<TimestampMicrosecondArray>().with_timezone("+00:00"))
        }
        _ if field.is_nullable() => new_null_array(field.data_type(), messages.len()),
        _ => empty(field.data_type(), messages.len()),
    };
    let schema = MESSAGES.schema();
    let columns = schema.fields().iter().map(column).collect();
    RecordBatch::try_new(schema, columns).expect("the schema")
}

/// Rows of nothing, for the columns that the index does not read.
fn empty(kind: &arrow::datatypes::DataType, rows: usize) -> ArrayRef {
    use arrow::array::{BooleanArray, Int64Array, ListArray};
    use arrow::buffer::OffsetBuffer;
    use arrow::datatypes::DataType;
    match kind {
        DataType::Utf8 => Arc::new(StringArray::from(vec![""; rows])),
        DataType::Int64 => Arc::new(Int64Array::from(vec![0; rows])),
        DataType::Float64 => Arc::new(arrow::array::Float64Array::from(vec![0.0; rows])),
        DataType::Boolean => Arc::new(BooleanArray::from(vec![false; rows])),
        DataType::List(item) => {
            let offsets = OffsetBuffer::from_lengths(std::iter::repeat_n(0, rows));
            Arc::new(ListArray::new(item.clone(), offsets, Arc::new(StringArray::from(Vec::<&str>::new())), None))
        }
        other => panic!("no empty {other}"),
    }
}

fn id(name: &str) -> String {
    Id::message("test", name).to_string()
}

#[track_caller]
fn check(index: &Index, question: &str, expected: &[&str]) {
    let ids = |hits: Vec<index::Hit>| hits.into_iter().map(|hit| hit.message_id).collect::<Vec<_>>();
    let expected: Vec<_> = expected.iter().map(|name| id(name)).collect();
    assert_eq!(ids(index.similar(question, 10).expect("an answer")), expected, "similar to {question}");
}

#[test]
fn similar_messages_are_found_by_words_names_and_errors() {
    let community = Community::of_a_list();
    let updated = community.update();
    assert_eq!(updated, Updated { partitions: 2, added: 4, skipped: 0, anew: true });
    let index = community.open();
    assert_eq!(index.documents(), 4);
    check(&index, "my reactors do not want to be stopped", &["stop", "re-stop"]);
    check(&index, "callFromThread", &["re-stop", "stop"]);
    check(&index, "certificate_verify_failed", &["tls"]);
    check(&index, "2.7.18", &["tls"]);
    check(&index, "lisbon", &["party"]);
    check(&index, "nothing of the kind: zebra", &[]);
    check(&index, "", &[]);
}

#[test]
fn a_hit_says_where_and_when() {
    let community = Community::of_a_list();
    community.update();
    let hits = community.open().similar("callFromThread", 1).unwrap();
    assert_eq!(hits.len(), 1);
    assert_eq!((&hits[0].message_id, &hits[0].conversation_id), (&id("re-stop"), &id("stop")));
    assert_eq!(hits[0].time, Some(1));
    let undated = community.open().similar("lisbon", 1).unwrap();
    assert_eq!(undated[0].time, None);
}

#[test]
fn search_gives_messages_with_every_word_first() {
    let community = Community::of_a_list();
    community.update();
    let index = community.open();
    let search = |words: &str, limit| index.search(&Wanted { words, ..Wanted::default() }, limit).unwrap();
    let found = |words: &str| search(words, 10).hits.into_iter().map(|hit| hit.message_id).collect::<Vec<_>>();
    assert_eq!(found("thread cleanly"), [id("stop"), id("re-stop")]);
    assert_eq!(found("instead reactor.stop")[0], id("re-stop"));
    assert_eq!(found("certificates zebra"), [id("tls")]);
    assert_eq!(found("zebra"), Vec::<String>::new());
    assert_eq!(search("reactor", 0).hits, []);
    let all = search("reactor", usize::MAX);
    assert_eq!((all.hits.len(), all.with_all, all.total_with_all), (2, 2, 2));
    assert_eq!(search("reactor", 1).total_with_all, 2);
    assert!(search("the what", 9).nothing);
}

#[test]
fn hostile_questions_are_answered() {
    let community = Community::of_a_list();
    community.update();
    let index = community.open();
    let long = "reactor.stop é東京 ".repeat(100_000);
    let many: String = (0..100_000).map(|number| format!("w{number} ")).collect();
    for question in ["\0\u{feff}\u{202e}", "\"((AND OR NOT)) +-*:^~[", long.as_str(), many.as_str(), "’'’'_._._.::::"]
    {
        index.similar(question, 200).unwrap();
        let phrases = [question.to_owned()];
        for words in ["", question] {
            let wanted = Wanted { words, phrases: &phrases, without: &phrases, only: Only::default() };
            index.search(&wanted, 200).unwrap();
        }
    }
}

#[test]
fn nothing_new_opens_nothing_for_writing() {
    let community = Community::of_a_list();
    community.update();
    let before = files(&community.index());
    assert_eq!(community.update(), Updated::default());
    assert_eq!(files(&community.index()), before);
}

#[test]
fn a_changed_partition_is_read_anew_and_a_gone_one_removed() {
    let mut community = Community::of_a_list();
    community.update();
    let index = community.open();
    community.month("2020-01", &[("stop", "Stopping the zebra", "How do I stop the zebra?")]);
    assert_eq!(community.update(), Updated { partitions: 1, added: 1, skipped: 0, anew: false });
    // What is open stays on its commit until it is told.
    check(&index, "the reactor", &["stop", "re-stop"]);
    index.reload().unwrap();
    assert_eq!(index.documents(), 2);
    check(&index, "the reactor", &[]);
    check(&index, "zebra", &["stop"]);
    community.month("2020-02", &[]);
    assert_eq!(community.update(), Updated { partitions: 1, added: 0, skipped: 0, anew: false });
    index.reload().unwrap();
    assert_eq!(index.documents(), 1);
}

#[test]
fn a_community_without_messages_has_an_index() {
    let community = Community::new();
    assert_eq!(community.update(), Updated { anew: true, ..Updated::default() });
    assert_eq!(community.update(), Updated::default());
    assert_eq!(community.open().documents(), 0);
    check(&community.open(), "reactor", &[]);
}

#[test]
fn a_damaged_index_is_made_anew() {
    let damages: [&dyn Fn(&Path); 4] = [
        &|index| std::fs::write(index.join("meta.json"), "{").unwrap(),
        &|index| std::fs::remove_file(index.join("meta.json")).unwrap(),
        &|index| std::fs::remove_file(some_file(index, "term")).unwrap(),
        &|index| std::fs::write(some_file(index, "fast"), "").unwrap(),
    ];
    let community = Community::of_a_list();
    community.update();
    for damage in damages {
        damage(&community.index());
        assert!(Index::open(&community.index()).is_err());
        assert!(community.update().anew);
        check(&community.open(), "lisbon", &["party"]);
        assert_eq!(index::check(&community.index()).unwrap(), Vec::<PathBuf>::new());
    }
}

#[test]
fn check_names_a_file_whose_bytes_changed() {
    let community = Community::of_a_list();
    community.update();
    let path = some_file(&community.index(), "idx");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[0] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let damaged = index::check(&community.index()).unwrap();
    assert_eq!(damaged, [PathBuf::from(path.file_name().unwrap())]);
}

#[test]
fn an_update_that_fails_leaves_the_index_as_it_was() {
    let mut community = Community::of_a_list();
    community.update();
    let good = community.manifest.clone();
    community.month("2020-01", &[("new", "", "zebra")]);
    let missing = FileEntry {
        path: "messages/none.parquet".to_owned(),
        source: Some("list".to_owned()),
        month: Some("2020-03".to_owned()),
        rows: 1,
        bytes: 1,
        hash: "0".to_owned(),
    };
    community.manifest.tables.get_mut(MESSAGES.name).unwrap().push(missing);
    assert!(matches!(community.try_update(), Err(IndexError::Archive(_))));
    check(&community.open(), "the reactor", &["stop", "re-stop"]);
    check(&community.open(), "zebra", &[]);
    community.manifest = good;
    assert_eq!(community.update(), Updated::default());
}

#[test]
fn a_second_writer_is_told_to_wait() {
    let mut community = Community::of_a_list();
    community.update();
    let (mut second, mut asked) = (None, false);
    community.month("2020-03", &[("late", "", "zebra")]);
    index::update(&community.index(), &community.tables, &community.manifest, &mut |_, _| {
        if !std::mem::replace(&mut asked, true) {
            second = Some(community.try_update());
        }
    })
    .unwrap();
    assert!(matches!(second, Some(Err(IndexError::Locked(_)))));
}

#[test]
fn a_folder_without_an_index_says_what_to_do() {
    let community = Community::new();
    let error = Index::open(&community.index()).err().unwrap();
    assert!(error.to_string().ends_with("run `switchboard sync` to make it"));
}

fn files(folder: &Path) -> Vec<(PathBuf, std::time::SystemTime)> {
    let entries = std::fs::read_dir(folder).expect("a file").map(|entry| entry.expect("a file"));
    let mut files: Vec<_> =
        entries.map(|entry| (entry.path(), entry.metadata().expect("a file").modified().expect("a file"))).collect();
    files.sort();
    files
}

fn some_file(folder: &Path, extension: &str) -> PathBuf {
    files(folder)
        .into_iter()
        .map(|(path, _)| path)
        .find(|path| path.extension().is_some_and(|e| e == extension))
        .expect("a file")
}
