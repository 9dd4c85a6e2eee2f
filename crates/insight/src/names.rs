//! Names and titles as they may be shown: on one line, and never an address.

use model::Id;

/// What a person is called when no name may be shown: `somebody` and the first characters of the id.
pub(crate) fn stand_in(id: Id) -> String {
    format!("somebody {}", &id.as_str()[1..5])
}

/// A name as it may be shown; `None` if it is empty or an address.
pub(crate) fn presentable(name: &str) -> Option<String> {
    let name = one_line(name);
    (!name.is_empty() && !holds_address(&name)).then_some(name)
}

/// A text on one line: control characters (a terminal would obey them) and runs of white space become
/// single spaces.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Whether some mail address is in `name`: `a@b`, or as list archives write it, `a at b.org`, `a (at) b.org`.
fn holds_address(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let plain = |word: &str| word.char_indices().any(|(at, c)| c == '@' && at > 0 && at + 1 < word.len());
    let veiled = |word: &str| word.contains("(at)") || word.contains("[at]");
    let spelled = |pair: &[&str]| pair[0].eq_ignore_ascii_case("at") && pair[1].trim_end_matches('.').contains('.');
    words.iter().any(|word| plain(word) || veiled(&word.to_ascii_lowercase())) || words.windows(2).any(spelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: Option<&str>) {
        assert_eq!(presentable(name).as_deref(), expected, "{name:?}");
    }

    #[test]
    fn names_are_never_addresses() {
        check("Ada Lovelace", Some("Ada Lovelace"));
        check("  Ada\u{1b}[31m\r\n Lovelace ", Some("Ada [31m Lovelace"));
        check("@ada", Some("@ada"));
        check("Ada at work", Some("Ada at work"));
        check("Look at me.", Some("Look at me."));
        check("ada@example.org", None);
        check("Ada <ada@example.org>", None);
        check("ada at example.org", None);
        check("ada (AT) example.org", None);
        check("ada[at]example.org", None);
        check(" \n ", None);
        assert_eq!(stand_in(Id::identity("list", "ada@example.org")).len(), "somebody xxxx".len());
    }
}
