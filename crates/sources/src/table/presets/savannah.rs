//! Savannah CRM: members and contributors.
//!
//! The headers are those that its source writes (`frontendv2/views` of SavannahHQ/Savannah, 2022). It exports
//! no conversations as CSV.

use super::{Preset, Table};
use crate::table::mapping::Kind;

pub static PRESET: Preset = Preset { name: "savannah", title: "Savannah CRM", tables: &[MEMBERS, CONTRIBUTORS] };

const MEMBERS: Table = Table {
    columns: &[
        ("name", &["Member"]),
        ("email", &["Email"]),
        ("organization", &["Company"]),
        ("bot", &["Role"]),
        ("joined", &["First Seen"]),
        ("seen", &["Last Seen"]),
    ],
    ..Table::new("savannah-members", "members", Kind::People, &["Member", "First Seen", "Last Seen", "Activity Count"])
};

const CONTRIBUTORS: Table = Table {
    columns: &[("name", &["Member"]), ("organization", &["Company"]), ("seen", &["Last Contrib"])],
    ..Table::new("savannah-contributors", "contributors", Kind::People, &["Member", "First Contrib", "Last Contrib"])
};
