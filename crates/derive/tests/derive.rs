//! What derive promises: conversations, people and states as written down, and the same bytes
//! whether tables grew step by step or were made at once.

use std::fmt::Write as _;

use archive::{Archive, Limits, Manifest, Tables};
use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Int64Type, TimestampMicrosecondType};
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

struct Community {
    folder: tempfile::TempDir,
    archive: Archive,
    sources: Vec<&'static str>,
}

impl Community {
    fn new(sources: &[&'static str]) -> Community {
        let folder = tempfile::tempdir().expect("a folder");
        let archive = Archive::open(&folder.path().join("archive")).expect("opens");
        Community { folder, archive, sources: sources.to_vec() }
    }

    fn add(&self, source: &str, lines: &[&str]) {
        let mut appender = self.archive.append(source, "lines", Limits::default()).expect("appends");
        for line in lines {
            let id = line.split('|').nth(1).unwrap_or(line);
            let version = blake3::hash(line.as_bytes()).to_hex();
            appender.item(id, &version, "line", "", line.as_bytes()).expect("kept");
        }
        appender.cut(serde_json::json!(lines.len())).expect("stored");
    }

    fn tables(&self, name: &str) -> Tables {
        Tables::new(&self.folder.path().join(name))
    }

    fn derive(&self, name: &str) -> (derive::Outcome, Manifest) {
        let tables = self.tables(name);
        let base = self.folder.path().to_owned();
        let context =
            |source: &&str| Context { source: (*source).to_owned(), base: base.clone(), options: Default::default() };
        let input = |source| derive::Input {
            context: context(source),
            source: if *source == "notes" { &NOTES } else { &LINES },
        };
        let job =
            derive::Job { archive: &self.archive, tables: &tables, sources: self.sources.iter().map(input).collect() };
        let outcome = derive::derive(&job, &mut |_| {}).expect("derives");
        (outcome, tables.manifest().expect("reads").expect("is there"))
    }

    fn rows(&self, name: &str, table: &str) -> Vec<RecordBatch> {
        let tables = self.tables(name);
        let manifest = tables.manifest().expect("reads").expect("is there");
        let files = manifest.tables.get(table).cloned().unwrap_or_default();
        files
            .iter()
            .flat_map(|file| tables.read(file, None).expect("opens").map(|batch| batch.expect("reads")))
            .collect()
    }

    /// Native ids of each conversation's messages, with its state.
    fn conversations(&self) -> String {
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

fn check(lines: &[&str], expected: &str) {
    let community = Community::new(&["list"]);
    community.add("list", lines);
    community.derive("tables");
    assert_eq!(community.conversations(), expected.trim());
}

#[test]
fn mail_threads() {
    check(
        &[
            "mail|a1|ann@x.org|0||How do I stop it?|How do I stop it?",
            "mail|a2|bob@x.org|5|a1|Re: How do I stop it?|Call stop.",
            "mail|a3|ann@x.org|9|a2 a1|Re: How do I stop it?|Thank you, that worked!",
            "mail|b1|cid@x.org|7||Announcing 1.0|It is out.",
        ],
        "a1 a2 a3 resolved (thanked): How do I stop it?\nb1 not_question: Announcing 1.0",
    );
}

#[test]
fn a_missing_parent_holds_its_replies_together_and_loops_do_no_harm() {
    check(
        &[
            "mail|a2|bob@x.org|5|gone|Re: Old|One.",
            "mail|a3|ann@x.org|9|gone|Re: Old|Two.",
            "mail|l1|ann@x.org|20|l2|Loop|Three.",
            "mail|l2|bob@x.org|21|l1|Loop|Four.",
            "mail|s1|bob@x.org|22|s1|Self|Five.",
        ],
        "a2 a3 not_question: Re: Old\nl1 l2 not_question: Loop\ns1 not_question: Self",
    );
}

#[test]
fn a_subject_is_the_last_resort_and_bounded() {
    let month = 31 * 24 * 60;
    check(
        &[
            "mail|a1|ann@x.org|0||Crash|It crashes. What can I do?",
            "mail|a2|bob@x.org|60||Re: Crash|Update.",
            "mail|a3|cid@x.org|70||Crash|Another one crashed, why?",
            &format!("mail|a4|dan@x.org|{}||Re: Crash|Late.", month + 100),
        ],
        "a1 a2 answered: Crash\na3 waiting since 70: Crash\na4 not_question: Re: Crash",
    );
}

#[test]
fn who_waits() {
    check(
        &[
            "mail|a1|ann@x.org|0||Help|How do I do it?",
            "mail|a2|bot@x.org|1|a1|Re: Help|I am a bot.",
            "mail|b1|ann@x.org|10||More|How do I go on?",
            "mail|b2|bob@x.org|11|b1|Re: More|Like this.",
            "mail|b3|ann@x.org|12|b2|Re: More|And how do I stop?",
            "accepts c2|c1|ann@x.org|20||Which|Which one?",
            "mail|c2|bob@x.org|21|c1|Re: Which|This one.",
            "mail|d1|ann@x.org|30||Alone|How do I do this alone?",
            "mail|d2|ann@x.org|31|d1|Re: Alone|Never mind, it works now, thanks!",
        ],
        "a1 a2 waiting since 0: Help\nb1 b2 b3 waiting since 12: More\nc1 c2 resolved (accepted): Which\nd1 d2 resolved (self): Alone",
    );
}

#[test]
fn chat_by_time_and_mention() {
    check(
        &[
            "chat|c1|ann|0|||how do I mount it?",
            "chat|c2|bob|1|||try mount",
            "chat|c3|cid|2|||what is the best editor?",
            "chat|c4|dan|3|||ann: with sudo",
            "chat|c5|ann|4|||dan: thank you, works!",
            "chat|c6|eve|200|||good morning",
        ],
        "c1 c2 c4 c5 resolved (thanked): how do I mount it?\nc3 waiting since 2: what is the best editor?\nc6 not_question: good morning",
    );
}

#[test]
fn one_mail_in_two_archives_is_one_message_and_one_address_one_person() {
    let community = Community::new(&["one", "two"]);
    community
        .add("two", &["mail|a1|ann@x.org|0||Hi|Hi all", "mail|a1|ann@x.org|0||Hi|Hi all", "commit|k1|Ann@x.org|3|||"]);
    community.add("one", &["mail|a1|ann@x.org|0||Hi|Hi all", "commit|k1|bob@y.org|3|||", "garbage"]);
    let (outcome, _) = community.derive("tables");
    assert_eq!((outcome.messages, outcome.people, outcome.problems), (1, 2, 1));
    let messages = &community.rows("tables", "messages")[0];
    let seen = messages.column_by_name("seen_in").expect("is there").as_list::<i32>().value(0);
    let seen: Vec<_> = seen.as_string::<i32>().iter().flatten().map(str::to_owned).collect();
    assert_eq!(seen, ["one/talk", "two/talk"]);
    let source = messages.column_by_name("source").expect("is there").as_string::<i32>();
    assert_eq!(source.value(0), "one", "the first source of the configuration counts");
    let identities = &community.rows("tables", "identities")[0];
    let proof = identities.column_by_name("proof").expect("is there").as_string::<i32>();
    assert_eq!(proof.iter().flatten().collect::<Vec<_>>(), ["the same address", "the same address"]);
    let activities = community.rows("tables", "activities");
    assert_eq!(activities.iter().map(RecordBatch::num_rows).sum::<usize>(), 2);
}

#[test]
fn issues_wait_until_they_are_closed() {
    check(
        &[
            "issue|a|ann@x.org|0||Crash|It crashes.",
            "issue completed|b|ann@x.org|1||Hang|It hangs.",
            "mail|b2|bob@x.org|2|b|Re: Hang|Fixed.",
        ],
        "a waiting since 0: Crash\nb b2 resolved (closed): Hang",
    );
}

/// The texts of some columns of a small table, a line each row.
fn texts(community: &Community, table: &str, columns: &[&str]) -> Vec<String> {
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

#[test]
fn accounts_addresses_of_github_and_sources_that_say_so_prove_who_is_who() {
    let community = Community::new(&["one", "two"]);
    community.add(
        "one",
        &[
            "account|k1|7+ann@users.noreply.github.com|0|||",
            "mail|a1|7+bob@users.noreply.github.com|0||Hi|Hi",
            "same|k3|cid|0|dan||",
        ],
    );
    community.add("two", &["account|k2|bobby|0||github.com/bob|", "same|k4|x|0|y||"]);
    assert_eq!(community.derive("tables").0.people, 4);
    let mut proofs = texts(&community, "identities", &["value", "proof"]);
    proofs.sort();
    assert_eq!(
        proofs,
        [
            "7+ann@users.noreply.github.com ",
            "7+bob@users.noreply.github.com the same address",
            "bobby the same account",
            "cid named as one by a source",
            "dan named as one by a source",
            "x named as one by a source",
            "y named as one by a source",
        ]
    );
}

#[test]
fn organizations_are_imported_or_known_by_domain() {
    let community = Community::new(&["one", "two"]);
    community.add(
        "one",
        &[
            "mail|a1|ann@dev.acme.com|0||Hi|Hi",
            "mail|a2|bob@gmail.com|0||Hi|Hi",
            "mail|a3|cid@gmail.com|0||Hi|Hi",
            "mail|a4|dan@uni.edu|0||Hi|Hi",
            "mail|a5|eve@uni.edu|0||Hi|Hi",
            "mail|a6|fay@fay.name|0||Hi|Hi",
            "stay|s1|bob@gmail.com|||Umbrella|",
        ],
    );
    community.add("two", &["domain|d1|x|||ACME Inc.|acme.com", "domain|d2|x|||Google|gmail.com"]);
    community.derive("tables");
    let mut stays = texts(&community, "affiliations", &["organization", "basis", "source"]);
    stays.sort();
    assert_eq!(
        stays,
        ["ACME Inc. mail domain two", "Umbrella imported one", "uni.edu shared domain ", "uni.edu shared domain "]
    );
}

#[test]
fn what_a_later_version_takes_back_is_gone() {
    let community = Community::new(&["list", "notes"]);
    community.add("list", &["mail|a1|ann@x.org|0||Hi|Hi", "mail|a2|bob@y.org|0||Hi|Hi"]);
    community.add("notes", &["same|f|ann@x.org|0|bob||", "stay|g|ann@x.org|||Acme|"]);
    let people = || {
        let mut people = texts(&community, "identities", &["value"]);
        people.sort();
        people
    };
    community.derive("tables");
    assert_eq!(people(), ["ann@x.org", "ann@x.org", "bob", "bob@y.org"]);
    community.add("notes", &["stay|f|bob@y.org|||Umbrella|"]);
    let grown = community.derive("tables").1;
    assert_eq!(people(), ["ann@x.org", "ann@x.org", "bob@y.org", "bob@y.org"]);
    assert_eq!(grown, community.derive("at_once").1);
    let mut stays = texts(&community, "affiliations", &["organization", "basis"]);
    stays.sort();
    assert_eq!(stays, ["Acme imported", "Umbrella imported"]);
}

#[test]
fn of_two_sources_the_first_tells_and_of_one_the_latest() {
    let community = Community::new(&["one", "two"]);
    community.add("two", &["event|e1|x|5||Old name|", "event|e2|x|5||Only here|", "shared|k1|ann@x.org|1|||"]);
    community.derive("tables");
    community.add("one", &["event|e1|x|5||First|", "event|e1|x|6||Moved|", "shared|k1|ann@x.org|2|||"]);
    community.add("two", &["event|e1|x|7||Late|", "measured|n1|x|3||downloads|", "measured|n1|x|4||downloads|"]);
    community.derive("tables");
    assert_eq!(texts(&community, "events", &["title", "source"]), ["Only here two", "Moved one"]);
    assert_eq!(texts(&community, "measurements", &["name", "value"]), ["downloads 4.0"]);
    assert_eq!(texts(&community, "activities", &["source"]), ["one"]);
}

#[test]
fn a_newer_version_replaces_the_older_one() {
    let community = Community::new(&["list"]);
    community.add("list", &["mail|a1|ann@x.org|0||Hi|Old words"]);
    community.derive("tables");
    community.add("list", &["mail|a1|ann@x.org|99999||Hi|New words"]);
    let (outcome, _) = community.derive("tables");
    assert_eq!((outcome.messages, outcome.new_messages), (1, 0));
    let messages = community.rows("tables", "messages");
    let body = messages[0].column_by_name("body").expect("is there").as_string::<i32>();
    assert_eq!(body.value(0), "New words");
    assert_eq!(community.derive("again").1, community.derive("tables").1);
}

#[test]
fn a_normalizer_that_fails_loses_no_neighbour() {
    let community = Community::new(&["list"]);
    community
        .add("list", &["mail|a1|ann@x.org|0||Hi|One", "panic|a2|ann@x.org|0||Hi|Two", "mail|a3|ann@x.org|0||Ho|Three"]);
    let (outcome, _) = community.derive("tables");
    assert_eq!((outcome.messages, outcome.problems), (2, 1));
}

#[test]
fn nothing_new_changes_nothing() {
    let community = Community::new(&["list"]);
    community.add("list", &["mail|a1|ann@x.org|0||Hi|One"]);
    assert!(community.derive("tables").0.changed);
    assert!(!community.derive("tables").0.changed);
}

/// Made-up lines of two sources: threads, duplicates, new versions, chat, commits, dates missing.
fn line(random: &mut impl FnMut(u64) -> u64) -> String {
    let (id, parent, minute) = (random(60), random(60), random(200_000));
    let author = ["ann@x.org", "bob@x.org", "cid", "bot@x.org", "dan@y.org"][random(5) as usize];
    const KINDS: [&str; 14] = [
        "mail",
        "mail",
        "chat",
        "chat",
        "commit",
        "shared",
        "accepts m3",
        "issue",
        "issue done",
        "event",
        "measured",
        "stay",
        "domain",
        "account",
    ];
    let kind = KINDS[random(14) as usize];
    let minute = if random(10) == 0 { String::new() } else { minute.to_string() };
    let words = ["how do I do it?", "thanks, it works", "bob: use it", "so be it"][random(4) as usize];
    let subject = ["", "Crash", "Re: Crash", "Topic of the day"][random(4) as usize];
    format!("{kind}|m{id}|{author}|{minute}|m{parent}|{subject}|{words}")
}

#[test]
fn step_by_step_gives_the_same_bytes_as_at_once() {
    for seed in 0..8u64 {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut random = |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % below
        };
        let community = Community::new(&["one", "two"]);
        for step in 0..6 {
            let source = ["one", "two"][random(2) as usize];
            let lines: Vec<String> = (0..1 + random(40)).map(|_| line(&mut random)).collect();
            community.add(source, &lines.iter().map(String::as_str).collect::<Vec<_>>());
            let grown = community.derive("grown").1;
            let at_once = community.derive(&format!("step{step}")).1;
            assert_eq!(grown, at_once, "seed {seed}, step {step}");
            let messages = community.rows("grown", "messages");
            let seen = |batch: &RecordBatch| {
                let column = batch.column_by_name("seen_count").expect("is there").clone();
                column.as_primitive::<Int64Type>().values().iter().sum::<i64>()
            };
            assert!(messages.iter().map(seen).sum::<i64>() > 0 || messages.is_empty());
        }
    }
}
