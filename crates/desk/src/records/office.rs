//! What the team does besides answering: actions, announcements, events, stories, and the channels of peers.

use serde::{Deserialize, Serialize};

use super::form::{Field, FieldKind};
use super::{Record, is_day, says_something};
use crate::{Result, SavedKind};

const fn must(name: &'static str, label: &'static str, hint: &'static str, kind: FieldKind) -> Field {
    Field { name, label, hint, kind, must: true }
}

const fn may(name: &'static str, label: &'static str, hint: &'static str, kind: FieldKind) -> Field {
    Field { name, label, hint, kind, must: false }
}

use FieldKind::{Choice, Day, Line, Lines, Text, Yes};

/// What was decided to be done, by whom, and which number should move by it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Action {
    /// What is to be done.
    pub what: String,
    /// What it is about: `tier`, `channel`, `goal`, `topic` or `other`.
    pub about_kind: Option<String>,
    /// Which one: a tier's number, a channel as `source/channel`, a goal's name.
    pub about: Option<String>,
    /// Who does it.
    pub who: Option<String>,
    /// Until when, as `2026-12-01`.
    pub due: Option<String>,
    /// When it was done, likewise.
    pub done: Option<String>,
    /// The metric that should move by it.
    pub metric: Option<String>,
    /// What came of it, in their words.
    pub outcome: Option<String>,
}

/// Something to tell, written once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Announcement {
    /// In one line.
    pub title: String,
    /// All of it, as Markdown.
    pub text: String,
    /// Where to read more.
    pub link: Option<String>,
    /// When it may be told, as `2026-12-01`.
    pub day: Option<String>,
    /// What was said where, a line each: the day, the place and a link.
    pub said: Vec<String>,
    /// What it led to, in somebody's words.
    pub outcome: Option<String>,
}

/// What the team plans for an event, under the event's id, or under a name of its own for one that no calendar has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventPlan {
    /// What it is called.
    pub title: String,
    /// Its first day, as `2027-01-30`.
    pub starts: Option<String>,
    /// Its last day.
    pub ends: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Where to read of it.
    pub url: Option<String>,
    /// Until when talks can be proposed.
    pub cfp: Option<String>,
    /// Who goes, a line each.
    pub going: Vec<String>,
    /// Talks: a line each, with who gives it and how it stands.
    pub talks: Vec<String>,
    /// Small gatherings around it, a line each: `2027-01-31 18:00-21:00 Dinner`.
    pub gatherings: Vec<String>,
    /// Swag, travel support and the like, a line each: `travel of Ada: 300 of 400`.
    pub budget: Vec<String>,
    /// What it brought, in somebody's words.
    pub outcome: Option<String>,
}

/// Somebody's story on its way to being published, under the id of the message that told it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Story {
    /// What it is about, in one line.
    pub title: String,
    /// `lead`, `asked`, `drafted`, `published` or `declined`.
    pub state: String,
    /// Whose it is: a person's id.
    pub person: Option<String>,
    /// The message that told it.
    pub message: Option<String>,
    /// What may be quoted.
    pub quote: Option<String>,
    /// Whether they agreed to be quoted.
    pub consent: bool,
    /// When and where they did.
    pub consent_note: Option<String>,
    /// The draft, as Markdown.
    pub draft: Option<String>,
    /// Where it was published.
    pub link: Option<String>,
}

/// A channel of a peer: its row takes the place of the shipped one of the same project and channel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PeerChannel {
    /// The project.
    pub project: String,
    /// The company beside it.
    pub vendor: Option<String>,
    /// What the channel is called.
    pub channel: String,
    /// `mailing-list`, `slack`, `forum`, `irc`, `github-issues` …
    pub kind: String,
    /// Where it is.
    pub address: Option<String>,
    /// `community` or `company`.
    pub run_by: Option<String>,
    /// `open`, `invitation`, `developers only` or `customers`.
    pub access: Option<String>,
    /// `active`, `perhaps inactive` or `closed`.
    pub status: Option<String>,
    /// `open source`, `product`, `open source and product` or `development`.
    pub covers: Option<String>,
    /// Whether what is said there can be read later.
    pub archived: bool,
    /// Whether it can be searched.
    pub searchable: bool,
    /// What else there is to say.
    pub note: Option<String>,
    /// When somebody looked, as `2026-11-23`.
    pub looked: Option<String>,
    /// It is not to be shown.
    pub hidden: bool,
}

