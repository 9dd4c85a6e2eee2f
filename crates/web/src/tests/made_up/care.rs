//! Whom to approach, thank, relieve and hear in the made-up community.

use insight::care::{FirstKind, FirstsAsk, Reason};
use insight::people::Level;
use insight::views::{
    ApartSource, ApartView, ApproachList, ApproachView, Approached, CareView, DeskVoice, EntryView, FirstCount,
    FirstDeed, FirstView, Firsts, HeavyArea, HeavyView, KeysView, LevelQuarter, LevelsView, MentorView, NextAsk,
    QuietView, SharedSource, StepView, ToApproach, UnheardPerson, UnheardView, VoiceView,
};

use super::{DAY, HOUR, NOW, conversation, person};

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

pub(super) fn told() -> ApproachView {
    ApproachView {
        name: "told".to_owned(),
        at: NOW - 40 * DAY,
        by: "Sam".to_owned(),
        reason: Reason::AsksWell.as_str().to_owned(),
        said: "Would you like to try an answer?".to_owned(),
        came: "later",
        note: "In summer, after the exams.".to_owned(),
    }
}

pub(super) fn mentor() -> MentorView {
    MentorView {
        person: person("Bao Trần"), why: texts(&["gave a first answer 5 months ago, and gave 9 times since"])
    }
}

pub(super) fn keys() -> KeysView {
    let why = texts(&["14 changes and 3 reviews in 6 of the last twelve months, and never merged anything there"]);
    KeysView { person: person("Chiara Rossi"), place: "code/tidepool".to_owned(), why }
}

pub(super) fn approach() -> ApproachList {
    let one = |name: &str, reason: Reason, why: &[&str], say: &str| ToApproach {
        person: person(name),
        reason,
        why: texts(why),
        say: say.to_owned(),
        evidence: vec![conversation("Which storage engine for small sensors?", "qa")],
        before: Vec::new(),
    };
    let well = one("Noor van Dijk", Reason::AsksWell, &["asked 6 questions in the last year"], "Thank you for asking.");
    ApproachList {
        as_of: NOW,
        people: vec![
            one(
                "Ayodele Mensah",
                Reason::AnswersUnasked,
                &["answered 19 questions in the last year, 8 of them with thanks", "only on qa, as far as is known"],
                "Thank you for all your answers on qa.",
            ),
            ToApproach { before: vec![told()], ..well },
        ],
        approached: vec![Approached { person: person("Chiara Rossi"), approach: told() }],
    }
}

pub(super) fn firsts(ask: &FirstsAsk) -> Firsts {
    let entry = |title: Option<&str>, detail: Option<&str>| EntryView {
        time: NOW - 3 * HOUR,
        kind: if title.is_some() { "asked" } else { "authored" },
        words: "asked",
        times: 1,
        source: if title.is_some() { "dev-list" } else { "code" }.to_owned(),
        channel: "dev-list".to_owned(),
        conversation: title.map(|title| conversation(title, "dev-list")),
        detail: detail.map(str::to_owned),
    };
    let deed = |kind, entry| FirstDeed { kind, entry };
    let mut people = vec![
        FirstView {
            person: person("Noor van Dijk"),
            level: Level::Newcomer,
            did: vec![deed(FirstKind::Message, entry(Some("Where do retention rules live now?"), None))],
            unanswered: true,
            thanks: "Hello Noor van Dijk, your question has waited for too long.".to_owned(),
            next: None,
            mentor: None,
        },
        FirstView {
            person: person("Chiara Rossi"),
            level: Level::Contributor,
            did: vec![deed(FirstKind::Change, entry(None, Some("Let the backfill skip a segment")))],
            unanswered: false,
            thanks: "Hello Chiara Rossi, thank you for your first change.".to_owned(),
            next: Some(NextAsk {
                conversation: conversation("Backfill is slow on spinning disks", "dev-list"),
                since: NOW - 9 * HOUR,
                areas: texts(&["backfill"]),
                why: texts(&["made something about backfill"]),
            }),
            mentor: Some(mentor()),
        },
    ];
    people.retain(|one| ask.kind.is_none_or(|kind| one.did.iter().any(|deed| deed.kind == kind)));
    let count = |kind| FirstCount { kind, people: 1 };
    Firsts {
        as_of: NOW,
        from: NOW - 30 * DAY,
        total: people.len() as u64,
        kinds: vec![count(FirstKind::Change), count(FirstKind::Message)],
        people: people.into_iter().skip(ask.offset).take(ask.limit).collect(),
        keys: vec![keys()],
    }
}

