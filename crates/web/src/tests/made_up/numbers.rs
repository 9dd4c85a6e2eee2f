//! What the pages with numbers show of the made-up community.

use insight::views::{
    Carrying, ChannelPage, ChannelView, Cohort, EventView, Events, GrowthView, Load, SeriesLine, SeriesView, Stories,
    StoryLead,
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
