//! A made-up day at the desk: what is mine, what changed, what comes; and a draft.

use insight::views::{
    Ahead, AlertView, CaseView, Changes, ConversationRef, Day, DraftSentence, DraftSource, DraftView, FoundEvent,
    StoryLead, ViewCount,
};
use insight::{DayAsk, View};

use super::rest::case_view;
use super::{DAY, HOUR, NOW, conversation, person};

pub(super) fn day(ask: &DayAsk) -> Day {
    let mine = CaseView {
        holder: ask.me.clone(),
        ..case_view(conversation("Where do retention rules live now?", "dev-list"))
    };
    let parked = CaseView { until: Some(NOW + 2 * HOUR), ..mine.clone() };
    let hangs = conversation("Backfill hangs at 99 % after upgrading to 1.9", "dev-list");
    let angry = AlertView {
        rule: "angry".to_owned(),
        condition: "angry_newcomer",
        subject: hangs.id.clone(),
        happened: "angry".to_owned(),
        at: NOW - 20 * HOUR,
        what: "Noor van Dijk, who is new here, is angry in “Backfill hangs at 99 % after upgrading to 1.9”".to_owned(),
        why: "it says that its writer is frustrated".to_owned(),
        conversation: Some(hangs),
        person: Some(person("Noor van Dijk")),
        waiting_since: None,
        due: None,
        url: None,
    };
    let story = conversation("Four years of tidepool in our greenhouse", "dev-list");
    let story = StoryLead {
        message: story.id.clone(),
        conversation: story,
        person: Some(person("Ingrid Solberg")),
        time: NOW - 30 * HOUR,
        lead: "We have run tidepool in eleven greenhouses since 2020".to_owned(),
    };
    let event = FoundEvent {
        id: "e0".to_owned(),
        title: "Backfill clinic".to_owned(),
        starts: Some(NOW + DAY),
        place: Some("online".to_owned()),
        url: Some("https://tidepool.example/clinic".to_owned()),
    };
    Day {
        mine: vec![mine],
        mine_total: 1,
        angry: vec![angry],
        stories: vec![story],
        changes: Changes { since: ask.since, asked: 12, answered: 9, resolved: 7, arrived: 3 },
        ahead: Ahead { until: ask.until, due: 2, parked: vec![parked], events: vec![event] },
    }
}

pub(super) fn counts(nothing: bool) -> Vec<ViewCount> {
    let count = |(at, view): (u64, &View)| ViewCount { view: view.as_str(), cases: if nothing { 0 } else { 2 * at } };
    (1..).zip(View::ALL).map(count).collect()
}

pub(super) fn draft(conversation: ConversationRef) -> DraftView {
    let source = DraftSource {
        number: 1,
        conversation: super::conversation("Backfill stops at the daylight saving change", "dev-list"),
        url: None,
        author: Some(person("Ada Okafor")),
        time: Some(NOW - 200 * DAY),
        likeness: 0.8,
        why: "the asker said that it worked".to_owned(),
    };
    let text = "Set `strict = false` for that one run.".to_owned();
    DraftView {
        conversation,
        sentences: vec![DraftSentence { text, source: 1 }],
        sources: vec![source],
        note: "a draft of what others wrote before: read it, make it yours and check that it still holds; nothing was sent"
            .to_owned(),
    }
}
