//! The desk: views, queries, promises, and what the channel does to what people decided.

use desk::{Change, Deed, Desk};
use insight::query::Query;
use insight::views::{CaseList, CaseView, Standing};
use insight::{CaseAsk, View};
use model::time::DAY;

use crate::village::{NOW, Open, Village, ago, message};

/// Conversations of every sort; `again` is one whose asker wrote again after an answer two days ago.
fn village() -> Village {
    let mut village = Village::new();
    for (key, name) in [("ada", "Ada"), ("ben", "Ben"), ("cyd", "Cyd")] {
        village.person(key, Some(name), &[]);
    }
    village.person("bot", Some("Build Bot"), &[("bot", true.into())]);
    village.conversation("late", "Build fails", &[("ada", ago(9), "It fails.")], &[]);
    village.conversation("new", "Old python?", &[("ben", ago(1), "Does it run?")], &[("channel", "users".into())]);
    village.conversation("old", "Anybody there?", &[("ada", ago(40), "Hello?")], &[]);
    village.conversation("nightly", "Nightly build?", &[("bot", ago(2), "Broken?")], &[]);
    village.conversation("done", "How?", &[("ada", ago(30), "How?"), ("ben", ago(20), "So.")], &[]);
    let again = [("cyd", ago(12), "How?"), ("ada", ago(8), "So."), ("cyd", ago(2), "And then?")];
    village.conversation("again", "Threads", &again, &[("state", "waiting".into()), ("waiting_since", ago(2).into())]);
    village.conversation(
        "back",
        "Which one?",
        &[("cyd", ago(6), "It breaks."), ("ada", ago(5), "Which version?")],
        &[("state", "asked_back".into())],
    );
    village
}

/// A desk with deeds on conversations, so many days ago.
fn with(deeds: &[(&str, i64, Change)]) -> (Village, Open) {
    let mut village = village();
    let open = village.open().expect("opens");
    let mut desk = Desk::open(&village.desk_file()).expect("a desk");
    for (key, days, change) in deeds {
        desk.change(&[message(key).as_str().into()], std::slice::from_ref(change), "grace", ago(*days)).expect("done");
    }
    (village, open)
}

fn take(holder: &str) -> Change {
    Deed::Take { holder: holder.to_owned(), force: false }.into()
}

fn list(open: &Open, view: View, query: &str) -> CaseList {
    let query = Query::parse(query, NOW, None);
    let ask = CaseAsk { view, query, me: Some("grace".into()), limit: 99, ..CaseAsk::default() };
    open.cases(&ask).expect("answers")
}

fn keys(list: &CaseList) -> Vec<&str> {
    list.cases.iter().map(|case| case.conversation.title.as_str()).collect()
}

#[track_caller]
fn check(open: &Open, view: View, query: &str, expected: &[&str]) {
    let list = list(open, view, query);
    assert_eq!(keys(&list), expected, "{} {query}", view.as_str());
    assert_eq!(list.total, expected.len() as u64);
    let ids = open.case_ids(&CaseAsk {
        view,
        query: Query::parse(query, NOW, None),
        me: Some("grace".into()),
        ..CaseAsk::default()
    });
    assert_eq!(ids.expect("answers").len(), expected.len());
}

fn case(open: &Open, key: &str) -> CaseView {
    open.case(&message(key)).expect("answers").expect("is there").case
}

#[test]
fn views_of_a_desk_on_which_nothing_was_decided() {
    let (_village, open) = with(&[]);
    check(&open, View::Waiting, "", &["Build fails", "Threads", "Old python?"]);
    check(&open, View::Nobody, "", &["Build fails", "Threads", "Old python?"]);
    check(&open, View::Mine, "", &[]);
    check(&open, View::Asker, "", &["Which one?"]);
    check(&open, View::Answered, "", &["How?"]);
    check(&open, View::Overdue, "", &["Build fails", "Threads"]);
    check(&open, View::Soon, "", &[]);
    check(&open, View::Waiting, "in:users", &["Old python?"]);
    check(&open, View::Waiting, "python -build", &["Old python?"]);
    check(&open, View::All, "is:overdue", &["Anybody there?", "Build fails", "Threads"]);
    assert_eq!(list(&open, View::Waiting, "").older, 1);
}

