//! One person.

use crate::village::{Village, ago, person};

#[test]
fn a_page_says_what_somebody_did_and_never_an_address() {
    let mut village = Village::new();
    village.person(
        "ada",
        Some("ada@example.org"),
        &[("messages", 7.into()), ("asked", 2.into()), ("helped", 3.into()), ("thanked", 1.into())],
    );
    let nick = [
        ("identity_id", person("ada's nick").into()),
        ("person_id", person("ada").into()),
        ("source", "chat".into()),
        ("kind", "nick".into()),
        ("value", "lovelace".into()),
        ("proof", "the same verified address".into()),
    ];
    village.row("identities", &nick);
    village.person("ben", Some("Ben"), &[]);
    village.conversation("a", "Older?", &[("ada", ago(30), "?")], &[]);
    village.conversation("b", "Newer?", &[("ben", ago(20), "?"), ("ada", ago(19), "!")], &[]);
    village.conversation("c", "Not hers?", &[("ben", ago(10), "?")], &[]);
    for (area, answered) in [("tag:gc", 3), ("channel:dev-list", 9)] {
        let knows = [
            ("person_id", person("ada").into()),
            ("area", area.into()),
            ("answered", answered.into()),
            ("last_time", ago(19).into()),
        ];
        village.row("knowledge", &knows);
    }
    let community = village.open().expect("opens");
    let page = community.person(&person("ada")).expect("answers").expect("is there");
    let merged = community.person(&person("ada's nick")).expect("answers").expect("is there");
    assert_eq!(merged.person.id, page.person.id, "an id from before a merge still leads to the person");
    assert_eq!(page.person.name, "lovelace", "a nick names those who show only an address");
    assert!(!format!("{page:?}").contains('@'), "no address anywhere");
    assert_eq!((page.messages, page.asked, page.helped, page.thanked), (7, 2, 3, 1));
    let titles: Vec<&str> = page.conversations.iter().map(|(conversation, _)| conversation.title.as_str()).collect();
    assert_eq!(titles, ["Newer?", "Older?"]);
    let identities: Vec<_> =
        page.identities.iter().map(|one| (one.source.as_str(), one.kind.as_str(), one.name.as_deref())).collect();
    assert_eq!(identities, [("chat", "nick", Some("lovelace")), ("list", "email", None)]);
    let knows: Vec<String> = page.knows.iter().map(|(area, why)| format!("{area}: {why}")).collect();
    insta::assert_snapshot!(knows.join("\n"), @r"
    dev-list: helped with 9 questions in dev-list; last in May 2024
    gc: helped with 3 questions tagged gc; last in May 2024
    ");
}
