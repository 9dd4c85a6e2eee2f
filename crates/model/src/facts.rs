//! Rows that are told once and kept as they are: events, measurements, who was where, who is who. The others
//! are in [`crate::rows`].

use serde::{Deserialize, Serialize};

use crate::{Id, Timestamp};

/// What has a date in a calendar: a meeting, a conference, a talk, a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// [`Id::event`].
    pub id: Id,
    /// The channel's name within the source: the calendar, the group that meets.
    pub channel: String,
    /// What it is called.
    pub title: String,
    /// When it begins, UTC; for whole days midnight UTC of the first one.
    pub starts: Option<Timestamp>,
    /// When it ends, UTC; for whole days midnight UTC after the last one.
    pub ends: Option<Timestamp>,
    /// True if only days are known, not hours.
    pub whole_days: bool,
    /// Where: a town, an address, a link to a call.
    pub place: Option<String>,
    /// Where a person can read of it on the web.
    pub url: Option<String>,
    /// More about it, as plain text.
    pub about: Option<String>,
    /// True if it was called off.
    pub cancelled: bool,
}

impl Event {
    /// An event of which only its name is known; callers fill in the rest.
    pub fn new(id: Id, channel: impl Into<String>, title: impl Into<String>) -> Self {
        Event {
            id,
            channel: channel.into(),
            title: title.into(),
            starts: None,
            ends: None,
            whole_days: false,
            place: None,
            url: None,
            about: None,
            cancelled: false,
        }
    }
}

/// A number that somebody else measured: downloads of a day, visits of a month, members of a group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// [`Id::measurement`]: the same number of the same time has the same id, so that a later one replaces it.
    pub id: Id,
    /// What was counted, as `downloads`.
    pub name: String,
    /// The channel's name within the source: what it was counted of.
    pub channel: String,
    /// When, or the beginning of the stretch it is of, UTC.
    pub time: Option<Timestamp>,
    /// How much; never NaN or infinite.
    pub value: f64,
    /// Of what, as `bytes`, `%`; `None` for a plain count.
    pub unit: Option<String>,
    /// What else tells it from others of its name, as `country=DE`.
    pub labels: Vec<String>,
}

/// Who was at an organization from when to when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affiliation {
    /// Who: an identity also pushed to [`crate::Rows::identities`].
    pub who: Id,
    /// The organization's name as the source writes it.
    pub organization: String,
    /// From when on, if known.
    pub from: Option<Timestamp>,
    /// Until when, that instant not included; `None` if it lasts or nobody knows.
    pub until: Option<Timestamp>,
}

/// Whose mail domain it is: everybody who writes from it is at that organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// In lower case without `@`; those below it belong to it as well.
    pub domain: String,
    /// The organization's name.
    pub organization: String,
    /// From when on, if known.
    pub from: Option<Timestamp>,
    /// Until when, that instant not included; `None` if it lasts or nobody knows.
    pub until: Option<Timestamp>,
}

/// Two identities of which the source says that they are one person, both pushed to [`crate::Rows::identities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Same(pub Id, pub Id);
