//! Meetup: a group's members, and who answers to an event.
//!
//! The headers are those of files as organizers download them ("Manage members", "Manage attendees"): tabs
//! between columns though they may be called `.xls`, dates with the month first. Seen in public code that
//! reads such files, of 2015 to 2023.

use super::{Preset, Table};
use crate::table::mapping::Kind;
use crate::table::when::DateOrder;

pub static PRESET: Preset = Preset { name: "meetup", title: "Meetup", tables: &[ATTENDEES, MEMBERS] };

const ATTENDEES: Table = Table {
    columns: &[
        ("time", &["RSVPed on"]),
        ("attendee", &["User ID", "Member ID"]),
        ("attendee_name", &["Name"]),
        ("response", &["RSVP"]),
    ],
    from_file: &["title"],
    site: Some("meetup.com"),
    date_order: Some(DateOrder::MonthFirst),
    ..Table::new(
        "meetup-attendees",
        "who answered to an event",
        Kind::Events,
        &["Name", "User ID", "RSVP", "RSVPed on"],
    )
};

const MEMBERS: Table = Table {
    columns: &[
        ("account", &["User ID", "Member ID"]),
        ("name", &["Name"]),
        ("joined", &["Joined Group on"]),
        ("seen", &["Last visited group on"]),
    ],
    site: Some("meetup.com"),
    date_order: Some(DateOrder::MonthFirst),
    ..Table::new(
        "meetup-members",
        "members",
        Kind::People,
        &["Name", "User ID", "Joined Group on", "Last visited group on"],
    )
};
