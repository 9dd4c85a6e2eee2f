//! Who may be who: pairs for a person to decide on.

use schemars::JsonSchema;
use serde::Serialize;

use super::{AccountView, ChannelCount, ConversationRef, PersonRef};
use crate::people::Level;

/// The queue of suggestions.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SuggestionQueue {
    /// How many there are in the tables.
    pub total: u64,
    /// How many of them were decided on since, or are put off.
    pub decided: u64,
    /// The one to decide on next, or the one asked for; none if nothing is left.
    pub pair: Option<SuggestionPair>,
    /// Those that wait, likeliest first: one page of those that fit.
    pub waiting: Vec<SuggestionLine>,
    /// How many fit.
    pub fitting: u64,
}

/// Two people who may be one.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SuggestionLine {
    /// One of them.
    pub one: PersonRef,
    /// The other.
    pub other: PersonRef,
    /// How likely it is that they are one, 0 to 1.
    pub score: f64,
    /// What speaks for it, the weightiest first.
    pub reasons: Vec<String>,
    /// What speaks against it, the weightiest last.
    pub against: Vec<String>,
}

/// The same with all that helps to decide.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SuggestionPair {
    /// Which two, and why; without reasons where nothing suggested them.
    pub line: SuggestionLine,
    /// What is known of each, in the same order.
    pub sides: [PersonSide; 2],
    /// Whether one of them is locked, so that they cannot be merged.
    pub locked: bool,
}

/// What is known of one of two.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PersonSide {
    /// Who.
    pub person: PersonRef,
    /// Whether it is a bot.
    pub bot: bool,
    /// How far they have come.
    pub level: Level,
    /// Names that their identities show, each once.
    pub names: Vec<String>,
    /// Their identities.
    pub accounts: Vec<AccountView>,
    /// Where they do what they do, most first (at most 5).
    pub channels: Vec<ChannelCount>,
    /// First seen, microseconds UTC.
    pub first_seen: Option<i64>,
    /// Last seen, microseconds UTC.
    pub last_seen: Option<i64>,
    /// Messages posted.
    pub messages: u64,
    /// Activities done.
    pub activities: u64,
    /// Knowledge areas they helped in, most first (at most 6).
    pub knows: Vec<String>,
    /// Where they were.
    pub organizations: Vec<String>,
    /// Conversations they wrote in last (at most 5).
    pub recent: Vec<ConversationRef>,
    /// UTC hours of the day at which they do what they do: 24 counts.
    pub hours: Vec<u32>,
}
