//! Who is who, works where and knows what.

use super::{CHANNEL, SOURCE, may, must};
use crate::tables::Kind::{Bool, Float, Int, Text, Texts, Time};
use crate::tables::Table;

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

/// What each person did in each channel.
pub static DOINGS: Table = Table {
    name: "doings",
    about: "what one person did in one channel, by kind: when first, when last, how often",
    partitioned: false,
    sort: &["kind", "person_id", "source", "channel"],
    columns: &[
        must("person_id", Text, "the person"),
        must(
            "kind",
            Text,
            "wrote (any message), asked (a question), answered (took part in a question of somebody else), or an activity that adds to the project: authored, co_authored, committed, edited, merged, released, reported, reviewed, tested (merge commits left out)",
        ),
        SOURCE,
        CHANNEL,
        may("first_time", Time, "when they first did, UTC"),
        may("last_time", Time, "when they last did, UTC"),
        must("count", Int, "how often; a conversation is answered once, however much one writes in it"),
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
        must("staff", Bool, "of the team's own staff: tagged `staff` on the desk"),
        may("organization", Text, "where they are now, as far as known: of their affiliations the one that ends last"),
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
