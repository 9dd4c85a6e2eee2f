//! The signs that tell which kind of help an opening message asks for.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::judge::{Judge, Signs, Verdict};
use crate::{Facts, Signal, Signals};

/// A sign in an opening message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It asks.
    Asks,
    /// It asks where something is written or to be had.
    WhereWritten,
    /// It asks how to do something.
    HowTo,
    /// It asks what something means, or which to take.
    WhatIs,
    /// Its writer is new to this.
    Newcomer,
    /// It is about the writer's own set-up or code.
    OwnCase,
    /// It shows code.
    Code,
    /// It shows a log or a session.
    Log,
    /// It shows a stack trace.
    Trace,
    /// It shows a change to code.
    Diff,
    /// It speaks of an error.
    Error,
    /// It is about speed, memory or load.
    Performance,
    /// It asks how to build or choose something larger.
    Design,
    /// It says that something is defective.
    Defect,
    /// It says that something worked before.
    Regression,
    /// It tells how to make it happen again.
    Steps,
    /// It asks for a change to the project.
    Change,
    /// It offers a change or asks for a review.
    Patch,
    /// It is about a release, the build or the project's own machines.
    Project,
    /// It is about somebody else's product or service.
    Outside,
    /// It names a version.
    Version,
    /// The source calls it a question.
    NativeQuestion,
    /// The source calls it an issue.
    NativeIssue,
    /// The source calls it a change request.
    NativeChange,
    /// It announces something.
    Announcement,
    /// It calls for a vote, or counts one.
    Vote,
    /// It proposes or discusses.
    Discussion,
    /// It is about an event.
    Event,
    /// It tells what somebody did.
    Story,
    /// It offers help or work.
    Offer,
    /// It thanks or greets and asks nothing.
    SmallTalk,
    /// It is a report made by a program.
    Automatic,
    /// It has fewer than 12 words.
    Short,
    /// It has more than 120 words.
    Long,
}

/// For people, in the order of [`Asked`]. [`Judge::new`] finds weights by these words.
pub const WORDS: &[&str] = &[
    "it asks something",
    "it asks where something is written or to be had",
    "it asks how to do something",
    "it asks what something means or which to take",
    "its writer is new to this",
    "it is about the writer's own set-up or code",
    "it shows code",
    "it shows a log or a session",
    "it shows a stack trace",
    "it shows a change to code",
    "it speaks of an error",
    "it is about speed, memory or load",
    "it asks how to build or choose something larger",
    "it says that something is defective",
    "it says that it worked before",
    "it tells how to make it happen again",
    "it asks for a change to the project",
    "it offers a change or asks for a review",
    "it is about a release, the build or the project's machines",
    "it is about somebody else's product",
    "it names a version",
    "its source calls it a question",
    "its source calls it an issue",
    "its source calls it a change request",
    "it announces something",
    "it is about a vote",
    "it proposes or discusses",
    "it is about an event",
    "it tells what somebody did",
    "it offers help or work",
    "it is small talk",
    "a program wrote it",
    "it is short",
    "it is long",
];

/// How the shipped weights judge an opening message.
pub static ASKED: LazyLock<Judge> = LazyLock::new(|| Judge::new(WORDS, include_str!("asked.tsv")));

/// Signals that are signs of what an opening asks for.
const SIGNALS: &[(Signal, Asked)] = &[
    (Signal::Question, Asked::Asks),
    (Signal::Newcomer, Asked::Newcomer),
    (Signal::Announcement, Asked::Announcement),
    (Signal::Event, Asked::Event),
    (Signal::Story, Asked::Story),
    (Signal::Offer, Asked::Offer),
];

/// Signs of a message that asks something and yet no help: opinions, votes, appointments.
const NO_HELP: &[Asked] = &[
    Asked::Announcement,
    Asked::Vote,
    Asked::Discussion,
    Asked::Event,
    Asked::Story,
    Asked::Offer,
    Asked::SmallTalk,
    Asked::Automatic,
    Asked::Patch,
    Asked::Diff,
];

/// The tier that an opening asks for. Some tier it is where its source calls it a question or an issue (`native`),
/// and where it asks and nothing speaks for another kind of question: to overlook somebody who needs help is
/// worse than to list somebody who does not.
pub fn asked(judge: &Judge, signs: Signs, native: bool) -> Verdict {
    let asks = signs.has(Asked::Asks as usize) && !NO_HELP.iter().any(|sign| signs.has(*sign as usize));
    if native || asks { judge.tier(signs) } else { judge.verdict(signs) }
}

/// Below this, a message is short; above [`LONG`], long.
const SHORT: u32 = 12;
const LONG: u32 = 120;

