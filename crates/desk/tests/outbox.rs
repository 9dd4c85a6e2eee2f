//! Nothing is lost and nothing is sent twice: whatever is run twice, at the same time, or killed in between.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use desk::{Alert, Claim, Delivery, Desk, Ended, Stop};
use model::time::{DAY, SECOND};

const MINUTE: i64 = 60 * SECOND;
const NOW: i64 = 1_717_200_000 * SECOND;

fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.sqlite");
    (folder, path)
}

fn alert(subject: &str, target: &str) -> Alert {
    let again = target.starts_with("webhook:");
    let (rule, happened, text) = ("late".into(), "waits".into(), format!("about {subject}"));
    Alert { rule, subject: subject.into(), happened, target: target.into(), again, at: NOW - 1, due: NOW, text }
}

fn queue(desk: &mut Desk, subjects: &[&str], target: &str) -> usize {
    let alerts: Vec<Alert> = subjects.iter().map(|subject| alert(subject, target)).collect();
    desk.queue_alerts(&alerts, NOW).expect("queued")
}

fn claim(desk: &mut Desk, now: i64) -> Option<Claim> {
    desk.claim_alerts(now, now + 5 * MINUTE, &[]).expect("an answer")
}

fn subjects(claim: &Claim) -> Vec<&str> {
    claim.entries.iter().map(|entry| entry.alert.subject.as_str()).collect()
}

fn states(desk: &Desk) -> Vec<&'static str> {
    desk.alerts_log(&[], 100).expect("a log").iter().map(|entry| entry.state.as_str()).collect()
}

#[test]
fn what_was_queued_once_is_never_queued_again() {
    let (_folder, path) = place();
    let mut desk = Desk::open(&path).unwrap();
    assert_eq!(queue(&mut desk, &["m1", "m2"], "mail:a"), 2);
    assert_eq!(queue(&mut desk, &["m1", "m2", "m3"], "mail:a"), 1);
    assert_eq!(queue(&mut desk, &["m1"], "chat:b"), 1);
    let claimed = claim(&mut desk, NOW).expect("due");
    assert!(desk.hand_over(&claimed, NOW).unwrap());
    desk.settle(&claimed, &Ended::Sent, NOW).unwrap();
    assert_eq!(queue(&mut desk, &["m1", "m2", "m3"], "mail:a"), 0);
    assert_eq!(states(&desk), ["queued", "sent", "sent", "sent"]);
}

#[test]
fn what_is_due_together_is_one_message_and_stays_one() {
    let (_folder, path) = place();
    let mut desk = Desk::open(&path).unwrap();
    queue(&mut desk, &["m1", "m2"], "mail:a");
    queue(&mut desk, &["m1"], "webhook:b");
    assert_eq!(claim(&mut desk, NOW - 1), None);
    assert_eq!(desk.next_alert().unwrap(), Some(NOW));
    let first = claim(&mut desk, NOW).expect("due");
    assert_eq!((first.target.as_str(), subjects(&first), first.attempt), ("mail:a", vec!["m1", "m2"], 1));
    let other = claim(&mut desk, NOW).expect("due");
    assert_eq!((other.target.as_str(), claim(&mut desk, NOW)), ("webhook:b", None));
    assert_ne!(first.message, other.message);
    // Another one comes while it is tried again: that is another message.
    let later = Ended::Later { next: NOW + MINUTE, error: "no".into() };
    desk.settle(&first, &later, NOW).unwrap();
    queue(&mut desk, &["m3"], "mail:a");
    assert_eq!(subjects(&claim(&mut desk, NOW).expect("due")), ["m3"]);
    let again = claim(&mut desk, NOW + MINUTE).expect("due");
    assert_eq!((&again.message, subjects(&again), again.attempt), (&first.message, vec!["m1", "m2"], 2));
    assert_eq!(desk.alerts_log(&[Delivery::Sending], 9).unwrap().len(), 4);
}

