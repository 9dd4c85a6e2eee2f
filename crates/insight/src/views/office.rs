//! Channels of peers, and what events and announcements come with.

use schemars::JsonSchema;
use serde::Serialize;

/// A channel of a peer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PeerView {
    /// The name of the record, if the team wrote it down; none for what ships with the program.
    pub record: Option<String>,
    /// The project.
    pub project: String,
    /// The company beside it; empty if there is none.
    pub vendor: String,
    /// What the channel is called.
    pub channel: String,
    /// `mailing-list`, `slack`, `forum` …
    pub kind: String,
    /// What kinds that serve the same are called together: `chat`, `mailing list` …
    pub group: String,
    /// Where it is; it may have moved since. Empty if nobody wrote it down.
    pub address: String,
    /// `community` or `company`.
    pub run_by: String,
    /// `open`, `invitation`, `developers only`, `customers`.
    pub access: String,
    /// `active`, `perhaps inactive`, `closed`.
    pub status: String,
    /// What is talked about: `open source`, `product`, both, or `development`.
    pub covers: String,
    /// Whether what is said there can be read later; false where nobody looked.
    pub archived: bool,
    /// Whether it can be searched; false where nobody looked.
    pub searchable: bool,
    /// What else there is to say.
    pub note: String,
    /// When somebody looked: a month or a day; empty if nobody said.
    pub looked: String,
}

/// How many projects offer a kind of channel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KindUse {
    /// The kind, as [`PeerView::group`].
    pub kind: String,
    /// Projects that offer it.
    pub projects: u64,
    /// Of them, those where a company runs one.
    pub by_company: u64,
    /// Of them, those where one is not open to everybody.
    pub closed: u64,
    /// Whether we have one.
    pub ours: bool,
}

/// The directory of channels.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Directory {
    /// How many projects are in it.
    pub projects: u64,
    /// Kinds of channels, those that most projects offer first.
    pub kinds: Vec<KindUse>,
    /// Kinds that every third project offers and we do not.
    pub lacking: Vec<String>,
    /// Kinds that one project alone offers, with its name.
    pub only: Vec<(String, Vec<String>)>,
    /// The channels, by project.
    pub channels: Vec<PeerView>,
}

/// What a number came to in some days, beside what it usually comes to in as many.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Change {
    /// The number's name among the metrics.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it came to.
    pub then: u64,
    /// The median of the stretches before, each as long.
    pub usual: f64,
    /// What it came to in the stretch after, as long; none if that is not over.
    pub later: Option<u64>,
}

/// What changed with something that happened.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Aftermath {
    /// The first instant that counts, microseconds UTC.
    pub from: i64,
    /// The end, that instant not included.
    pub until: i64,
    /// Stretches before that it is held against.
    pub before: usize,
    /// The numbers.
    pub changes: Vec<Change>,
}

/// A small gathering around an event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Gathering {
    /// What it is.
    pub what: String,
    /// When it begins, microseconds UTC; none where the line does not say it as `2027-01-31 18:00-21:00`.
    pub starts: Option<i64>,
    /// When it ends.
    pub ends: Option<i64>,
    /// What else is in the calendar then.
    pub clashes: Vec<String>,
}

/// What is spent on an event: the sums of the numbers in its lines.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Budget {
    /// Spent so far.
    pub spent: f64,
    /// Planned.
    pub planned: f64,
    /// Lines that say no `… of …`, so that they are in neither sum.
    pub unread: Vec<String>,
}

/// An announcement, drafted for one audience.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Drafted {
    /// For which: `list`, `blog`, `chat`, `social`.
    pub audience: &'static str,
    /// What to know about it.
    pub about: &'static str,
    /// The text.
    pub text: String,
    /// Its characters.
    pub characters: usize,
    /// How many it may have there; none if as many as one likes.
    pub most: Option<usize>,
}
