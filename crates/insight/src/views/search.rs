//! What searching finds.

use schemars::JsonSchema;
use serde::Serialize;

use super::{ConversationRef, PersonRef};

/// A page of what was found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct SearchView {
    /// Conversations and documents, best first; without words to look for, latest first.
    pub found: Vec<FoundConversation>,
    /// How many come before this page.
    pub offset: u64,
    /// Whether there are more behind it.
    pub more: bool,
    /// Messages that have all the words, on whatever page, where they were counted. Others have some of them, or mean
    /// about the same.
    pub messages_with_all: Option<u64>,
    /// People whose name this is. On the first page only, as the next.
    pub people: Vec<PersonRef>,
    /// Events with these words in their title.
    pub events: Vec<FoundEvent>,
    /// What was not understood of the query, and what else to know about this answer.
    pub notes: Vec<String>,
}

/// A conversation or a document, with the message of it that fits best.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FoundConversation {
    /// The conversation.
    pub conversation: ConversationRef,
    /// Whether it is a page of the documentation rather than people talking.
    pub document: bool,
    /// `conversations.state`.
    pub state: String,
    /// The tier that it asks for, 0 to 4.
    pub tier: Option<u8>,
    /// The message that fits best.
    pub message: String,
    /// When that was posted, microseconds UTC.
    pub time: Option<i64>,
    /// Where it says so: own words of the message, those looked for marked. May be empty.
    pub excerpt: Vec<Stretch>,
    /// Why it is here: `words`, `meaning` or `words and meaning`; `filter` where no words were looked for.
    pub by: &'static str,
}

/// A stretch of an excerpt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stretch {
    /// The text.
    pub text: String,
    /// Whether it was looked for.
    pub marked: bool,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FoundEvent {
    /// `events.event_id`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// When it begins, microseconds UTC.
    pub starts: Option<i64>,
    /// Where.
    pub place: Option<String>,
    /// Where to read of it on the web.
    pub url: Option<String>,
}
