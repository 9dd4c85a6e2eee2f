//! Numbers and times as words in sentences.

/// `1 question`, `4 questions`.
pub(crate) fn count(number: u32, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// The UTC month of a time as in `March 2019`; `None` if it is beyond what a calendar holds.
pub(crate) fn month(time: i64) -> Option<String> {
    let moment = jiff::Timestamp::from_microsecond(time).ok()?;
    Some(moment.strftime("%B %Y").to_string())
}

/// The UTC day of a time as in `2019-03-07`.
pub(crate) fn day(time: i64) -> String {
    match jiff::Timestamp::from_microsecond(time) {
        Ok(moment) => moment.strftime("%Y-%m-%d").to_string(),
        Err(_) => "a day that cannot be".to_owned(),
    }
}