#[test]
fn targets_that_failed_just_now_are_left_alone() {
    let (_folder, path) = place();
    let mut desk = Desk::open(&path).unwrap();
    queue(&mut desk, &["m1"], "mail:a");
    queue(&mut desk, &["m1"], "mail:b");
    let skipped = desk.claim_alerts(NOW, NOW + MINUTE, &["mail:a".to_owned()]).unwrap().expect("due");
    assert_eq!(skipped.target, "mail:b");
    assert_eq!(desk.claim_alerts(NOW, NOW + MINUTE, &["mail:a".to_owned()]).unwrap(), None);
}

/// One entry for a target, claimed, and handed over if `handed`; then the lease is over.
#[track_caller]
fn check_left(target: &str, handed: bool, expected: &str) {
    let (_folder, path) = place();
    let mut desk = Desk::open(&path).expect("a desk");
    queue(&mut desk, &["m1"], target);
    let lost = claim(&mut desk, NOW).expect("due");
    if handed {
        assert!(desk.hand_over(&lost, NOW + MINUTE).expect("the outbox answers"));
    }
    assert_eq!(claim(&mut desk, NOW + 4 * MINUTE), None, "the lease is not over");
    let next = claim(&mut desk, NOW + 6 * MINUTE);
    assert_eq!(states(&desk), [expected], "{target} {handed}");
    assert_eq!(next.is_some(), expected == "sending");
    if let Some(next) = next {
        assert_eq!((next.message, next.attempt), (lost.message.clone(), 2));
    }
    // Whoever comes back after that may not send any more.
    assert!(!desk.hand_over(&lost, NOW + 6 * MINUTE).expect("the outbox answers"));
}

#[test]
fn a_lease_that_ends_leaves_nothing_lost_and_nothing_doubled() {
    check_left("mail:a", false, "sending");
    check_left("mail:a", true, "unsure");
    check_left("chat:a", true, "unsure");
    check_left("webhook:a", false, "sending");
    check_left("webhook:a", true, "sending");
}

#[test]
fn what_nobody_is_sure_of_is_sent_again_when_a_person_says_so() {
    let (_folder, path) = place();
    let mut desk = Desk::open(&path).unwrap();
    queue(&mut desk, &["m1"], "mail:a");
    let first = claim(&mut desk, NOW).expect("due");
    desk.settle(&first, &Ended::Unsure { error: "no answer".into() }, NOW).unwrap();
    let entry = desk.alerts_log(&[Delivery::Unsure], 9).unwrap().remove(0);
    assert_eq!((entry.error.as_deref(), entry.ended), (Some("no answer"), Some(NOW)));
    assert!(desk.send_again(entry.number, NOW + 1).unwrap());
    assert!(!desk.send_again(entry.number, NOW + 1).unwrap());
    let second = claim(&mut desk, NOW + 1).expect("due");
    assert_eq!(second.message, first.message, "the same mail, by its Message-ID");
}

#[test]
fn a_late_result_is_still_the_truth() {
    let (_folder, path) = place();
    let mut desk = Desk::open(&path).unwrap();
    queue(&mut desk, &["m1"], "mail:a");
    let slow = claim(&mut desk, NOW).expect("due");
    assert!(desk.hand_over(&slow, NOW).unwrap());
    assert_eq!(claim(&mut desk, NOW + 9 * MINUTE), None);
    assert_eq!(states(&desk), ["unsure"]);
    desk.settle(&slow, &Ended::Sent, NOW + 9 * MINUTE).unwrap();
    assert_eq!(states(&desk), ["sent"]);
}

#[test]
fn stopping_stops_what_is_queued_and_what_comes() {
    let (_folder, path) = place();
    let mut desk = Desk::open(&path).unwrap();
    for (subject, queued) in [("late", 2), ("mail:a", 2), ("m1", 1)] {
        queue(&mut desk, &["m1", "m2"], "mail:a");
        assert_eq!(desk.stop_alerts(&Stop::new(NOW, "ada", subject, true)).unwrap(), queued, "{subject}");
        assert!(desk.stopped_alerts().unwrap().contains_key(subject));
        let new: Vec<Alert> = ["m1", "m3"].map(|id| Alert { happened: subject.into(), ..alert(id, "mail:a") }).into();
        assert_eq!(desk.queue_alerts(&new, NOW).unwrap(), if subject == "m1" { 1 } else { 0 });
        desk.stop_alerts(&Stop::new(NOW, "ada", subject, false)).unwrap();
        assert_eq!(desk.queue_alerts(&new, NOW).unwrap(), 0, "what happened meanwhile does not come");
        assert!(desk.stopped_alerts().unwrap().is_empty());
        std::fs::remove_file(&path).unwrap();
        desk = Desk::open(&path).unwrap();
    }
}

