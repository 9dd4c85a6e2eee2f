//! What somebody should be told at once.

use schemars::JsonSchema;
use serde::Serialize;

use super::{ConversationRef, PersonRef};

/// Something that a rule says somebody should know.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AlertView {
    /// The rule, by its name.
    pub rule: String,
    /// The rule's condition: `promise_broken`, `promise_near`, `angry_newcomer`, `first_contribution`,
    /// `unwatched_question`.
    pub condition: &'static str,
    /// The id of the conversation, else of the person, that it is about: what `switchboard alerts stop` takes.
    pub subject: String,
    /// What happened to it; together with rule and subject it is never the same for two things.
    pub happened: String,
    /// When it happened.
    pub at: i64,
    /// What, in one sentence that begins with the person or the title.
    pub what: String,
    /// What makes the program think so.
    pub why: String,
    /// The conversation, if it happened in one.
    pub conversation: Option<ConversationRef>,
    /// Who did it or waits, if known.
    pub person: Option<PersonRef>,
    /// Since when somebody waits, where it is about that.
    pub waiting_since: Option<i64>,
    /// When the promise to them runs out or ran out.
    pub due: Option<i64>,
    /// Where to read it on the web.
    pub url: Option<String>,
}
