//! What is printed from definitions: help, completions, manual, tables, sources.

use crate::common::Place;

#[test]
fn completions_and_manual_come_from_the_definitions() {
    let place = Place::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = place.run(&["completions", shell]).ok();
        assert!(script.contains("no-progress"), "{shell}");
        // Not every shell is told the values of arguments.
        assert!(script.contains("irc-log") || !["bash", "zsh"].contains(&shell), "{shell}");
    }
    let page = place.run(&["man"]).ok();
    assert!(page.contains(".TH switchboard 1") && page.contains("switchboard\\-sync(1)"), "{page}");
    let page = place.run(&["man", "sync"]).ok();
    assert!(page.contains(".TH switchboard-sync 1") && page.contains("\\-\\-until"), "{page}");
    place.run(&["man", "frobnicate"]).fails(2);
}

#[test]
fn the_command_line_says_what_is_wrong_with_it() {
    let place = Place::new();
    for (arguments, code) in [
        (&[] as &[&str], 2),
        (&["frobnicate"], 2),
        (&["sync", "--frobnicate"], 2),
        (&["--help"], 0),
        (&["--version"], 0),
    ] {
        assert_eq!(place.run(arguments).code, Some(code), "{arguments:?}");
    }
}

#[test]
fn tables_are_described() {
    let place = Place::new();
    let list = place.run(&["tables"]).ok();
    let described = place.run(&["tables", "problems"]).ok();
    for name in ["messages", "problems", "signals"] {
        assert!(list.contains(name), "{list}");
    }
    insta::assert_snapshot!(described, @r#"
    problems: something that could not be read or understood; its good neighbours were kept

    column  type              what it says
    source  text              the source's id in switchboard.toml
    stage   text              the step in which it came up: collect, normalize, derive
    what    text              a short fixed phrase to count by
    file    text              the file within the source
    offset  integer  or null  byte offset in that file, or the line for line-based formats
    detail  text              the rest; never a body or an address

    Parquet in one file, sorted by source, file, offset, what, detail.
    "#);
    let json: serde_json::Value = serde_json::from_str(&place.run(&["tables", "--json"]).ok()).expect("JSON");
    assert_eq!(json[0]["name"], "activities");
    let said = place.run(&["tables", "mesages"]).fails(2);
    assert!(said.contains("'messages'"), "{said}");
}

#[test]
fn every_kind_of_source_is_listed_with_an_example_that_it_accepts() {
    let place = Place::new();
    let kinds: serde_json::Value = serde_json::from_str(&place.run(&["sources", "--json"]).ok()).expect("JSON");
    for kind in kinds.as_array().expect("a list") {
        let (name, example) = (kind["kind"].as_str().expect("text"), kind["example"].as_str().expect("text"));
        let text = format!("[community]\nname = \"x\"\n[sources.a]\nkind = \"{name}\"\n{example}");
        place.write("w/switchboard.toml", text);
        // It may not find what it is to collect, but the options are understood.
        let said = place.run(&["-C", "w", "doctor"]).out;
        assert!(!said.contains("[sources.a]"), "{said}");
        assert!(place.run(&["sources", name]).ok().contains(&format!("kind = \"{name}\"")));
    }
}
