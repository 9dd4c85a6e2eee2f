//! What the pages with numbers show of the made-up community.

use insight::PeriodAsk;
use insight::views::{
    Carrying, ChannelPage, ChannelView, Cohort, Directory, EventView, Events, FirstTime, GrowthView, KindUse, Load,
    OpenQuestion, PeerView, PeriodChannel, PeriodCounts, PeriodTopic, PeriodView, SeriesLine, SeriesView, Stories,
    StoryLead, Thanked, Today,
};
use model::Id;

use super::{DAY, NOW, conversation, person};

/// 2024-04-01, -05-01 and -06-01.
const MONTHS: [i64; 3] = [1_711_929_600_000_000, 1_714_521_600_000_000, 1_717_200_000_000_000];

fn line(name: &'static str, values: [f64; 3]) -> SeriesLine {
    SeriesLine { name, values: values.map(Some).to_vec(), cases: vec![10; 3] }
}

pub(super) fn series() -> SeriesView {
    let lines = vec![
        line("questions", [88.0, 120.0, 31.0]),
        line("answered", [80.0, 99.0, 20.0]),
        line("answered_share", [0.91, 0.825, 0.645]),
        line("first_response_median", [5.5, 7.0, 30.0]),
        line("within_promise", [0.8, 0.75, 0.5]),
        line("unanswered", [8.0, 19.0, 11.0]),
        line("messages", [400.0, 600.0, 150.0]),
    ];
    SeriesView { step: "month", as_of: NOW, starts: MONTHS.to_vec(), lines }
}

pub(super) fn channels() -> Vec<ChannelView> {
    let channel = |name: &str, kind: &str, questions| ChannelView {
        id: Id::message("channel", name).to_string(),
        source: "chat".to_owned(),
        channel: name.to_owned(),
        kind: kind.to_owned(),
        messages: 31_877,
        last: Some(NOW - DAY),
        offered: 1,
        offered_why: "it is a chat".to_owned(),
        questions,
        answered: Some(0.75),
        first_response: Some(0.4),
        kept: Some(0.9),
        asked: [10, 60, 20, 5, 0],
        months: vec![5, 8, 9, 12],
        mood: Some(0.15),
        newcomers: 40,
        came_back: Some(0.3),
        ..ChannelView::default()
    };
    vec![channel("#tidepool", "chat", 120), channel("#tidepool-dev", "chat", 12)]
}

pub(super) fn channel(id: &str) -> Option<ChannelPage> {
    let channel = channels().into_iter().find(|channel| channel.id == id)?;
    Some(ChannelPage {
        channel,
        as_of: NOW,
        first_response: 2 * DAY,
        series: series(),
        joined: vec![30, 20, 10],
        left: vec![25, 18, 9],
        helpers: vec![(person("Bao Trần"), 21)],
        unanswered: vec![conversation("Backfill is slow on spinning disks", "dev-list")],
    })
}

pub(super) fn growth() -> GrowthView {
    let lines = vec![
        line("newcomers", [12.0, 15.0, 4.0]),
        line("active_people", [60.0, 66.0, 31.0]),
        line("new_contributors", [2.0, 1.0, 0.0]),
    ];
    let carrying =
        |name: &str, answers, share| Carrying { person: person(name), answers, share, last: NOW - DAY, thanked: 5 };
    GrowthView {
        as_of: NOW,
        series: SeriesView { step: "month", as_of: NOW, starts: MONTHS.to_vec(), lines },
        cohorts: vec![Cohort { start: 1_704_067_200_000_000, people: 40, stayed: vec![0.5, 0.25] }],
        load: Load { answers: 300, helpers: 41, absence_factor: 3, largest_share: Some(0.25) },
        carrying: vec![carrying("Ada Okafor", 75, 0.25)],
        could_more: vec![carrying("Chiara Rossi", 6, 0.02)],
    }
}

