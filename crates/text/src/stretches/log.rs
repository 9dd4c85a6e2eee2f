//! Lines of logs: a time or a level at their beginning.

/// Levels in brackets or before a colon.
const LEVELS: &[&str] = &[
    "TRACE", "DEBUG", "INFO", "NOTICE", "WARN", "WARNING", "ERROR", "CRITICAL", "FATAL", "SEVERE", "info", "debug",
    "warn", "warning", "error", "fatal",
];
const MONTHS: &[&str] = &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Whether a line is one of a log's.
pub(super) fn is_log(line: &str) -> bool {
    let text = line.trim_start();
    let bare = text.trim_start_matches(['[', '(', '<']);
    let bracketed = bare.len() < text.len();
    starts_with_date_and_time(bare)
        || starts_with_syslog_time(bare)
        || bracketed && (starts_with_level(bare, ']') || starts_with_time(bare) || starts_with_seconds(bare))
        || starts_with_time(text) && has_level(text)
        || starts_with_level(text, ':') && text.len() > 8 && text.starts_with(char::is_uppercase)
        || is_valgrind(text)
}

/// `##` stands for digits, anything else for itself; whether a text begins so.
fn fits(text: &str, shape: &str) -> bool {
    text.len() >= shape.len()
        && text
            .bytes()
            .zip(shape.bytes())
            .all(|(byte, wanted)| if wanted == b'#' { byte.is_ascii_digit() } else { byte == wanted })
}

/// `2016-05-02 10:00:00`, `2016-05-02T10:00`, `2016/05/02 10:00`, `02/May/2016:10:00`.
fn starts_with_date_and_time(text: &str) -> bool {
    ["####-##-## ##:##", "####-##-##T##:##", "####/##/## ##:##", "##/##/#### ##:##", "##.##.#### ##:##"]
        .iter()
        .any(|shape| fits(text, shape))
        || fits(text, "##/") && fits(text.get(6..).unwrap_or_default(), "/####:##:##")
}

/// `May  2 10:00:00 host …`.
fn starts_with_syslog_time(text: &str) -> bool {
    let Some((month, rest)) = text.split_at_checked(3) else { return false };
    MONTHS.contains(&month) && (fits(rest, " ## ##:##:##") || fits(rest, "  # ##:##:##"))
}

/// `10:00:00`, or `10:00` before a bracket or a space, as chat logs have it.
fn starts_with_time(text: &str) -> bool {
    fits(text, "##:##:##") || fits(text, "##:##]")
}

/// The kernel's `[   12.345678]`.
fn starts_with_seconds(text: &str) -> bool {
    let number = text.trim_start();
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && fits(number.get(digits..).unwrap_or_default(), ".######]")
}

fn starts_with_level(text: &str, end: char) -> bool {
    LEVELS.iter().any(|level| text.strip_prefix(level).is_some_and(|rest| rest.trim_start().starts_with(end)))
}

fn has_level(text: &str) -> bool {
    text.split([' ', '[', ']', ':']).take(10).any(|word| LEVELS.contains(&word) && word.starts_with(char::is_uppercase))
}

/// `==1234== Invalid read`.
fn is_valgrind(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("==") else { return false };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && rest[digits..].starts_with("==")
}
