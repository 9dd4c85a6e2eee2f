//! What was understood: tiers, topics, and the reasons of every decision.

use schemars::JsonSchema;
use serde::Serialize;

use super::ConversationRef;

/// A support tier, and why it is this one.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TierView {
    /// 0 to 4.
    pub tier: u8,
    /// What the community calls it.
    pub name: String,
    /// How sure it is, 0 to 1; 1 where a person said so.
    pub confidence: f64,
    /// What makes it so, strongest first.
    pub why: Vec<String>,
}

/// What a channel offers, and what its questions ask for and take.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ChannelTiers {
    /// The source.
    pub source: String,
    /// The channel.
    pub channel: String,
    /// The tier that it offers, 0 to 4.
    pub offered: u8,
    /// Why it is known or thought to.
    pub offered_why: String,
    /// Questions by the tier that they ask for.
    pub asked: [u64; 5],
    /// The same questions by the tier that they took; those that nobody helped with are not counted.
    pub observed: [u64; 5],
    /// The latest that ask for the tier that is asked for most, other than the offered one.
    pub examples: Vec<ConversationRef>,
}

/// What was decided about one thing, and why.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Explained {
    /// Its id.
    pub id: String,
    /// What has this id: `conversation`, `message`, `person`.
    pub what: Vec<&'static str>,
    /// A conversation's title or a person's name; empty for a message that opens nothing.
    pub title: String,
    /// The conversation that a message is in.
    pub conversation: Option<String>,
    /// Every decision of the program, or of a person where one was made.
    pub decided: Vec<Decided>,
    /// What people decided about it, oldest first.
    pub history: Vec<History>,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Decided {
    /// What about: `asked tier`, `state`, `signal`.
    pub what: &'static str,
    /// What was decided.
    pub value: String,
    /// How sure it is, 0 to 1, where that is known.
    pub confidence: Option<f64>,
    /// Why, strongest first. May quote the message.
    pub why: Vec<String>,
    /// The command that corrects it, if it can be.
    pub correct: Option<String>,
}

/// What somebody decided.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct History {
    /// When, microseconds UTC.
    pub at: i64,
    /// Who.
    pub who: String,
    /// [`desk::Kind`].
    pub kind: &'static str,
    /// What was decided; none where it was taken back or needs no value.
    pub value: Option<String>,
    /// Why, in their words.
    pub note: Option<String>,
}

/// What people ask about.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TopicView {
    /// Its name.
    pub topic: String,
    /// `tag` or `phrase`.
    pub kind: String,
    /// Questions about it.
    pub questions: u64,
    /// Those that nobody has answered.
    pub unanswered: u64,
    /// Those of the last 90 days.
    pub recent: u64,
    /// Those of the 90 days before: more recent ones than these, and it grows.
    pub before: u64,
    /// Mean mood of the questions, −1 to 1.
    pub sentiment: Option<f64>,
    /// When it was last asked about.
    pub last: Option<i64>,
    /// The latest conversations.
    pub conversations: Vec<ConversationRef>,
}

/// A question asked again and again that no page answers.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct GapView {
    /// `gaps.gap_id`.
    pub id: String,
    /// How it is typically asked.
    pub title: String,
    /// What it is about.
    pub topics: Vec<String>,
    /// Conversations that ask it.
    pub questions: u64,
    /// Different people who asked.
    pub people: u64,
    /// Conversations that nobody has answered.
    pub unanswered: u64,
    /// When it was first asked.
    pub first: Option<i64>,
    /// When it was last asked.
    pub last: Option<i64>,
    /// Conversations that ask it, resolved ones first.
    pub conversations: Vec<ConversationRef>,
    /// How the best answers given so far begin, with the conversation of each.
    pub answers: Vec<(ConversationRef, String)>,
}
