//! Sending to real servers on this machine: what arrives, and how it ends when they misbehave.

mod listener;
mod mail;
mod posting;

use jiff::Timestamp;
use notify::{Group, Item, Message};

/// A message with one thing to know.
fn message() -> Message {
    let item = Item {
        head: "How do I stop it?".into(),
        details: vec!["on dev-list, asked by Ada".into()],
        link: Some("https://example.org/t/1".into()),
    };
    Message {
        id: "m-1".into(),
        at: Timestamp::from_second(1_717_200_000).expect("a time"),
        subject: "A promise is broken – “How do I stop it?”".into(),
        groups: vec![Group { title: "Late answers".into(), items: vec![item], note: String::new() }],
        ending: vec!["To stop: switchboard alerts stop late".into()],
        data: serde_json::json!({ "alerts": [1] }),
    }
}
