//! How a text begins.

const GREETINGS: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "hallo",
    "dear",
    "greetings",
    "howdy",
    "hiya",
    "folks",
    "all",
    "everyone",
    "salut",
    "bonjour",
    "hola",
    "moin",
    "ciao",
    "liebe",
    "lieber",
];
/// A greeting has at most this many words: `Hi Jean-Paul and everybody,`.
const GREETING_WORDS: usize = 5;

/// How a message's own words begin, in one line: white space collapsed, a greeting such as `Hi all,`
/// passed over, at most `max` characters, the last of them `…` where something was cut off.
pub fn lead(own: &str, max: usize) -> String {
    let text = after_greeting(own.trim_start());
    let mut out = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let gap = usize::from(length > 0);
        // One word longer than all that is left may be cut in the middle only when it is the first.
        let room = max.saturating_sub(length + gap);
        let size = word.chars().take(room + 1).count();
        if size > room {
            return cut(out, length, word, max);
        }
        if gap == 1 {
            out.push(' ');
        }
        out.push_str(word);
        length += gap + size;
    }
    out
}

/// Ends `out` (of `length` characters) with `…` so that no more than `max` characters stand there.
fn cut(mut out: String, length: usize, word: &str, max: usize) -> String {
    if max == 0 {
        return String::new();
    }
    if length == 0 {
        out.extend(word.chars().take(max - 1));
    } else if length == max {
        match out.rfind(' ') {
            Some(space) => out.truncate(space),
            None => drop(out.pop()),
        }
    }
    let end = out.trim_end_matches([',', ';', ':']).len();
    out.truncate(end);
    out.push('…');
    out
}

/// The text after its greeting, unless nothing is left then.
fn after_greeting(text: &str) -> &str {
    let line = text.lines().next().unwrap_or_default();
    let end = line.find([',', '!', '.', ':']).unwrap_or(line.len());
    let head = &line[..end];
    let mut words = head.split_whitespace();
    let first = words.next().unwrap_or_default();
    let among = |list: &[&str], word: &str| list.iter().any(|other| word.eq_ignore_ascii_case(other));
    let greets = match first.eq_ignore_ascii_case("good") {
        true => words.next().is_some_and(|second| among(&["morning", "day", "afternoon", "evening"], second)),
        false => among(GREETINGS, first),
    };
    if !greets || words.count() >= GREETING_WORDS {
        return text;
    }
    // `All right.` and `Dear me.` greet nobody.
    if matches!(line[end..].chars().next(), Some('.')) || head.len() == line.len() && !is_whole_greeting(head) {
        return text;
    }
    let rest = text[end..].trim_start_matches([',', '!', ':', ' ', '\t', '-', '—']).trim_start();
    if rest.is_empty() { text } else { rest }
}

/// Whether a line without punctuation greets: `Hi folks`, but not `All tests pass`.
fn is_whole_greeting(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default().to_ascii_lowercase();
    matches!(first.as_str(), "hi" | "hello" | "hey" | "hallo" | "dear" | "greetings" | "howdy") && words.count() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_without_greeting() {
        for (own, max, expected) in [
            ("Hi all,\n\nHow do I  stop\nit?", 80, "How do I stop it?"),
            ("Hello!  It broke.", 80, "It broke."),
            ("Hi folks\nIt broke.", 80, "It broke."),
            ("Hey Jean-Paul, it broke, too", 80, "it broke, too"),
            ("Good point, I agree", 80, "Good point, I agree"),
            ("Good morning everybody,\nit broke", 80, "it broke"),
            ("All right. I agree", 80, "All right. I agree"),
            ("All tests pass\nnow", 80, "All tests pass now"),
            ("Hi all", 80, "Hi all"),
            ("", 80, ""),
            ("one two three", 13, "one two three"),
            ("one two three", 12, "one two…"),
            ("one two three", 8, "one two…"),
            ("one two three", 7, "one…"),
            ("one, two three", 5, "one…"),
            ("incomprehensible", 5, "inco…"),
            ("äöü äöü", 7, "äöü äöü"),
            ("äöü äöü", 4, "äöü…"),
            ("abc def", 1, "…"),
            ("abc", 0, ""),
        ] {
            let lead = lead(own, max);
            assert_eq!(lead, expected, "{own:?} in {max}");
            assert!(lead.chars().count() <= max);
        }
    }

    proptest::proptest! {
        #[test]
        fn never_longer_than_asked(own in "(?s).{0,80}", max in 0usize..40) {
            let lead = lead(&own, max);
            proptest::prop_assert!(lead.chars().count() <= max);
            proptest::prop_assert!(!lead.contains('\n'));
        }
    }
}
