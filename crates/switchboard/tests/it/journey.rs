//! The whole way, as a person goes it.

use crate::common::{Place, files};

#[test]
fn from_a_mailing_list_to_who_is_waiting() {
    let place = Place::with_list();
    let said = place.run(&["-C", "w", "sync"]);
    insta::assert_snapshot!(said.err, @r#"
    list: 4 new items
    4 messages, 2 conversations, 3 people (4 new)
    "#);
    assert_eq!(said.out, "");

    insta::assert_snapshot!(place.w(&["desk"]), @"
    1 person waits for an answer as of 2020-05-06 09:00 UTC, when something was done last

    Reactor does not stop
      list · 1 message · m0tk546y2mxdt6vfx
      eve Example (new here) has waited for less than a minute, 2 days left of the promise
      asks for tier 1 (basic help) because it asks something, it is short
      “Why does the reactor not stop when I call stop?”
      → bob Example could help: answered 1 similar question, 1 thanked; last in May 2020; brought forward: answered one like this, has never been asked
    ");
    insta::assert_snapshot!(place.w(&["ask", "how do I stop the reactor?"]), @r#"
    Similar conversations

      Stopping the reactor
      list · 2020-05-05 · resolved (worked) · mxbfks14d3efjgvn3
      “Call reactor.stop() in the handler.” — bob Example

    Waiting with the same question one answer serves all
      Reactor does not stop
      list · eve Example since 2020-05-06 · m0tk546y2mxdt6vfx

    Who may know the load is spread by 0.5 of 1 ([helpers] in switchboard.toml)
      → bob Example could help: answered 1 similar question, 1 thanked; last in May 2020; brought forward: answered one like this, has never been asked
    "#);

    let status = place.json(&["status"]);
    assert_eq!(status[0]["source"], "list");
    assert_eq!(status[0]["messages"], 4);
    assert_eq!(status[0]["problems"], 0);
    assert_eq!(status[0]["last_run"]["items"], 4);
    assert!(place.w(&["status"]).contains("mbox"));
}

#[test]
fn results_are_json_where_a_program_asks() {
    let place = Place::with_list();
    let synced = place.json(&["sync"]);
    assert_eq!((&synced["sources"][0]["items"], &synced["tables"]["messages"]), (&4.into(), &4.into()));
    assert_eq!(place.json(&["desk"])["total"], 1);
    assert!(place.json(&["ask", "stop the reactor"])["similar"].as_array().is_some_and(|similar| !similar.is_empty()));
    assert_eq!(place.json(&["problems"])["problems"], serde_json::json!([]));
    assert!(place.json(&["doctor"]).as_array().is_some_and(|checks| !checks.is_empty()));
    assert_eq!(place.json(&["rebuild"])["same"], true);
    assert_eq!(place.json(&["sql", "select count(*) as n from messages"])["n"], 4);
}

#[test]
fn a_second_sync_adds_nothing_and_a_rebuild_changes_nothing() {
    let place = Place::with_list();
    place.w(&["sync"]);
    let before = (files(&place.path().join("w/archive")), files(&place.path().join("w/tables")));
    assert_eq!(place.json(&["sync"])["sources"][0]["items"], 0);
    assert_eq!((files(&place.path().join("w/archive")), files(&place.path().join("w/tables"))), before);
    place.w(&["rebuild"]);
    assert_eq!((files(&place.path().join("w/archive")), files(&place.path().join("w/tables"))), before);
}

#[test]
fn queries_and_exports_have_four_forms() {
    let place = Place::with_list();
    place.w(&["sync"]);
    let query = "select name, messages from people order by name";
    insta::assert_snapshot!(place.w(&["sql", query]), @r#"
    name         messages
    -----------  --------
    ada Example         2
    bob Example         1
    eve Example         1
    "#);
    insta::assert_snapshot!(place.w(&["sql", query, "--format", "csv"]), @r#"
    name,messages
    ada Example,2
    bob Example,1
    eve Example,1
    "#);
    insta::assert_snapshot!(place.w(&["sql", query, "--format", "jsonl"]), @r#"
    {"name":"ada Example","messages":2}
    {"name":"bob Example","messages":1}
    {"name":"eve Example","messages":1}
    "#);
    assert!(place.run(&["-C", "w", "sql", query, "--format", "parquet", "--output", "people.parquet"]).ok().is_empty());
    assert!(std::fs::read(place.path().join("people.parquet")).expect("written").starts_with(b"PAR1"));
    place.w(&["export", "messages", "--output", "messages.csv"]);
    let csv = std::fs::read_to_string(place.path().join("messages.csv")).expect("written");
    assert!(csv.starts_with("message_id,conversation_id,source,"), "{csv}");

    let said = place.run(&["-C", "w", "sql", "select nme from people"]).fails(1);
    assert!(said.contains("did you mean `name`"), "{said}");
    let said = place.run(&["-C", "w", "sql", "drop table people"]).fails(1);
    assert!(said.contains("refused"), "{said}");
}

#[test]
fn what_is_asked_before_a_sync_says_to_sync() {
    let place = Place::with_list();
    for arguments in [&["desk"] as &[&str], &["ask", "x"], &["sql", "select 1"], &["export", "people"], &["problems"]] {
        let said = place.run(&[&["-C", "w"], arguments].concat()).fails(1);
        assert!(said.contains("run `switchboard sync`"), "{arguments:?}: {said}");
    }
    assert!(place.w(&["status"]).contains("never"));
    place.w(&["doctor"]);
}

#[test]
fn a_source_that_fails_does_not_stop_the_others() {
    let place = Place::with_list();
    place.write("mail/gone.mbox", crate::common::three_mails());
    place.w(&["add", "mbox", "gone", "--path", "mail/gone.mbox"]);
    std::fs::remove_file(place.path().join("mail/gone.mbox")).expect("it was there");
    let said = place.run(&["-C", "w", "sync"]).fails(1);
    assert!(said.contains("list: 4 new items") && said.contains("1 of 2 sources failed (gone)"), "{said}");
    let status = place.json(&["status"]);
    assert_eq!((&status[0]["messages"], &status[1]["last_run"]["items"]), (&4.into(), &serde_json::Value::Null));
    assert!(place.w(&["status"]).contains("failed"));
    let said = place.run(&["-C", "w", "sync", "strange"]).fails(2);
    assert!(said.contains("no source is called `strange` (sources: list, gone)"), "{said}");
}

#[test]
fn sync_can_end_after_a_step() {
    let place = Place::with_list();
    place.w(&["sync", "--until", "collect"]);
    assert!(place.path().join("w/archive/list/00000001.parquet").exists() && !place.path().join("w/tables").exists());
    place.w(&["sync", "--until", "tables"]);
    assert!(place.path().join("w/tables/manifest.json").exists() && !place.path().join("w/index").exists());
    place.w(&["sync"]);
    assert!(place.path().join("w/index").exists());
}

#[test]
fn asking_for_what_nobody_said_finds_nothing() {
    let place = Place::with_list();
    place.w(&["sync"]);
    let said = place.run(&["-C", "w", "ask", "zymurgy"]).fails(1);
    assert!(said.contains("nothing like it"), "{said}");
    place.run(&["-C", "w", "ask", "  "]).fails(2);
}

#[test]
fn quiet_says_nothing_and_codes_of_colour_stay_out_of_files() {
    let place = Place::with_list();
    let run = place.run(&["-C", "w", "--quiet", "sync"]);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
    assert!(!place.w(&["desk"]).contains('\u{1b}'));
}
