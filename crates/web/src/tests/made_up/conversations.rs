//! What the made-up people say to each other.

use insight::views::{ConversationPage, MessageView, Part, Similar};
use model::Id;

use super::{DAY, HOUR, MINUTE, NOW, conversation, person, tier, waiting};

pub(super) fn similar() -> Vec<Similar> {
    let one = |title: &str, ago: i64, state: &str, answer: Option<&str>, score| Similar {
        conversation: conversation(title, "dev-list"),
        opened: NOW - ago,
        state: state.to_owned(),
        resolved_by: (state == "resolved").then(|| "accepted".to_owned()),
        answer: answer.map(str::to_owned),
        answered_by: answer.map(|_| person("Ada Okafor")),
        message: answer.map(|answer| model::Id::message("made-up", answer).to_string()),
        score,
    };
    vec![
        one(
            "Backfill stops at the daylight saving change",
            210 * DAY,
            "resolved",
            Some(
                "The segment that crosses the change is an hour short, so the counter never reaches its total. Set `strict = false` for that one run; 1.9.2 will do it by itself.",
            ),
            14.2,
        ),
        one(
            "Import skips the first hour of the day",
            3 * 365 * DAY,
            "answered",
            Some("Have you looked at the time zone of the importer? It is not the server's."),
            11.8,
        ),
        one("Backfill is slow on spinning disks", 33 * DAY, "waiting", None, 9.0),
    ]
}

fn message(author: &str, ago: i64, parts: &[(&'static str, &str)]) -> MessageView {
    let parts: Vec<Part> = parts.iter().map(|(kind, text)| Part { kind, text: (*text).to_owned() }).collect();
    MessageView {
        id: Id::message("made-up", &format!("{author} {ago}")).to_string(),
        author: Some(person(author)),
        time: Some(NOW - ago),
        time_estimated: false,
        parts,
        attachments: Vec::new(),
        url: None,
        accepted: false,
        seen_in: vec!["dev-list/dev-list".to_owned()],
    }
}

/// A conversation on a list, with quotes, code, a file and an accepted answer.
pub fn question() -> ConversationPage {
    let mut opening = message(
        "Noor van Dijk",
        4 * DAY,
        &[
            (
                "own",
                "Hello everybody,\n\nsince the upgrade from 1.8.4 the nightly backfill stays at 99 % until I kill it:\n\n    $ tidepool backfill --since yesterday\n    [ 97 %] segment 00411\n    [ 99 %] waiting for 1 segment\n\nIs there a way to see which segment that is, or to skip it? I found https://tidepool.example/docs/backfill#stuck (from 2019) but the flag it names is gone.\n\nThank you!\nNoor",
            ),
            ("signature", "-- \nNoor van Dijk\nWaterschap Noord, sensor team"),
        ],
    );
    opening.attachments = vec!["backfill.log".to_owned(), "tidepool.toml".to_owned()];
    opening.seen_in.push("archive/dev".to_owned());
    let mut answer = message(
        "Ada Okafor",
        2 * DAY,
        &[
            (
                "quote",
                "On Saturday Noor van Dijk wrote:\n> Is there a way to see which segment that is, or to skip it?",
            ),
            (
                "own",
                "Both. `tidepool segments --open` names it, and this skips it for one run:\n\n```toml\n[backfill]\nstrict = false   # back to true afterwards\n```\n\nIt is the hour that the clocks went forward: the segment is an hour short, so the counter never gets to its total.",
            ),
        ],
    );
    answer.accepted = true;
    answer.url = Some("https://lists.tidepool.example/dev/2024-June/000411.html".to_owned());
    let mut thanks = message("Noor van Dijk", 47 * HOUR, &[("own", "That was it, thank you so much!")]);
    thanks.time_estimated = true;
    ConversationPage {
        conversation: conversation("Backfill hangs at 99 % after upgrading to 1.9", "dev-list"),
        state: "resolved".to_owned(),
        resolved_by: Some("accepted".to_owned()),
        asked: Some(tier(2, "in-depth help", &["it is about the writer's own set-up or code", "it names a version"])),
        observed: Some(tier(1, "basic help", &["one short answer was enough"])),
        related: Vec::new(),
        topics: vec!["backfill".to_owned(), "upgrade".to_owned()],
        opened: Some(NOW - 4 * DAY),
        first_response: Some(NOW - 2 * DAY),
        messages: vec![opening, answer, thanks],
        messages_total: 3,
        helpers: Vec::new(),
        similar: similar(),
    }
}

/// A conversation in a chat in which somebody still waits.
pub(super) fn chat() -> ConversationPage {
    let lines = [
        ("fennec", 51 * 60, "how do I stop the reactor cleanly? ctrl-c leaves the lock file behind every second time"),
        ("fennec", 51 * 60 - 1, "version is 1.9.1, on debian"),
        ("Chiara Rossi", 50 * 60, "fennec: do you run it under systemd?"),
        ("fennec", 50 * 60 - 3, "Chiara: yes, Type=simple, KillSignal is whatever the default is"),
        ("fennec", 49 * 60, "anybody?"),
    ];
    let messages: Vec<MessageView> =
        lines.iter().map(|(author, ago, text)| message(author, ago * MINUTE, &[("own", text)])).collect();
    ConversationPage {
        conversation: conversation("how do I stop the reactor cleanly?", "chat/#tidepool"),
        state: "waiting".to_owned(),
        resolved_by: None,
        asked: None,
        observed: None,
        related: vec![conversation("How do I stop the reactor?", "dev-list")],
        topics: Vec::new(),
        opened: Some(NOW - 51 * HOUR),
        first_response: Some(NOW - 50 * HOUR),
        messages_total: messages.len() as u64,
        messages,
        helpers: waiting()[0].helpers.clone(),
        similar: Vec::new(),
    }
}
