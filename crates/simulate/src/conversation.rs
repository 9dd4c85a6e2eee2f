//! A conversation as it is planned: who says what, in which mood, when. The words come later (`say`).

use serde::Serialize;

use crate::clock::Seconds;

/// Where people talk. Each is written as a source's native format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Place {
    List,
    Chat,
    Forum,
    Code,
}

impl Place {
    pub(crate) const ALL: [Place; 4] = [Place::List, Place::Chat, Place::Forum, Place::Code];

    pub(crate) fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// What a conversation begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Opening {
    Question,
    Announcement,
    Conference,
    /// Somebody links to a talk that they watched.
    Talk,
    /// Downloads move to mirrors.
    Mirror,
    Proposal,
    Story,
    Rant,
    /// The list's bot.
    Report,
    /// The chat's bot.
    Build,
    Chatter,
    /// A change to the code.
    Change,
}

/// What a message does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    Question,
    Statement,
    Answer,
    /// A helper asks back.
    Clarify,
    /// The asker gives what was asked for.
    Detail,
    /// The asker says that the answer did not help.
    Still,
    /// The asker says that it works now.
    Thanks,
    Welcome,
    MeToo,
    /// The asker asks again, since nobody answers.
    Bump,
    /// Something to add to an answer, or a word in a discussion.
    Remark,
    Commit,
    Merge,
}

/// The mood of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Feeling {
    Calm,
    Friendly,
    Grateful,
    Delighted,
    Frustrated,
    Angry,
    Unkind,
    Critical,
}

impl Feeling {
    /// -1, 0 or 1.
    pub(crate) fn sentiment(self) -> i8 {
        match self {
            Feeling::Calm => 0,
            Feeling::Friendly | Feeling::Grateful | Feeling::Delighted => 1,
            Feeling::Frustrated | Feeling::Angry | Feeling::Unkind | Feeling::Critical => -1,
        }
    }
}

/// One message to come. In chat, one line: a longer message is several turns, each a part of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Turn {
    pub(crate) time: Seconds,
    pub(crate) by: u32,
    pub(crate) role: Role,
    pub(crate) feeling: Feeling,
    /// Support tier of an answer (0 to 4); of any other message 0.
    pub(crate) tier: u8,
    /// The turn it replies to; the opening replies to itself.
    pub(crate) to: u16,
    /// Which part of the text it is, of how many.
    pub(crate) part: (u8, u8),
    /// Makes the text: equal for all parts of a text.
    pub(crate) voice: u64,
}

/// A conversation to come.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Conversation {
    pub(crate) number: u32,
    pub(crate) place: Place,
    pub(crate) opening: Opening,
    pub(crate) topic: usize,
    /// The tier that the opening asks for.
    pub(crate) tier: u8,
    /// Makes what stays the same in all its messages, such as the name of a machine.
    pub(crate) seed: u64,
    /// The opening first, each after the one it replies to.
    pub(crate) turns: Vec<Turn>,
    /// The turn whose text was accepted as the answer, and when (forum only).
    pub(crate) accepted: Option<(u16, Seconds)>,
    /// The Message-ID of the mail that it replies to although it is about something else.
    pub(crate) hijacks: Option<String>,
    /// The asker of the conversation that made this change necessary.
    pub(crate) reported_by: Option<u32>,
}

impl Conversation {
    /// One in which nothing is said yet.
    pub(crate) fn new(number: u32, place: Place, opening: Opening) -> Conversation {
        Conversation {
            number,
            place,
            opening,
            topic: 0,
            tier: 0,
            seed: 0,
            turns: Vec::new(),
            accepted: None,
            hijacks: None,
            reported_by: None,
        }
    }

    pub(crate) fn asker(&self) -> u32 {
        self.turns.first().map_or(0, |turn| turn.by)
    }

    /// The turn after which the question was solved, as far as its asker says so: the first thanks,
    /// or the accepted answer.
    pub(crate) fn solved_by(&self) -> Option<u16> {
        let thanked = self.turns.iter().find(|turn| turn.role == Role::Thanks).map(|turn| turn.to);
        self.accepted.map(|(turn, _)| turn).or(thanked)
    }
}
