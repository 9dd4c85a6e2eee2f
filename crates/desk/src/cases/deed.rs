//! What can be decided about a case, and how it is written down.

use model::{Id, Timestamp};

use crate::{DeskError, Result};

/// A note's or a reason's length in characters at most.
const NOTE: usize = 20_000;
/// A name's or a tag's.
const NAME: usize = 100;

/// What is decided about a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Somebody has it from now on.
    Take {
        /// Who, by the name they go by on the desk.
        holder: String,
        /// Even if another has it; else that is an error. Not written down.
        force: bool,
    },
    /// Nobody has it any more.
    Release,
    /// Another support tier is to help. The reason is the change's note.
    HandOver {
        /// 0 to 4.
        tier: u8,
        /// The conversation that it goes on in, if there is one: an issue, a mail to the maintainers.
        next: Option<String>,
    },
    /// It rests until a time, microseconds UTC.
    Park {
        /// Until then.
        until: Timestamp,
    },
    /// It is done.
    Resolve,
    /// It needs somebody after all, whatever was decided and whatever the channel says.
    Reopen,
    /// It asks for no help.
    NotQuestion,
    /// It has a tag: one word.
    Tag(String),
    /// It has it no more.
    Untag(String),
    /// It belongs with another conversation, and that one with it.
    Link(String),
    /// It does not, and that one neither.
    Unlink(String),
    /// Somebody wrote a note: the change's.
    Note,
}

/// What is decided, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What.
    pub deed: Deed,
    /// Why, in the decider's words; of a note, the note.
    pub note: Option<String>,
}

/// A conversation that is decided about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Its id.
    pub conversation: String,
    /// The time of the newest message of it that the decider could know of, microseconds UTC: what is newer came
    /// after the decision. Where it is not given, the decision's own time counts.
    pub seen: Option<Timestamp>,
}

impl From<&str> for Subject {
    fn from(conversation: &str) -> Subject {
        Subject { conversation: conversation.to_owned(), seen: None }
    }
}

impl From<Deed> for Change {
    fn from(deed: Deed) -> Change {
        Change { deed, note: None }
    }
}

impl Change {
    /// A note.
    pub fn note(text: impl Into<String>) -> Change {
        Change::from(Deed::Note).because(text)
    }

    /// The same with a reason.
    pub fn because(self, note: impl Into<String>) -> Change {
        Change { note: Some(note.into()), ..self }
    }

    /// Refuses what cannot be decided.
    pub(crate) fn check(&self) -> Result<()> {
        let wrong = |message: String| Err(DeskError::Wrong(message));
        let is_name = |name: &str| {
            !name.trim().is_empty() && name.chars().count() <= NAME && !name.contains(|c: char| c.is_control())
        };
        if self.note.as_ref().is_some_and(|note| note.chars().count() > NOTE) {
            return wrong(format!("a note has at most {NOTE} characters; keep the rest elsewhere and link to it"));
        }
        match &self.deed {
            Deed::Take { holder, .. } if !is_name(holder) => {
                wrong(format!("a name has one line of 1 to {NAME} characters; write another one"))
            }
            Deed::Tag(tag) | Deed::Untag(tag) if !is_name(tag) || tag.contains(char::is_whitespace) => {
                wrong(format!("a tag is one word of at most {NAME} characters; write it with `-` for spaces"))
            }
            Deed::HandOver { tier: 5.., .. } => wrong("tiers are 0 to 4; choose one of them".to_owned()),
            Deed::HandOver { next: Some(other), .. } | Deed::Link(other) if Id::parse(other).is_none() => {
                wrong("this is no id of a conversation; lists and `search` show ids".to_owned())
            }
            Deed::Note if self.note.as_ref().is_none_or(|note| note.trim().is_empty()) => {
                wrong("the note is empty; write what others should know".to_owned())
            }
            _ => Ok(()),
        }
    }
}

impl Deed {
    /// What kind of deed it is, as it is written in the file and as commands call it.
    pub fn kind(&self) -> &'static str {
        match self {
            Deed::Take { .. } => "take",
            Deed::Release => "release",
            Deed::HandOver { .. } => "hand-over",
            Deed::Park { .. } => "park",
            Deed::Resolve => "resolve",
            Deed::Reopen => "reopen",
            Deed::NotQuestion => "not-a-question",
            Deed::Tag(_) => "tag",
            Deed::Untag(_) => "untag",
            Deed::Link(_) => "link",
            Deed::Unlink(_) => "unlink",
            Deed::Note => "note",
        }
    }

    /// What stands beside the kind in the file.
    pub fn value(&self) -> Option<String> {
        match self {
            Deed::Take { holder, .. } => Some(holder.clone()),
            Deed::HandOver { tier, next: None } => Some(tier.to_string()),
            Deed::HandOver { tier, next: Some(next) } => Some(format!("{tier} {next}")),
            Deed::Park { until } => Some(until.to_string()),
            Deed::Tag(word) | Deed::Untag(word) | Deed::Link(word) | Deed::Unlink(word) => Some(word.clone()),
            Deed::Release | Deed::Resolve | Deed::Reopen | Deed::NotQuestion | Deed::Note => None,
        }
    }

    /// Reads what [`Deed::kind`] and [`Deed::value`] gave; none for anything else.
    pub(crate) fn parse(kind: &str, value: Option<&str>) -> Option<Deed> {
        let word = || value.map(str::to_owned);
        Some(match kind {
            "take" => Deed::Take { holder: word()?, force: false },
            "release" => Deed::Release,
            "hand-over" => {
                let (tier, next) = value?.split_once(' ').map_or((value?, None), |(tier, next)| (tier, Some(next)));
                Deed::HandOver { tier: tier.parse().ok()?, next: next.map(str::to_owned) }
            }
            "park" => Deed::Park { until: value?.parse().ok()? },
            "resolve" => Deed::Resolve,
            "reopen" => Deed::Reopen,
            "not-a-question" => Deed::NotQuestion,
            "tag" => Deed::Tag(word()?),
            "untag" => Deed::Untag(word()?),
            "link" => Deed::Link(word()?),
            "unlink" => Deed::Unlink(word()?),
            "note" => Deed::Note,
            _ => return None,
        })
    }

    /// In a few words, past tense: `taken by ada`, `tagged tls`.
    pub fn words(&self) -> String {
        match self {
            Deed::Take { holder, .. } => format!("taken by {holder}"),
            Deed::Release => "released".to_owned(),
            Deed::HandOver { tier, next: None } => format!("handed over to tier {tier}"),
            Deed::HandOver { tier, next: Some(next) } => format!("handed over to tier {tier} in {next}"),
            Deed::Park { until } => format!("parked until {}", crate::words::day(*until)),
            Deed::Resolve => "resolved".to_owned(),
            Deed::Reopen => "reopened".to_owned(),
            Deed::NotQuestion => "marked as no question".to_owned(),
            Deed::Tag(tag) => format!("tagged {tag}"),
            Deed::Untag(tag) => format!("tag {tag} taken off"),
            Deed::Link(other) => format!("linked with {other}"),
            Deed::Unlink(other) => format!("no longer linked with {other}"),
            Deed::Note => "noted".to_owned(),
        }
    }

    /// The deed on the other side: links go both ways.
    pub(crate) fn mirror(&self, subject: &str) -> Option<(&str, Deed)> {
        match self {
            Deed::Link(other) => Some((other, Deed::Link(subject.to_owned()))),
            Deed::Unlink(other) => Some((other, Deed::Unlink(subject.to_owned()))),
            _ => None,
        }
    }
}
