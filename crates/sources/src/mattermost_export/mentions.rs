//! Whom a text mentions.

/// Mentions of everybody.
const ALL: [&str; 3] = ["all", "channel", "here"];

/// The user names that a text mentions (`@ada`), in order, in lower case. Names are made of letters,
/// digits and `.-_`, and begin with a letter; a full stop behind one ends the sentence.
pub fn mentioned(text: &str) -> impl Iterator<Item = String> {
    text.match_indices('@').filter_map(|(at, _)| {
        // An address is no mention.
        if text[..at].chars().next_back().is_some_and(|before| before.is_alphanumeric() || before == '.') {
            return None;
        }
        let rest = &text[at + 1..];
        let part_of_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
        let name = &rest[..rest.find(|letter| !part_of_name(letter)).unwrap_or(rest.len())];
        let name = name.trim_end_matches(['.', '-', '_']).to_ascii_lowercase();
        (name.starts_with(|first: char| first.is_ascii_lowercase()) && !ALL.contains(&name.as_str())).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::mentioned;

    #[test]
    fn names_behind_an_at_sign() {
        for (text, names) in [
            ("@ada, ask @Bo.B.", vec!["ada", "bo.b"]),
            ("(@cy-d) @@dee", vec!["cy-d", "dee"]),
            ("bo@example.org @here @ @7 @all", vec![]),
            ("@", vec![]),
        ] {
            assert_eq!(mentioned(text).collect::<Vec<_>>(), names, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[@a-z.é_ ]{0,30}") {
            mentioned(&text).count();
        }
    }
}
