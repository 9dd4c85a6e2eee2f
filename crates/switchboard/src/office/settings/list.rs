//! The sections of the settings, each with what a page says of it. One entry per page, in the order of the pages.

use toml::Table;
use web::office::FieldKind;

/// A simple value: the path of its key, its title, what to write, an example, what sort of field it is.
pub type Simple = (&'static str, &'static str, &'static str, &'static str, FieldKind);

/// Simple values that belong together: their title, what to know of them, and they themselves.
pub type Group = (&'static str, &'static str, &'static [Simple]);

/// A section of the settings.
pub struct Kept {
    /// Its name in addresses.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it is about, in a sentence.
    pub about: &'static str,
    /// When a change counts, in a sentence.
    pub counts: &'static str,
    /// The sections of the file that belong to it.
    pub keys: &'static [&'static str],
    /// Its simple values.
    pub values: &'static [Group],
    /// What could stand there.
    pub example: &'static str,
    /// Whether its text may be seen and edited: not where only a part of the sections is shown.
    pub has_text: bool,
    /// How it stands, in a few words.
    pub now: fn(&Table) -> String,
}

const AT_ONCE: &str = "A change counts within a few seconds.";

/// Every section.
pub static SECTIONS: &[Kept] = &[
    Kept {
        name: "community",
        title: "Community",
        about: "What it is called.",
        counts: AT_ONCE,
        keys: &["community"],
        values: &[("Community", "", &[("community.name", "Name", "Shown on every page.", "", FieldKind::Text)])],
        example: "",
        has_text: true,
        now: |table| text(table, "community.name"),
    },
    Kept {
        name: "support",
        title: "Support",
        about: "Who helps at each tier, what is promised to whoever asks, and the hours in which promises run.",
        counts: "A change of promises and hours counts within a few seconds, one of offered tiers with the next sync.",
        keys: &["promise", "tiers", "hours", "offered"],
        values: &[PROMISES, HOURS],
        example: include_str!("example.toml"),
        has_text: true,
        now: promises,
    },
    Kept {
        name: "alerts",
        title: "Alerts",
        about: "Who should be told what happens, and by which way.",
        counts: "A change counts from the next sync on.",
        keys: &["mail", "webhooks", "chats", "alert"],
        values: &[],
        example: crate::commands::alerts::list::EXAMPLE,
        has_text: true,
        now: |table| {
            let rules = table.get("alert").and_then(toml::Value::as_array).map_or(0, Vec::len);
            crate::show::counted(rules as u64, "rule")
        },
    },
    Kept {
        name: "helpers",
        title: "Helpers",
        about: "How those who could help are suggested.",
        counts: AT_ONCE,
        keys: &["helpers"],
        values: &[(
            "Load",
            "",
            &[(
                "helpers.spread",
                "Spread",
                "How much helping is spread over more people than the usual ones, from 0 (not at all) to 1.",
                "0.5",
                FieldKind::Share,
            )],
        )],
        example: "",
        has_text: true,
        now: |table| match text(table, "helpers.spread") {
            spread if spread.is_empty() => String::new(),
            spread => format!("spread {spread}"),
        },
    },
    Kept {
        name: "levels",
        title: "Levels",
        about: "What makes a newcomer, a contributor, the core, and when it is time for the keys.",
        counts: AT_ONCE,
        keys: &["levels"],
        values: &[],
        example: LEVELS,
        has_text: true,
        now: |table| match table.get("levels").and_then(toml::Value::as_table).map_or(0, Table::len) {
            0 => "the usual ones".to_owned(),
            own => crate::show::counted(own as u64, "threshold") + " of your own",
        },
    },
    Kept {
        name: "privacy",
        title: "Privacy",
        about: "What only members of the team may see, and what everybody may.",
        counts: "A change counts when the server is started again.",
        keys: &["server"],
        values: &[VISIBLE],
        example: "",
        has_text: false,
        now: |table| match super::at(table, "server.private").and_then(toml::Value::as_array).map_or(0, Vec::len) {
            0 => "viewers see every source".to_owned(),
            places => format!("{} hidden from viewers", crate::show::counted(places as u64, "place")),
        },
    },
    Kept {
        name: "server",
        title: "Server",
        about: "Where the pages are served, under which name, and who signs in by which way.",
        counts: "A change counts when the server is started again.",
        keys: &["server"],
        values: &[],
        example: SERVER,
        has_text: true,
        now: |table| text(table, "server.address"),
    },
];

