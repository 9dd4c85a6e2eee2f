//! Chats.

use insta::assert_snapshot;

use super::told;

#[test]
fn slack() {
    assert_snapshot!(told("slack.json"), @r#"
    channel "general" (chat) title "All of us"
    channel "general" (chat) title "All of us"
    channel "general" (chat) title "All of us"
    identity "slack.com/u1" (account) name "ada" email "ada@example.org" account "slack.com/u1" seen 2017-07-14T02:40:00.0001Z
    identity "slack.com/u2" (account) name "U2" account "slack.com/u2"
    identity "slack.com/u2" (account) name "bo" account "slack.com/u2" seen 2017-07-14T02:41:00.0002Z
    identity "slack.com/u2" (account) name "U2" account "slack.com/u2" seen 2017-07-14T02:23:20.0002Z
    post "C1/1500000000.000100" in "general" by slack.com/u1 at 2017-07-14T02:40:00.0001Z
        "@U2 how do I stop it?"
        mentions slack.com/u2
    post "C1/1500000060.000200" in "general" by slack.com/u2 at 2017-07-14T02:41:00.0002Z
        answers "C1/1500000000.000100"
        "call <stop>"
    reacted "C1/1500000000.000100" in "general" by slack.com/u2 at 2017-07-14T02:40:00.0001Z: ":eyes:"
    joined in "general" by slack.com/u2 at 2017-07-14T02:23:20.0002Z
    "#);
}

#[test]
fn others() {
    assert_snapshot!(told("chats.json"), @r#"
    channel "example/reactor" (chat)
    channel "town-square" (chat) title "Town Square"
    channel "town-square" (chat)
    channel "town-square" (chat)
    channel "general" (chat) title "All of us"
    channel "general" (chat)
    channel "Reactor" (chat)
    channel "reactor" (chat)
    channel "reactor" (chat)
    channel "dev" (chat)
    identity "gitter.im/ada" (account) name "Ada" account "gitter.im/ada" seen 2017-07-14T02:40:00Z
    identity "chat.example.org/ada" (account) name "Ada Example" email "ada@example.org" account "chat.example.org/ada" seen 2017-07-14T02:40:00Z
    identity "chat.example.org/bo" (account) name "bo" account "chat.example.org/bo" seen 2017-07-14T02:41:00Z
    identity "chat.example.org/bo" (account) name "bo" account "chat.example.org/bo" seen 2017-07-14T02:39:00Z
    identity "open.example.org/ada" (account) name "Ada" account "open.example.org/ada" seen 2017-07-14T02:40:00Z
    identity "open.example.org/bo" (account) name "bo" account "open.example.org/bo"
    identity "open.example.org/bo" (account) name "bo" account "open.example.org/bo" seen 2017-07-14T02:40:00Z
    identity "telegram.org/user4" (account) name "Ada" account "telegram.org/user4" seen 2017-07-14T02:40:00Z
    identity "ada" (nick) name "ada" seen 2017-07-14T02:40:00Z
    identity "bo" (nick) name "bo" seen 2017-07-14T02:41:00Z
    identity "chat.example.org/7" (account) name "Ada" email "ada@example.org" account "chat.example.org/7" seen 2017-07-14T02:40:00Z
    identity "chat.example.org/8" (account) name "Bo" account "chat.example.org/8"
    post "5e78b710c2676245a82ab85a" in "example/reactor" by gitter.im/ada at 2017-07-14T02:40:00Z
        answers another
        "@bo how?"
        mentions gitter.im/bo
    post "post1post1post1post1post1p" in "town-square" by chat.example.org/ada at 2017-07-14T02:40:00Z
        "How do I stop it?"
        attached log.txt
    post "post2post2post2post2post2p" in "town-square" by chat.example.org/bo at 2017-07-14T02:41:00Z
        answers "post1post1post1post1post1p"
        "Call stop()"
    post "abc" in "general" by open.example.org/ada at 2017-07-14T02:40:00Z
        "@bo how?"
        mentions open.example.org/bo
    post "1234/31" in "Reactor" by telegram.org/user4 at 2017-07-14T02:40:00Z
        answers another
        "How?"
    post "969e647da6384da55664d1724196b4339ef47f8a" in "reactor" by ada at 2017-07-14T02:40:00Z
        "bo: how?"
    post "12345" in "dev" by chat.example.org/7 at 2017-07-14T02:40:00Z
        subject "stopping"
        "How?"
    joined in "town-square" by chat.example.org/bo at 2017-07-14T02:39:00Z
    reacted "abc" in "general" by open.example.org/bo at 2017-07-14T02:40:00Z: ":eyes:"
    joined in "general" by open.example.org/bo at 2017-07-14T02:40:00Z
    renamed in "reactor" by bo at 2017-07-14T02:41:00Z: "bo_away"
    reacted "12345" in "dev" by chat.example.org/8 at 2017-07-14T02:40:00Z: ":eyes:"
    "#);
}
