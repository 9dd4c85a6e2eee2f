//! Times in sentences.

use model::Timestamp;

/// The UTC day of a time.
pub(crate) fn day(time: Timestamp) -> String {
    format(time, "%Y-%m-%d")
}

/// A time to the minute, UTC.
pub(crate) fn minute(time: Timestamp) -> String {
    format(time, "%Y-%m-%d %H:%M UTC")
}

fn format(time: Timestamp, format: &str) -> String {
    match jiff::Timestamp::from_microsecond(time) {
        Ok(time) => time.strftime(format).to_string(),
        Err(_) => "a time that cannot be".to_owned(),
    }
}
