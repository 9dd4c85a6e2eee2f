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
