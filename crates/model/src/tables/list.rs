//! The tables, alphabetical.

use super::Kind::{Bool, Float, Int, Text, Texts, Time};
use super::{Column, Kind, Table};

/// Every table.
pub static TABLES: &[&Table] = &[
    &ACTIVITIES,
    &AFFILIATIONS,
    &CHANNELS,
    &CONVERSATIONS,
    &DOMAINS,
    &EVENTS,
    &IDENTITIES,
    &KNOWLEDGE,
    &MEASUREMENTS,
    &MESSAGES,
    &PEOPLE,
    &PROBLEMS,
    &SIGNALS,
    &SUGGESTIONS,
];

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

/// Who was where.
pub static AFFILIATIONS: Table = Table {
    name: "affiliations",
    about: "who was at which organization from when to when, as imported or by the domain of a mail address",
    partitioned: false,
    sort: &["person_id", "organization", "identity_id", "from_time"],
    columns: &[
        must("person_id", Text, "the person"),
        must("identity_id", Text, "the identity that it is known of"),
        must("organization", Text, "the organization's name; the domain itself where nobody told its name"),
        may("from_time", Time, "from when on, UTC, if known"),
        may("until_time", Time, "until when, UTC, that instant not included, if it ended"),
        must(
            "basis",
            Text,
            "imported (a source says so), mail domain (a source says whose domain it is), shared domain (two or more people write from it and nobody says whose it is; no free-mail provider)",
        ),
        may("source", Text, "the source that says so"),
    ],
};

/// Where people talk.
pub static CHANNELS: Table = Table {
    name: "channels",
    about: "one place where people talk within a source: a list, a chat channel, a site, a repository",
    partitioned: false,
    sort: &["source", "channel"],
    columns: &[
        must("channel_id", Text, "stable id"),
        SOURCE,
        CHANNEL,
        must("kind", Text, "list, chat, site, repository"),
        may("title", Text, "a longer title, where the source gives one"),
        must("messages", Int, "messages posted there"),
        must("activities", Int, "activities there"),
        may("first_time", Time, "of the earliest dated message or activity, UTC"),
        may("last_time", Time, "of the latest dated message or activity, UTC"),
    ],
};

/// Opening messages and what answers them.
pub static CONVERSATIONS: Table = Table {
    name: "conversations",
    about: "an opening message and what answers it: a native thread, a mail thread, or chat grouped by time and mention",
    partitioned: false,
    sort: &["source", "opened", "conversation_id"],
    columns: &[
        must("conversation_id", Text, "the id of its opening message"),
        SOURCE,
        CHANNEL,
        may(
            "title",
            Text,
            "subject of the opening message, else the beginning of its own words (at most 120 characters)",
        ),
        may("opener_person_id", Text, "who opened it"),
        may("opened", Time, "when it was opened, UTC"),
        may("last_time", Time, "of its latest message, UTC"),
        must("messages", Int, "messages in it"),
        must("people", Int, "different people who wrote in it, bots not counted"),
        must(
            "is_question",
            Bool,
            "the opening message asks for something (native question, issue or change request, or by its words)",
        ),
        must(
            "state",
            Text,
            "not_question; waiting (nobody else wrote, or the opener asked again and nobody came back); answered (another person wrote after the question); resolved (accepted, closed, or the opener said thanks or that it works)",
        ),
        may(
            "resolved_by",
            Text,
            "why it is resolved: accepted, closed (its source says so: see messages.closed), thanked (the opener thanked or said that it works, after a response), self (the same with no response before)",
        ),
        may(
            "waiting_since",
            Time,
            "when `state` is waiting: time of the earliest message of the opener that nobody has answered, UTC",
        ),
        may("first_response", Time, "first message by another person who is no bot, UTC"),
        may("first_responder_id", Text, "the person of that message"),
        may("accepted_message_id", Text, "the accepted answer, where the source knows one"),
        must(
            "helper_person_ids",
            Texts,
            "people other than the opener who wrote in it, bots not counted, in order of first message",
        ),
        must(
            "thanked_person_ids",
            Texts,
            "people whose message was accepted, or who wrote last before the opener's thanks",
        ),
    ],
};

