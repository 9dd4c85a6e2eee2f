//! The signs that tell which kind of help a conversation took.

use std::sync::LazyLock;

use super::judge::Judge;

/// A sign in the course of a conversation. Those of one message are found by [`crate::signals()`]; whoever
/// knows the whole conversation puts them together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Observed {
    /// Somebody else wrote.
    Responded,
    /// Somebody else pointed to a page.
    PageLinked,
    /// What others wrote was short, and once.
    ShortAnswer,
    /// It took several turns of both sides.
    ManyTurns,
    /// Somebody asked for a log, a configuration or code.
    LogsWanted,
    /// Somebody asked for a version.
    VersionWanted,
    /// An answer shows code.
    CodeInAnswer,
    /// An answer has more than 120 words.
    LongAnswer,
    /// Three or more others wrote.
    ManyHelpers,
    /// An answer names a fix or a commit.
    FixNamed,
    /// An answer names an issue or asks for one.
    IssueNamed,
    /// Somebody who changes the project's code answered.
    MaintainerAnswered,
    /// Its source says that a change was merged, or that it was fixed.
    Merged,
    /// Somebody handed it on to another project, a vendor or another place.
    HandedOn,
    /// The asker solved it alone.
    SelfSolved,
    /// A program answered with a page.
    BotPage,
    /// The opening shows a defect or asks for a change (its asked tier is 3).
    AskedEngineering,
    /// The opening asks for in-depth help (its asked tier is 2).
    AskedDepth,
    /// The opening asks for a page (its asked tier is 0).
    AskedPage,
    /// The opening asks for no help.
    AskedNothing,
    /// Somebody else told what to do, or how it is.
    AnswerSaid,
    /// All that others wrote asks for more.
    OnlyAskedBack,
    /// The asker thanked, or said that it works.
    Thanked,
    /// Six or more messages.
    LongTalk,
    /// Its source calls the opening a question: long answers are usual there.
    QuestionSite,
    /// It was in a chat: many turns are usual there.
    Chat,
    /// One short answer, and it points to a page.
    OnlyPage,
}

/// For people, in the order of [`Observed`].
pub const WORDS: &[&str] = &[
    "somebody answered",
    "a page was pointed to",
    "one short answer was enough",
    "it took several turns",
    "logs, configuration or code were asked for",
    "a version was asked for",
    "an answer shows code",
    "an answer is long",
    "three or more others took part",
    "an answer names a fix",
    "an issue was named or asked for",
    "somebody who changes the code answered",
    "a change was merged",
    "it was handed on",
    "the asker solved it alone",
    "a program answered with a page",
    "a defect or a change was asked about",
    "in-depth help was asked for",
    "a page was asked for",
    "no help was asked for",
    "somebody told what to do",
    "others only asked for more",
    "the asker thanked or said that it works",
    "it was talked about at length",
    "it was asked where questions are asked",
    "it was in a chat",
    "a short answer points to a page and is all",
];

/// How the shipped weights judge a conversation.
pub static OBSERVED: LazyLock<Judge> = LazyLock::new(|| Judge::new(WORDS, include_str!("observed.tsv")));

#[cfg(test)]
mod tests {
    use super::super::judge::Signs;
    use super::*;

    #[test]
    fn every_sign_has_words_and_weights() {
        assert_eq!(WORDS.len(), Observed::OnlyPage as usize + 1);
        let lines: Vec<_> = include_str!("observed.tsv").lines().filter_map(|line| line.split('\t').next()).collect();
        assert_eq!(lines[1..], *WORDS);
    }

    #[test]
    fn courses() {
        for (signs, tier) in [
            (&[][..], None),
            (&[Observed::Responded, Observed::ShortAnswer], Some(1)),
            (&[Observed::Responded, Observed::ShortAnswer, Observed::PageLinked, Observed::OnlyPage], Some(0)),
            (&[Observed::Responded, Observed::ManyTurns, Observed::LongAnswer, Observed::AskedDepth], Some(2)),
            (&[Observed::Responded, Observed::FixNamed, Observed::AskedEngineering], Some(3)),
        ] {
            let mut found = Signs::default();
            signs.iter().for_each(|sign| found.add(*sign as usize));
            assert_eq!(OBSERVED.verdict(found).tier, tier, "{signs:?}");
        }
    }
}