#[test]
fn what_is_stopped_while_it_is_being_sent_does_not_go_out() {
    let (_folder, path) = place();
    let mut desk = Desk::open(&path).unwrap();
    queue(&mut desk, &["m1", "m2"], "mail:a");
    let claimed = claim(&mut desk, NOW).expect("due");
    desk.stop_alerts(&Stop::new(NOW, "ada", "m1", true)).unwrap();
    assert!(!desk.hand_over(&claimed, NOW).unwrap());
    desk.settle(&claimed, &Ended::Later { next: NOW + DAY, error: "stopped".into() }, NOW).unwrap();
    // The other one goes out at once.
    let rest = claim(&mut desk, NOW).expect("due");
    assert_eq!(subjects(&rest), ["m2"]);
    assert!(desk.hand_over(&rest, NOW).unwrap());
}

#[test]
fn a_target_that_is_gone_gets_nothing_more() {
    let (_folder, path) = place();
    let mut desk = Desk::open(&path).unwrap();
    queue(&mut desk, &["m1"], "webhook:a");
    let claimed = claim(&mut desk, NOW).expect("due");
    queue(&mut desk, &["m2"], "webhook:a");
    desk.settle(&claimed, &Ended::Gone { error: "410".into() }, NOW).unwrap();
    assert_eq!(states(&desk), ["stopped", "stopped"]);
    assert_eq!(queue(&mut desk, &["m3"], "webhook:a"), 0);
}

#[test]
fn rules_look_from_when_they_were_made_and_are_quiet_in_between() {
    let (_folder, path) = place();
    let mut desk = Desk::open(&path).unwrap();
    assert_eq!(desk.rule_since("late", "promise_broken", NOW).unwrap(), NOW);
    assert_eq!(desk.rule_since("late", "promise_broken", NOW + DAY).unwrap(), NOW);
    assert_eq!(desk.rule_since("late", "promise_near", NOW + DAY).unwrap(), NOW + DAY);
    let after = |desk: &Desk, now| desk.after_quiet("late", "mail:a", now, 10 * MINUTE).unwrap();
    assert_eq!(after(&desk, NOW), NOW);
    queue(&mut desk, &["m1"], "mail:a");
    assert_eq!(after(&desk, NOW + MINUTE), NOW + 10 * MINUTE);
    assert_eq!(after(&desk, NOW + 20 * MINUTE), NOW + 20 * MINUTE);
    let tomorrow = Alert { due: NOW + DAY, ..alert("m2", "mail:a") };
    desk.queue_alerts(&[tomorrow], NOW).unwrap();
    assert_eq!(after(&desk, NOW + MINUTE), NOW + DAY, "with those that wait");
}

#[test]
fn what_is_no_longer_so_is_not_sent() {
    let (_folder, path) = place();
    let mut desk = Desk::open(&path).unwrap();
    queue(&mut desk, &["m1", "m2"], "mail:a");
    assert_eq!(desk.drop_queued("late", NOW, NOW, |_| false).unwrap(), 0, "before the time that is looked at");
    assert_eq!(desk.drop_queued("late", NOW - DAY, NOW, |alert| alert.subject == "m2").unwrap(), 1);
    assert_eq!(states(&desk), ["queued", "over"]);
}