#[test]
fn views_follow_what_people_decide() {
    let (_village, open) = with(&[
        ("late", 3, take("grace")),
        ("new", 0, Change::from(Deed::HandOver { tier: 3, next: Some(message("done")) }).because("a defect")),
        ("again", 1, Deed::Park { until: NOW + DAY }.into()),
        ("back", 1, Deed::Tag("odd".into()).into()),
        ("done", 1, Deed::Resolve.into()),
    ]);
    check(&open, View::Waiting, "", &["Build fails", "Old python?"]);
    check(&open, View::Nobody, "", &[]);
    check(&open, View::Mine, "", &["Build fails"]);
    check(&open, View::Escalated, "", &["Old python?"]);
    check(&open, View::Parked, "", &["Threads"]);
    check(&open, View::All, "tag:odd", &["Which one?"]);
    check(&open, View::All, "is:mine", &["Build fails"]);
    check(&open, View::Open, "is:resolved", &[]);
    let handed = case(&open, "new").handed_over.expect("is");
    assert_eq!((handed.tier, handed.why.as_deref()), (3, Some("a defect")));
    assert_eq!(handed.next_standing, Some(Standing::Resolved));
    assert_eq!(case(&open, "done").links[0].title, "Old python?");
    assert_eq!(case(&open, "late").trace, ["taken by grace on 2024-05-29"]);
    assert_eq!(case(&open, "late").holder.as_deref(), Some("grace"));
}

#[test]
fn an_asker_who_writes_again_is_not_left_waiting() {
    // Resolved before the asker wrote again two days ago, and after.
    let (_village, open) = with(&[("again", 5, Change::from(Deed::Resolve).because("told on the phone"))]);
    let again = case(&open, "again");
    assert_eq!((again.standing, again.since), (Standing::Waiting, Some(ago(2))));
    assert_eq!(
        again.trace,
        ["resolved by grace on 2024-05-27: told on the phone", "the asker wrote again on 2024-05-30"]
    );
    let (_village, open) = with(&[("again", 1, Deed::Resolve.into())]);
    assert_eq!(case(&open, "again").standing, Standing::Resolved);
    // Decided yesterday, but without having seen what was written two days ago.
    let mut village = village();
    let open = village.open().expect("opens");
    let mut subjects = open.subjects(&[message("again")]);
    assert_eq!(subjects[0].seen, Some(ago(2)));
    subjects[0].seen = Some(ago(8));
    let mut desk = Desk::open(&village.desk_file()).expect("a desk");
    desk.change(&subjects, &[Deed::Resolve.into()], "grace", ago(1)).expect("done");
    assert_eq!(case(&open, "again").standing, Standing::Waiting);
}

#[test]
fn what_is_parked_comes_back() {
    let park = |until| Deed::Park { until }.into();
    let (_village, open) = with(&[("late", 3, park(NOW + DAY)), ("again", 5, park(NOW + DAY)), ("new", 1, park(NOW))]);
    assert_eq!(case(&open, "late").standing, Standing::Parked);
    assert_eq!(case(&open, "again").standing, Standing::Waiting);
    assert_eq!(case(&open, "new").standing, Standing::Waiting);
    assert_eq!(case(&open, "new").trace, ["parked by grace on 2024-05-31 until 2024-06-01, which has passed"]);
}

#[test]
fn a_case_has_its_history() {
    let (village, open) =
        with(&[("late", 3, take("grace")), ("late", 2, Change::note("asked Ben")), ("late", 1, Deed::Resolve.into())]);
    let mut desk = Desk::open(&village.desk_file()).expect("a desk");
    desk.undo(3, "heidi", NOW).expect("undone");
    desk.asked(&crate::village::person("ben"), &message("late"), "grace", ago(2)).expect("noted");
    let page = open.case(&message("late")).expect("answers").expect("is there");
    let told: Vec<String> =
        page.history.iter().map(|event| format!("{} {} {}", event.who, event.what, event.undone)).collect();
    assert_eq!(told, ["grace taken by grace false", "grace noted false", "grace resolved true"]);
    assert_eq!(page.history[1].note.as_deref(), Some("asked Ben"));
    assert_eq!((page.case.standing, page.case.notes), (Standing::Taken, 1));
    assert_eq!(page.asked[0].0.name, "Ben");
    assert!(open.case("m00000000000000000").expect("answers").is_none());
}

#[test]
fn ids_may_be_short() {
    let (_village, open) = with(&[]);
    let whole = message("late");
    assert_eq!(open.conversation_ids(&whole, 5), std::slice::from_ref(&whole));
    assert_eq!(open.conversation_ids(&whole[..8], 5), [whole]);
    assert_eq!(open.conversation_ids("m", 3).len(), 3);
    assert!(open.conversation_ids("nothing", 5).is_empty());
}

/// The desk is read with every question: that must cost nothing to speak of.
#[test]
fn twenty_thousand_cases_are_no_burden() {
    let (village, open) = with(&[]);
    let mut desk = Desk::open(&village.desk_file()).expect("a desk");
    let subjects: Vec<_> = (0..20_000).map(|number| message(&format!("n{number}")).as_str().into()).collect();
    desk.change(&subjects, &[Deed::Resolve.into()], "grace", ago(1)).expect("done");
    check(&open, View::Waiting, "", &["Build fails", "Threads", "Old python?"]);
    let before = std::time::Instant::now();
    for _ in 0..100 {
        open.case_ids(&CaseAsk::default()).expect("answers");
    }
    // A hundred questions; generous, since the machine may be busy.
    assert!(before.elapsed() < std::time::Duration::from_secs(20), "{:?}", before.elapsed());
}
