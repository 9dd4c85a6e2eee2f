//! The support tier that a channel offers: as configured, else concluded from what it is.

use crate::decided::Decided;

/// Words in the name of a channel where a project's makers talk.
const MAKERS: &[&str] = &["dev", "devel", "developers", "core", "maintainers", "contributors", "commits", "patches"];

/// The tier that a channel offers, and why. `kind` is `channels.kind`.
pub fn tier(decided: &Decided, source: &str, channel: &str, kind: &str) -> (u8, &'static str) {
    let configured = decided.offered.get(&format!("{source}/{channel}")).or_else(|| decided.offered.get(source));
    if let Some(tier) = configured {
        return (*tier, "configured");
    }
    let makers = |name: &str| {
        name.to_lowercase().split(|letter: char| !letter.is_alphanumeric()).any(|word| MAKERS.contains(&word))
    };
    match kind {
        "repository" | "issues" | "tracker" => (3, "issues and changes are the project's work"),
        "documents" | "feed" => (0, "it is there to be read"),
        _ if makers(channel) || makers(source) => (3, "its name says that the project's makers talk there"),
        "list" => (2, "a mailing list"),
        _ => (1, "anybody may ask there"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn configured_before_concluded() {
        let offered = [("list/dev".to_owned(), 2), ("chat".to_owned(), 1)].into();
        let decided = Decided { offered, ..Decided::default() };
        for (source, channel, kind, expected) in [
            ("list", "dev", "list", 2),
            ("list", "users", "list", 2),
            ("lists", "widget-dev", "list", 3),
            ("lists", "devices", "list", 2),
            ("chat", "#dev", "chat", 1),
            ("irc", "#widget", "chat", 1),
            ("code", "widget", "repository", 3),
            ("docs", "docs", "documents", 0),
        ] {
            assert_eq!(tier(&decided, source, channel, kind).0, expected, "{source}/{channel}");
        }
    }
}
