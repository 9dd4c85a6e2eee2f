//! Which level and which segments everybody is in, made once a day.

use model::time::DAY;
use schemars::JsonSchema;
use serde::Serialize;

use super::choices::choices;
use super::level::{Level, LevelRules, level};
use crate::columns::{Doing, Entry, Lives, NEVER, People, Roster};
use crate::views::PeopleChoices;

/// A part of the community. Somebody may be in several, bots and staff in one only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    /// First seen in the last 90 days.
    Newcomers,
    /// Did something in at least four of the last six months.
    Regulars,
    /// Did something in at least three of the twelve months before the last three, and nothing since.
    Quiet,
    /// Wrote in somebody else's question in the last year.
    Helpers,
    /// Asked in the last year.
    Askers,
    /// Programs.
    Bots,
    /// The team's own people: whoever has the tag `staff`.
    Staff,
}

/// Months that segments look back.
const BACK: usize = 15;
/// The twelfth part of a year.
const MONTH: i64 = 365 * DAY / 12;

impl Segment {
    /// Every segment.
    pub const ALL: &'static [Segment] = &[
        Segment::Newcomers,
        Segment::Regulars,
        Segment::Quiet,
        Segment::Helpers,
        Segment::Askers,
        Segment::Bots,
        Segment::Staff,
    ];

    /// As it is written in addresses and twins.
    pub fn as_str(self) -> &'static str {
        match self {
            Segment::Newcomers => "newcomers",
            Segment::Regulars => "regulars",
            Segment::Quiet => "quiet",
            Segment::Helpers => "helpers",
            Segment::Askers => "askers",
            Segment::Bots => "bots",
            Segment::Staff => "staff",
        }
    }

    /// Reads what [`Segment::as_str`] wrote; `None` for any other word.
    pub fn parse(text: &str) -> Option<Segment> {
        Segment::ALL.iter().copied().find(|segment| segment.as_str() == text)
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// One entry per person in every column.
#[derive(Debug, Default)]
pub(crate) struct Ranks {
    pub(crate) levels: Vec<Level>,
    segments: Vec<u8>,
    /// What lists can be limited to, but for tags.
    pub(crate) choices: PeopleChoices,
}

impl Ranks {
    pub(crate) fn of(people: &People, lives: &Lives, roster: &Roster, rules: &LevelRules, now: i64) -> Ranks {
        let mut ranks = Ranks { choices: choices(lives, roster), ..Ranks::default() };
        for person in 0..people.len() as u32 {
            let entries = lives.of(person);
            ranks.levels.push(level(entries, now, rules));
            let first = people.first_seen[person as usize];
            let silent =
                roster.counts.get(person as usize).is_none_or(|counts| counts.messages + counts.activities == 0);
            ranks.segments.push(if people.is_bot(person) {
                Segment::Bots.bit()
            } else if silent && entries.is_empty() {
                0
            } else {
                segments(entries, first, rules, now)
            });
        }
        ranks
    }

    /// Whether a person is in a segment, but for staff, of whom the tables know nothing.
    pub(crate) fn is_in(&self, person: u32, segment: Segment) -> bool {
        self.segments.get(person as usize).is_some_and(|segments| segments & segment.bit() != 0)
    }

    pub(crate) fn level(&self, person: u32) -> Level {
        self.levels.get(person as usize).copied().unwrap_or(Level::Newcomer)
    }
}

fn segments(entries: &[Entry], first: i64, rules: &LevelRules, now: i64) -> u8 {
    let mut active = [false; BACK];
    let (mut helped, mut asked) = (false, false);
    for entry in entries.iter().filter(|entry| entry.time() <= now) {
        let months = (now - entry.time()) / MONTH;
        let Some(month) = usize::try_from(months).ok().and_then(|month| active.get_mut(month)) else { break };
        *month = true;
        if months < 12 {
            helped |= entry.doing() == Doing::Helped;
            asked |= entry.doing() == Doing::Asked;
        }
    }
    let count = |months: &[bool]| months.iter().filter(|month| **month).count();
    let mut bits = 0;
    let mut put = |holds: bool, segment: Segment| bits |= if holds { segment.bit() } else { 0 };
    put(first != NEVER && first > now.saturating_sub(i64::from(rules.new_days) * DAY), Segment::Newcomers);
    put(count(&active[..6]) >= 4, Segment::Regulars);
    put(count(&active[..3]) == 0 && count(&active[3..]) >= 3, Segment::Quiet);
    put(helped, Segment::Helpers);
    put(asked, Segment::Askers);
    bits
}
