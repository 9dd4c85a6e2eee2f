//! People, as lists and pages show them.

use schemars::JsonSchema;
use serde::Serialize;

use super::ConversationRef;

/// A person, as much as a list needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PersonRef {
    /// `people.person_id`.
    pub id: String,
    /// The name most often shown, or a stand-in such as `somebody` when only an address is known.
    pub name: String,
}

/// Somebody who may know, and why.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Helper {
    /// Who.
    pub person: PersonRef,
    /// How likely they are the one who answers, of all who might, 0 to 1; after the load was spread comparable within
    /// one list only.
    pub score: f64,
    /// The evidence, one sentence each: `answered 7 on tls since March 2024, 5 thanked`.
    pub why: Vec<String>,
    /// What moved them so that the load is spread, one sentence each: `put back: was asked 3 times this week`.
    pub moved: Vec<String>,
    /// Their place in the list if nothing were spread, from 1.
    pub unmoved_place: u32,
    /// The conversations it rests on, most similar first.
    pub evidence: Vec<ConversationRef>,
}

/// Somebody to thank, and for what.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ToThank {
    /// Who.
    pub person: PersonRef,
    /// For what, one sentence.
    pub why: String,
    /// Conversations it rests on.
    pub evidence: Vec<ConversationRef>,
}

/// Somebody who has just come.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Newcomer {
    /// Who.
    pub person: PersonRef,
    /// When they were first seen.
    pub first_seen: i64,
    /// What they did first, a few words: `asked “…” on dev-list`, `committed to code`.
    pub first: String,
    /// The conversation, if it was one.
    pub conversation: Option<ConversationRef>,
    /// Whether anybody has replied to them.
    pub answered: bool,
}

/// One person with what they did.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PersonPage {
    /// Who.
    pub person: PersonRef,
    /// Whether it is a bot.
    pub bot: bool,
    /// Their identities: source and name shown there, never an address.
    pub identities: Vec<IdentityView>,
    /// First seen.
    pub first_seen: Option<i64>,
    /// Last seen.
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
    /// What they know, strongest first: area and the sentence that says why.
    pub knows: Vec<(String, String)>,
    /// Their latest conversations, latest first (at most 50).
    pub conversations: Vec<(ConversationRef, i64)>,
}

/// One identity of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IdentityView {
    /// The source.
    pub source: String,
    /// email, account, nick or name.
    pub kind: String,
    /// The name shown there.
    pub name: Option<String>,
    /// Why it belongs to this person.
    pub proof: Option<String>,
}
