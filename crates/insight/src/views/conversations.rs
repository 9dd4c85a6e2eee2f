//! Conversations, as lists and pages show them.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Helper, PersonRef, Similar, TierView};

/// A conversation, as much as a list needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ConversationRef {
    /// `conversations.conversation_id`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where: the source.
    pub source: String,
    /// Where: the channel.
    pub channel: String,
}

/// One line of the desk: a conversation in which somebody waits.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Waiting {
    /// The conversation.
    pub conversation: ConversationRef,
    /// Who waits, if known.
    pub asker: Option<PersonRef>,
    /// Whether this is the asker's first conversation.
    pub newcomer: bool,
    /// Since when.
    pub since: i64,
    /// When the promise of a first response runs out.
    pub due: i64,
    /// Which kind of help is asked for.
    pub tier: Option<TierView>,
    /// How the question begins; empty where the title says it all.
    pub lead: String,
    /// Messages in the conversation.
    pub messages: u64,
    /// Who could help, best first.
    pub helpers: Vec<Helper>,
}

/// A conversation with much going on.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Busy {
    /// The conversation.
    pub conversation: ConversationRef,
    /// Messages in the window.
    pub messages: u64,
    /// Different people in it.
    pub people: u64,
    /// Its latest message.
    pub last: i64,
}

/// One conversation with its messages.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ConversationPage {
    /// The conversation.
    pub conversation: ConversationRef,
    /// `conversations.state`.
    pub state: String,
    /// `conversations.resolved_by`.
    pub resolved_by: Option<String>,
    /// Which kind of help is asked for.
    pub asked: Option<TierView>,
    /// Which kind of help it took.
    pub observed: Option<TierView>,
    /// Conversations that belong with it: the same question elsewhere, or the thread it broke out of.
    pub related: Vec<ConversationRef>,
    /// What it is about.
    pub topics: Vec<String>,
    /// When opened.
    pub opened: Option<i64>,
    /// When first answered by another person.
    pub first_response: Option<i64>,
    /// Messages, oldest first (at most 500).
    pub messages: Vec<MessageView>,
    /// How many there are.
    pub messages_total: u64,
    /// Who could help, when somebody waits.
    pub helpers: Vec<Helper>,
    /// Similar conversations.
    pub similar: Vec<Similar>,
}

/// One message of a conversation.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MessageView {
    /// `messages.message_id`.
    pub id: String,
    /// Who wrote it, if known.
    pub author: Option<PersonRef>,
    /// When.
    pub time: Option<i64>,
    /// True where the time is an estimate.
    pub time_estimated: bool,
    /// Its text in parts, so that quotes can be folded.
    pub parts: Vec<Part>,
    /// Names of attached files.
    pub attachments: Vec<String>,
    /// Where to read it on the web.
    pub url: Option<String>,
    /// True for the accepted answer.
    pub accepted: bool,
    /// Every place it was seen, as `source/channel`.
    pub seen_in: Vec<String>,
}

/// A stretch of a message's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Part {
    /// `own`, `quote` or `signature`.
    pub kind: &'static str,
    /// The text.
    pub text: String,
}
