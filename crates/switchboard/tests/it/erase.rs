//! Somebody who was erased is in no file any more, and stays away.

use std::path::{Path, PathBuf};
use std::time::Instant;

use archive::{Archive, Tables};
use model::Item;

use crate::common::{Place, files};

/// What must be nowhere.
const TRACES: [&str; 5] = ["alice", "wonderland@post.example", "liddell", "jabberwock", "vorpal"];

/// Three people: Alice asks, Bob answers her by name and address, Eve asks something else; Alice thanks.
fn mails() -> String {
    let mail = |id: &str, parent: &str, from: &str, hour: u32, subject: &str, body: &str| {
        let parent = if parent.is_empty() { String::new() } else { format!("In-Reply-To: <{parent}@list.example>\n") };
        format!(
            "From x@y.example Tue May  5 {hour:02}:00:00 2020\nFrom: {from}\n\
             Date: Tue, 5 May 2020 {hour:02}:00:00 +0000\nMessage-ID: <{id}@list.example>\n{parent}Subject: {subject}\n\n{body}\n\n"
        )
    };
    let alice = "Alice Liddell <wonderland@post.example>";
    [
        mail("1", "", alice, 10, "The Jabberwock", "How do I use the vorpal sword?"),
        mail(
            "2",
            "1",
            "Bob Builder <bob@post.example>",
            11,
            "Re: your question",
            "On Tuesday, Alice Liddell <wonderland@post.example> wrote something.\n\nSnicker-snack with it, says @bob.",
        ),
        mail("3", "2", alice, 12, "Re: your question", "Thank you, the Jabberwock is dead!"),
        mail("4", "", "Eve Else <eve@post.example>", 13, "Reactor", "Why does the reactor not stop?"),
    ]
    .concat()
}

/// A workspace `w` with them, synced, and notes about Alice in the desk.
fn ground() -> Place {
    let place = Place::new();
    place.write("mail/list.mbox", mails());
    place.run(&["init", "w"]).ok();
    place.run(&["-C", "w", "add", "mbox", "list", "--path", "mail/list.mbox"]).ok();
    place.w(&["sync"]);
    place.w(&["people", "prefer", "wonderland@post.example", "--likes", "vorpal swords"]);
    place.w(&["people", "lock", "Alice Liddell", "--note", "Alice Liddell told me"]);
    place
}

fn id_of(place: &Place, address: &str) -> String {
    let query = format!("SELECT identity_id FROM identities WHERE email = '{address}'");
    let found: serde_json::Value = serde_json::from_str(&place.w(&["sql", "--format", "jsonl", &query])).expect("JSON");
    found["identity_id"].as_str().expect("an id").to_owned()
}

/// Every place in which a trace of Alice is: files by their bytes, Parquet by what it holds.
fn traces(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut look = |place: String, bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        found.extend(TRACES.iter().filter(|trace| text.contains(**trace)).map(|trace| format!("{trace} in {place}")));
    };
    for (path, bytes) in files(folder) {
        look(path.display().to_string(), path.display().to_string().as_bytes());
        look(path.display().to_string(), &bytes);
    }
    for (place, item) in items(folder) {
        look(place.clone(), &item.bytes);
        look(place, format!("{} {} {}", item.id, item.version, item.origin).as_bytes());
    }
    let tables = Tables::new(&folder.join("tables"));
    let manifest = tables.manifest().expect("readable").expect("derived");
    for entry in manifest.tables.values().flatten() {
        let rows = tables.read(entry, None).expect("opens");
        for batch in rows {
            look(entry.path.clone(), format!("{:?}", batch.expect("whole")).as_bytes());
        }
    }
    found
}

fn items(folder: &Path) -> Vec<(String, Item)> {
    let archive = Archive::open_existing(&folder.join("archive")).expect("there");
    let mut all = Vec::new();
    for source in archive.sources().expect("listed") {
        for number in archive.numbers(&source).expect("listed") {
            let mut items = archive.segment(&source, number).expect("whole").items().expect("readable");
            let mut item = Item::default();
            while items.read(&mut item).expect("whole").is_some() {
                all.push((format!("{source}/{number}"), item.clone()));
            }
        }
    }
    all
}

fn workspace(place: &Place) -> PathBuf {
    place.path().join("w")
}

const SAID: &str = "SELECT native_id, subject, body, identity_id IS NULL AS nobody, conversation_id FROM messages \
                    ORDER BY time";

