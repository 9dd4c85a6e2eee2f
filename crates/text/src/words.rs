//! Words and marks of a text with their places: what the linear models look at.

/// A word, or a run of punctuation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word<'a> {
    /// As written; an address on the web is `http`, a mention `@`.
    pub(crate) text: &'a str,
    /// Where in the text it begins.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
    /// Whether it is letters and digits.
    pub(crate) is_word: bool,
}

/// The words and marks of a text, in order. Emoticons stay whole.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += text[at..].find(|c: char| !c.is_whitespace())?;
        let rest = &text[at..];
        let (shown, length, is_word) = first(rest);
        let word = Word { text: shown, start: at, end: at + length, is_word };
        at = word.end;
        Some(word)
    })
}

/// The first word of a text that begins with one: as shown, its bytes, and whether it is a word.
fn first(rest: &str) -> (&str, usize, bool) {
    let chunk = || rest.find(char::is_whitespace).unwrap_or(rest.len());
    if rest.starts_with("http://") || rest.starts_with("https://") {
        return (&rest[..4], chunk(), true);
    }
    if let Some(name) = rest.strip_prefix('@') {
        let end = 1 + name.find(|c: char| !is_inside(c)).unwrap_or(name.len());
        return (&rest[..1], end, false);
    }
    let first = rest.chars().next().unwrap_or(' ');
    if first.is_alphanumeric() {
        let end = rest.find(|c: char| !is_inside(c)).unwrap_or(rest.len());
        let word = rest[..end].trim_end_matches(['\'', '’']);
        return (word, word.len(), true);
    }
    if let Some(end) = emoticon(rest) {
        return (&rest[..end], end, false);
    }
    let end = rest.find(|c: char| c != first).unwrap_or(rest.len());
    (&rest[..end], end, false)
}

fn is_inside(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '_')
}

/// Where an emoticon ends that the text begins with: eyes, perhaps a nose, a mouth; or a heart.
fn emoticon(rest: &str) -> Option<usize> {
    if rest.starts_with("<3") {
        return Some(2);
    }
    let mut chars = rest.chars();
    let eyes = chars.next().filter(|c| matches!(c, ':' | ';' | '='))?;
    let mut mouth = chars.next()?;
    let mut end = 2;
    if matches!(mouth, '-' | '\'' | '^') {
        mouth = chars.next()?;
        end = 3;
    }
    let alone = !chars.next().is_some_and(char::is_alphanumeric);
    let smiles = matches!(mouth, ')' | '(' | ']' | '[' | '|') || eyes != '=' && matches!(mouth, '/' | '\\') && alone;
    (smiles || alone && matches!(mouth, 'D' | 'P' | 'p' | 'S' | 's' | 'O' | 'o')).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = words(text).map(|word| word.text).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn words_and_marks() {
        check("I don't know!!! :-)", &["I", "don't", "know", "!!!", ":-)"]);
        check("great:) :D xs:Dict =D", &["great", ":)", ":D", "xs", ":", "Dict", "=D"]);
        check("see https://a.example/b?c, @jo_doe", &["see", "http", "@"]);
        check("C:/temp <3 it's' 'a'", &["C", ":", "/", "temp", "<3", "it's", "'", "'", "a", "'"]);
        check("東京 …", &["東京", "…"]);
        check("", &[]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_words_in_order(text in "(?s).{0,80}") {
            let mut at = 0;
            for word in words(&text) {
                proptest::prop_assert!(at <= word.start && word.start < word.end && word.end <= text.len());
                at = word.end;
            }
        }
    }
}
