//! One stretch of time, looked back on.

use insight::PeriodAsk;
use insight::views::PeriodView;

use crate::village::{Value, Village, ago, message, person};

/// From ten days ago until now.
fn ask() -> PeriodAsk {
    PeriodAsk { from: ago(10), until: ago(0), source: None, channel: None }
}

fn commit(who: &str, days: i64, subject: &str) -> [(&'static str, Value); 7] {
    [
        ("activity_id", format!("{who}{days}").into()),
        ("source", "code".into()),
        ("channel", "project".into()),
        ("kind", "authored".into()),
        ("identity_id", person(who).into()),
        ("time", ago(days).into()),
        ("detail", subject.into()),
    ]
}

fn village() -> Village {
    let mut village = Village::new();
    for (key, name) in [("ada", "Ada"), ("ben", "Ben"), ("cyd", "Cyd")] {
        village.person(key, Some(name), &[]);
    }
    village.person("new", Some("Neo"), &[("first_seen", ago(4).into())]);
    village.person("bot", Some("Bot"), &[("bot", true.into())]);
    let thanked = [("thanked_person_ids", vec![person("ben")].into())];
    village.conversation("a", "How?", &[("ada", ago(8), "How?"), ("ben", ago(7), "So.")], &thanked);
    village.conversation("b", "Why?", &[("new", ago(4), "Why?")], &[]);
    village.conversation("c", "Old?", &[("ada", ago(15), "Old?"), ("cyd", ago(14), "Yes.")], &[]);
    village.conversation("d", "More?", &[("cyd", ago(3), "More?"), ("cyd", ago(1), "!")], &[]);
    village.row("activities", &commit("cyd", 12, "Fix one"));
    village.row("activities", &commit("cyd", 5, "Fix two"));
    village.row("activities", &commit("new", 2, "Add three"));
    village
}

fn seen(ask: &PeriodAsk) -> PeriodView {
    village().open().expect("opens").period(ask).expect("answers")
}

#[test]
fn what_happened_is_counted_beside_the_time_before() {
    let view = seen(&ask());
    let counts = view.counts;
    assert_eq!((counts.messages, counts.active_people, counts.newcomers, counts.commits), (5, 4, 1, 2));
    assert_eq!((counts.questions, counts.answered, counts.helpers, counts.new_contributors), (3, 1, 1, 2));
    assert_eq!(counts.first_response_median, Some(24.0));
    assert_eq!((view.before.questions, view.before.messages, view.before.commits), (1, 2, 1));
    let channels: Vec<_> = view.channels.iter().map(|one| (one.channel.as_str(), one.counts.messages)).collect();
    assert_eq!(channels, [("dev-list", 5), ("project", 0)]);
}

#[test]
fn people_are_thanked_and_first_times_told() {
    let view = seen(&ask());
    let firsts: Vec<String> =
        view.firsts.iter().map(|first| format!("{} {}", first.person.name, first.did.join(" and "))).collect();
    assert_eq!(firsts, ["Ben gave a first answer", "Neo made a first commit to code"]);
    assert_eq!(view.firsts[0].conversation.as_ref().map(|one| one.id.clone()), Some(message("a")));
    let thanked: Vec<_> = view.thanked.iter().map(|one| (one.person.name.as_str(), one.times)).collect();
    assert_eq!(thanked, [("Ben", 1)]);
    let open: Vec<_> = view.open.iter().map(|one| (one.conversation.title.as_str(), one.newcomer)).collect();
    assert_eq!(open, [("More?", false), ("Why?", true)]);
    assert_eq!(view.open_total, 2);
    assert_eq!((view.busiest[0].conversation.title.as_str(), view.busiest[0].messages), ("How?", 2));
}

#[test]
fn one_place_is_looked_at_alone() {
    let view = seen(&PeriodAsk { source: Some("code".to_owned()), ..ask() });
    assert_eq!((view.counts.messages, view.counts.commits, view.counts.active_people), (0, 2, 2));
    assert!(view.open.is_empty() && view.thanked.is_empty());
    assert_eq!(seen(&PeriodAsk { channel: Some("nowhere".to_owned()), ..ask() }).counts, Default::default());
}

#[test]
fn commits_are_given_latest_first() {
    let mut village = village();
    let community = village.open().expect("opens");
    let commits = community.commits(ago(10), ago(0), None).expect("answers");
    let told: Vec<_> = commits.iter().map(|one| (one.subject.as_str(), one.first)).collect();
    assert_eq!(told, [("Add three", true), ("Fix two", false)]);
    assert_eq!(community.commits(ago(10), ago(0), Some("other")).expect("answers"), []);
    assert_eq!(community.release_time("1.0").expect("answers"), None);
}