#[test]
fn somebody_who_is_erased_is_in_no_file() {
    let place = ground();
    let folder = workspace(&place);
    assert!(!traces(&folder).is_empty());
    let before = place.w(&["sql", "--format", "jsonl", SAID]);
    let plan = place.json(&["erase", "wonderland@post.example", "--dry-run"]);
    assert_eq!((&plan["name"], &plan["sources"]["list"]["messages"]), (&"Alice Liddell".into(), &2.into()));
    assert_eq!(place.w(&["sql", "--format", "jsonl", SAID]), before);

    let err = place.run(&["-C", "w", "erase", "Alice Liddell"]).fails(2);
    assert!(err.contains("--dry-run"), "{err}");
    let done = place.json(&["erase", "Alice Liddell", "--yes", "--as", "Dana"]);
    assert_eq!((&done["erased"]["items"], &done["erased"]["desk_is_clean"]), (&3.into(), &true.into()));
    assert_eq!(traces(&folder), [""; 0]);
    place.w(&["doctor"]);

    let lines = |text: &str| -> Vec<serde_json::Value> {
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    let (before, after) = (lines(&before), lines(&place.w(&["sql", "--format", "jsonl", SAID])));
    for (at, (before, after)) in before.iter().zip(&after).enumerate() {
        assert_eq!(before["conversation_id"], after["conversation_id"]);
        match at {
            0 | 2 => assert_eq!(
                (&after["body"], &after["nobody"], &after["subject"]),
                (&"[erased]".into(), &true.into(), &serde_json::Value::Null)
            ),
            1 => {
                let body = before["body"].as_str().expect("text");
                let body = body
                    .replace("Alice Liddell", "[erased]")
                    .replace("wonderland@post.example", "erased@erased.invalid");
                assert_eq!((after["body"].as_str(), &after["subject"]), (Some(body.as_str()), &before["subject"]));
            }
            _ => assert_eq!(before, after),
        }
    }
    assert_eq!((before.len(), after.len()), (4, 4));

    // The source still has them.
    assert_eq!(place.json(&["sync"])["sources"][0]["items"], 0);
    let text = mails() + &mails().replace("@list.example", "@again.example");
    place.write("mail/list.mbox", text.replace("Re: your question", "Re: your  question"));
    place.w(&["sync"]);
    place.write("mail/other.mbox", mails().replace("@list.example", "@other.example"));
    place.w(&["add", "mbox", "other", "--path", "mail/other.mbox"]);
    place.w(&["sync"]);
    let found = place.w(&["sql", "--format", "csv", "SELECT count(*) AS n FROM messages"]);
    assert!(found.contains("12") || found.contains('8'), "{found}");
    let found: Vec<String> = traces(&folder).into_iter().filter(|trace| !named_by_bob(trace)).collect();
    assert_eq!(found, [""; 0]);
    assert_eq!(place.json(&["rebuild"])["same"], true);
    place.run(&["-C", "w", "erase", "wonderland@post.example", "--yes"]).fails(1);
}

/// What others write of her by name after she was erased is new, and theirs.
fn named_by_bob(trace: &str) -> bool {
    trace.starts_with("alice in") || trace.starts_with("liddell in")
}

#[test]
fn killed_at_any_moment_it_is_ended_by_the_next_sync_and_nothing_is_lost() {
    let calm = ground();
    let id = id_of(&calm, "wonderland@post.example");
    let began = Instant::now();
    calm.w(&["erase", &id, "--yes"]);
    let usual = began.elapsed();
    for step in 0..8_u32 {
        let wild = ground();
        let folder = workspace(&wild);
        let before = items(&folder);
        let mut erase = wild.command(&["-C", "w", "--quiet", "erase", &id, "--yes"]).spawn().expect("it starts");
        std::thread::sleep(usual.mul_f64(f64::from(step) / 7.0));
        let _ = erase.kill();
        erase.wait().expect("it ends");
        let desk = desk::Desk::open(&folder.join("desk.sqlite")).expect("whole");
        let began = desk.erased().expect("readable").is_some();
        drop(desk);
        wild.w(&["sync"]);
        let after = items(&folder);
        if began {
            assert_eq!(traces(&folder), [""; 0], "killed at step {step}");
            // The hashes are under another key.
            assert_eq!(after.len(), items(&workspace(&calm)).len());
        } else {
            assert_eq!(after, before, "killed at step {step}");
        }
        wild.w(&["doctor"]);
    }
}

/// A chat's day is one item with the lines of many, and an export names people in files of their own.
#[test]
fn others_in_the_same_item_keep_their_words_and_a_new_account_is_known() {
    let place = ground();
    let log = "2020-05-05T22:58:03  *** wonderlass <wonderlass!~w@dsl.example> has joined #garden\n\
               2020-05-05T22:59:04  <bob> wonderlass: welcome back\n\
               2020-05-05T22:59:30  <wonderlass> bob: the vorpal sword went snicker-snack\n\
               2020-05-05T23:01:00  <eve> how do I water beans?\n";
    place.write("logs/#garden.log", log);
    place.w(&["add", "irc-log", "chat", "--path", "logs"]);
    place.w(&["sync"]);
    place.w(&["people", "undo"]);
    place.w(&["people", "merge", "wonderlass", "wonderland@post.example"]);
    let plan = place.json(&["erase", "wonderlass", "--dry-run"]);
    assert_eq!(plan["sources"]["chat"], serde_json::json!({ "messages": 1, "activities": 1 }));
    place.w(&["erase", "wonderlass", "--yes"]);
    let folder = workspace(&place);
    let nick = |folder: &Path| {
        let told = items(folder).into_iter().map(|(_, item)| String::from_utf8_lossy(&item.bytes).into_owned());
        told.chain([place.w(&["export", "messages", "--format", "jsonl"])]).any(|text| text.contains("wonderlass"))
    };
    assert_eq!((traces(&folder), nick(&folder)), (vec![], false));
    let query = "SELECT body FROM messages WHERE source = 'chat' ORDER BY time";
    let bodies = place.w(&["sql", "--format", "csv", query]);
    assert_eq!(
        bodies.lines().skip(1).collect::<Vec<_>>(),
        ["[erased]: welcome back", "[erased]", "how do I water beans?"]
    );
    let query = "SELECT count(*) AS n FROM activities WHERE source = 'chat' AND identity_id IS NULL";
    assert_eq!(place.w(&["sql", "--format", "csv", query]).lines().nth(1), Some("1"));

    // The same address on a source that nobody had: what comes by its number goes as well.
    let day = r#"[{"type":"message","user":"U1","text":"callooh callay","ts":"1588676400.000100"},
        {"type":"message","user":"U2","text":"what a day","ts":"1588676500.000100"}]"#;
    let users = r#"[{"id":"U1","name":"wl","profile":{"real_name":"A. L.","email":"wonderland@post.example"}},
        {"id":"U2","name":"bob","profile":{"real_name":"Bob Builder","email":"bob@post.example"}}]"#;
    place.write("slack/channels.json", r#"[{"id":"C1","name":"general","members":["U1","U2"]}]"#);
    place.write("slack/users.json", users);
    place.write("slack/general/2020-05-05.json", day);
    place.w(&["add", "slack-export", "slack", "--path", "slack"]);
    place.w(&["sync"]);
    let query = "SELECT body FROM messages WHERE source = 'slack' ORDER BY time";
    let bodies = place.w(&["sql", "--format", "csv", query]);
    assert_eq!(bodies.lines().skip(1).collect::<Vec<_>>(), ["[erased]", "what a day"]);
    assert_eq!(traces(&folder), [""; 0]);
    let told = items(&folder).iter().any(|(_, item)| String::from_utf8_lossy(&item.bytes).contains("callooh"));
    assert!(!told);
    assert_eq!(place.json(&["sync"])["tables"]["changed"], false);
}

