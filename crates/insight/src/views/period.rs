//! One stretch of time, looked back on. Times are microseconds UTC; bots never count.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Busy, ConversationRef, PersonRef, StoryLead};

/// What happened from an instant on until before another.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct PeriodView {
    /// From this instant on.
    pub from: i64,
    /// Until before this one.
    pub until: i64,
    /// What “now” is: a question counts as answered if it was by then.
    pub as_of: i64,
    /// How much there was.
    pub counts: PeriodCounts,
    /// The same of a stretch as long, just before.
    pub before: PeriodCounts,
    /// The same by channel, most messages first.
    pub channels: Vec<PeriodChannel>,
    /// People who helped or added to the project for the first time, the earliest first; one line each.
    pub firsts: Vec<FirstTime>,
    /// People who were thanked or whose answer was accepted in a question of the period, by name.
    pub thanked: Vec<Thanked>,
    /// Conversations with the most messages, most first.
    pub busiest: Vec<Busy>,
    /// Questions of the period that still wait for an answer, the latest first; at most 20.
    pub open: Vec<OpenQuestion>,
    /// How many there are.
    pub open_total: u64,
    /// Messages that tell how somebody uses the project, latest first.
    pub stories: Vec<StoryLead>,
    /// Messages that announce something and open a conversation, latest first.
    pub announced: Vec<StoryLead>,
    /// What questions were about, most asked first.
    pub topics: Vec<PeriodTopic>,
}

/// How much there was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, JsonSchema)]
pub struct PeriodCounts {
    /// Messages of people.
    pub messages: u64,
    /// People who wrote or added to the project.
    pub active_people: u64,
    /// People first seen.
    pub newcomers: u64,
    /// People who helped or added to the project for the first time.
    pub new_contributors: u64,
    /// People who wrote in questions of others.
    pub helpers: u64,
    /// Questions asked.
    pub questions: u64,
    /// Those of them that were answered.
    pub answered: u64,
    /// Hours until the first response, the median; none without any.
    pub first_response_median: Option<f64>,
    /// Commits.
    pub commits: u64,
}

/// How much there was in one channel.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct PeriodChannel {
    /// The source.
    pub source: String,
    /// The channel.
    pub channel: String,
    /// How much there was.
    pub counts: PeriodCounts,
    /// The stretch as long just before.
    pub before: PeriodCounts,
}

/// Somebody who did something for the first time.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FirstTime {
    /// Who.
    pub person: PersonRef,
    /// What, in words that follow the name: `gave a first answer`.
    pub did: Vec<String>,
    /// When they did the earliest of it.
    pub time: i64,
    /// The conversation, if it was an answer.
    pub conversation: Option<ConversationRef>,
}

/// Somebody who was thanked.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Thanked {
    /// Who.
    pub person: PersonRef,
    /// In how many questions.
    pub times: u64,
    /// Some of them, at most three.
    pub conversations: Vec<ConversationRef>,
}

/// A question that waits.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OpenQuestion {
    /// The conversation.
    pub conversation: ConversationRef,
    /// When it was asked.
    pub opened: i64,
    /// The tier that it asks for, 0 to 4.
    pub tier: Option<u8>,
    /// Whether it is the first conversation of whoever asks.
    pub newcomer: bool,
    /// Whether it was answered, and whoever asked came back with more.
    pub again: bool,
}

/// What questions were about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PeriodTopic {
    /// Its name.
    pub topic: String,
    /// Questions about it.
    pub questions: u64,
    /// Those of the stretch as long just before.
    pub before: u64,
}

/// A commit, as much as release notes need.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CommitView {
    /// Who wrote it, if known.
    pub person: Option<PersonRef>,
    /// When.
    pub time: i64,
    /// The source.
    pub source: String,
    /// The first line of its message.
    pub subject: String,
    /// Whether it is the person's first one.
    pub first: bool,
}
