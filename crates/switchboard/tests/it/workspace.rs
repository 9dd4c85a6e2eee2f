//! Making a workspace, configuring it, and being told what is wrong with it.

use crate::common::Place;

#[test]
fn init_makes_a_workspace_and_never_overwrites_one() {
    let place = Place::new();
    place.run(&["init", "w"]).ok();
    let first = std::fs::read_to_string(place.path().join("w/switchboard.toml")).expect("made");
    assert!(first.contains("name = \"w\""), "{first}");
    let said = place.run(&["init", "w"]).fails(1);
    assert!(said.contains("is a workspace already"), "{said}");
    assert_eq!(std::fs::read_to_string(place.path().join("w/switchboard.toml")).expect("kept"), first);
}

#[test]
fn init_keeps_what_is_in_the_folder() {
    let place = Place::new();
    place.write("w/.gitignore", "mine\n");
    place.run(&["init", "w", "--title", "The “W” people"]).ok();
    assert_eq!(std::fs::read_to_string(place.path().join("w/.gitignore")).expect("kept"), "mine\n");
    let config = std::fs::read_to_string(place.path().join("w/switchboard.toml")).expect("made");
    assert!(config.contains("name = \"The “W” people\""), "{config}");
}

#[test]
fn add_writes_a_section_and_keeps_the_rest() {
    let place = Place::new();
    place.write("w/mail/a.mbox", "");
    place.run(&["init", "w"]).ok();
    let before = std::fs::read_to_string(place.path().join("w/switchboard.toml")).expect("made");
    place.w(&["add", "mbox", "list", "--path", "w/mail"]);
    let after = std::fs::read_to_string(place.path().join("w/switchboard.toml")).expect("kept");
    assert!(after.starts_with(&before), "{after}");
    insta::assert_snapshot!(after[before.len()..].trim_start(), @r#"
    [sources.list]
    kind = "mbox"
    path = "mail"
    "#);
}

#[test]
fn add_refuses_what_could_not_be_collected() {
    let place = Place::with_list();
    let check = |arguments: &[&str], code: i32, expected: &str| {
        let said = place.run(&[&["-C", "w", "add"], arguments].concat()).fails(code);
        assert!(said.contains(expected), "{arguments:?}: {said}");
    };
    check(&["fax", "x", "--path", "mail"], 2, "there is no kind `fax`; the kinds are");
    check(&["fax"], 2, "neither a file or folder nor a kind");
    check(&[], 2, "name a file or folder");
    check(&["mbox"], 2, "what is it to be called?");
    check(&["w"], 1, "`switchboard add KIND NAME --path w`");
    check(&["mbox", "../x", "--path", "mail"], 2, "letters, digits");
    check(&["mbox", ".x", "--path", "mail"], 2, "letters, digits");
    check(&["mbox", "x"], 2, "path");
    check(&["mbox", "x", "--path", "nowhere"], 2, "cannot read nowhere");
    check(&["mbox", "x", "--path", "mail", "--set", "frobnicate=1"], 2, "frobnicate");
    check(&["mbox", "x", "--path", "mail", "--set", "path=other"], 2, "`path` is given twice");
    check(&["mbox", "list", "--path", "mail"], 1, "there is a source `list` already");
}

#[test]
fn a_wrong_configuration_is_refused_with_its_line() {
    let place = Place::with_list();
    let check = |config: &str, expected: &str| {
        place.write("w/switchboard.toml", config);
        let said = place.run(&["-C", "w", "sync"]).fails(1);
        assert!(said.contains(expected) && said.lines().count() == 1, "{said}");
    };
    check("[community]\nname = \"x\"\ncolour = 1\n", "switchboard.toml:3: unknown field `colour`");
    check(
        "[community]\nname = \"x\"\n[sources.a]\nkind = \"mbox\"\npath = \"mail\"\nfrobnicate = 1\n",
        "switchboard.toml:6: [sources.a] unknown field `frobnicate`",
    );
    check(
        "[community]\nname = \"x\"\n[sources.a]\nkind = \"fax\"\n",
        "switchboard.toml:4: [sources.a] there is no kind `fax`",
    );
    check("[community]\nname = \"x\"\n[sources.a]\npassword = hush\n", "switchboard.toml:4: ");
    assert!(!place.run(&["-C", "w", "sync"]).fails(1).contains("hush"));
}

#[test]
fn the_workspace_is_found_from_below_by_option_and_by_environment() {
    let place = Place::with_list();
    place.write("w/deep/down/file", "");
    let status = |command: &mut std::process::Command| {
        let run: crate::common::Run = command.output().expect("it starts").into();
        run.ok()
    };
    let below = status(place.command(&["status"]).current_dir(place.path().join("w/deep/down")));
    let named = status(&mut place.command(&["status", "-C", "w"]));
    let environment = status(place.command(&["status"]).env("SWITCHBOARD_WORKSPACE", place.path().join("w")));
    assert!(below.contains("list") && below == named && named == environment, "{below}");
    assert!(place.run(&["status"]).fails(1).contains("there is no switchboard.toml here"));
    assert!(place.run(&["-C", "mail", "status"]).fails(1).contains("is not a workspace"));
}

#[test]
fn a_secret_is_never_printed() {
    let place = Place::with_list();
    let said = place.run(&["-C", "w", "add", "mbox", "x", "--path", "mail", "--set", "token=hush"]).fails(2);
    assert!(said.contains("token") && !said.contains("hush"), "{said}");
    let said = place.run(&["-C", "w", "--verbose", "add", "mbox", "x", "--path", "mail", "--set", "hush"]).fails(2);
    assert!(said.contains("KEY=VALUE"), "{said}");
}
