//! One conversation.

use crate::village::{Village, ago, message, person};

#[test]
fn a_page_holds_its_messages_in_order_with_their_parts() {
    let mut village = Village::new();
    village.person("ada", Some("Ada"), &[]);
    village.person("ben", Some("Ben"), &[]);
    let said = [
        ("ada", ago(70), "How do I stop it?"),
        ("ben", ago(35), "On Monday, Ada wrote:\n> How do I stop it?\n\nCall stop.\n\n-- \nBen\n"),
    ];
    let accepted = [
        ("state", "resolved".into()),
        ("resolved_by", "accepted".into()),
        ("accepted_message_id", message("a/1").into()),
        ("messages", 3.into()),
    ];
    village.conversation("a", "Stopping\nthe thing", &said, &accepted);
    // A third message came through another source.
    let late = [
        ("message_id", message("a/late").into()),
        ("conversation_id", message("a").into()),
        ("source", "mirror".into()),
        ("channel", "dev".into()),
        ("identity_id", person("nobody-known").into()),
        ("time", ago(36).into()),
        ("time_estimated", true.into()),
        ("body", "Me too.".into()),
        ("attachments", vec!["log.txt".to_owned()].into()),
    ];
    village.row("messages", &late);
    let community = village.open().expect("opens");
    let mut page = community.conversation(&message("a")).expect("answers").expect("is there");
    assert_eq!(page.messages.len(), 3);
    assert_eq!(page.conversation.title, "Stopping the thing");
    assert_eq!((page.state.as_str(), page.resolved_by.as_deref()), ("resolved", Some("accepted")));
    assert_eq!((page.opened, page.first_response), (Some(ago(70)), Some(ago(35))));
    let late = page.messages.remove(1);
    assert_eq!((late.author, late.time_estimated, late.attachments), (None, true, vec!["log.txt".to_owned()]));
    let answer = &page.messages[1];
    assert!(answer.accepted && !page.messages[0].accepted);
    let kinds: Vec<&str> = answer.parts.iter().map(|part| part.kind).collect();
    assert_eq!(kinds, ["quote", "own", "signature"]);
    assert_eq!(answer.seen_in, ["list/dev-list"]);
    assert!(page.helpers.is_empty(), "nobody waits");
}

#[test]
fn hostile_ids_name_nothing() {
    let community = Village::new().open().expect("opens");
    for id in ["", "m", "../../etc/passwd!", "m'; drop table --", "mé00000000000000", "m0000000000000000", "%00"] {
        assert_eq!(community.conversation(id).expect("answers"), None, "{id:?}");
        assert_eq!(community.person(id).expect("answers"), None, "{id:?}");
    }
}

#[test]
fn a_very_long_conversation_is_cut() {
    let mut village = Village::new();
    village.person("ada", Some("Ada"), &[]);
    let said: Vec<(&str, i64, &str)> = (0..700).map(|number| ("ada", ago(10) + number, "more")).collect();
    village.conversation("a", "Long", &said, &[]);
    let page = village.open().expect("opens").conversation(&message("a")).expect("answers").expect("is there");
    assert_eq!((page.messages.len(), page.messages_total), (500, 700));
    assert_eq!(page.messages[0].id, message("a"));
}
