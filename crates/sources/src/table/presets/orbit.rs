//! Orbit (orbit.love, closed in 2024): members and activities.
//!
//! Columns as in Orbit's "CSV Import for Members and Activities" (orbit.love/docs, 2023) and the attributes
//! of its API (`api.orbit.love`), which its exports share.

use super::{Preset, Table};
use crate::table::mapping::Kind;

pub static PRESET: Preset = Preset { name: "orbit", title: "Orbit", tables: &[ACTIVITIES, MEMBERS] };

const SITES: &[(&str, &[&str])] = &[
    ("github.com", &["github", "member_github", "github_username"]),
    ("x.com", &["twitter", "member_twitter", "twitter_username"]),
    ("linkedin.com", &["linkedin", "member_linkedin"]),
    ("dev.to", &["devto", "member_devto"]),
];

const ACTIVITIES: Table = Table {
    unnamed: Some(&["orbit_url|activity_type_key|member_id|member_slug"]),
    columns: &[
        ("id", &["id", "key"]),
        ("time", &["occurred_at"]),
        ("author_name", &["name", "member_name", "member"]),
        ("author_email", &["email", "member_email"]),
        ("organization", &["company", "member_company"]),
        ("what", &["activity_type", "activity_type_key", "type", "title"]),
        ("detail", &["title", "description"]),
        ("channel", &["source", "channel"]),
    ],
    accounts: SITES,
    ..Table::new("orbit-activities", "activities", Kind::Activities, &["title|activity_type|type", "occurred_at"])
};

const MEMBERS: Table = Table {
    unnamed: Some(&["orbit_url|orbit_level|love|teammate|activities_count"]),
    columns: &[
        ("id", &["id", "slug"]),
        ("name", &["name"]),
        ("email", &["email", "emails"]),
        ("organization", &["company"]),
        ("joined", &["first_activity_occurred_at", "created_at"]),
        ("seen", &["last_activity_occurred_at"]),
    ],
    accounts: SITES,
    ..Table::new("orbit-members", "members", Kind::People, &["name", "email", "github", "twitter"])
};
