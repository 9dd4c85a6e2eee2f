//! What else is known of the made-up community: for the API and for assistants.

use insight::query::Query;
use insight::views::{
    Acquaintance, Answer, CaseEventView, CaseList, CasePage, CaseView, ChannelTiers, ConversationRef, Decided,
    Explained, FoundConversation, FoundEvent, GapView, HandedOver, Helper, History, Introducer, Introduction,
    MetricValue, MetricView, Metrics, PageFound, PersonRef, PromiseView, SearchView, Similar, Standing, Stretch, Tie,
    TopicView, Unanswered,
};
use insight::{CaseAsk, MetricsFilter, Page};

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

pub(super) fn found(query: &Query, page: Page) -> SearchView {
    let stretch = |text: &str, marked| Stretch { text: text.to_owned(), marked };
    let titles = ["Backfill hangs at 99 % after upgrading to 1.9", "Backfill stops at the daylight saving change"];
    let all: Vec<FoundConversation> = titles
        .iter()
        .map(|title| FoundConversation {
            conversation: conversation(title, "dev-list"),
            document: false,
            state: "resolved".to_owned(),
            tier: Some(2),
            message: conversation(title, "dev-list").id,
            time: Some(NOW - 4 * DAY),
            excerpt: vec![stretch("the nightly ", false), stretch("backfill", true)],
            by: "words and meaning",
        })
        .collect();
    let event = FoundEvent {
        id: "e0".to_owned(),
        title: "Backfill clinic".to_owned(),
        starts: Some(NOW + DAY),
        place: None,
        url: None,
    };
    SearchView {
        more: all.len() > page.offset + page.limit,
        found: all.into_iter().skip(page.offset).take(page.limit).collect(),
        offset: page.offset as u64,
        messages_with_all: Some(2),
        people: vec![person("Ada Okafor")],
        events: vec![event],
        notes: query.notes.clone(),
    }
}

pub(super) fn case_view(conversation: ConversationRef) -> CaseView {
    let handed_over = HandedOver {
        tier: 3,
        why: Some("a defect".to_owned()),
        next: Some(super::conversation("Backfill: off by one hour", "code")),
        next_standing: Some(Standing::Waiting),
    };
    let promise = PromiseView { what: "first_response", from: NOW - 4 * DAY, due: NOW - 2 * DAY, state: "overdue" };
    CaseView {
        conversation,
        asker: Some(person("Noor van Dijk")),
        newcomer: true,
        standing: Standing::HandedOver,
        since: Some(NOW - 4 * DAY),
        opened: Some(NOW - 4 * DAY),
        last: Some(NOW - 2 * DAY),
        messages: 3,
        holder: Some("ada".to_owned()),
        held_since: Some(NOW - DAY),
        until: None,
        handed_over: Some(handed_over),
        tier: None,
        promise: Some(promise),
        tags: vec!["spring".to_owned()],
        links: Vec::new(),
        notes: 1,
        trace: vec!["handed over by ada".to_owned()],
        lead: String::new(),
        helpers: Vec::new(),
    }
}

pub(super) fn cases(ask: &CaseAsk) -> CaseList {
    let titles = ["Backfill hangs at 99 % after upgrading to 1.9", "how do I stop the reactor cleanly?"];
    let cases = titles.iter().map(|title| case_view(conversation(title, "dev-list")));
    CaseList {
        as_of: NOW,
        as_of_data: false,
        view: ask.view.as_str(),
        total: titles.len() as u64,
        older: 4,
        cases: cases.skip(ask.offset).take(ask.limit).collect(),
        notes: ask.query.notes.clone(),
    }
}

pub(super) fn case_page(conversation: ConversationRef) -> CasePage {
    let event = CaseEventView {
        at: NOW - DAY,
        who: "ada".to_owned(),
        kind: "take".to_owned(),
        what: "taken by ada".to_owned(),
        note: None,
        step: Some(1),
        undone: false,
    };
    CasePage { case: case_view(conversation), history: vec![event], asked: vec![(person("Bao Trần"), NOW - HOUR)] }
}
