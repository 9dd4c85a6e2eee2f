//! What a digest says.

use std::path::Path;

use desk::{Alert, Desk};

use super::*;

const NOW: i64 = 1_717_200_000_000_000;

fn config() -> Config {
    let text = "[community]\nname = \"Village\"\n[hours]\nfrom = \"09:00\"\nuntil = \"17:00\"\nzone = \"Europe/Berlin\"\n\
        [webhooks.bot]\nurl = \"https://example.org/\"\n\
        [[alert]]\nname = \"late\"\nwhen = \"promise_broken\"\nto = [\"webhook:bot\"]\nin = [\"list\"]\n";
    Config::parse(text.to_owned(), Path::new("/w")).unwrap_or_else(|message| panic!("{message}"))
}

fn alert(rule: &str, subject: &str, text: serde_json::Value) -> Alert {
    let (happened, target) = ("waits".to_owned(), "webhook:bot".to_owned());
    Alert {
        rule: rule.into(),
        subject: subject.into(),
        happened,
        target,
        again: true,
        at: NOW,
        due: NOW,
        text: text.to_string(),
    }
}

fn claimed(alerts: &[Alert]) -> (tempfile::TempDir, Claim) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = Desk::open(&folder.path().join("desk.sqlite")).expect("a desk");
    desk.queue_alerts(alerts, NOW).expect("queued");
    let claim = desk.claim_alerts(NOW, NOW + 1, &[]).expect("an answer").expect("due");
    (folder, claim)
}

#[test]
fn a_digest_is_grouped_and_says_why_and_how_to_stop() {
    let waits = json!({
        "what": "“How?”: Ada waits for longer than was promised", "why": "nobody has answered in the time that was promised",
        "conversation": { "id": "m1", "title": "How?", "source": "list", "channel": "dev" },
        "waiting_since": NOW - 86_400_000_000_i64, "due": NOW, "url": "https://example.org/1",
    });
    let first =
        json!({ "what": "Ben commits to code for the first time", "why": "they were never seen to do so before" });
    let (_folder, claim) =
        claimed(&[alert("late", "m1", waits), alert("gone", "i2", first), alert("gone", "i3", json!(null))]);
    let zone = TimeZone::get("Europe/Berlin").expect("a zone");
    let message = compose(&claim, &config(), &zone);
    let mut lines = vec![message.subject.clone()];
    for group in &message.groups {
        lines.push(format!("# {}", group.title));
        for item in &group.items {
            lines.push(format!("* {}", item.head));
            lines.extend(item.details.iter().map(|detail| format!("  {detail}")));
        }
        lines.push(group.note.clone());
    }
    lines.extend(message.ending.clone());
    insta::assert_snapshot!(lines.join("\n"), @"
    [Village] 3 alerts
    # Alerts (2)
    * Ben commits to code for the first time
      2024-06-01 02:00 CEST
      why: they were never seen to do so before
      no more about this one: switchboard alerts stop i2
    * 
      2024-06-01 02:00 CEST
      why: 
      no more about this one: switchboard alerts stop i3
    You get this because of the rule “gone”, which is not there any more. To stop it: switchboard alerts stop gone
    # Promises that are broken (1)
    * “How?”: Ada waits for longer than was promised
      in list/dev · waits since 2024-05-31 02:00 CEST · promised by 2024-06-01 02:00 CEST
      why: nobody has answered in the time that was promised
      more: switchboard case show m1
      no more about this one: switchboard alerts stop m1
    You get this because of the rule “late” (promise_broken in list, at once). To stop it: switchboard alerts stop late
    Sent by Switchboard for Village; the rules are in switchboard.toml.
    To stop everything that comes here: switchboard alerts stop webhook:bot
    ");
    assert_eq!(message.data["alerts"][0]["url"], "https://example.org/1");
    assert_eq!(compose(&claim, &config(), &zone), message, "a second try says the same");
}

#[test]
fn one_thing_is_its_own_subject() {
    let (_folder, claim) = claimed(&[alert("late", "m1", json!({ "what": "“How?”: Ada waits" }))]);
    assert_eq!(compose(&claim, &config(), &TimeZone::UTC).subject, "[Village] “How?”: Ada waits");
}
