//! Cases: what steps come to, what undoing brings back, and two people at once.

use std::path::Path;

use desk::{Case, CaseState, Change, Deed, Desk, DeskError, Preferences, SavedKind, Subject};
use model::Id;
use proptest::prelude::*;

fn desk(folder: &Path) -> Desk {
    Desk::open(&folder.join("desk.sqlite")).expect("a desk")
}

fn id(key: &str) -> String {
    Id::message("mail", key).to_string()
}

fn take(holder: &str, force: bool) -> Change {
    Deed::Take { holder: holder.to_owned(), force }.into()
}

/// A deed as `kind` or `kind value`, as it is kept.
fn deed(text: &str) -> Change {
    let (kind, value) = text.split_once(' ').unwrap_or((text, ""));
    let value = value.to_owned();
    match kind {
        "take" => take(&value, true),
        "release" => Deed::Release.into(),
        "hand-over" => Change::from(Deed::HandOver { tier: value.parse().expect("a tier"), next: None }).because("why"),
        "park" => Deed::Park { until: value.parse().expect("a time") }.into(),
        "resolve" => Deed::Resolve.into(),
        "reopen" => Deed::Reopen.into(),
        "no" => Deed::NotQuestion.into(),
        "tag" => Deed::Tag(value).into(),
        "untag" => Deed::Untag(value).into(),
        "link" => Deed::Link(id(&value)).into(),
        "unlink" => Deed::Unlink(id(&value)).into(),
        "note" => Change::note(value),
        other => panic!("{other}"),
    }
}

fn tell(case: &Case) -> String {
    let mut words = vec![case.state.as_str().to_owned()];
    words.extend(case.holder.as_ref().map(|holder| format!("held by {holder}")));
    words.extend(case.until.map(|until| format!("until {until}")));
    words.extend(case.tier.map(|tier| format!("tier {tier} because {}", case.why.as_deref().unwrap_or("-"))));
    words.extend((!case.tags.is_empty()).then(|| format!("tags {}", case.tags.join("+"))));
    words.extend((!case.links.is_empty()).then(|| format!("links {}", case.links.len())));
    words.extend((case.notes > 0).then(|| format!("notes {}", case.notes)));
    words.join(", ")
}

/// What deeds come to, one step each; `undo N` takes step N back.
#[track_caller]
fn check(deeds: &[&str], expected: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = desk(folder.path());
    for (number, text) in deeds.iter().enumerate() {
        let at = number as i64 + 1;
        match text.strip_prefix("undo ") {
            Some(step) => desk.undo(step.parse().expect("a number"), "ben", at).map(drop).expect("undone"),
            None => drop(desk.change(&[id("a").as_str().into()], &[deed(text)], "ada", at).expect("changed")),
        }
    }
    let case = desk.case(&id("a")).expect("read").unwrap_or_default();
    assert_eq!(tell(&case), expected, "{deeds:?}");
    assert_eq!(desk.check().expect("read"), Vec::<String>::new(), "{deeds:?}");
    let undone = deeds.iter().filter(|deed| deed.starts_with("undo")).count();
    assert_eq!(desk.case_history(&id("a")).expect("read").len(), deeds.len() - undone, "{deeds:?}");
}

#[test]
fn deeds_come_to_a_state() {
    check(&[], "none");
    check(&["take ada"], "taken, held by ada");
    check(&["take ada", "take ben"], "taken, held by ben");
    check(&["take ada", "release"], "none");
    check(&["take ada", "park 99"], "parked, held by ada, until 99");
    check(&["take ada", "park 99", "release"], "parked, until 99");
    check(&["take ada", "resolve"], "resolved, held by ada");
    check(&["take ada", "resolve", "reopen"], "taken, held by ada");
    check(&["resolve", "reopen"], "open");
    check(&["take ada", "hand-over 3"], "handed_over, tier 3 because why");
    check(&["hand-over 3", "take eve"], "taken, held by eve, tier 3 because why");
    check(&["hand-over 3", "take eve", "release"], "handed_over, tier 3 because why");
    check(&["hand-over 3", "reopen"], "open");
    check(&["no"], "not_question");
    check(&["tag b", "tag a", "tag b", "note x", "note y"], "none, tags a+b, notes 2");
    check(&["tag b", "untag b", "link other", "untag c"], "none, links 1");
    check(&["link other", "unlink other"], "none");
}

