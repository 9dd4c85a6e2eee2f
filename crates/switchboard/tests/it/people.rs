//! Adding what is only named by its path, and who is who from files.

use crate::common::Place;

#[test]
fn add_looks_at_a_path_and_proposes() {
    let place = Place::with_list();
    let run = place.run(&["-C", "w", "add", "mail/list.mbox"]);
    assert_eq!(run.code, Some(1), "nothing was added: {}", run.err);
    assert!(run.out.starts_with("1. mbox: a mailing list archive: 1 mbox file\n"), "{}", run.out);
    assert!(run.out.contains("switchboard add mbox list --path mail/list.mbox"), "{}", run.out);
    assert!(run.err.contains("add a name, or --yes"), "{}", run.err);
    let proposed = place.run(&["-C", "w", "--json", "add", "mail/list.mbox"]);
    let proposed: serde_json::Value = serde_json::from_str(&proposed.out).expect("JSON");
    assert_eq!((proposed[0]["kind"].as_str(), proposed[0]["name"].as_str()), (Some("mbox"), Some("list")));
    // The name is taken: the next free one is.
    place.w(&["add", "mail/list.mbox", "--yes"]);
    place.w(&["add", "mail", "third"]);
    let config = std::fs::read_to_string(place.path().join("w/switchboard.toml")).expect("kept");
    assert!(config.contains("[sources.list-2]") && config.contains("[sources.third]"), "{config}");
    place.w(&["sync"]);
    assert_eq!(place.json(&["sql", "select max(seen_count) as n from messages"])["n"], 3);
}

#[test]
fn a_working_copy_is_a_repository_whatever_it_holds() {
    let place = Place::with_list();
    place.write("project/.git/HEAD", "ref: refs/heads/main\n");
    place.write("project/mkdocs.yml", "site_name: Project\n");
    place.write("project/docs/index.md", "# Project\n\nHow to use it.\n");
    place.write("project/.mailmap", "Ada Example <ada@example.org> <ada@example.com>\n");
    place.w(&["add", "project", "code", "--yes"]);
    let config = std::fs::read_to_string(place.path().join("w/switchboard.toml")).expect("kept");
    assert!(config.contains("[sources.code]\nkind = \"git\""), "{config}");
}

#[test]
fn a_table_is_added_by_its_columns() {
    let place = Place::with_list();
    place.write("days.csv", "Date,Downloads,Visits\n2024-03-01,\"1,204\",88\n2024-03-02,many,91\n");
    let add = ["add", "table", "days", "--path", "days.csv", "--set", "rows=measurements"];
    place.w(&[&add[..], &["--set", "columns.time=Date", "--set", "values=['Downloads', 'Visits']"]].concat());
    place.w(&["sync"]);
    let sum = place.json(&["sql", "select count(*) as n, sum(\"value\") as sum from measurements"]);
    assert_eq!((sum["n"].as_i64(), sum["sum"].as_f64()), (Some(3), Some(1383.0)), "{sum}");
    assert_eq!(place.json(&["problems", "days"])["counts"][0]["problems"], 1);
    let add = ["-C", "w", "add", "table", "other", "--path", "days.csv", "--set", "rows=measurements"];
    let said = place.run(&add).fails(2);
    assert!(said.contains("columns"), "{said}");
}

#[test]
fn people_come_from_a_file_follow_it_and_go_to_other_tools() {
    let place = Place::with_list();
    place.w(&["sync"]);
    let people = |place: &Place| place.json(&["sql", "select count(*) as n from people"])["n"].clone();
    let before = people(&place);
    let file = place.write("who/.mailmap", "Ada Example <ada@example.org> <bob@example.org>\n");
    let file = file.to_str().expect("UTF-8");
    place.w(&["people", "import", file]);
    assert_eq!(people(&place).as_i64(), before.as_i64().map(|before| before - 1));
    let mailmap = place.w(&["people", "export", "--format", "mailmap"]);
    assert_eq!(mailmap, "ada Example <ada@example.org> <bob@example.org>\n");

    // What the file no longer says is taken back.
    place.write("who/.mailmap", "Ada Example <ada@example.org> <ada@example.net>\n");
    place.w(&["people", "import", file]);
    assert_eq!(people(&place), before);
    let said = place.run(&["-C", "w", "people", "import", file, "--name", "other"]).fails(1);
    assert!(said.contains("reads this file already"), "{said}");

    let sorting_hat = place.path().join("people.json");
    let sorting_hat = sorting_hat.to_str().expect("UTF-8");
    place.w(&["people", "export", "--output", sorting_hat]);
    let exported: serde_json::Value =
        serde_json::from_slice(&std::fs::read(sorting_hat).expect("written")).expect("JSON");
    let individuals = exported["uidentities"].as_object().expect("people");
    assert_eq!(individuals.len() as i64, before.as_i64().expect("a number"));

    // What one workspace exports another one reads.
    place.run(&["init", "v"]).ok();
    place.run(&["-C", "v", "people", "import", sorting_hat]).ok();
    let again = place.run(&["-C", "v", "people", "export", "--format", "mailmap"]).ok();
    assert_eq!(again, place.w(&["people", "export", "--format", "mailmap"]));

    let said = place.run(&["-C", "w", "people", "import", "mail/list.mbox"]).fails(2);
    assert!(said.contains("no format of people"), "{said}");
}