#[test]
fn texts_are_forgotten_and_then_all_of_it() {
    let (_folder, path) = place();
    let mut desk = Desk::open(&path).unwrap();
    queue(&mut desk, &["m1"], "mail:a");
    let claimed = claim(&mut desk, NOW).expect("due");
    desk.settle(&claimed, &Ended::Sent, NOW).unwrap();
    queue(&mut desk, &["m2"], "mail:a");
    assert_eq!(desk.forget_sent(NOW + 29 * DAY).unwrap(), 0);
    assert_eq!(desk.forget_sent(NOW + 31 * DAY).unwrap(), 1);
    let texts =
        |desk: &Desk| desk.alerts_log(&[], 9).unwrap().into_iter().map(|entry| entry.alert.text).collect::<Vec<_>>();
    assert_eq!(texts(&desk), ["about m2", ""]);
    assert_eq!(queue(&mut desk, &["m1"], "mail:a"), 0, "its key stays");
    assert_eq!(desk.forget_sent(NOW + 400 * DAY).unwrap(), 1);
    assert_eq!(texts(&desk), ["about m2"], "what was not sent is kept");
}

/// The other end of the tests that kill: claims, does as far as it is told, says so and waits to be killed.
#[test]
fn a_process_to_be_killed() {
    let (Ok(path), Ok(far)) = (std::env::var("OUTBOX_DESK"), std::env::var("OUTBOX_FAR")) else { return };
    let mut desk = Desk::open(Path::new(&path)).unwrap();
    let claimed = claim(&mut desk, NOW).expect("due");
    if far == "handed" {
        assert!(desk.hand_over(&claimed, NOW).unwrap());
    }
    use std::io::Write as _;
    writeln!(std::io::stderr(), "ready {}", claimed.message).unwrap();
    loop {
        std::thread::park();
    }
}

/// Kills a process that got so far; gives the message it was at.
fn killed(path: &Path, far: &str) -> String {
    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "a_process_to_be_killed", "--nocapture"])
        .envs([("OUTBOX_DESK", path.as_os_str()), ("OUTBOX_FAR", far.as_ref())])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let lines = BufReader::new(child.stderr.take().expect("piped")).lines().map_while(Result::ok);
    let message =
        lines.into_iter().find_map(|line| line.strip_prefix("ready ").map(str::to_owned)).expect("it got there");
    child.kill().expect("killed");
    child.wait().expect("gone");
    message
}

#[test]
fn a_kill_before_handing_over_sends_later_and_after_it_leaves_nobody_sure() {
    for (far, target, expected) in
        [("claimed", "mail:a", "sending"), ("handed", "mail:a", "unsure"), ("handed", "webhook:a", "sending")]
    {
        let (_folder, path) = place();
        queue(&mut Desk::open(&path).unwrap(), &["m1", "m2"], target);
        let message = killed(&path, far);
        let mut desk = Desk::open(&path).unwrap();
        assert_eq!(claim(&mut desk, NOW + MINUTE), None, "not before the lease is over");
        let next = claim(&mut desk, NOW + 6 * MINUTE);
        assert_eq!(states(&desk), [expected; 2], "{far} {target}");
        assert!(next.is_none_or(|next| next.message == message));
    }
}

#[test]
fn many_at_once_send_everything_once() {
    let (_folder, path) = place();
    let ids: Vec<String> = (0..10).map(|number| format!("m{number}")).collect();
    let sent = std::sync::Mutex::new(Vec::new());
    // Held open, so that nobody is the first or the last; few enough that nobody waits for long on a busy machine.
    let _held = Desk::open(&path).unwrap();
    std::thread::scope(|scope| {
        for worker in 0..3 {
            let (path, ids, sent) = (&path, &ids, &sent);
            scope.spawn(move || {
                let mut desk = Desk::open(path).unwrap();
                for id in ids {
                    queue(&mut desk, &[id], &format!("mail:{}", (id.len() + worker) % 2));
                    while let Some(claimed) = claim(&mut desk, NOW) {
                        assert!(desk.hand_over(&claimed, NOW).unwrap());
                        let keys =
                            claimed.entries.iter().map(|entry| (entry.alert.subject.clone(), claimed.target.clone()));
                        sent.lock().unwrap().extend(keys);
                        desk.settle(&claimed, &Ended::Sent, NOW).unwrap();
                    }
                }
            });
        }
    });
    let mut sent = sent.into_inner().unwrap();
    assert_eq!(sent.len(), 20);
    sent.sort();
    sent.dedup();
    assert_eq!(sent.len(), 20);
}
