//! Where people talk.

use schemars::JsonSchema;
use serde::Serialize;

use super::{ConversationRef, PersonRef, SeriesView, StoryLead};

/// One channel. Questions are those of people; the year is the last 365 days.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct ChannelView {
    /// `channels.channel_id`.
    pub id: String,
    /// The source.
    pub source: String,
    /// The channel.
    pub channel: String,
    /// `list`, `chat`, `site`, `repository`, `documents`, `feed`.
    pub kind: String,
    /// A longer title, where the source gives one.
    pub title: Option<String>,
    /// Messages in it, ever.
    pub messages: u64,
    /// Its latest dated message or activity, microseconds UTC.
    pub last: Option<i64>,
    /// The tier that it offers, 0 to 4.
    pub offered: u8,
    /// Why it is known or thought to.
    pub offered_why: String,
    /// Questions of the year.
    pub questions: u64,
    /// The share of them that was answered; none without questions.
    pub answered: Option<f64>,
    /// The median time to a first response, in hours; none without responses.
    pub first_response: Option<f64>,
    /// The share answered in time, of those that were or whose promise has run out.
    pub kept: Option<f64>,
    /// Questions of the year by the tier that they ask for.
    pub asked: [u64; 5],
    /// Questions by month, the last twelve, oldest first.
    pub months: Vec<u64>,
    /// Mean mood of its messages of the year, -1 to 1; none without messages.
    pub mood: Option<f64>,
    /// People whose first conversation anywhere was here, in the year before the last 30 days.
    pub newcomers: u64,
    /// The share of them who were seen again 30 days later or after; none without newcomers.
    pub came_back: Option<f64>,
}

/// One channel and what goes on there.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct ChannelPage {
    /// The channel.
    pub channel: ChannelView,
    /// What “now” is, microseconds UTC.
    pub as_of: i64,
    /// The promise of a first response to who asks there, in microseconds of working time.
    pub first_response: i64,
    /// Its numbers by month.
    pub series: SeriesView,
    /// People who came in and who left, by month as in `series`; empty where its source does not say.
    pub joined: Vec<u64>,
    /// See `joined`.
    pub left: Vec<u64>,
    /// People who answered there in the year, by answers, with how many.
    pub helpers: Vec<(PersonRef, u64)>,
    /// The latest questions that nobody has answered.
    pub unanswered: Vec<ConversationRef>,
}

/// A page of story leads, latest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Stories {
    /// How many there are in the last year.
    pub total: u64,
    /// Those before the first one shown.
    pub offset: u64,
    /// The leads.
    pub leads: Vec<StoryLead>,
}

/// What has a date in a calendar.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EventView {
    /// `events.event_id`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The source that tells of it.
    pub source: String,
    /// When it begins, microseconds UTC; midnight UTC for whole days.
    pub starts: Option<i64>,
    /// When it ends.
    pub ends: Option<i64>,
    /// Only days are known, not hours.
    pub whole_days: bool,
    /// Where.
    pub place: Option<String>,
    /// Where to read of it.
    pub url: Option<String>,
    /// It was called off.
    pub cancelled: bool,
}

/// The calendar.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Events {
    /// What comes or goes on, the next first, then what has no date.
    pub coming: Vec<EventView>,
    /// What is over, the latest first; at most 200.
    pub past: Vec<EventView>,
}
