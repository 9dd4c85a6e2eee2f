//! Something that has a date, and who came to it.

use model::time::DAY;
use model::{Activity, ActivityKind, Event, Id, Rows};

use super::who::{self, Fields};
use crate::table::normalize::Row;
use crate::table::when::Clock;

/// Answers that are none, or no.
const DECLINED: [&str; 12] = [
    "no",
    "n",
    "false",
    "0",
    "declined",
    "not going",
    "cancelled",
    "canceled",
    "waitlist",
    "waitlisted",
    "no show",
    "not attended",
];

/// Pushes an event, and somebody's coming to it where the row is that.
pub fn event(row: &mut Row<'_>, rows: &mut Rows) {
    let Some(title) = row.text("title") else {
        return row.wrong.push(("row has no title", row.column("title")));
    };
    let whole_days = row.text("starts").is_some_and(|text| !Clock::has_hours(&text));
    let starts = day_or_time(row, "starts", whole_days);
    let ends = day_or_time(row, "ends", whole_days).map(|ends| if whole_days { ends + DAY } else { ends });
    let channel = row.channel(rows);
    let native = row.text("id").unwrap_or_else(|| match starts {
        Some(starts) => format!("{title}/{starts}"),
        None => title.clone(),
    });
    let id = Id::event(row.space(), &native);
    rows.events.push(Event {
        starts,
        ends,
        whole_days,
        place: row.text("place"),
        url: row.text("url"),
        about: row.text("detail").map(|about| if row.mapping.html { text::html_to_text(&about) } else { about }),
        cancelled: row.yes("cancelled"),
        ..Event::new(id, channel.clone(), title.clone())
    });
    if row.mapping.is_attendance() {
        came(row, rows, id, channel, title, starts);
    }
}

fn came(row: &mut Row<'_>, rows: &mut Rows, event: Id, channel: String, title: String, starts: Option<i64>) {
    let said = row.time("time");
    let fields = Fields { account: "attendee", name: "attendee_name", email: "attendee_email" };
    let Some(who) = who::person(row, rows, &fields, said) else {
        return row.wrong.push(("row names nobody", String::new()));
    };
    who::organization(row, rows, who);
    let response = row.text("response").map(|text| text.to_lowercase());
    let declined = response.as_deref().is_some_and(|response| DECLINED.contains(&response));
    let (kind, detail) = match (declined, response) {
        (true, Some(response)) => (ActivityKind::Other, format!("{title}: {response}")),
        _ => (ActivityKind::Attended, title),
    };
    // Equal for the same person and event, however often they are exported.
    let id = Id::activity(row.source, &format!("{event}/{who}"));
    rows.activities.push(Activity {
        who: Some(who),
        time: starts.or(said),
        order: row.order,
        object: Some(event.to_string()),
        detail: Some(detail),
        ..Activity::new(id, kind, channel)
    });
}

/// Whole days are days wherever one is: they begin at midnight UTC.
fn day_or_time(row: &mut Row<'_>, name: &str, whole_days: bool) -> Option<i64> {
    let time = row.time(name)?;
    if !whole_days {
        return Some(time);
    }
    let local = row.mapping.clock.zone.to_datetime(jiff::Timestamp::from_microsecond(time).ok()?);
    Some(jiff::tz::Offset::UTC.to_timestamp(local).ok()?.as_microsecond())
}