/// A mailbox of two addresses of one rare name, and of two who are called Dave.
fn namesakes() -> String {
    let mail = |id: u32, name: &str, address: &str| {
        format!(
            "From {address} Tue, 5 May 2020 10:00:00\nFrom: {name} <{address}>\n\
             Date: Tue, {id} Jun 2020 10:00:00 +0000\nMessage-ID: <{id}@people.example>\nSubject: Hello {id}\n\nHi.\n\n"
        )
    };
    [
        mail(1, "Zaphod Beeble", "zaphod@work.example"),
        mail(8, "\"Beeble, Zaphod\"", "zb@home.example"),
        mail(15, "Dave", "dave@work.example"),
        mail(22, "Dave", "dave@home.example"),
    ]
    .concat()
}

fn count(place: &Place, table: &str) -> i64 {
    place.json(&["sql", &format!("select count(*) as n from {table}")])["n"].as_i64().expect("a number")
}

#[test]
fn who_is_who_is_suggested_decided_and_taken_back() {
    let place = Place::new();
    place.write("mail/list.mbox", namesakes());
    place.run(&["init", "w"]).ok();
    place.w(&["add", "mbox", "list", "--path", "mail/list.mbox"]);
    place.w(&["sync"]);
    assert_eq!((count(&place, "people"), count(&place, "suggestions")), (4, 1), "no Dave is suggested");

    let suggested = place.json(&["people", "suggestions"]);
    let suggestion = &suggested["suggestions"][0];
    assert!(suggestion["score"].as_f64().is_some_and(|score| score > 0.5), "{suggested}");
    assert_eq!(suggestion["reasons"][0], "the same rare name");
    let id = |side: &str| suggestion[side]["person_id"].as_str().expect("an id").to_owned();
    let (a, b) = (id("a"), id("b"));
    let shown = place.w(&["people", "suggestions"]);
    assert!(shown.contains("the same rare name") && shown.contains(&a) && shown.contains(&b), "{shown}");

    // Merged, split, and one again: by address, by id, and by taking the split back.
    let said = place.w(&["people", "merge", "zaphod@work.example", &b, "--note", "asked him", "--as", "eve"]);
    assert!(said.contains("are one person now"), "{said}");
    assert_eq!((count(&place, "people"), count(&place, "suggestions")), (3, 0));
    let said = place.run(&["-C", "w", "people", "merge", &a, &b]).fails(1);
    assert!(said.contains("one person already"), "{said}");
    place.w(&["people", "split", "zb@home.example"]);
    assert_eq!(count(&place, "people"), 4);
    place.w(&["people", "undo"]);
    assert_eq!(count(&place, "people"), 3);
    let proof = place.json(&["sql", "select max(proof) as proof from identities"]);
    assert_eq!(proof["proof"], "a person said so");
    let rebuilt = place.run(&["-C", "w", "rebuild"]);
    assert!(rebuilt.err.contains("the same as before, byte for byte"), "{}", rebuilt.err);

    // Two again, and not to be suggested again.
    place.w(&["people", "undo", "1"]);
    assert_eq!((count(&place, "people"), count(&place, "suggestions")), (4, 1));
    place.w(&["people", "refuse", &a, &b, "--for", "30"]);
    assert_eq!(count(&place, "suggestions"), 0);
    place.w(&["people", "undo"]);
    place.w(&["people", "refuse", &b, &a]);
    place.w(&["rebuild"]);
    let nothing = place.run(&["-C", "w", "people", "suggestions"]).fails(1);
    assert!(nothing.contains("nobody here looks like somebody else"), "{nothing}");
    place.w(&["people", "lock", &a]);
    let said = place.run(&["-C", "w", "people", "merge", &a, &b]).fails(1);
    assert!(said.contains("is locked"), "{said}");

    let log = place.json(&["people", "log"]);
    assert_eq!((log[0]["kind"].as_str(), log[0]["note"].as_str()), (Some("same_person"), Some("asked him")));
    assert_eq!((log[0]["who"].as_str(), log[0]["taken_back"].as_bool()), (Some("eve"), Some(true)));
    let log = place.w(&["people", "log", &a]);
    assert!(log.contains("8. locked"), "{log}");
    let said = place.run(&["-C", "w", "people", "split", "dave"]).fails(1);
    assert!(said.contains("2 people are called `dave`; name one by id:"), "{said}");
}