/// Any stretch of time: those who wait, and those to thank, as Today has them.
pub(super) fn period(ask: &PeriodAsk, today: &Today) -> PeriodView {
    let counts = PeriodCounts {
        messages: 600,
        active_people: 66,
        newcomers: 15,
        new_contributors: 1,
        helpers: 9,
        questions: 120,
        answered: 99,
        first_response_median: Some(7.0),
        commits: 0,
    };
    let before = PeriodCounts { questions: 88, answered: 80, ..counts };
    let first = today.to_thank.iter().take(1).map(|thanks| FirstTime {
        person: thanks.person.clone(),
        did: vec!["gave a first answer".to_owned()],
        time: ask.from,
        conversation: thanks.evidence.first().cloned(),
    });
    let thanked = today.to_thank.iter().map(|thanks| Thanked {
        person: thanks.person.clone(),
        times: 1,
        conversations: Vec::new(),
    });
    let open = today.waiting.iter().map(|waiting| OpenQuestion {
        conversation: waiting.conversation.clone(),
        opened: ask.from,
        tier: Some(1),
        newcomer: waiting.newcomer,
        again: false,
    });
    let is_known = ask.channel.as_deref().is_none_or(|channel| channel == "#tidepool");
    let channel = PeriodChannel { source: "chat".to_owned(), channel: "#tidepool".to_owned(), counts, before: counts };
    let topic = |topic: &str, questions| PeriodTopic { topic: topic.to_owned(), questions, before: 3 };
    PeriodView {
        from: ask.from,
        until: ask.until,
        as_of: NOW,
        counts,
        before,
        channels: is_known.then_some(channel).into_iter().collect(),
        firsts: first.collect(),
        thanked: thanked.collect(),
        busiest: today.busiest.clone(),
        open: open.collect(),
        open_total: today.waiting.len() as u64,
        stories: stories(0, 3).leads,
        announced: Vec::new(),
        topics: vec![topic("tides", 12), topic("backfill", 4)],
    }
}

pub(super) fn stories(offset: usize, limit: usize) -> Stories {
    let lead = StoryLead {
        conversation: conversation("Backfill is slow on spinning disks", "dev-list"),
        message: Id::message("mail", "story").to_string(),
        person: Some(person("Bao Trần")),
        time: NOW - 3 * DAY,
        lead: "We have run Tidepool on forty buoys since March, and it has not lost a reading.".to_owned(),
    };
    Stories { total: 1, offset: offset as u64, leads: vec![lead].into_iter().skip(offset).take(limit).collect() }
}

pub(super) fn events() -> Events {
    let event = |title: &str, starts: i64| EventView {
        id: Id::message("event", title).to_string(),
        title: title.to_owned(),
        source: "calendar".to_owned(),
        starts: Some(starts),
        ends: Some(starts + DAY),
        whole_days: true,
        place: Some("Lisbon".to_owned()),
        url: Some("https://tidepool.example/days".to_owned()),
        cancelled: false,
    };
    Events { coming: vec![event("Tidepool days", NOW + 20 * DAY)], past: vec![event("Spring meeting", NOW - 30 * DAY)] }
}

pub(super) fn directory() -> Directory {
    let peer = |project: &str, channel: &str, kind: &str, group: &str| PeerView {
        project: project.to_owned(),
        channel: channel.to_owned(),
        kind: kind.to_owned(),
        group: group.to_owned(),
        run_by: "community".to_owned(),
        access: "open".to_owned(),
        status: "active".to_owned(),
        looked: "2023-04".to_owned(),
        ..PeerView::default()
    };
    let kind = |kind: &str, projects, ours| KindUse { kind: kind.to_owned(), projects, by_company: 1, closed: 0, ours };
    Directory {
        projects: 2,
        kinds: vec![kind("chat", 2, false), kind("mailing list", 1, true)],
        lacking: vec!["chat".to_owned()],
        only: vec![("mailing list".to_owned(), vec!["Heron".to_owned()])],
        channels: vec![
            PeerView { address: "https://chat.example.org".to_owned(), ..peer("Heron", "Chat", "slack", "chat") },
            peer("Heron", "users", "mailing-list", "mailing list"),
            PeerView { record: Some("ibis".to_owned()), ..peer("Ibis", "#ibis", "irc", "chat") },
        ],
    }
}
