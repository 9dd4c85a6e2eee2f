//! A small community of made-up lines, and its tables as text.

use std::fmt::Write as _;

use archive::{Archive, Limits, Manifest, Tables};
use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::TimestampMicrosecondType;
use model::{
    Activity, ActivityKind, Affiliation, Channel, Domain, Event, Id, Identity, IdentityKind, Item, Measurement,
    Message, MessageKind, Problem, Rows, Same, Stage,
};
use source::{Context, Place, Source};

/// A source whose items are `kind|id|author|minute|parents|subject|body` lines.
static LINES: Source = Source {
    kind: "lines",
    title: "lines",
    place: Place::List,
    about: "",
    example: "",
    recognize: |_| None,
    version: 1,
    takes_back: false,
    collect: |_, _, _| Ok(()),
    normalizer: |context| {
        let source = context.source.clone();
        Ok(Box::new(move |item, rows| normalize(&source, item, rows)))
    },
};

/// The same, where a later version takes back what the earlier one gave.
static NOTES: Source = Source { kind: "notes", takes_back: true, ..LINES };

fn normalize(source: &str, item: &Item, rows: &mut Rows) {
    let text = String::from_utf8_lossy(&item.bytes).into_owned();
    let fields: Vec<&str> = text.split('|').collect();
    let [kind, id, author, minute, parents, subject, body] = fields[..] else {
        let (what, file, detail) = ("no fields".to_owned(), item.id.clone(), String::new());
        return rows.problems.push(Problem { stage: Stage::Normalize, what, file, offset: Some(3), detail });
    };
    assert_ne!(kind, "panic", "a normalizer that fails");
    let time = minute.parse::<i64>().ok().map(|minute| (26_000_000 + minute) * 60_000_000);
    let chat = kind == "chat";
    let who = Id::identity(source, &author.to_lowercase());
    let last = rows.identities.len();
    rows.identities.push(Identity {
        id: who,
        kind: if chat { IdentityKind::Nick } else { IdentityKind::Email },
        value: author.to_lowercase(),
        name: Some(author.split('@').next().unwrap_or_default().to_owned()),
        email: author.contains('@').then(|| author.to_lowercase()),
        account: None,
        bot: author.starts_with("bot"),
        seen: time,
    });
    rows.channels.push(Channel { name: "talk".into(), kind: "list".into(), title: None });
    match kind {
        "event" => {
            let event = Event { starts: time, ..Event::new(Id::event("calendar", id), "talk", subject) };
            return rows.events.push(event);
        }
        "measured" => {
            let (id, name, channel) = (Id::measurement(source, id), subject.to_owned(), "talk".to_owned());
            let value = minute.parse().unwrap_or(f64::NAN);
            return rows.measurements.push(Measurement { id, name, channel, time, value, unit: None, labels: vec![] });
        }
        "stay" => {
            let organization = subject.to_owned();
            return rows.affiliations.push(Affiliation { who, organization, from: time, until: None });
        }
        "domain" => {
            let (domain, organization) = (body.to_owned(), subject.to_owned());
            return rows.domains.push(Domain { domain, organization, from: time, until: None });
        }
        "account" => {
            rows.identities[last].account = Some(subject.to_owned());
            return;
        }
        "same" => {
            let other = Identity::new(source, IdentityKind::Name, parents);
            rows.same.push(Same(who, other.id));
            return rows.identities.push(other);
        }
        _ => {}
    }
    if kind == "commit" || kind == "shared" {
        let space = if kind == "commit" { source } else { "everywhere" };
        let mut activity = Activity::new(Id::activity(space, id), ActivityKind::Authored, "talk");
        (activity.who, activity.time) = (Some(who), time);
        return rows.activities.push(activity);
    }
    let space = if chat { source } else { "mail" };
    let mut message = Message::new(Id::message(space, id), id, "talk", body);
    message.author = Some(who);
    message.time = time;
    message.threaded = !chat;
    message.order = id.trim_matches(|letter: char| !letter.is_ascii_digit()).parse().unwrap_or_default();
    message.subject = (!subject.is_empty()).then(|| subject.to_owned());
    if chat {
        message.mentions = body.split_once(':').map(|(nick, _)| nick.to_owned()).into_iter().collect();
    } else {
        message.parents = parents.split_whitespace().map(|parent| Id::message("mail", parent)).collect();
    }
    if let Some(how) = kind.strip_prefix("issue") {
        message.kind = MessageKind::Issue;
        message.closed = how.strip_prefix(' ').map(str::to_owned);
    }
    if let Some(answer) = kind.strip_prefix("accepts ") {
        message.kind = MessageKind::Question;
        message.accepted = Some(Id::message("mail", answer));
    }
    rows.messages.push(message);
}

