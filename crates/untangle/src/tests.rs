//! Made-up conversations, and what must hold for any lines.

use proptest::prelude::*;

use crate::model::{Model, Unreadable};
use crate::{Answer, Line, REPLAY, Reason, Untangler, WINDOW};

/// Lines `minute author text`; `=` instead of an author is the channel itself.
fn lines(script: &str) -> Vec<Line<'_>> {
    script
        .lines()
        .filter_map(|line| {
            let (minute, rest) = line.trim().split_once(' ')?;
            let (author, text) = rest.split_once(' ')?;
            let time = minute.parse::<i64>().ok()? * 60_000_000;
            Some(Line { time, author, text, system: author == "=", addressed: &[] })
        })
        .collect()
}

fn answers(script: &str) -> Vec<Answer> {
    let mut untangler = Untangler::new();
    lines(script).iter().map(|line| untangler.push(line)).collect()
}

fn check(script: &str, expected: &[Option<u64>]) {
    let found: Vec<_> = answers(script).iter().map(|answer| answer.to).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_question_and_its_answer() {
    check(
        "0 ann how do I mount a usb stick by hand?
         1 bob ann: sudo mount /dev/sdb1 /mnt",
        &[None, Some(0)],
    );
}

#[test]
fn two_conversations_at_once() {
    check(
        "0 ann my sound is gone since the upgrade, anyone?
         0 = dan has joined
         1 cid where does apache keep its logs?
         1 bob ann: which sound card is it?
         2 eve cid: /var/log/apache2
         2 ann bob: an intel one
         3 cid eve: thanks",
        &[None, None, None, Some(0), Some(2), Some(3), Some(4)],
    );
}

#[test]
fn a_name_cut_short_or_without_ornaments_is_found() {
    let answers = answers(
        "0 |marvin| is there a package for the gimp?
         0 somebody_else lunch was great today
         1 bob marvin: yes, gimp",
    );
    assert_eq!(answers[2].to, Some(0));
    assert!(answers[2].why.holds(Reason::Mentions));
}

#[test]
fn the_source_may_say_who_is_addressed() {
    let mut untangler = Untangler::new();
    for line in lines(
        "0 Ann-Marie does the build work for you?
         0 zed nice weather here",
    ) {
        untangler.push(&line);
    }
    let line = Line {
        time: 60_000_000,
        author: "bob",
        text: "it does since this morning",
        system: false,
        addressed: &["Ann-Marie"],
    };
    assert_eq!(untangler.push(&line).to, Some(0));
}

#[test]
fn system_lines_stand_alone() {
    let answers = answers(
        "0 ann hello
         0 = bob has joined",
    );
    assert_eq!((answers[1].to, answers[1].conversation, answers[1].confidence), (None, 1, 1.0));
}

#[test]
fn the_model_that_ships_can_be_read() {
    assert!(!Model::shipped().trees.is_empty());
    assert_eq!(Model::read(&Model::shipped().write()).as_ref(), Ok(Model::shipped()));
}

#[test]
fn a_damaged_model_is_refused() {
    let bytes = Model::shipped().write();
    for damaged in [&bytes[..0], &bytes[..7], &bytes[..30], &bytes[..bytes.len() - 1], &[&bytes[..], &[0]].concat()] {
        assert_eq!(Model::read(damaged), Err(Unreadable));
    }
    let mut other = bytes.clone();
    other[8] ^= 255;
    assert_eq!(Model::read(&other), Err(Unreadable));
}

/// A channel in which a few people say a few words, many of them names, some go and others come.
fn chatter(count: usize, seed: u64) -> Vec<(String, String, i64)> {
    let mut state = seed;
    let mut random = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut minute = 0;
    (0..count)
        .map(|line| {
            let person =
                |random: &mut dyn FnMut(u64) -> u64| format!("p{}_{}", random(9), (line as u64 / 400 + random(2)));
            let mut text = String::new();
            if random(2) == 0 {
                text = format!("{}: ", person(&mut random));
            }
            for _ in 0..random(8) {
                let rarest = random(400) + 1;
                text += &format!("word{} ", random(rarest));
            }
            if random(3) == 0 {
                text += "ok?";
            }
            minute += random(3) as i64;
            (person(&mut random), text, minute * 60_000_000)
        })
        .collect()
}

#[test]
fn after_a_replay_all_goes_on_as_if_nothing_had_happened() {
    let chatter = chatter(REPLAY + WINDOW, 7);
    let lines: Vec<_> = chatter
        .iter()
        .map(|(author, text, time)| Line { time: *time, author, text, system: false, addressed: &[] })
        .collect();
    let mut whole = Untangler::new();
    let answers: Vec<_> = lines.iter().map(|line| whole.push(line)).collect();

    let cut = lines.len() - 300;
    let mut again = Untangler::new().starting_at((cut - REPLAY) as u64);
    for (line, answer) in lines[cut - REPLAY..cut].iter().zip(&answers[cut - REPLAY..]) {
        again.recall(line, answer.to, answer.conversation);
    }
    let after: Vec<_> = lines[cut..].iter().map(|line| again.push(line)).collect();
    assert_eq!(after, answers[cut..]);
}

proptest! {
    #[test]
    fn any_lines_are_answered_by_earlier_ones(
        said in proptest::collection::vec((any::<i64>(), "[a-c@|]{0,3}|\\PC{0,8}", "([a-c]{1,2}[:, ]?|\\PC{0,4}| ){0,12}", any::<bool>()), 0..60)
    ) {
        let mut untangler = Untangler::new();
        for (number, (time, author, text, system)) in (0..).zip(&said) {
            let answer = untangler.push(&Line { time: *time, author, text, system: *system, addressed: &["a"] });
            prop_assert!(answer.to.is_none_or(|to| to < number && !said[to as usize].3));
            prop_assert!(answer.conversation <= number && (0.0..=1.0).contains(&answer.confidence));
        }
    }

    #[test]
    fn any_bytes_are_a_model_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Model::read(&[b"untangle", &bytes[..]].concat());
    }
}