pub(super) fn levels() -> LevelsView {
    let quarter = LevelQuarter {
        start: 1_704_067_200_000_000,
        newcomers: 31,
        participants: 120,
        contributors: 24,
        core: 9,
        came: 33,
        to_contributor: 4,
        to_core: 1,
        down: 2,
        gone: 17,
    };
    let step = |step, title, reached, moved, note: Option<&str>| StepView {
        step,
        title,
        reached,
        moved,
        share: Some(moved as f64 / reached as f64),
        median_days: Some(41.0),
        note: note.map(str::to_owned),
    };
    let note = "of 40 whose first question nobody answered 4 came back, of 80 who had an answer 36";
    let steps = vec![
        step("came_back", "came back after a week or more", 120, 40, Some(note)),
        step("gave", "helped or added something for the first time", 30, 18, None),
    ];
    LevelsView { as_of: NOW, quarters: vec![quarter], steps, stuck: Some("came_back"), ..LevelsView::default() }
}

pub(super) fn care() -> CareView {
    let area = HeavyArea {
        what: "answers about backfill".to_owned(),
        done: 88,
        of: 120,
        share: 88.0 / 120.0,
        others: vec![mentor()],
        examples: vec![conversation("Backfill hangs at 99 % after upgrading to 1.9", "dev-list")],
    };
    let alone = HeavyArea { what: "reviews in code".to_owned(), others: Vec::new(), ..area.clone() };
    CareView {
        as_of: NOW,
        heavy: vec![HeavyView {
            person: person("Ada Okafor"),
            areas: vec![area, alone],
            areas_total: 4,
            say: "Thank you. What of it should be written down?".to_owned(),
        }],
        quiet: vec![QuietView {
            person: person("Bao Trần"),
            level: Level::Core,
            last: NOW - 33 * DAY,
            silent_days: 33,
            usual_days: 3,
            longest_days: 12,
            gave: 41,
            say: "We have not read you for a while and only wanted to say hello.".to_owned(),
        }],
    }
}

pub(super) fn unheard() -> UnheardView {
    let unheard =
        |name: &str, why: &str| UnheardPerson { person: person(name), level: Level::Participant, why: texts(&[why]) };
    let source = |source: &str, other: &str, people, only_here, unsure| ApartSource {
        source: source.to_owned(),
        people,
        only_here,
        unsure,
        shared: vec![SharedSource { source: other.to_owned(), people: people - only_here }],
        known_here: Vec::new(),
    };
    let qa = ApartSource {
        known_here: vec![unheard("Ayodele Mensah", "did something there 40 times in the last year")],
        ..source("qa", "dev-list", 60, 48, 5)
    };
    UnheardView {
        as_of: NOW,
        from: NOW - 730 * DAY,
        discussions: 14,
        latest: vec![conversation("RFC: retention by size", "dev-list")],
        people: 31,
        half: 4,
        voices: vec![VoiceView { person: person("Ada Okafor"), discussions: 12, asked: 3, approached: 1 }],
        desk: vec![DeskVoice { who: "Sam".to_owned(), steps: 40 }],
        never_total: 9,
        never: vec![unheard("Ayodele Mensah", "there in 7 of the last twelve months, most on qa")],
        apart: ApartView { sources: vec![source("dev-list", "qa", 80, 68, 0), qa] },
    }
}