const LEVELS: &str = "[levels]
new_days = 90                # days for which somebody is new
answers = 3                  # questions of others that make a contributor
additions = 1                # changes, reviews and the like that make a contributor
core_months = 6              # months of the last twelve in which the core gave either
core_rest_days = 180         # for so long they stay it when that no longer holds
contributor_rest_days = 730  # for so long somebody stays a contributor after the last of it
keys_changes = 12            # changes and reviews of a year that show that somebody could have the keys
keys_thanks = 12             # answers of a year with thanks that show that somebody could look after a channel
keys_months = 4              # months of the year in which either was done
";

const VISIBLE: Group = (
    "Who sees what",
    "Viewers never see addresses. What they should not see at all is named here.",
    &[
        (
            "server.private",
            "Private places",
            "A source, or source/channel: seen by members of the team alone.",
            "chat/staff",
            FieldKind::List,
        ),
        (
            "server.public",
            "Public pages",
            "Pages without personal data that everybody may see without signing in.",
            "support",
            FieldKind::List,
        ),
    ],
);

const SERVER: &str = r#"[server]
listen = "0.0.0.0:443"
address = "https://desk.example.org"
certificate = "desk.pem"
key = "desk.key"
"#;

const PROMISES: Group = (
    "Promises",
    "Where a channel or a tier promises something else, that counts: see the text below.",
    &[
        (
            "promise.first_response",
            "First response",
            "How long somebody who asks should at most wait for the first answer.",
            "2d",
            FieldKind::Text,
        ),
        (
            "promise.resolution",
            "Resolution",
            "How long it should at most take until it is done; nothing is promised if it is left out.",
            "10d",
            FieldKind::Text,
        ),
        (
            "promise.warn",
            "Warn before",
            "When a promise is called soon broken: a share of it that is left, or a time.",
            "20%",
            FieldKind::Text,
        ),
    ],
);

const HOURS: Group = (
    "Hours",
    "Promises run in these hours, where a day is a working day; without any, around the clock.",
    &[
        ("hours.days", "Days", "As mon-fri, or mon, tue, thu.", "mon-fri", FieldKind::Text),
        ("hours.from", "From", "A time of day.", "09:00", FieldKind::Text),
        ("hours.until", "Until", "A time of day.", "17:00", FieldKind::Text),
        ("hours.zone", "Time zone", "By its name.", "Europe/Berlin", FieldKind::Text),
        ("hours.holidays", "Holidays", "Days on which nothing runs.", "2026-12-25", FieldKind::List),
    ],
);

/// The values of one tier; their names come after `tiers.N.`.
pub const TIER: &[Simple] = &[
    ("name", "Name", "", "", FieldKind::Text),
    ("who", "Who helps", "", "", FieldKind::Text),
    ("where", "Where", "Where help of this tier is given.", "the forum", FieldKind::Text),
    ("first_response", "First response", "If it is not the one above.", "8h", FieldKind::Text),
    ("resolution", "Resolution", "If it is not the one above.", "5d", FieldKind::Text),
];

fn text(table: &Table, path: &str) -> String {
    match super::at(table, path) {
        Some(toml::Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
        None => String::new(),
    }
}

fn promises(table: &Table) -> String {
    let first = match text(table, "promise.first_response") {
        first if first.is_empty() => "2d".to_owned(),
        first => first,
    };
    let hours = match (text(table, "hours.from"), text(table, "hours.until")) {
        (from, until) if from.is_empty() || until.is_empty() => "around the clock".to_owned(),
        (from, until) => format!("from {from} until {until}"),
    };
    format!("a first response within {first}, {hours}")
}