#[test]
fn what_is_undone_had_never_been() {
    check(&["resolve", "undo 1"], "none");
    check(&["take ada", "resolve", "undo 2"], "taken, held by ada");
    check(&["take ada", "park 9", "resolve", "undo 2", "undo 3"], "taken, held by ada");
    check(&["tag a", "resolve", "undo 1"], "resolved");
    check(&["take ada", "take ben", "undo 1"], "taken, held by ben");
    // To take back the taking back is to do it again, however often.
    check(&["resolve", "undo 1", "undo 2"], "resolved");
    check(&["resolve", "undo 1", "undo 2", "undo 3"], "none");
    check(&["resolve", "undo 1", "undo 2", "undo 1"], "none");
}

#[test]
fn a_step_is_all_or_nothing_and_names_who_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let subjects: Vec<Subject> = ["a", "b", "c"].map(|key| id(key).as_str().into()).into();
    desk.change(&subjects[1..2], &[take("ben", false)], "ben", 1_700_000_000_000_000).unwrap();
    let error = desk.change(&subjects, &[Deed::Tag("x".into()).into(), take("ada", false)], "ada", 2).unwrap_err();
    let said =
        format!("{} is held by ben since 2023-11-14 22:13 UTC; talk to them, or take it over with --force", id("b"));
    assert_eq!(error.to_string(), said);
    assert_eq!(desk.cases().unwrap().len(), 1);
    assert_eq!(desk.steps(9).unwrap().len(), 1);
    let step = desk.change(&subjects, &[Deed::Tag("x".into()).into(), take("ada", true)], "ada", 2).unwrap();
    assert_eq!((step.cases, step.what.as_str()), (3, "tagged x, taken by ada"));
    // Taking again what one has is no error; neither is taking what is done.
    desk.change(&subjects, &[take("ada", false), Deed::Resolve.into()], "ada", 3).unwrap();
    desk.change(&subjects, &[take("ben", false)], "ben", 4).unwrap();
    assert_eq!(desk.step_cases(step.number).unwrap().len(), 3);
    let undone = desk.undo(4, "eve", 5).unwrap();
    assert_eq!((undone.cases, undone.undoes, undone.what.as_str()), (3, Some(4), "took back step 4 (taken by ben)"));
    assert_eq!(desk.step_cases(undone.number).unwrap().len(), 3);
    assert!(matches!(desk.undo(4, "eve", 6), Err(DeskError::Undone(4))));
    assert!(matches!(desk.undo(99, "eve", 6), Err(DeskError::NoStep(99))));
}

#[test]
fn of_two_who_take_a_case_at_once_one_has_it() {
    let folder = tempfile::tempdir().unwrap();
    drop(desk(folder.path()));
    let takers = ["ada", "ben", "cyd", "dan"].map(|who| {
        let mut desk = desk(folder.path());
        std::thread::spawn(move || desk.change(&[id("a").as_str().into()], &[take(who, false)], who, 1))
    });
    let ends: Vec<_> = takers.into_iter().map(|taker| taker.join().unwrap()).collect();
    assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 1);
    let holder = desk(folder.path()).case(&id("a")).unwrap().unwrap().holder;
    for error in ends.into_iter().filter_map(Result::err) {
        let DeskError::Held { holder: other, .. } = error else { panic!("{error}") };
        assert_eq!(Some(other), holder);
    }
}

#[test]
fn what_cannot_be_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let (long, no_id) = ("x".repeat(101), "somewhere".to_owned());
    for wrong in [
        Deed::Tag("two words".into()).into(),
        Deed::Tag(String::new()).into(),
        Deed::Tag(long).into(),
        Deed::Link(no_id.clone()).into(),
        Deed::HandOver { tier: 5, next: None }.into(),
        Deed::HandOver { tier: 3, next: Some(no_id) }.into(),
        take(" ", false),
        take("a\nb", false),
        Change::note(" "),
        Change::from(Deed::Resolve).because("x".repeat(20_001)),
    ] {
        let said = desk.change(&[id("a").as_str().into()], std::slice::from_ref(&wrong), "ada", 1);
        assert!(matches!(said, Err(DeskError::Wrong(_))), "{wrong:?}");
    }
    assert!(matches!(desk.change(&[], &[Deed::Resolve.into()], "ada", 1), Err(DeskError::Wrong(_))));
    assert!(matches!(desk.change(&[id("a").as_str().into()], &[], "ada", 1), Err(DeskError::Wrong(_))));
    assert_eq!(desk.cases().unwrap().len(), 0);
}

