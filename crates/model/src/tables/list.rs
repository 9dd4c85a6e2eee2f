//! The tables, alphabetical.

use super::Kind::{Bool, Float, Int, Text, Texts, Time};
use super::{Column, Kind, Table};

mod said;
mod who;

pub use said::{CHANNELS, CONVERSATIONS, GAPS, MESSAGES, SIGNALS, TOPICS};
pub use who::{AFFILIATIONS, DOINGS, DOMAINS, IDENTITIES, KNOWLEDGE, PEOPLE, SUGGESTIONS};

/// Every table.
pub static TABLES: &[&Table] = &[
    &ACTIVITIES,
    &AFFILIATIONS,
    &CHANNELS,
    &CONVERSATIONS,
    &DOINGS,
    &DOMAINS,
    &EVENTS,
    &GAPS,
    &IDENTITIES,
    &KNOWLEDGE,
    &MEASUREMENTS,
    &MESSAGES,
    &PEOPLE,
    &PROBLEMS,
    &SIGNALS,
    &SUGGESTIONS,
    &TOPICS,
];

/// Table and column of all that is nothing but a mail address or an account.
pub(super) static ADDRESSES: &[(&str, &str)] =
    &[("identities", "account"), ("identities", "email"), ("identities", "value")];

const fn must(name: &'static str, kind: Kind, about: &'static str) -> Column {
    Column { name, kind, nullable: false, about }
}

const fn may(name: &'static str, kind: Kind, about: &'static str) -> Column {
    Column { name, kind, nullable: true, about }
}

const SOURCE: Column = must("source", Text, "the source's id in switchboard.toml");
const MONTH: Column = must("month", Text, "UTC month of `time` as YYYY-MM, `unknown` without one: the partition");
const CHANNEL: Column = must("channel", Text, "the channel's name within the source");

/// What people did, other than posting.
pub static ACTIVITIES: Table = Table {
    name: "activities",
    about: "one thing a person did at a time, other than posting a message: committed, reviewed, joined, voted …",
    partitioned: true,
    sort: &["time", "position", "activity_id"],
    columns: &[
        must("activity_id", Text, "stable id"),
        SOURCE,
        MONTH,
        CHANNEL,
        must(
            "kind",
            Text,
            "what was done: authored, committed, reviewed, joined, left, renamed, voted_up … (model::ActivityKind)",
        ),
        may("identity_id", Text, "who did it, where the source tells"),
        may("time", Time, "when, UTC"),
        must("position", Int, "place in the source's own order, for equal times"),
        may("object", Text, "what it was done to: a message's id, a commit's hash"),
        may("detail", Text, "a few words: a commit's subject, a badge's name, a new nick"),
        must("merge", Bool, "true for a merge commit"),
    ],
};

/// What has a date in a calendar.
pub static EVENTS: Table = Table {
    name: "events",
    about: "what has a date in a calendar: a meeting, a conference, a talk; who came is in `activities` (attended)",
    partitioned: false,
    sort: &["starts", "event_id"],
    columns: &[
        must("event_id", Text, "stable id"),
        SOURCE,
        CHANNEL,
        must("title", Text, "what it is called"),
        may("starts", Time, "when it begins, UTC; for whole days midnight UTC of the first one"),
        may("ends", Time, "when it ends, UTC; for whole days midnight UTC after the last one"),
        must("whole_days", Bool, "only days are known, not hours"),
        may("place", Text, "a town, an address, a link to a call"),
        may("url", Text, "where to read of it on the web"),
        may("about", Text, "more about it"),
        must("cancelled", Bool, "it was called off"),
    ],
};

/// What somebody else measured.
pub static MEASUREMENTS: Table = Table {
    name: "measurements",
    about: "a number that somebody else measured: downloads of a day, visits of a month, members of a group",
    partitioned: false,
    sort: &["source", "name", "channel", "time", "measurement_id"],
    columns: &[
        must("measurement_id", Text, "stable id: a later value of the same time replaces the earlier one"),
        SOURCE,
        CHANNEL,
        must("name", Text, "what was counted"),
        may("time", Time, "when, or the beginning of the stretch it is of, UTC"),
        must("value", Float, "how much"),
        may("unit", Text, "of what; null for a plain count"),
        must("labels", Texts, "what else tells it from others of its name, as `country=DE`"),
    ],
};

/// What could not be understood.
pub static PROBLEMS: Table = Table {
    name: "problems",
    about: "something that could not be read or understood; its good neighbours were kept",
    partitioned: false,
    sort: &["source", "file", "offset", "what", "detail"],
    columns: &[
        SOURCE,
        must("stage", Text, "the step in which it came up: collect, normalize, derive"),
        must("what", Text, "a short fixed phrase to count by"),
        must("file", Text, "the file within the source"),
        may("offset", Int, "byte offset in that file, or the line for line-based formats"),
        must("detail", Text, "the rest; never a body or an address"),
    ],
};
