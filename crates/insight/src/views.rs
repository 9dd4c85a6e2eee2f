//! What the questions give: plain values that the terminal prints, pages show and JSON twins carry.
//!
//! Times are microseconds UTC ([`model::Timestamp`]). Names are never addresses.

use serde::Serialize;

/// A person, as much as a list needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonRef {
    /// `people.person_id`.
    pub id: String,
    /// The name most often shown, or a stand-in such as `somebody` when only an address is known.
    pub name: String,
}

/// A conversation, as much as a list needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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
    /// How the question begins; empty where the title says it all.
    pub lead: String,
    /// Messages in the conversation.
    pub messages: u64,
    /// Who could help, best first.
    pub helpers: Vec<Helper>,
}

/// Somebody who may know, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Helper {
    /// Who.
    pub person: PersonRef,
    /// Higher is likelier; comparable within one list only.
    pub score: f64,
    /// The evidence, one sentence each: `answered 3 similar questions, 2 thanked; last in May 2019`.
    pub why: Vec<String>,
    /// The conversations it rests on, most similar first.
    pub evidence: Vec<ConversationRef>,
}

/// What `ask` gives.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// Conversations about the same, resolved ones first among equals, most similar first.
    pub similar: Vec<Similar>,
    /// Who may know.
    pub helpers: Vec<Helper>,
}

/// A conversation about the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Similar {
    /// The conversation.
    pub conversation: ConversationRef,
    /// When it was opened.
    pub opened: i64,
    /// `not_question`, `waiting`, `answered` or `resolved`.
    pub state: String,
    /// How its answer begins: the accepted or thanked message, else the first by another person.
    pub answer: Option<String>,
    /// BM25, higher is more similar; comparable within one list only.
    pub score: f64,
}

/// Somebody to thank, and for what.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ToThank {
    /// Who.
    pub person: PersonRef,
    /// For what, one sentence.
    pub why: String,
    /// Conversations it rests on.
    pub evidence: Vec<ConversationRef>,
}

/// Somebody who has just come.
#[derive(Debug, Clone, PartialEq, Serialize)]
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

/// A conversation with much going on.
#[derive(Debug, Clone, PartialEq, Serialize)]
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

/// The Today page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Today {
    /// What “now” is: the clock, or for a community that is only an archive its newest message's time.
    pub as_of: i64,
    /// True when `as_of` is the newest message's time, not the clock's.
    pub as_of_data: bool,
    /// True for the simulated demonstration community.
    pub simulated: bool,
    /// The community's name.
    pub community: String,
    /// How many wait in the window, all told.
    pub waiting_total: u64,
    /// How many have waited longer than the window reaches back, or since nobody knows when: not listed.
    pub waiting_older: u64,
    /// Those to look at first: oldest promise first.
    pub waiting: Vec<Waiting>,
    /// Newly arrived people, latest first.
    pub newcomers: Vec<Newcomer>,
    /// Busiest conversations of the last seven days.
    pub busiest: Vec<Busy>,
    /// Whom to thank.
    pub to_thank: Vec<ToThank>,
    /// Per source, what it holds.
    pub sources: Vec<SourceLine>,
}

/// One source, as the Today page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceLine {
    /// Its id.
    pub source: String,
    /// Messages from it.
    pub messages: u64,
    /// Activities from it.
    pub activities: u64,
    /// Its latest message or activity, if dated.
    pub last: Option<i64>,
    /// Recorded problems.
    pub problems: u64,
}

/// One conversation with its messages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConversationPage {
    /// The conversation.
    pub conversation: ConversationRef,
    /// `not_question`, `waiting`, `answered` or `resolved`.
    pub state: String,
    /// Why it is resolved: `accepted` or `thanked`.
    pub resolved_by: Option<String>,
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// `own`, `quote` or `signature`.
    pub kind: &'static str,
    /// The text.
    pub text: String,
}

/// One person with what they did.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
