//! Everything about one person.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Acquaintance, ApproachView, ConversationRef, KeysView, MentorView, PersonPage, PersonRef};
use crate::people::Level;

/// One person with everything they did, and what the team wrote down about them.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PersonFile {
    /// The short of it.
    #[serde(flatten)]
    pub page: PersonPage,
    /// How far they have come.
    pub level: Level,
    /// How that changed, the oldest first.
    pub levels: Vec<LevelChange>,
    /// What they did in each month, from the first to this one, the oldest first.
    pub months: Vec<MonthCount>,
    /// Channels they are in, where they did most first (at most 20).
    pub channels: Vec<ChannelCount>,
    /// What they did, latest first: one page of it.
    pub entries: Vec<EntryView>,
    /// How many entries there are that fit.
    pub entries_total: u64,
    /// What kinds of things they did and how often, most first.
    pub kinds: Vec<KindCount>,
    /// Whom they helped, who helped them, strongest first (at most 8).
    pub connections: Vec<Acquaintance>,
    /// Who waits for what they know, best fit first (at most 3).
    pub next: Vec<NextAsk>,
    /// Why they should not be asked now, if so.
    pub not_now: Option<String>,
    /// Where they are and were.
    pub affiliations: Vec<AffiliationView>,
    /// Their identities with what each is; addresses only for those who may see them.
    pub accounts: Vec<AccountView>,
    /// What the team keeps to itself; none for those who are not in it.
    pub team: Option<TeamSide>,
}

/// A level from a time on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LevelChange {
    /// Which.
    pub level: Level,
    /// From when on, microseconds UTC.
    pub since: i64,
}

/// What was done in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MonthCount {
    /// The UTC month, `2024-05`.
    pub month: String,
    /// How much: messages and activities.
    pub done: u32,
    /// How much of it helped others or added to the project.
    pub gave: u32,
}

/// What was done in a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ChannelCount {
    /// Its source.
    pub source: String,
    /// Its name within it.
    pub channel: String,
    /// How much: messages and activities.
    pub done: u64,
}

/// How often something of a kind was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KindCount {
    /// As it is written in addresses: `helped`, `authored`.
    pub kind: &'static str,
    /// How many entries.
    pub entries: u64,
}

/// Something a person did.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EntryView {
    /// When, microseconds UTC, to the minute; of several the latest.
    pub time: i64,
    /// What kind of thing: `asked`, `helped`, `wrote`, `authored`, `reviewed` …
    pub kind: &'static str,
    /// The same in words: `asked`, `helped with`, `wrote a change`.
    pub words: &'static str,
    /// How often on that day.
    pub times: u32,
    /// Where, its source.
    pub source: String,
    /// Where, its channel.
    pub channel: String,
    /// The conversation, if it was in one.
    pub conversation: Option<ConversationRef>,
    /// A few words on it, for what was in none.
    pub detail: Option<String>,
}

/// A conversation that somebody could help with.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NextAsk {
    /// Which.
    pub conversation: ConversationRef,
    /// Since when somebody waits there, microseconds UTC.
    pub since: i64,
    /// What of it they know.
    pub areas: Vec<String>,
    /// One sentence each: why it fits.
    pub why: Vec<String>,
}

/// Where somebody was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AffiliationView {
    /// The organization.
    pub organization: String,
    /// From when on, microseconds UTC, if known.
    pub from: Option<i64>,
    /// Until when, microseconds UTC, if it ended.
    pub until: Option<i64>,
    /// How it is known: `imported`, `mail domain`, `shared domain`.
    pub basis: String,
}

/// One identity of a person, as the team sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AccountView {
    /// `identities.identity_id`.
    pub id: String,
    /// The source.
    pub source: String,
    /// email, account, nick or name.
    pub kind: String,
    /// The name shown there.
    pub name: Option<String>,
    /// The address, account or nick; none for those who may not see addresses.
    pub value: Option<String>,
    /// Why it belongs to this person.
    pub proof: Option<String>,
    /// First seen, microseconds UTC.
    pub first_seen: Option<i64>,
    /// Last seen, microseconds UTC.
    pub last_seen: Option<i64>,
    /// Messages it posted.
    pub messages: u64,
    /// Activities it did.
    pub activities: u64,
}

/// What the team keeps to itself about a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TeamSide {
    /// Tags, sorted.
    pub tags: Vec<String>,
    /// Notes, latest first.
    pub notes: Vec<NoteView>,
    /// What they like to be asked.
    pub preferences: PreferencesView,
    /// Whether their identities are locked.
    pub locked: bool,
    /// What was decided on who they are, latest first (at most 20).
    pub decisions: Vec<WhoDecision>,
    /// Thanks that say what they did lately: to be read, changed and sent by a person, or not; none if they did nothing.
    pub thanks: Option<String>,
    /// Who recently was where they are now, if they are new to something.
    pub mentor: Option<MentorView>,
    /// What they could be given the keys of, if it is time.
    pub keys: Option<KeysView>,
    /// When they were approached, the latest first.
    pub approaches: Vec<ApproachView>,
}

/// A note of the team's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NoteView {
    /// Its number.
    pub number: i64,
    /// When, microseconds UTC.
    pub at: i64,
    /// Who wrote it.
    pub who: String,
    /// What it says.
    pub text: String,
}

/// What somebody likes to be asked, how often, and how else they like to help ([`desk::Preferences`]).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PreferencesView {
    /// Knowledge areas they like to be asked about.
    pub likes: Vec<String>,
    /// Knowledge areas they do not want to be asked about.
    pub dislikes: Vec<String>,
    /// How often in seven days at most.
    pub per_week: Option<u32>,
    /// Languages they help in, as `en`.
    pub languages: Vec<String>,
    /// Their time zone, a name of the IANA database.
    pub zone: Option<String>,
    /// Willing to speak.
    pub speak: bool,
    /// Willing to mentor.
    pub mentor: bool,
    /// Willing to review.
    pub review: bool,
    /// Not there until then, microseconds UTC.
    pub away_until: Option<i64>,
    /// Not to be asked at all.
    pub never: bool,
}

/// A decision on who somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WhoDecision {
    /// Its number, by which it is taken back.
    pub number: i64,
    /// When, microseconds UTC.
    pub at: i64,
    /// Who decided.
    pub who: String,
    /// What: `same_person`, `not_same_person`, `put_off`, `apart`, `locked`.
    pub kind: &'static str,
    /// The other person it is about, where it is about two and they are two still.
    pub other: Option<PersonRef>,
    /// Why, in their words.
    pub note: Option<String>,
    /// Whether it was taken back.
    pub taken_back: bool,
    /// Whether the tables do not have it yet: it counts from the next sync on.
    pub pending: bool,
}
