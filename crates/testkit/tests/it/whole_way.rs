//! The whole way on real input: collect, derive, once more, and again from scratch.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use archive::{Archive, Limits, Manifest, Tables};
use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::Int64Type;
use source::{Context, Source};

struct Workspace {
    folder: tempfile::TempDir,
    sources: Vec<(Context, &'static Source)>,
}

impl Workspace {
    fn new() -> Workspace {
        Workspace { folder: tempfile::tempdir().expect("a folder"), sources: Vec::new() }
    }

    fn add(&mut self, kind: &str, name: &str, path: &Path, more: &str) {
        let options = format!("path = '{}'\n{more}", path.display());
        let context = Context { source: name.to_owned(), ..testkit::context(self.folder.path(), &options) };
        self.sources.push((context, sources::named(kind).expect("the kind is known")));
    }

    fn archive(&self) -> Archive {
        Archive::open(&self.folder.path().join("archive")).expect("opens")
    }

    /// Collects everything and gives the number of new items.
    fn collect(&self) -> u64 {
        let archive = self.archive();
        let run = |(context, source): &(Context, &'static Source)| {
            source::run::collect(&archive, source, context, Limits::default(), &mut |_| {}).expect("collects")
        };
        self.sources.iter().map(run).sum()
    }

    fn derive(&self, tables: &str) -> (derive::Outcome, Manifest) {
        let (archive, tables) = (self.archive(), Tables::new(&self.folder.path().join(tables)));
        let input = |(context, source): &(Context, &'static Source)| derive::Input { context: context.clone(), source };
        let job = derive::Job {
            archive: &archive,
            tables: &tables,
            sources: self.sources.iter().map(input).collect(),
            decided: Default::default(),
        };
        let outcome = derive::derive(&job, &mut |_| {}).expect("derives");
        (outcome, tables.manifest().expect("reads").expect("is there"))
    }

    /// Collects and derives, then shows that doing so again adds nothing and that tables made at once
    /// are the same byte for byte.
    fn sync(&self) -> derive::Outcome {
        assert!(self.collect() > 0);
        let (outcome, manifest) = self.derive("tables");
        assert_eq!(self.collect(), 0, "a second run adds nothing");
        assert!(!self.derive("tables").0.changed);
        assert_eq!(self.derive("again").1, manifest);
        outcome
    }

    fn rows(&self, table: &str) -> Vec<RecordBatch> {
        let tables = Tables::new(&self.folder.path().join("tables"));
        let manifest = tables.manifest().expect("reads").expect("is there");
        let read = |file| tables.read(file, None).expect("opens").map(|batch| batch.expect("reads"));
        manifest.tables[table].iter().flat_map(read).collect()
    }

    /// One text column of a table, nulls as empty text.
    fn texts(&self, table: &str, column: &str) -> Vec<String> {
        let text = |batch: &RecordBatch| {
            let column = batch.column_by_name(column).expect("is there").as_string::<i32>();
            column.iter().map(|text| text.unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        self.rows(table).iter().flat_map(text).collect()
    }

    fn count(&self, table: &str, column: &str, value: &str) -> usize {
        self.texts(table, column).iter().filter(|text| *text == value).count()
    }

    fn len(&self, table: &str) -> usize {
        self.rows(table).iter().map(RecordBatch::num_rows).sum()
    }
}

/// Of the 4,872 lines that begin with `From `, ten are sentences in bodies; of the 2,447 Message-IDs, one
/// stands in headers that somebody pasted into a body: 4,862 mails are 2,446 messages. 18 of the mails are the same bytes as another in their
/// file, which is one item.
#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn a_list_and_its_repository() {
    let data = testkit::shared_data();
    let mut workspace = Workspace::new();
    let code = workspace.folder.path().join("code.git");
    testkit::repository_from_tsv(&data.join("commits/twisted-2016-2019.tsv"), &code);
    workspace.add("mbox", "dev-list", &data.join("mail/twisted-python"), "");
    workspace.add("git", "code", &code, "");
    assert_eq!(workspace.sync().messages, 2446);
    let natives = workspace.texts("messages", "native_id");
    assert_eq!(natives.iter().collect::<BTreeSet<_>>().len(), 2446);
    let sightings = |batch: &RecordBatch| {
        let column = batch.column_by_name("seen_count").expect("is there");
        column.as_primitive::<Int64Type>().values().iter().sum::<i64>()
    };
    assert_eq!(workspace.rows("messages").iter().map(sightings).sum::<i64>(), 4862 - 18);

    let mut people: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let [emails, sources, persons] = ["email", "source", "person_id"].map(|name| workspace.texts("identities", name));
    for ((email, source), person) in emails.into_iter().zip(sources).zip(persons) {
        assert!(!email.contains(' '), "an address is not whole");
        people.entry(email).or_default().insert(source, person);
    }
    people.remove("");
    let both = people.values().filter(|sources| sources.len() == 2);
    let merged = both.clone().filter(|sources| sources.values().collect::<BTreeSet<_>>().len() == 1).count();
    assert!(merged >= 20, "{merged} addresses are on both");
    assert_eq!(merged, both.count(), "the same address is one person");
}

/// 316 Message-IDs, and a mail without one that is known by what it says.
#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn one_month_from_three_archivers() {
    let mut workspace = Workspace::new();
    let folder = testkit::shared_data().join("mail/maven-dev-3-archivers");
    for archiver in ["listsao", "mailarchivesao", "mboxvm"] {
        workspace.add("mbox", archiver, &folder.join(format!("maven-dev-2017-11-{archiver}.mbox")), "");
    }
    assert_eq!(workspace.sync().messages, 317);
    let natives = workspace.texts("messages", "native_id");
    assert_eq!(natives.iter().filter(|id| id.starts_with("no-message-id-")).count(), 1);
    let places = |batch: &RecordBatch| {
        let seen = batch.column_by_name("seen_in").expect("is there").as_list::<i32>().clone();
        (0..seen.len()).map(|row| seen.value(row).len()).collect::<Vec<_>>()
    };
    let places: Vec<usize> = workspace.rows("messages").iter().flat_map(places).collect();
    assert!(places.iter().all(|places| (1..=3).contains(places)));
    assert!(places.iter().filter(|places| **places == 3).count() > 300, "most are in all three");
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn a_site_of_questions() {
    let mut workspace = Workspace::new();
    workspace.add("stackexchange-dump", "qa", &testkit::shared_data().join("stackexchange/beer"), "");
    workspace.sync();
    let kinds = ["question", "answer", "comment"].map(|kind| workspace.count("messages", "kind", kind));
    assert_eq!(kinds, [591, 1398, 1860]);
    assert_eq!(workspace.count("activities", "kind", "linked"), 93);
    let accepted = workspace.texts("conversations", "accepted_message_id").iter().filter(|id| !id.is_empty()).count();
    assert!(accepted > 200, "{accepted} accepted answers are known");
    assert_eq!(accepted, workspace.count("conversations", "resolved_by", "accepted"));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn a_chat_room() {
    let mut workspace = Workspace::new();
    workspace.add("irc-log", "chat", &testkit::shared_data().join("irc/ubuntu"), "glob = '*.raw.txt'");
    let messages = workspace.sync().messages as usize;
    assert_eq!(messages + workspace.len("activities") + workspace.len("problems"), 55_265, "no line is lost");
}
