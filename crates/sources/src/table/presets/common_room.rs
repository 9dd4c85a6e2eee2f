//! Common Room: contacts (members, once) and activities.
//!
//! The header of its CSV is not documented in public; people choose the columns when they export. The names are
//! those that its documentation and its API (version 2, `api.commonroom.io/docs`, 2024) have for the fields.

use super::{Preset, Table};
use crate::table::mapping::Kind;

pub static PRESET: Preset = Preset { name: "common-room", title: "Common Room", tables: &[ACTIVITIES, CONTACTS] };

const ACTIVITIES: Table = Table {
    unnamed: None,
    columns: &[
        ("id", &["Activity ID", "id"]),
        ("time", &["Activity time", "activityTime", "Occurred at", "Timestamp", "Activity date", "Date", "Time"]),
        ("author", &["Username", "Handle", "Contact ID", "Member ID", "contactId"]),
        ("author_name", &["Full name", "Contact name", "Member name", "Contact", "Member", "Name"]),
        ("author_email", &["Primary email", "Contact email", "Member email", "Email"]),
        ("organization", &["Organization", "Organization name", "Company", "companyName"]),
        ("what", &["Activity type", "activityType", "Type"]),
        ("detail", &["Content", "Activity content", "Title", "Text"]),
        ("channel", &["Source", "Activity source", "Service name", "Provider"]),
    ],
    ..Table::new(
        "common-room-activities",
        "activities",
        Kind::Activities,
        &["Activity type|Type", "Activity time|Occurred at|Timestamp|Activity date|Date|Time"],
    )
};

const CONTACTS: Table = Table {
    unnamed: None,
    columns: &[
        ("id", &["Contact ID", "Member ID", "id"]),
        ("name", &["Full name", "Name", "Contact name", "Member name"]),
        ("email", &["All emails", "Emails", "Primary email", "Email"]),
        ("organization", &["Organization", "Organization name", "Company", "Company name"]),
        ("joined", &["First seen", "First activity", "First activity date"]),
        ("seen", &["Last seen", "Last active", "Last activity", "Last activity date"]),
    ],
    accounts: &[
        ("github.com", &["GitHub", "GitHub username", "GitHub URL", "GitHub handle"]),
        ("x.com", &["Twitter", "X", "Twitter handle", "Twitter username", "Twitter URL", "X handle"]),
        ("linkedin.com", &["LinkedIn", "LinkedIn URL"]),
    ],
    ..Table::new("common-room-contacts", "contacts", Kind::People, &["Full name|Name|Contact name|Primary email"])
};
