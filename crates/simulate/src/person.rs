//! One person of the simulation: names, accounts, habits and fate.

use serde::Serialize;

use crate::clock::Seconds;
use crate::rng::mix;

/// What becomes of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Fate {
    /// Comes once and is not seen again.
    Once,
    /// Comes back with questions.
    Occasional,
    /// Answers others after a while.
    Helper,
    /// Answers in one place, without being asked, and is in no other.
    Outsider,
    /// Answers and commits.
    Contributor,
    /// A maintainer.
    Core,
    /// Answers far too much.
    Hero,
    Bot,
}

/// An account or address that somebody has used, as bits of [`Person::used`].
pub(crate) mod used {
    pub(crate) const LIST: u8 = 1;
    pub(crate) const SECOND_MAIL: u8 = 2;
    pub(crate) const CHAT: u8 = 4;
    pub(crate) const SECOND_NICK: u8 = 8;
    pub(crate) const FORUM: u8 = 16;
    pub(crate) const CODE: u8 = 32;
    /// Named by their main address in a commit.
    pub(crate) const REPORTED: u8 = 64;
}

#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) number: u32,
    pub(crate) full: String,
    pub(crate) first: String,
    pub(crate) nick: String,
    pub(crate) mail: String,
    /// Another address, used on the list from some time on.
    pub(crate) second_mail: Option<(Seconds, String)>,
    pub(crate) code_mail: String,
    pub(crate) forum_name: String,
    /// The account's number on the forum, 0 without one.
    pub(crate) forum_id: u32,
    /// Index into the organizations.
    pub(crate) organization: Option<usize>,
    /// Minutes from UTC.
    pub(crate) zone: i16,
    /// Posts at work, so hardly at weekends.
    pub(crate) office: bool,
    pub(crate) fate: Fate,
    /// Bits of [`crate::conversation::Place`]: where they go.
    pub(crate) places: u8,
    /// Bits of areas they can help with.
    pub(crate) areas: u32,
    pub(crate) since: Seconds,
    /// In their first conversation until then.
    pub(crate) busy_until: Seconds,
    pub(crate) helps_from: Seconds,
    pub(crate) commits_from: Seconds,
    pub(crate) until: Seconds,
    /// Bits of [`used`].
    pub(crate) used: u8,
    /// Whether their first question was answered, once it is known.
    pub(crate) welcomed: Option<bool>,
}

/// How somebody quotes in mails, all their life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quoting {
    Above,
    Below,
    None,
}

/// What somebody's mailer writes of the mail it replies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mailer {
    Whole,
    /// `In-Reply-To`, but no `References`.
    Short,
    /// Neither.
    Broken,
}

impl Person {
    /// The address they use on the list at a time.
    pub(crate) fn mail_at(&self, time: Seconds) -> &str {
        match &self.second_mail {
            Some((from, mail)) if *from <= time => mail,
            _ => &self.mail,
        }
    }

    pub(crate) fn quoting(&self) -> Quoting {
        match self.habit(1) {
            0..65 => Quoting::Above,
            65..90 => Quoting::Below,
            _ => Quoting::None,
        }
    }

    pub(crate) fn mailer(&self) -> Mailer {
        match self.habit(2) {
            0..96 => Mailer::Whole,
            96..99 => Mailer::Short,
            _ => Mailer::Broken,
        }
    }

    pub(crate) fn signs(&self) -> bool {
        self.habit(3) < 45
    }

    /// A number below 100 that stays the same for a person and a habit.
    fn habit(&self, which: u64) -> u64 {
        mix(u64::from(self.number) << 8 | which) % 100
    }
}