#[test]
fn twenty_thousand_cases_are_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let subjects: Vec<Subject> = (0..20_000).map(|number| id(&number.to_string()).as_str().into()).collect();
    let step = desk.change(&subjects, &[Deed::Tag("old".into()).into(), Deed::Resolve.into()], "ada", 1).unwrap();
    assert_eq!(step.cases, 20_000);
    assert!(desk.cases().unwrap().values().all(|case| case.state == CaseState::Resolved && case.tags == ["old"]));
    desk.undo(step.number, "ada", 2).unwrap();
    assert!(desk.cases().unwrap().values().all(|case| case.state == CaseState::None && case.tags.is_empty()));
}

#[test]
fn preferences_asks_and_texts_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let likes = Preferences { likes: vec!["tls".into()], per_week: Some(2), mentor: true, ..Preferences::default() };
    desk.prefer("i1", &Preferences { never: true, ..likes.clone() }, "ada", 1).unwrap();
    assert!(desk.do_not_ask().unwrap().contains("i1") && desk.preferences().unwrap()["i1"].never);
    desk.prefer("i1", &likes, "ada", 2).unwrap();
    assert_eq!(desk.preferences().unwrap(), [("i1".to_owned(), likes)].into());
    assert!(desk.do_not_ask().unwrap().is_empty());

    for (person, at) in [("i1", 5), ("i2", 6), ("i1", 7)] {
        desk.asked(person, &id("a"), "ada", at).unwrap();
    }
    assert_eq!(desk.asks_since(6).unwrap(), [("i2".to_owned(), vec![6]), ("i1".to_owned(), vec![7])].into());
    assert_eq!(desk.asked_about(&id("a")).unwrap().len(), 3);

    desk.save(SavedKind::Canned, "logs", "Hello {asker}", "ada", 1).unwrap();
    desk.save(SavedKind::Canned, "logs", "Hi {asker}", "ben", 2).unwrap();
    desk.save(SavedKind::View, "mine", "tag:tls", "ben", 3).unwrap();
    assert_eq!(desk.saved(SavedKind::Canned, "logs").unwrap().text, "Hi {asker}");
    let error = desk.saved(SavedKind::Canned, "mine").unwrap_err().to_string();
    assert_eq!(error, "there is no canned answer called `mine`; logs");
    desk.unsave(SavedKind::Canned, "logs", "ada", 4).unwrap();
    assert!(desk.all_saved(SavedKind::Canned).unwrap().is_empty());
    assert!(desk.save(SavedKind::View, "a b", "x", "ada", 5).is_err());
    assert!(desk.save(SavedKind::View, "a", " ", "ada", 5).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever is done and taken back: the cases are what the steps that stand come to.
    #[test]
    fn cases_are_what_was_decided(acts in prop::collection::vec((0..14_usize, 0..3_usize, 1..20_i64), 1..30)) {
        const DEEDS: [&str; 12] = ["take ada", "take ben", "release", "hand-over 3", "park 9", "resolve", "reopen", "no",
            "tag x", "untag x", "link b", "unlink b"];
        let folder = tempfile::tempdir().expect("a folder");
        let mut desk = desk(folder.path());
        for (at, (act, key, step)) in acts.into_iter().enumerate() {
            let subject = id(["a", "b", "c"][key]).as_str().into();
            match DEEDS.get(act) {
                Some(text) => drop(desk.change(&[subject], &[deed(text)], "ada", at as i64).expect("changed")),
                // Steps that are not there or undone already are refused, which is fine.
                None => drop(desk.undo(step, "ben", at as i64)),
            }
        }
        prop_assert_eq!(desk.check().expect("read"), Vec::<String>::new());
    }
}