/// The signs in an opening message: those of its signals and facts, and those that its subject (none if it is a
/// reply's) and its prose (own words without code) show. What its source calls it is for others to add.
pub(crate) fn signs(subject: Option<&str>, prose: &str, signals: &Signals, facts: &Facts) -> Signs {
    let mut signs = Signs::default();
    let mut add = |sign: Asked| signs.add(sign as usize);
    SIGNALS.iter().filter(|(signal, _)| signals.has(*signal)).for_each(|(_, sign)| add(*sign));
    for (holds, sign) in [
        (facts.code, Asked::Code),
        (facts.log, Asked::Log),
        (facts.trace, Asked::Trace),
        (facts.diff, Asked::Diff),
        (facts.versions, Asked::Version),
        (facts.words < SHORT, Asked::Short),
        (facts.words > LONG, Asked::Long),
    ] {
        if holds {
            add(sign);
        }
    }
    for text in subject.into_iter().chain([prose]) {
        let Some(matcher) = MATCHER.as_ref() else { break };
        for found in matcher.find_iter(text) {
            if is_whole(text, found.start(), found.end()) {
                add(phrases()[found.pattern().as_usize()].1);
            }
        }
    }
    signs
}

/// Whether a match begins and ends where words do (a phrase that ends in a space or a sign ends itself).
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let (last, after) = (text[..end].chars().next_back(), text[end..].chars().next());
    let begins = !before.is_some_and(char::is_alphanumeric);
    begins && (!last.is_some_and(char::is_alphanumeric) || !after.is_some_and(char::is_alphanumeric))
}

static MATCHER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let phrases = phrases().iter().map(|(phrase, _)| phrase);
    // The list is fixed and small: building cannot fail, and a test would tell.
    AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(phrases).ok()
});

/// Every phrase and what it is a sign of: a line each in `asked.txt`, under the sign's name.
fn phrases() -> &'static [(&'static str, Asked)] {
    static PHRASES: LazyLock<Vec<(&str, Asked)>> = LazyLock::new(|| {
        let mut sign = None;
        let mut phrases = Vec::new();
        for line in include_str!("asked.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.strip_prefix("= ") {
                Some(name) => sign = NAMED.iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign),
                None => phrases.extend(sign.map(|sign| (line, sign))),
            }
        }
        phrases
    });
    &PHRASES
}

/// The names in `asked.txt` of the signs that phrases show.
const NAMED: &[(&str, Asked)] = &[
    ("where written", Asked::WhereWritten),
    ("how to", Asked::HowTo),
    ("what is", Asked::WhatIs),
    ("newcomer", Asked::Newcomer),
    ("own case", Asked::OwnCase),
    ("error", Asked::Error),
    ("performance", Asked::Performance),
    ("design", Asked::Design),
    ("defect", Asked::Defect),
    ("regression", Asked::Regression),
    ("steps", Asked::Steps),
    ("change", Asked::Change),
    ("patch", Asked::Patch),
    ("project", Asked::Project),
    ("outside", Asked::Outside),
    ("announcement", Asked::Announcement),
    ("vote", Asked::Vote),
    ("discussion", Asked::Discussion),
    ("event", Asked::Event),
    ("small talk", Asked::SmallTalk),
    ("automatic", Asked::Automatic),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_fit_together() {
        assert!(MATCHER.is_some());
        assert_eq!(WORDS.len(), Asked::Long as usize + 1);
        let named: Vec<_> = include_str!("asked.txt").lines().filter_map(|line| line.strip_prefix("= ")).collect();
        assert_eq!(named, NAMED.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        let mut all: Vec<_> = phrases().iter().map(|(phrase, _)| *phrase).collect();
        all.sort_unstable();
        let twice: Vec<_> = all.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
        assert!(all.iter().all(|phrase| *phrase == phrase.to_lowercase()));
    }

    #[test]
    fn every_sign_has_weights() {
        let lines: Vec<_> = include_str!("asked.tsv").lines().filter_map(|line| line.split('\t').next()).collect();
        assert_eq!(lines[1..], *WORDS);
    }

    #[track_caller]
    fn check(subject: &str, prose: &str, tier: Option<u8>) {
        let signs = crate::read(Some(subject), prose).asked;
        let verdict = asked(&ASKED, signs, false);
        assert_eq!(verdict.tier, tier, "{subject}: {verdict:?}");
    }

    #[test]
    fn tiers_of_made_up_openings() {
        check("Docs", "Where can I find the documentation of the reactor?", Some(0));
        check("How do I stop the reactor?", "How do I stop it from another thread?", Some(1));
        check(
            "Slow responses",
            "Our server gets slow with 500 clients and memory usage grows. Here is my configuration. What should I \
             look at? We run two nodes behind a proxy and see high latency every few minutes.",
            Some(2),
        );
        check(
            "Crash in 2.3",
            "Since upgrading to 2.3 it crashes with a segfault. Steps to reproduce are below.",
            Some(3),
        );
        check("[ANNOUNCE] Widget 2.0", "We are pleased to announce the release of Widget 2.0.", None);
        check("[VOTE] Release 2.0", "Please vote on releasing it. The vote is open for 72 hours.", None);
    }
}