impl Action {
    pub(crate) const FIELDS: &[Field] = &[
        must("what", "What", "Answer the chat on Fridays", Line),
        may("about_kind", "About", "", Choice(&["tier", "channel", "goal", "topic", "other"])),
        may("about", "Which one", "a tier's number, source/channel, a goal's name", Line),
        may("who", "Who does it", "", Line),
        may("due", "Until when", "", Day),
        may("done", "Done on", "", Day),
        may("metric", "The metric that should move", "its name, as on the page Metrics", Line),
        may("outcome", "What came of it", "", Text),
    ];
}

impl Announcement {
    pub(crate) const FIELDS: &[Field] = &[
        must("title", "In one line", "", Line),
        must("text", "All of it", "Markdown; the first paragraph is what chats and social media get", Text),
        may("link", "Link", "https://…", Line),
        may("day", "Not before", "", Day),
        may("said", "Said where", "a line each: day, place, link", Lines),
        may("outcome", "What it led to", "", Text),
    ];
}

impl EventPlan {
    pub(crate) const FIELDS: &[Field] = &[
        must("title", "Event", "", Line),
        may("starts", "First day", "", Day),
        may("ends", "Last day", "", Day),
        may("place", "Where", "", Line),
        may("url", "Link", "https://…", Line),
        may("cfp", "Talks can be proposed until", "", Day),
        may("going", "Who goes", "a line each", Lines),
        may("talks", "Talks", "a line each: title, who, how it stands", Lines),
        may("gatherings", "Gatherings around it", "a line each: 2027-01-31 18:00-21:00 Dinner", Lines),
        may("budget", "Swag, travel support", "a line each: travel of Ada: 300 of 400", Lines),
        may("outcome", "What it brought", "", Text),
    ];
}

impl Story {
    pub(crate) const FIELDS: &[Field] = &[
        must("title", "What it is about", "", Line),
        must("state", "How far it is", "", Choice(&["lead", "asked", "drafted", "published", "declined"])),
        may("person", "Whose it is", "a person's id", Line),
        may("message", "Told in", "a message's id", Line),
        may("quote", "What may be quoted", "in their words", Text),
        may("consent", "They agreed to be quoted", "", Yes),
        may("consent_note", "When and where they did", "", Line),
        may("draft", "Draft", "", Text),
        may("link", "Published at", "https://…", Line),
    ];
}

impl PeerChannel {
    pub(crate) const FIELDS: &[Field] = &[
        must("project", "Project", "", Line),
        must("channel", "Channel", "", Line),
        must("kind", "Kind", "mailing-list, slack, forum, irc, github-issues …", Line),
        may("vendor", "Company beside it", "", Line),
        may("address", "Address", "", Line),
        may("run_by", "Run by", "", Choice(&["community", "company"])),
        may("access", "Who gets in", "", Choice(&["open", "invitation", "developers only", "customers"])),
        may("status", "How it is", "", Choice(&["active", "perhaps inactive", "closed"])),
        may("covers", "Covers", "", Choice(&["open source", "open source and product", "product", "development"])),
        may("archived", "Can be read later", "", Yes),
        may("searchable", "Can be searched", "", Yes),
        may("note", "Note", "", Line),
        may("looked", "Looked at on", "", Day),
        may("hidden", "Not to be shown", "", Yes),
    ];
}

impl Record for Action {
    const KIND: SavedKind = SavedKind::Action;

    fn check(&self) -> Result<()> {
        says_something("what is to be done", &self.what, 300)?;
        is_day("until when", self.due.as_deref())?;
        is_day("the day it was done", self.done.as_deref())
    }
}

impl Record for Announcement {
    const KIND: SavedKind = SavedKind::Announcement;

    fn check(&self) -> Result<()> {
        says_something("the line that announces", &self.title, 300)?;
        says_something("an announcement", &self.text, 50_000)
    }
}

impl Record for EventPlan {
    const KIND: SavedKind = SavedKind::EventPlan;

    fn check(&self) -> Result<()> {
        says_something("the name of an event", &self.title, 300)?;
        is_day("the first day", self.starts.as_deref())?;
        is_day("the last day", self.ends.as_deref())?;
        is_day("the end of the call for papers", self.cfp.as_deref())
    }
}

impl Record for Story {
    const KIND: SavedKind = SavedKind::Story;

    fn check(&self) -> Result<()> {
        says_something("what a story is about", &self.title, 300)?;
        let unasked = self.state == "published" && !self.consent;
        match unasked {
            true => Err(crate::DeskError::Wrong(
                "a story is published with its teller's consent; ask them, and tick that they agreed".to_owned(),
            )),
            false => Ok(()),
        }
    }
}

impl Record for PeerChannel {
    const KIND: SavedKind = SavedKind::PeerChannel;

    fn check(&self) -> Result<()> {
        says_something("a project's name", &self.project, 100)?;
        says_something("a channel's name", &self.channel, 100)?;
        says_something("a channel's kind", &self.kind, 50)
    }
}
