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
    /// Which kind of help is asked for.
    pub tier: Option<TierView>,
    /// How the question begins; empty where the title says it all.
    pub lead: String,
    /// Messages in the conversation.
    pub messages: u64,
    /// Who could help, best first.
    pub helpers: Vec<Helper>,
}

/// A support tier, and why it is this one.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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
    /// `conversations.state`.
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
