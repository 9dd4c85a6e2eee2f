//! Webhooks and chats.

use std::time::{Duration, Instant};

use notify::{Chat, ChatKind, Endpoint, Failure, Secret, Target, Webhook};

use crate::listener::{Answer, Listener, status};
use crate::message;

/// The key of the specification's own example.
const KEY: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn endpoint(address: &str) -> Endpoint {
    Endpoint::parse(address, false).expect("an address").within(Duration::from_secs(3))
}

fn webhook(address: &str) -> Target {
    Target::Webhook(Webhook::new(endpoint(address), Some(Secret::new(KEY))).expect("a key"))
}

fn chat(address: &str) -> Target {
    Target::Chat(Chat::new(ChatKind::Slack, endpoint(address)))
}

fn deliver(target: &Target) -> Result<(), Failure> {
    target.deliver(&message(), &mut || true)
}

/// How one delivery to each ends.
#[track_caller]
fn check(answer: Answer, to_webhook: &str, to_chat: &str) {
    for (make, expected) in [(webhook as fn(&str) -> Target, to_webhook), (chat, to_chat)] {
        let listener = Listener::start(vec![answer.clone()]);
        let started = Instant::now();
        let ended = deliver(&make(&listener.address));
        assert!(started.elapsed() < Duration::from_secs(30), "{answer:?}");
        let said = match &ended {
            Ok(()) => "sent".to_owned(),
            Err(Failure::Later { why, after }) => format!("later: {why} {}", after.map_or(0, |after| after.as_secs())),
            Err(Failure::Refused { why }) => format!("refused: {why}"),
            Err(Failure::Gone) => "gone".to_owned(),
            Err(Failure::Unsure { why }) => format!("unsure: {why}"),
        };
        assert!(said.starts_with(expected), "{answer:?}: {said}");
        assert!(!format!("{ended:?}").contains("hush"), "{ended:?}");
        assert_eq!(listener.requests().len(), 1, "{answer:?}");
    }
}

#[test]
fn every_answer_has_its_end() {
    check(status(204), "sent", "sent");
    check(Answer::Endless, "sent", "sent");
    check(status(500), "later: the target answered with the status 500 0", "later");
    check(
        Answer::Say("HTTP/1.1 429 x\r\nretry-after: 120\r\n".into()),
        "later: the target answered with the status 429 120",
        "later",
    );
    check(
        Answer::Say("HTTP/1.1 503 x\r\nretry-after: 99999999999\r\n".into()),
        "later: the target answered with the status 503 86400",
        "later",
    );
    check(status(404), "later: the target refused it with the status 404", "refused");
    check(status(410), "gone", "gone");
    check(Answer::Close, "later", "unsure");
    check(Answer::Say("nonsense\r\n".into()), "later", "unsure");
}

#[test]
fn redirects_are_not_followed() {
    let elsewhere = Listener::start(vec![status(200)]);
    for code in [301, 302, 307, 308] {
        let answer = Answer::Say(format!("HTTP/1.1 {code} x\r\nlocation: {}\r\n", elsewhere.address));
        check(answer, "later: the target answered with a redirect", "refused: the target answered with a redirect");
    }
    assert_eq!(elsewhere.requests().len(), 0);
}

#[test]
fn what_hangs_holds_nobody_up() {
    check(Answer::Hang, "later: no answer came in time", "unsure: no answer came in time");
}

#[test]
fn a_closed_port_was_sent_nothing() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    for target in [webhook(&format!("http://{free}/")), chat(&format!("http://{free}/"))] {
        assert!(matches!(deliver(&target), Err(Failure::Later { .. })));
    }
}

#[test]
fn every_try_has_the_same_id_and_is_signed() {
    let listener = Listener::start(vec![status(500), status(200)]);
    let target = webhook(&listener.address);
    assert!(matches!(deliver(&target), Err(Failure::Later { .. })));
    assert_eq!(deliver(&target), Ok(()));
    let requests = listener.requests();
    assert_eq!(requests.len(), 2);
    for request in &requests {
        let (head, body) = request.split_once("\r\n\r\n").expect("a head");
        assert!(head.contains("webhook-id: m-1") && head.contains("webhook-signature: v1,"), "{head}");
        assert!(head.contains("webhook-timestamp: ") && head.contains("content-type: application/json"), "{head}");
        let body: serde_json::Value = serde_json::from_str(body).expect("JSON");
        assert_eq!(body["type"], "switchboard.alerts");
        assert_eq!(body["data"]["alerts"][0], 1);
        assert_eq!(body["timestamp"], "2024-06-01T00:00:00Z");
    }
}

#[test]
fn nothing_goes_out_if_it_may_not() {
    let listener = Listener::start(vec![status(200)]);
    for target in [webhook(&listener.address), chat(&listener.address)] {
        assert!(matches!(target.deliver(&message(), &mut || false), Err(Failure::Later { .. })));
    }
    assert_eq!(listener.requests().len(), 0);
}

#[test]
fn a_chat_gets_its_own_form() {
    let listener = Listener::start(vec![status(200)]);
    assert_eq!(deliver(&chat(&listener.address)), Ok(()));
    let request = listener.requests().remove(0);
    let body: serde_json::Value =
        serde_json::from_str(request.split_once("\r\n\r\n").expect("a head").1).expect("JSON");
    assert_eq!(
        body["text"],
        "A promise is broken – “How do I stop it?”\nLate answers\n• How do I stop it?\n   on dev-list, asked by Ada\n   \
         <https://example.org/t/1>\nTo stop: switchboard alerts stop late"
    );
}
