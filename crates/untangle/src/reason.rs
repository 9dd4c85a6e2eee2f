//! Why a line is thought to answer another, in words that can be shown.

use crate::now::Now;
use crate::window::Said;
use crate::words::sign;

/// One reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The line names the author of the message.
    Mentions,
    /// The message names the author of the line.
    Mentioned,
    /// The same person goes on.
    ContinuesOwn,
    /// The two were talking with each other.
    Dialogue,
    /// The message asks, and the line does not.
    QuestionAnswered,
    /// They share words that few lines hold.
    SharedWords,
    /// It was said just before.
    JustBefore,
}

impl Reason {
    /// In words, after “because”.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::Mentions => "it names who wrote that line",
            Reason::Mentioned => "that line names who wrote this one",
            Reason::ContinuesOwn => "the same person goes on",
            Reason::Dialogue => "the two were talking with each other",
            Reason::QuestionAnswered => "that line asks and this one does not",
            Reason::SharedWords => "they share rare words",
            Reason::JustBefore => "it was said just before",
        }
    }
}

/// Every reason, in the order in which they are given.
const ALL: [Reason; 7] = [
    Reason::Mentions,
    Reason::Mentioned,
    Reason::ContinuesOwn,
    Reason::Dialogue,
    Reason::QuestionAnswered,
    Reason::SharedWords,
    Reason::JustBefore,
];

/// The weight from which shared words are a reason: one rare word, or two less rare ones.
const TELLING: u32 = 8;

/// The reasons for one answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Why(u8);

impl Why {
    /// The reasons that [`Reason::as_str`] gave; others are passed over.
    pub fn parse<'a>(reasons: impl IntoIterator<Item = &'a str>) -> Why {
        let reason = |text: &str| ALL.into_iter().find(|reason| reason.as_str() == text);
        Why(reasons.into_iter().filter_map(reason).fold(0, |bits, reason| bits | 1 << reason as u8))
    }

    /// The reasons, the strongest first.
    pub fn reasons(self) -> impl Iterator<Item = Reason> {
        ALL.into_iter().filter(move |reason| self.holds(*reason))
    }

    /// Whether this is one of them.
    pub fn holds(self, reason: Reason) -> bool {
        self.0 >> reason as u8 & 1 == 1
    }
}

pub(crate) fn why(now: &Now<'_>, said: &Said) -> Why {
    let same = said.author == now.author;
    let asks = |signs: u32| signs & sign::QUESTION != 0;
    let holds = |reason: Reason| match reason {
        Reason::Mentions => now.names(said.author) > 0,
        Reason::Mentioned => said.names(now.author) > 0,
        Reason::ContinuesOwn => same,
        Reason::Dialogue => !same && now.partner_rank(said.author) > 0,
        Reason::QuestionAnswered => !same && asks(said.words.signs) && !asks(now.words.signs),
        Reason::SharedWords => now.shared(said).0 >= TELLING,
        Reason::JustBefore => now.window.latest().next().is_some_and(|(_, last)| last.number == said.number),
    };
    Why(ALL.into_iter().filter(|reason| holds(*reason)).map(|reason| 1 << reason as u8).sum())
}
