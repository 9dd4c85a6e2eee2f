//! Making a text mean itself in a chat's markup.

/// Slack: the three characters that open anything (<https://docs.slack.dev/messaging/formatting-message-text>).
pub(super) fn slack(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Markdown of any flavour: a backslash before what could open something (CommonMark 2.4), and a blank of no width
/// after `@`, so that nobody is called.
pub(super) fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '~' | '`' | '|' | '>' | '<' | '&' | '#' | '[' | ']' | '(' | ')') {
            escaped.push('\\');
        }
        escaped.push(c);
        if c == '@' {
            escaped.push('\u{200b}');
        }
    }
    escaped
}

/// HTML text and attribute values.
pub(super) fn html(text: &str) -> String {
    slack(text).replace('"', "&quot;").replace('@', "@\u{200b}")
}
