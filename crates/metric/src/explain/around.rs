//! What was in the calendar around a time, and the names of what has an id.

use model::time::DAY;
use serde::Serialize;
use serde_json::Value;

use super::{Carrier, Part};
use crate::measure::LIMITS;
use crate::run::{Sql, SqlError};

/// What happened so shortly before a blip may be why.
const SHORTLY: i64 = 14 * DAY;
/// So many are told.
const MOST: usize = 12;

/// An event, a release, or a conversation that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Happened {
    /// `event`, `release` or `conversation`.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// When it began, microseconds UTC.
    pub at: i64,
    /// Where to read of it.
    pub url: Option<String>,
}

/// Events and releases within a time and shortly before it, in order of time. With `word`, in small letters, also the
/// conversations of two weeks before and after its beginning whose title has it: of a number that others counted, nothing
/// else tells.
///
/// # Errors
///
/// What keeps the tables from being asked.
pub fn around(sql: &dyn Sql, from: i64, until: i64, word: Option<&str>) -> Result<Vec<Happened>, SqlError> {
    let (begin, end) = (instant(from.saturating_sub(SHORTLY)), instant(until));
    let told = word.map(|word| {
        let soon = instant(from.saturating_add(SHORTLY));
        format!(
            "UNION ALL\n\
             SELECT 'conversation' AS kind, title, opened AS began, NULL AS url FROM conversations\n\
             WHERE opened >= {begin} AND opened < {soon} AND strpos(lower(title), {}) > 0\n",
            quoted(word)
        )
    });
    let told = told.unwrap_or_default();
    let query = format!(
        "SELECT 'event' AS kind, title, starts AS began, url FROM events\n\
         WHERE NOT cancelled AND starts < {end} AND coalesce(ends, starts) >= {begin}\n\
         UNION ALL\n\
         SELECT 'release' AS kind, coalesce(object, channel) AS title, min(time) AS began, NULL AS url FROM activities\n\
         WHERE kind = 'released' AND time >= {begin} AND time < {end}\n\
         GROUP BY coalesce(object, channel)\n\
         {told}ORDER BY began LIMIT {MOST}"
    );
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let happened = |row: &Vec<Value>| {
        let at = text(row.get(2))?.parse::<jiff::Timestamp>().ok()?.as_microsecond();
        Some(Happened { kind: text(row.first())?, title: text(row.get(1))?, at, url: text(row.get(3)) })
    };
    Ok(sql.rows(&query, &LIMITS)?.rows.iter().filter_map(happened).collect())
}

/// Gives people and conversations their names.
pub(super) fn name(sql: &dyn Sql, carriers: &mut [Carrier]) -> Result<(), SqlError> {
    let tables = [
        (Part::Conversation, "SELECT conversation_id, title FROM conversations WHERE conversation_id"),
        (Part::Person, "SELECT person_id, name FROM people WHERE person_id"),
    ];
    for (part, select) in tables {
        let ids = carriers.iter().filter(|carrier| carrier.part == part).map(|carrier| quoted(&carrier.key));
        let ids = ids.collect::<Vec<_>>().join(", ");
        if ids.is_empty() {
            continue;
        }
        for row in sql.rows(&format!("{select} IN ({ids})"), &LIMITS)?.rows {
            let text = |at: usize| row.get(at).and_then(Value::as_str);
            let of = |carrier: &&mut Carrier| carrier.part == part && Some(carrier.key.as_str()) == text(0);
            if let Some(carrier) = carriers.iter_mut().find(of) {
                carrier.title = text(1).map(str::to_owned);
            }
        }
    }
    Ok(())
}

/// A text in SQL.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn instant(time: i64) -> String {
    jiff::Timestamp::from_microsecond(time).map_or_else(|_| "NULL".to_owned(), |time| format!("TIMESTAMP '{time}'"))
}
