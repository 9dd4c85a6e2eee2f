//! What the Today page shows besides [`super::Today`]: what is mine, what changed, what comes.

use schemars::JsonSchema;
use serde::Serialize;

use super::{AlertView, CaseView, ConversationRef, FoundEvent, PersonRef};

/// One day at the desk.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Day {
    /// Cases that who asks has and that are not done, at most ten: those whose promise runs out first come first.
    pub mine: Vec<CaseView>,
    /// How many there are, shown or not.
    pub mine_total: u64,
    /// Newcomers who were angry in the last seven days, latest first. Those whose case is done are left out.
    pub angry: Vec<AlertView>,
    /// Messages of the last 14 days that tell how somebody uses the project, latest first.
    pub stories: Vec<StoryLead>,
    /// What changed since [`Changes::since`].
    pub changes: Changes,
    /// What is coming up.
    pub ahead: Ahead,
}

/// A message that tells how somebody uses the project.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StoryLead {
    /// The conversation.
    pub conversation: ConversationRef,
    /// The message's id.
    pub message: String,
    /// Who tells it, if known.
    pub person: Option<PersonRef>,
    /// When, microseconds UTC.
    pub time: i64,
    /// How it begins, at most 160 characters.
    pub lead: String,
}

/// What changed since a time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Changes {
    /// From when on, microseconds UTC.
    pub since: i64,
    /// Questions opened since.
    pub asked: u64,
    /// Questions that somebody else first wrote an answer to since, whenever they were asked.
    pub answered: u64,
    /// Conversations that are done, of those in which somebody wrote since.
    pub resolved: u64,
    /// People first seen since. Bots are not counted.
    pub arrived: u64,
}

/// What is coming up.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Ahead {
    /// Until when “today” lasts, microseconds UTC.
    pub until: i64,
    /// Promises that are not broken yet and run out today.
    pub due: u64,
    /// Cases parked until today, at most ten, the earliest first.
    pub parked: Vec<CaseView>,
    /// Events that begin within the next 14 days, at most ten, the next one first. Those called off are left out.
    pub events: Vec<FoundEvent>,
}

/// How many cases are in a view of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ViewCount {
    /// The view, as [`super::CaseList::view`].
    pub view: &'static str,
    /// How many.
    pub cases: u64,
}
