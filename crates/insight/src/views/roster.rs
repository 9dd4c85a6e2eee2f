//! Who there is: lists of people, of organizations, and what to choose from.

use schemars::JsonSchema;
use serde::Serialize;

use super::PersonRef;
use crate::people::{Level, Segment};

/// People that fit, and what else could be chosen.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PeopleList {
    /// How many fit.
    pub total: u64,
    /// Those of the page, in the order asked for.
    pub people: Vec<PersonLine>,
    /// How many people there are in every segment, whatever else was asked for.
    pub segments: Vec<SegmentCount>,
    /// What there is to choose from.
    pub choices: PeopleChoices,
}

/// How many people a segment has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SegmentCount {
    /// Which one; none for everybody who is neither a bot nor staff.
    pub segment: Option<Segment>,
    /// How many.
    pub people: u64,
}

/// What a list of people can be limited to, each with the most people first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PeopleChoices {
    /// Channels, as `SOURCE/CHANNEL`.
    pub channels: Vec<String>,
    /// Organizations.
    pub organizations: Vec<String>,
    /// Knowledge areas, without the kind before them.
    pub areas: Vec<String>,
    /// Tags of the team's own, sorted; empty for whoever is not in the team.
    pub tags: Vec<String>,
}

/// One person of a list.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PersonLine {
    /// Who.
    pub person: PersonRef,
    /// Whether it is a bot.
    pub bot: bool,
    /// How far they have come.
    pub level: Level,
    /// When they were first seen, microseconds UTC.
    pub first_seen: Option<i64>,
    /// When they were last seen, microseconds UTC.
    pub last_seen: Option<i64>,
    /// Messages posted.
    pub messages: u64,
    /// Activities done.
    pub activities: u64,
    /// Conversations opened with a question.
    pub asked: u64,
    /// Questions of others they wrote in.
    pub helped: u64,
    /// Those where they were accepted or thanked.
    pub thanked: u64,
    /// Where they are now, as far as known.
    pub organizations: Vec<String>,
    /// Channels in which they did most, most first (at most 3).
    pub channels: Vec<String>,
    /// Knowledge areas in which they helped most, most first (at most 3).
    pub knows: Vec<String>,
    /// Tags of the team's own, sorted.
    pub tags: Vec<String>,
    /// What they did in each of the last twelve months, the oldest first.
    pub months: Vec<u32>,
}

/// An organization that people are from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OrganizationLine {
    /// Its name.
    pub organization: String,
    /// People who are there now, bots left out.
    pub people: u64,
    /// People who were there before and are not now.
    pub before: u64,
    /// Of those who are there now: seen in the last 90 days.
    pub active: u64,
    /// Questions of others that those who are there now wrote in, ever.
    pub helped: u64,
    /// Those where they were accepted or thanked.
    pub thanked: u64,
    /// How it is known: `imported`, `mail domain`, `shared domain`.
    pub basis: Vec<String>,
}
