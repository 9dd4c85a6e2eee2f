//! What a question is answered with: the same question before, pages, people who may know.

use schemars::JsonSchema;
use serde::Serialize;

use super::{ConversationRef, Helper, PersonRef};

/// What `ask` gives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Answer {
    /// Answered conversations about the same, resolved ones first among equals, most similar first.
    pub similar: Vec<Similar>,
    /// Pages of the documentation that may answer it, likeliest first.
    pub pages: Vec<PageFound>,
    /// Conversations that ask the same and wait: one answer serves all of them. Most similar first.
    pub unanswered: Vec<Unanswered>,
    /// Who may know, after the load was spread.
    pub helpers: Vec<Helper>,
    /// How much the load is spread over more people than the usual ones, 0 to 1.
    pub spread: f64,
}

/// A conversation about the same.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Similar {
    /// The conversation.
    pub conversation: ConversationRef,
    /// When it was opened.
    pub opened: i64,
    /// `conversations.state`.
    pub state: String,
    /// `conversations.resolved_by`.
    pub resolved_by: Option<String>,
    /// The sentence that answers, out of the accepted or thanked message, else out of the first by another person.
    pub answer: Option<String>,
    /// Who wrote that, if known.
    pub answered_by: Option<PersonRef>,
    /// That message's id.
    pub message: Option<String>,
    /// By words and meaning together, 0 to 1; comparable within one list only.
    pub score: f64,
}

/// A page, or a section of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PageFound {
    /// The page's title.
    pub title: String,
    /// The headings down to the section, `Heading › Heading below`, if it is one.
    pub heading: Option<String>,
    /// Where to read it, with the heading's anchor, if it is published.
    pub url: Option<String>,
    /// The sentence of it that fits best.
    pub sentence: Option<String>,
    /// The page, as a conversation.
    pub page: ConversationRef,
}

/// Somebody who waits with the same question.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Unanswered {
    /// The conversation.
    pub conversation: ConversationRef,
    /// Who waits, if known.
    pub asker: Option<PersonRef>,
    /// Since when, if known.
    pub since: Option<i64>,
    /// As [`Similar::score`].
    pub score: f64,
}
