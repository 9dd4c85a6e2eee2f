//! The desk: a morning's work on it, and what is refused.

use crate::common::Place;

/// The id of the conversation that waits in [`Place::with_list`], and of the one that is resolved.
const WAITING: &str = "m0tk546y2mxdt6vfx";
const RESOLVED: &str = "mxbfks14d3efjgvn3";

fn synced() -> Place {
    let place = Place::with_list();
    place.w(&["sync"]);
    place
}

/// What a deed says, which must end well.
fn says(place: &Place, arguments: &[&str]) -> String {
    let run = place.run(&[&["-C", "w"], arguments, &["--by", "grace"]].concat());
    assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.err);
    run.err
}

fn ids(place: &Place, view: &str) -> Vec<String> {
    let list = place.json(&["desk", "--view", view, "--by", "grace"]);
    let cases = list["cases"].as_array().expect("cases").iter();
    cases.map(|case| case["conversation"]["id"].as_str().expect("an id").to_owned()).collect()
}

fn standing(place: &Place) -> String {
    place.json(&["case", "show", WAITING])["case"]["standing"].as_str().expect("a standing").to_owned()
}

#[test]
fn a_case_goes_its_way_and_every_step_can_be_undone() {
    let place = synced();
    assert_eq!(ids(&place, "nobody"), [WAITING]);
    // As much of the id as is enough.
    let said = says(&place, &["case", "take", &WAITING[..5]]);
    assert!(said.contains("“Reactor does not stop”: taken by grace; it is taken now"), "{said}");
    assert!(said.contains("`switchboard case undo 1` takes it back"), "{said}");
    assert_eq!((ids(&place, "mine"), ids(&place, "nobody").len()), (vec![WAITING.to_owned()], 0));
    assert!(place.w(&["desk"]).contains("grace has it"));

    let refused = place.run(&["-C", "w", "case", "take", WAITING, "--by", "heidi"]).fails(1);
    assert!(refused.contains("is held by grace since") && refused.contains("--force"), "{refused}");
    says(&place, &["case", "hand-over", WAITING, "3", "--why", "a defect", "--next", RESOLVED]);
    assert_eq!((standing(&place).as_str(), ids(&place, "escalated").len()), ("handed_over", 1));
    says(&place, &["case", "tag", WAITING, "TLS", "odd"]);
    says(&place, &["case", "note", WAITING, "asked", "the", "maintainers"]);
    says(&place, &["case", "park", WAITING, "7d"]);
    assert_eq!(ids(&place, "parked"), [WAITING]);
    let shown = place.w(&["case", "show", WAITING]);
    for expected in
        ["parked by grace", "tags: odd, tls", "noted: asked the maintainers", "goes on in “Stopping the reactor”"]
    {
        assert!(shown.contains(expected), "{expected}: {shown}");
    }
    says(&place, &["case", "undo"]);
    assert_eq!(standing(&place), "handed_over");
    says(&place, &["case", "undo", "2"]);
    assert_eq!(standing(&place), "taken");
    says(&place, &["case", "resolve", WAITING, "--why", "a duplicate"]);
    says(&place, &["case", "link", WAITING, RESOLVED]);
    assert_eq!(place.json(&["case", "show", RESOLVED])["case"]["links"][0]["id"], WAITING);
    assert_eq!(place.json(&["desk"])["total"], 0);
    let history = place.json(&["case", "history", WAITING]);
    let undone: Vec<bool> = history.as_array().expect("a list").iter().map(|event| event["undone"] == true).collect();
    assert_eq!(undone.iter().filter(|undone| **undone).count(), 2, "{history}");
    assert!(place.w(&["case", "history"]).contains("took back step 2"));
    says(&place, &["case", "reopen", WAITING]);
    assert_eq!(standing(&place), "taken");
    assert!(place.w(&["doctor"]).contains("desk"));
}

#[test]
fn many_cases_are_changed_at_once() {
    let place = synced();
    let run = place.w(&["case", "bulk", "in:list", "tag", "spring", "--dry-run"]);
    assert!(run.contains("1 case would be tagged spring") && run.contains(WAITING), "{run}");
    assert_eq!(place.json(&["case", "show", WAITING])["case"]["tags"], serde_json::json!([]));
    says(&place, &["case", "bulk", "is:waiting", "resolve not ours"]);
    assert_eq!(standing(&place), "resolved");
    says(&place, &["case", "undo"]);
    assert_eq!(standing(&place), "waiting");
    for wrong in
        [&["", "resolve"][..], &["is:late-ish", "resolve"], &["is:waiting", "dance"], &["is:waiting", "draft", "x"]]
    {
        place.run(&[&["-C", "w", "case", "bulk"], wrong].concat()).fails(2);
    }
    place.run(&["-C", "w", "case", "bulk", "tag:nothing", "resolve"]).fails(1);
}

