//! How the help goes.

use desk::{Decision, Desk, Kind, NONE};
use insight::{By, MetricsFilter};
use model::time::DAY;

use crate::village::{NOW, Village, ago, message};

/// Five questions of people, in two places and two months, with a promise of two days; one of a bot.
fn village() -> Village {
    let mut village = Village::new();
    village.person("ada", Some("Ada"), &[]);
    village.person("ben", Some("Ben"), &[]);
    village.person("bot", Some("Build Bot"), &[("bot", true.into())]);
    let hours = |days: i64, hours: i64| ago(days) + hours * DAY / 24;
    let users = ("channel", "users".into());
    village.conversation("fast", "A?", &[("ada", ago(9), "A?"), ("ben", hours(9, 2), "So.")], &[]);
    village.conversation(
        "slow",
        "B?",
        &[("ada", ago(40), "B?"), ("ben", hours(40, 60), "So.")],
        std::slice::from_ref(&users),
    );
    village.conversation("late", "C?", &[("ada", ago(5), "C?")], &[users]);
    village.conversation("open", "D?", &[("ben", ago(1), "D?")], &[("asked_tier", 2.into())]);
    village.conversation("self", "E?", &[("ben", ago(8), "E?")], &[("state", "resolved".into())]);
    village.conversation("bot", "F?", &[("bot", ago(2), "F?")], &[]);
    village.conversation("old", "G?", &[("ada", ago(400), "G?")], &[]);
    village
}

/// Values and cases of every metric, a line per group.
#[track_caller]
fn check(village: &mut Village, filter: &MetricsFilter, expected: &[&str]) {
    let metrics = village.open().expect("opens").metrics(filter).expect("answers");
    let groups = &metrics.metrics[0].values;
    let lines: Vec<String> = (0..groups.len())
        .map(|at| {
            let values = metrics.metrics.iter().map(|metric| {
                let value = &metric.values[at];
                let shown = value.value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"));
                format!(" {shown}/{}", value.cases)
            });
            groups[at].group.clone() + ":" + &values.collect::<String>()
        })
        .collect();
    assert_eq!(lines, expected, "{filter:?}");
}

#[test]
fn metrics_of_the_last_ninety_days() {
    // questions, answered, median, mean, within the promise, waiting
    check(&mut village(), &MetricsFilter::default(), &["all: 5.00/5 0.60/5 31.00/2 31.00/2 0.33/3 2.00/5"]);
}

#[test]
fn metrics_by_group() {
    let by = |by| MetricsFilter { by, ..MetricsFilter::default() };
    check(
        &mut village(),
        &by(By::Channel),
        &[
            "list/dev-list: 3.00/3 0.67/3 2.00/1 2.00/1 1.00/1 1.00/3",
            "list/users: 2.00/2 0.50/2 60.00/1 60.00/1 0.00/2 1.00/2",
        ],
    );
    check(
        &mut village(),
        &by(By::Tier),
        &["2: 1.00/1 0.00/1 -/0 -/0 -/0 1.00/1", "none: 4.00/4 0.75/4 31.00/2 31.00/2 0.33/3 1.00/4"],
    );
    check(
        &mut village(),
        &by(By::Month),
        &["2024-04: 1.00/1 1.00/1 60.00/1 60.00/1 0.00/1 0.00/1", "2024-05: 4.00/4 0.50/4 2.00/1 2.00/1 0.50/2 2.00/4"],
    );
}

#[test]
fn metrics_of_nothing() {
    let filter = MetricsFilter { from: Some(NOW), until: Some(NOW), ..MetricsFilter::default() };
    check(&mut village(), &filter, &["all: 0.00/0 -/0 -/0 -/0 -/0 0.00/0"]);
    let filter = MetricsFilter { from: Some(i64::MIN), until: Some(i64::MIN), by: By::Source, ..filter };
    check(&mut village(), &filter, &[]);
}

#[test]
fn what_people_decided_counts() {
    let mut village = village();
    let mut desk = Desk::open(&village.desk_file()).expect("a desk");
    desk.decide(&Decision::new(NOW, "me", &message("late"), Kind::AskedTier).with(NONE)).expect("decided");
    desk.decide(&Decision::new(NOW, "me", &message("open"), Kind::Closed)).expect("decided");
    check(&mut village, &MetricsFilter::default(), &["all: 4.00/4 1.00/4 31.00/2 31.00/2 0.50/2 0.00/4"]);
}