/// Items are swapped all at once: whatever is left of a rewriting that was committed is put in place.
#[test]
fn a_rewriting_is_all_or_nothing() {
    let place = ground();
    let folder = workspace(&place).join("archive");
    let archive = Archive::open(&folder).expect("opens");
    let before = items(&workspace(&place));
    let blank = Item { id: "x".into(), ..Item::default() };
    let mut rewriting = archive.rewrite().expect("starts");
    rewriting.segment("list", 1, [(0, blank.clone())].into()).expect("written");
    drop(rewriting);
    assert_eq!(items(&workspace(&place)), before);
    assert!(!folder.join(".rewriting").exists());

    let mut rewriting = archive.rewrite().expect("starts");
    rewriting.segment("list", 1, [(0, blank.clone())].into()).expect("written");
    // As if the process had been killed right after it had said that all is whole.
    std::fs::write(folder.join(".rewriting/commit"), "1").expect("written");
    std::mem::forget(rewriting);
    assert!(archive.settle().expect("settled"));
    assert!(!archive.settle().expect("settled"));
    let after = items(&workspace(&place));
    assert_eq!((&after[0].1, &after[1..]), (&blank, &before[1..]));
    assert_eq!(archive.sources().expect("listed"), ["list"]);
    assert!(!folder.join(".rewriting").exists());
}
