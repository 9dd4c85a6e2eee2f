//! What is sent, before it takes the form of a mail, a JSON object or a line of chat.

use jiff::Timestamp;

/// Characters of a line that are sent; the longest subject anybody reads is much shorter.
const LINE: usize = 300;

/// One message to one target.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The same for every try to send it, and no other message's: letters, digits and `-` only.
    pub id: String,
    /// When it was put together.
    pub at: Timestamp,
    /// What it is about, on one line.
    pub subject: String,
    /// What there is to say.
    pub groups: Vec<Group>,
    /// Said at the end: why this came, how to stop it.
    pub ending: Vec<String>,
    /// The same for programs.
    pub data: serde_json::Value,
}

/// Things that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What they have in common.
    pub title: String,
    /// Each of them.
    pub items: Vec<Item>,
    /// Said once after them.
    pub note: String,
}

/// One thing to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What, on one line.
    pub head: String,
    /// More about it, a line each.
    pub details: Vec<String>,
    /// Where to look at it; left out if it is no plain `http` address.
    pub link: Option<String>,
}

/// A text on one line, as it may stand in a mail's header, a chat or on a terminal: what is no character to see
/// (controls, marks that turn the direction of writing, line ends of any kind) and runs of blanks become one blank.
pub fn one_line(text: &str) -> String {
    let mut line = String::new();
    let mut length = 0;
    let hidden = |c: char| c.is_control() || c.is_whitespace() || is_format(c);
    for word in text.split(hidden).filter(|word| !word.is_empty()) {
        if length > 0 {
            line.push(' ');
        }
        for c in word.chars() {
            if length >= LINE {
                line.push('…');
                return line;
            }
            line.push(c);
            length += 1;
        }
        length += 1;
    }
    line
}

/// Characters that change how others are shown (Unicode, general category Cf, those that mislead): directions,
/// invisible ones, tags. Joiners (U+200C, U+200D) stay: scripts and emoji need them.
fn is_format(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A link that may be shown: `http` or `https`, and nothing in it that ends or changes it anywhere.
pub(crate) fn link(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let fine = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '|' | '\\' | '`' | '^' | '{' | '}');
    (!rest.is_empty() && text.len() <= 2000 && rest.chars().all(fine)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(one_line(text), expected, "{text:?}");
    }

    #[test]
    fn lines_are_harmless() {
        check("How do I stop it?", "How do I stop it?");
        check("a\r\nBcc: all@example.org\r\n\r\nhello", "a Bcc: all@example.org hello");
        check("a\u{1b}[31mred\u{7}\u{0}b", "a [31mred b");
        check("\u{202e}gpj.exe\u{2066}x\u{2028}y\u{85}z", "gpj.exe x y z");
        check("日本語 \u{200b}ünï", "日本語 ünï");
        check(" \t\n ", "");
        assert_eq!(one_line(&"x".repeat(1_000_000)).chars().count(), LINE + 1);
        assert_eq!(one_line(&"x ".repeat(1_000_000)).chars().count(), LINE + 1);
    }

    #[test]
    fn links_are_links() {
        for good in ["https://example.org/a?b=c#d", "http://localhost:8080/%20"] {
            assert_eq!(link(good).as_deref(), Some(good));
        }
        for bad in
            ["javascript:alert(1)", "https://", "https://a b", "https://a|b", "https://a>b", "https://a\nb", "ftp://a"]
        {
            assert_eq!(link(bad), None, "{bad}");
        }
    }
}
