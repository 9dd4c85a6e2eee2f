//! What else is known of the made-up community: for the API and for assistants.

use insight::MetricsFilter;
use insight::views::{
    Acquaintance, Answer, ChannelTiers, Decided, Explained, GapView, Helper, History, Introducer, Introduction,
    MetricValue, MetricView, Metrics, PageFound, PersonRef, Similar, Tie, TopicView, Unanswered,
};

use super::{DAY, HOUR, NOW, conversation, person};

pub(super) fn answer(similar: Vec<Similar>, helpers: Vec<Helper>) -> Answer {
    let page = PageFound {
        title: "Backfill".to_owned(),
        heading: Some("Backfill › When it hangs".to_owned()),
        url: Some("https://tidepool.example/docs/backfill#hangs".to_owned()),
        sentence: Some("Set `strict = false` for one run.".to_owned()),
        page: conversation("Backfill", "docs"),
    };
    let waits = Unanswered {
        conversation: conversation("Backfill is slow on spinning disks", "dev-list"),
        asker: Some(person("fennec")),
        since: Some(NOW - 3 * DAY),
        score: 0.7,
    };
    Answer { similar, pages: vec![page], unanswered: vec![waits], helpers, spread: 0.3 }
}

fn tie() -> Tie {
    Tie { helped: 3, was_helped: 1, together: 12, last: Some(NOW - 20 * DAY) }
}

pub(super) fn introduction(from: PersonRef, to: PersonRef) -> Introduction {
    let introducer = Introducer { person: person("Bao Trần"), ties: (tie(), tie()) };
    Introduction { from, to, direct: None, introducers: vec![introducer], chain: Vec::new() }
}

pub(super) fn acquaintances() -> Vec<Acquaintance> {
    vec![Acquaintance { person: person("Bao Trần"), tie: tie() }]
}

pub(super) fn explained(id: &str) -> Explained {
    let decided = Decided {
        what: "asked tier",
        value: "2 (in-depth help)".to_owned(),
        confidence: Some(0.7),
        why: vec!["it says that it worked before".to_owned()],
        correct: Some(format!("switchboard correct {id} asked 0-4|none")),
    };
    let history = History { at: NOW - HOUR, who: "ada".to_owned(), kind: "asked_tier", value: None, note: None };
    Explained {
        id: id.to_owned(),
        what: vec!["conversation", "message"],
        title: "Backfill hangs at 99 % after upgrading to 1.9".to_owned(),
        conversation: Some(id.to_owned()),
        decided: vec![decided],
        history: vec![history],
    }
}

pub(super) fn channel_tiers() -> Vec<ChannelTiers> {
    let channel = |channel: &str, offered| ChannelTiers {
        source: "chat".to_owned(),
        channel: channel.to_owned(),
        offered,
        offered_why: "configured".to_owned(),
        asked: [1, 2, 3, 0, 0],
        observed: [1, 3, 2, 0, 0],
        examples: vec![conversation("how do I stop the reactor cleanly?", "chat/#tidepool")],
    };
    vec![channel("#tidepool", 1), channel("#tidepool-dev", 3)]
}

pub(super) fn topics() -> Vec<TopicView> {
    let topic = |topic: &str, questions| TopicView {
        topic: topic.to_owned(),
        kind: "tag".to_owned(),
        questions,
        unanswered: 3,
        recent: 9,
        before: 4,
        sentiment: Some(-0.2),
        last: Some(NOW - DAY),
        conversations: vec![conversation("Backfill is slow on spinning disks", "dev-list")],
    };
    vec![topic("backfill", 88), topic("upgrade", 41), topic("time zone", 12)]
}

pub(super) fn gaps() -> Vec<GapView> {
    let stuck = conversation("Backfill stops at the daylight saving change", "dev-list");
    vec![GapView {
        id: stuck.id.clone(),
        title: stuck.title.clone(),
        topics: vec!["backfill".to_owned()],
        questions: 7,
        people: 6,
        unanswered: 2,
        first: Some(NOW - 900 * DAY),
        last: Some(NOW - 4 * DAY),
        conversations: vec![stuck.clone()],
        answers: vec![(stuck, "The segment that crosses the change is an hour short.".to_owned())],
    }]
}

pub(super) fn metrics(filter: &MetricsFilter) -> Metrics {
    let value = |group: &str, value| MetricValue { group: group.to_owned(), value, cases: 12 };
    Metrics {
        from: filter.from.unwrap_or(NOW - 90 * DAY),
        until: filter.until.unwrap_or(NOW),
        as_of: NOW,
        by: filter.by.as_str(),
        metrics: vec![MetricView {
            name: "answered_share",
            title: "Questions answered",
            definition: "the share of the questions in which another person responded",
            unit: "share",
            good: "up",
            chaoss: None,
            caveat: Some("of the latest questions many will still be answered"),
            values: vec![value("chat", Some(0.75)), value("dev-list", None)],
        }],
    }
}
