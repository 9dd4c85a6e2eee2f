//! A query cut into its pieces: quotes, filters, words.

/// One piece of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// A dash stood before it.
    pub(super) not: bool,
    /// The filter's name, of [`NAMES`].
    pub(super) name: Option<&'static str>,
    /// The word, what stood in quotes, or the filter's value; without blanks around it, never empty.
    pub(super) value: &'a str,
    /// It stood in quotes.
    pub(super) quoted: bool,
}

/// The filters.
pub(super) const NAMES: [&str; 12] =
    ["active", "after", "answered", "before", "from", "has", "in", "is", "state", "tag", "tier", "who"];

/// The pieces of a query in order, and whether a quote was opened and not closed (it is then taken for a blank).
pub(super) fn pieces(text: &str) -> (Vec<Piece<'_>>, bool) {
    // What has several lines was pasted: an option of a command is nothing to leave out.
    let pasted = text.trim().contains('\n');
    let (mut pieces, mut rest, mut unclosed) = (Vec::new(), text, false);
    loop {
        rest = rest.trim_start_matches(is_blank);
        let Some(first) = rest.chars().next() else { break };
        let not = first == '-' && !pasted && excludes(&rest[1..]);
        let start = if not { &rest[1..] } else { rest };
        let (name, after) = match named(start) {
            Some((name, after)) => (Some(name), after),
            None => (None, start),
        };
        let (value, quoted, next) = match in_quotes(after) {
            Quoted::Closed(value, next) => (value, true, next),
            Quoted::Open(next) => {
                // Looked for only once: a thousand open quotes are no reason to look a thousand times.
                unclosed = true;
                (next, false, "")
            }
            Quoted::No => {
                let end = after.find(|c: char| is_blank(c) || is_quote(c)).unwrap_or(after.len());
                (&after[..end], false, &after[end..])
            }
        };
        if unclosed && next.is_empty() && !quoted && value.contains(is_blank) {
            let words = value.split(is_blank).map(|word| word.trim_matches(is_quote)).filter(|word| !word.is_empty());
            pieces.extend(words.map(|value| Piece { not: false, name: None, value, quoted: false }));
            break;
        }
        rest = next;
        let value = value.trim_matches(is_blank);
        if !value.is_empty() {
            pieces.push(Piece { not, name, value, quoted });
        }
    }
    (pieces, unclosed)
}

/// White space, and what a terminal would obey.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

/// Whether a dash before this leaves it out: not one before a dash, or before a single letter, which is how
/// options of commands look.
fn excludes(rest: &str) -> bool {
    let mut chars = rest.chars();
    match (chars.next(), chars.next()) {
        (Some(first), _) if is_quote(first) => true,
        (Some(first), Some(second)) => first.is_alphanumeric() && !is_blank(second),
        _ => false,
    }
}

/// The filter that a text begins with, and what follows its colon. A name with nothing behind it is a word.
fn named(text: &str) -> Option<(&'static str, &str)> {
    let name = NAMES.into_iter().find(|name| {
        text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            && text.as_bytes().get(name.len()) == Some(&b':')
    })?;
    let value = &text[name.len() + 1..];
    let first = value.chars().next()?;
    (!is_blank(first) && first != ':').then_some((name, value))
}

enum Quoted<'a> {
    No,
    /// What stands in the quotes, and what follows them.
    Closed(&'a str, &'a str),
    /// What follows the quote that is never closed.
    Open(&'a str),
}

fn in_quotes(text: &str) -> Quoted<'_> {
    let Some(first) = text.chars().next().filter(|first| is_quote(*first)) else { return Quoted::No };
    let inside = &text[first.len_utf8()..];
    match inside.char_indices().find(|(_, c)| is_quote(*c)) {
        Some((end, last)) => Quoted::Closed(&inside[..end], &inside[end + last.len_utf8()..]),
        None => Quoted::Open(inside),
    }
}
