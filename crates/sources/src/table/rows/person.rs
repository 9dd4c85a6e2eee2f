//! Somebody.

use model::{Activity, ActivityKind, Id, Rows};

use super::who::{self, Fields};
use crate::table::normalize::Row;

/// Pushes a person's accounts, where they work, and when they joined.
pub fn person(row: &mut Row<'_>, rows: &mut Rows) {
    let (joined, seen) = (row.time("joined"), row.time("seen"));
    let fields = Fields { account: "account", name: "name", email: "email" };
    let Some(who) = who::person(row, rows, &fields, seen.or(joined)) else {
        return row.wrong.push(("row names nobody", String::new()));
    };
    who::organization(row, rows, who);
    if joined.is_some() {
        let channel = row.channel(rows);
        let id = Id::activity(row.source, &format!("{}/joined", row.item.id));
        let order = row.order;
        rows.activities.push(Activity {
            who: Some(who),
            time: joined,
            order,
            ..Activity::new(id, ActivityKind::Joined, channel)
        });
    }
}