/// Whose mail domain it is.
pub static DOMAINS: Table = Table {
    name: "domains",
    about: "the organization that a mail domain belongs to, as imported; free-mail providers never",
    partitioned: false,
    sort: &["domain", "organization", "from_time"],
    columns: &[
        must("domain", Text, "in lower case; those below it belong to it as well"),
        must("organization", Text, "the organization's name"),
        may("from_time", Time, "from when on, UTC, if known"),
        may("until_time", Time, "until when, UTC, that instant not included, if it ended"),
        SOURCE,
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

/// Accounts and addresses.
pub static IDENTITIES: Table = Table {
    name: "identities",
    about: "one account or address on one source, and the person it belongs to",
    partitioned: false,
    sort: &["source", "identity_id"],
    columns: &[
        must("identity_id", Text, "stable id"),
        must("person_id", Text, "the person: the id of its first identity"),
        SOURCE,
        must("kind", Text, "email, account, nick, name"),
        must("value", Text, "address in lower case, account number, nick in lower case; personal data"),
        may("name", Text, "the name last shown with it"),
        may("name_time", Time, "when that name was shown, UTC"),
        may("email", Text, "its address in lower case, if known; personal data"),
        may("account", Text, "the account as other sources see it too, as `github.com/ada`; personal data"),
        must("same_ids", Texts, "identities of which its source says that they are the same person"),
        must("bot", Bool, "marked as a bot by the source, or named like one"),
        may("proof", Text, "why it is merged with the person's other identities, null if it stands alone"),
        may("first_seen", Time, "of its earliest dated message or activity, UTC"),
        may("last_seen", Time, "of its latest, UTC"),
        must("messages", Int, "messages it posted"),
        must("activities", Int, "activities it did"),
    ],
};

/// Who has shown to know what.
pub static KNOWLEDGE: Table = Table {
    name: "knowledge",
    about: "one person and one topic (a tag, a channel, a frequent subject word) they have helped with",
    partitioned: false,
    sort: &["person_id", "area"],
    columns: &[
        must("person_id", Text, "the person"),
        must("area", Text, "the topic: `tag:…`, `channel:SOURCE` or `channel:SOURCE/CHANNEL`, or `word:…`"),
        must("answered", Int, "conversations of others on it that they wrote in"),
        must("thanked", Int, "those where they were accepted or thanked"),
        may("last_time", Time, "when they last did, UTC"),
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

/// What people said.
pub static MESSAGES: Table = Table {
    name: "messages",
    about: "a text one person posted in one channel; the same Message-ID from several archives is one row",
    partitioned: true,
    sort: &["conversation_id", "time", "position", "message_id"],
    columns: &[
        must("message_id", Text, "stable id: of the Message-ID for mail, else of the source and its native id"),
        must("conversation_id", Text, "the id of the conversation's opening message"),
        SOURCE,
        MONTH,
        CHANNEL,
        must("native_id", Text, "the source's own id: Message-ID without brackets, `posts/17`, `file#line`"),
        must("kind", Text, "post, question, answer, comment, issue, change_request, page"),
        may("identity_id", Text, "who posted it"),
        may("time", Time, "when, UTC; the best estimate where the source's date cannot be"),
        must("time_estimated", Bool, "true where `time` is an estimate (a problem is recorded)"),
        must("position", Int, "place in the source's own order, for equal times"),
        must("parent_ids", Texts, "ids of messages it may answer, best first, known here or not"),
        must("threaded", Bool, "true where `parent_ids` come from the source or from mail references, false for chat"),
        may("subject", Text, "title or subject, decoded"),
        must("body", Text, "plain text with quotes and signature; personal data"),
        must("attachments", Texts, "names of attached files"),
        must("tags", Texts, "the source's tags or labels"),
        must("mentions", Texts, "nicks or accounts it addresses, as written"),
        may("accepted_id", Text, "on a question: the accepted answer's message id"),
        may(
            "closed",
            Text,
            "on an opening message: how its source says that it ended, as completed, merged, solved, closed",
        ),
        may("score", Int, "votes up less votes down"),
        may("url", Text, "where to read it on the web"),
        must("seen_in", Texts, "every place it was seen, as `source/channel`, sorted"),
        must("seen_count", Int, "how often it was seen (archive items), duplicates in one place included"),
        must("item", Text, "the archive's item it was read from, as `source/segment/row`"),
    ],
};

/// The humans.
pub static PEOPLE: Table = Table {
    name: "people",
    about: "the human (or bot) behind one or more identities, merged on proof or by a person's decision",
    partitioned: false,
    sort: &["person_id"],
    columns: &[
        must("person_id", Text, "the id of the first identity"),
        may("name", Text, "the name last shown with any of its identities"),
        must("bot", Bool, "any of its identities is a bot, or it behaves as only bots do"),
        must("bot_why", Texts, "what gave the bot away; empty for people"),
        must("identities", Int, "identities merged into it"),
        must("sources", Texts, "sources it was seen on, sorted"),
        may("first_seen", Time, "of the earliest dated message or activity, UTC"),
        may("last_seen", Time, "of the latest, UTC"),
        must("messages", Int, "messages posted"),
        must("activities", Int, "activities done"),
        must("asked", Int, "conversations opened with a question"),
        must("helped", Int, "conversations opened by others with a question in which they wrote"),
        must("thanked", Int, "conversations in which they were accepted or thanked"),
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

/// What each message does.
pub static SIGNALS: Table = Table {
    name: "signals",
    about: "what a message does, from the writer's own words (quotes and signature left out); rows in the order of `messages`",
    partitioned: true,
    sort: &["conversation_id"],
    columns: &[
        must("message_id", Text, "the message"),
        must("conversation_id", Text, "its conversation"),
        SOURCE,
        MONTH,
        must("question", Bool, "asks for something"),
        must("thanks", Bool, "thanks somebody, or says that it works now"),
        must("complaint", Bool, "complains"),
        must("code", Bool, "holds code, a command or a stack trace"),
        must("words", Int, "words of its own"),
        must("lead", Text, "how its own words begin, at most 160 characters on one line; personal data"),
    ],
};

/// Who may be who.
pub static SUGGESTIONS: Table = Table {
    name: "suggestions",
    about: "two people who may be one, for a person to decide; people known to be bots are left out",
    partitioned: false,
    sort: &["person_id", "other_id"],
    columns: &[
        must("person_id", Text, "one of them"),
        must("other_id", Text, "the other, the larger id"),
        must("score", Float, "how likely it is that they are one, 0 to 1, as of people whose accounts are known"),
        must("reasons", Texts, "what speaks for it, the weightiest first"),
        must("against", Texts, "what speaks against it, the weightiest last"),
    ],
};