#[test]
fn texts_are_kept_and_filled_in() {
    let place = synced();
    place.w(&["canned", "add", "logs", "Hello {asker}, on “{title}”: which version? {me} {link}"]);
    let run = place.run(&["-C", "w", "case", "draft", WAITING, "--canned", "logs", "--by", "grace"]);
    assert!(run.out.contains("Hello eve Example, on “Reactor does not stop”: which version? grace"), "{}", run.out);
    assert!(run.err.contains("nothing was sent"), "{}", run.err);
    place.w(&["macro", "add", "logs-please", "tag logs; park 7d; draft logs"]);
    let run = place.run(&["-C", "w", "macro", "run", "logs-please", WAITING, "--by", "grace"]);
    assert!(
        run.out.contains("Hello eve Example") && run.err.contains("tagged logs, parked until"),
        "{}{}",
        run.out,
        run.err
    );
    assert_eq!(standing(&place), "parked");
    place.w(&["view", "save", "stuck", "is:parked tag:logs"]);
    assert_eq!(ids(&place, "stuck"), [WAITING]);
    assert!(place.w(&["view", "list"]).contains("is:parked tag:logs"));
    place.w(&["view", "remove", "stuck"]);
    place.run(&["-C", "w", "desk", "--view", "stuck"]).fails(2);
    place.run(&["-C", "w", "view", "save", "mine", "is:mine"]).fails(2);
    place.run(&["-C", "w", "macro", "add", "bad", "dance"]).fails(2);
    let said = place.run(&["-C", "w", "case", "draft", WAITING, "--canned", "gone"]).fails(1);
    assert!(said.contains("there is no canned answer called `gone`; logs"), "{said}");
}

#[test]
fn wishes_are_written_down_and_asks_recorded() {
    let place = synced();
    let told =
        place.json(&["people", "prefer", "bob Example", "--likes", "TLS,http", "--per-week", "2", "--mentor", "yes"]);
    assert_eq!(
        (&told["likes"], &told["per_week"], &told["mentor"]),
        (&serde_json::json!(["http", "tls"]), &2.into(), &true.into())
    );
    let told = place.json(&["people", "prefer", "bob Example", "--per-week", "none", "--zone", "Europe/Berlin"]);
    assert_eq!((&told["per_week"], &told["zone"]), (&serde_json::Value::Null, &"Europe/Berlin".into()));
    place.run(&["-C", "w", "people", "prefer", "bob Example", "--zone", "Nowhere"]).fails(2);
    place.run(&["-C", "w", "people", "asked"]).fails(1);
    place.w(&["people", "asked", "bob Example", WAITING]);
    assert!(place.w(&["people", "asked"]).contains("bob Example was asked 1 time"));
    assert!(place.w(&["case", "show", WAITING]).contains("Asked to help"));
    place.w(&["people", "prefer", "bob Example", "--never", "yes"]);
    assert!(!place.w(&["desk"]).contains("bob Example could help"));
}

#[test]
fn what_cannot_be_is_refused() {
    let place = synced();
    for (arguments, code, complaint) in [
        (&["case", "take", "mzzzzzzzzzzz"][..], 1, "there is no case `mzzzzzzzzzzz`"),
        (&["case", "take", "m"], 1, "several cases begin with `m`"),
        (&["case", "park", WAITING, "2001-01-01"], 2, "has passed"),
        (&["case", "park", WAITING, "soon"], 2, "is no time"),
        (&["case", "hand-over", WAITING, "7"], 2, "7"),
        (&["case", "undo"], 1, "you did nothing"),
        (&["case", "undo", "9"], 1, "there is no step 9"),
        (&["case", "tag", WAITING, "two words"], 1, "a tag is one word"),
        (&["desk", "--view", "moon"], 2, "there is no view called `moon`"),
    ] {
        let said = place.run(&[&["-C", "w"], arguments].concat()).fails(code);
        assert!(said.contains(complaint), "{arguments:?}: {said}");
    }
}