pub struct Community {
    folder: tempfile::TempDir,
    archive: Archive,
    sources: Vec<&'static str>,
    decided: std::cell::RefCell<derive::Decided>,
}

impl Community {
    pub fn new(sources: &[&'static str]) -> Community {
        let folder = tempfile::tempdir().expect("a folder");
        let archive = Archive::open(&folder.path().join("archive")).expect("opens");
        Community { folder, archive, sources: sources.to_vec(), decided: Default::default() }
    }

    pub fn add(&self, source: &str, lines: &[&str]) {
        let mut appender = self.archive.append(source, "lines", Limits::default()).expect("appends");
        for line in lines {
            let id = line.split('|').nth(1).unwrap_or(line);
            let version = blake3::hash(line.as_bytes()).to_hex();
            appender.item(id, &version, "line", "", line.as_bytes()).expect("kept");
        }
        appender.cut(serde_json::json!(lines.len())).expect("stored");
    }

    /// What people have decided from now on.
    pub fn decide(&self, decided: derive::Decided) {
        *self.decided.borrow_mut() = decided;
    }

    /// Where the tables of a name lie.
    pub fn folder(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn tables(&self, name: &str) -> Tables {
        Tables::new(&self.folder(name))
    }

    pub fn derive(&self, name: &str) -> (derive::Outcome, Manifest) {
        let tables = self.tables(name);
        let base = self.folder.path().to_owned();
        let context =
            |source: &&str| Context { source: (*source).to_owned(), base: base.clone(), options: Default::default() };
        let input = |source| derive::Input {
            context: context(source),
            source: if *source == "notes" { &NOTES } else { &LINES },
        };
        let sources = self.sources.iter().map(input).collect();
        let job =
            derive::Job { archive: &self.archive, tables: &tables, sources, decided: self.decided.borrow().clone() };
        let outcome = derive::derive(&job, &mut |_| {}).expect("derives");
        (outcome, tables.manifest().expect("reads").expect("is there"))
    }

    pub fn rows(&self, name: &str, table: &str) -> Vec<RecordBatch> {
        let tables = self.tables(name);
        let manifest = tables.manifest().expect("reads").expect("is there");
        let files = manifest.tables.get(table).cloned().unwrap_or_default();
        files
            .iter()
            .flat_map(|file| tables.read(file, None).expect("opens").map(|batch| batch.expect("reads")))
            .collect()
    }

    /// Native ids of each conversation's messages, with its state.
    pub fn conversations(&self) -> String {
        let mut members = std::collections::BTreeMap::<String, Vec<String>>::new();
        for batch in self.rows("tables", "messages") {
            let text = |name: &str| batch.column_by_name(name).expect("is there").as_string::<i32>().clone();
            let (conversation, native) = (text("conversation_id"), text("native_id"));
            for row in 0..batch.num_rows() {
                members.entry(conversation.value(row).to_owned()).or_default().push(native.value(row).to_owned());
            }
        }
        let mut lines = Vec::new();
        for batch in self.rows("tables", "conversations") {
            let text = |name: &str| batch.column_by_name(name).expect("is there").as_string::<i32>().clone();
            let (id, state, why, title) = (text("conversation_id"), text("state"), text("resolved_by"), text("title"));
            let since = batch.column_by_name("waiting_since").expect("is there");
            let since = since.as_primitive::<TimestampMicrosecondType>();
            for row in 0..batch.num_rows() {
                let mut line = format!("{} {}", members[id.value(row)].join(" "), state.value(row));
                if why.is_valid(row) {
                    write!(line, " ({})", why.value(row)).expect("writes");
                }
                if since.is_valid(row) {
                    write!(line, " since {}", since.value(row) / 60_000_000 - 26_000_000).expect("writes");
                }
                lines.push(format!("{line}: {}", title.value(row)));
            }
        }
        lines.sort();
        lines.join("\n")
    }
}

/// Derives `lines` and compares the conversations that come of them.
#[track_caller]
pub fn check(lines: &[&str], expected: &str) {
    let community = Community::new(&["list"]);
    community.add("list", lines);
    community.derive("tables");
    assert_eq!(community.conversations(), expected.trim());
}

/// The texts of some columns of a small table, a line each row.
pub fn texts(community: &Community, table: &str, columns: &[&str]) -> Vec<String> {
    let batches = community.rows("tables", table);
    let line = |batch: &RecordBatch, row: usize| {
        let text = |name: &&str| {
            let column = batch.column_by_name(name).expect("is there").clone();
            arrow::util::display::array_value_to_string(&column, row).expect("prints")
        };
        columns.iter().map(text).collect::<Vec<_>>().join(" ")
    };
    batches.iter().flat_map(|batch| (0..batch.num_rows()).map(|row| line(batch, row)).collect::<Vec<_>>()).collect()
}
