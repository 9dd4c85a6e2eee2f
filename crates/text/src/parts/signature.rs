//! Signatures, footers and notes that a machine added.

use super::attribution;
use super::lines::Lines;

/// A signature under `--` without the space (RFC 3676, section 4.3, wants `-- `) is taken for one
/// only when it is no longer than this many lines: `--` also stands between sections.
const MOST_LINES_UNDER_DASHES: usize = 12;
/// `Sent from my …` has at most this many words.
const MOST_WORDS: usize = 8;
const SENT_FROM: &[&str] = &[
    "sent from my ",
    "sent from a ",
    "sent from an ",
    "sent from the ",
    "sent from mail for ",
    "sent from outlook",
    "sent from yahoo",
    "sent with ",
    "sent via ",
    "get outlook for ",
    "von meinem ",
    "envoyé de mon ",
    "envoyé depuis ",
    "enviado desde mi ",
    "enviado do meu ",
    "inviato da ",
    "verzonden vanaf ",
    "skickat från min ",
];

/// Where the signature that begins at line `at` ends, if one does.
pub(super) fn end(lines: &Lines<'_>, at: usize) -> Option<usize> {
    let text = lines.text(at);
    match text.as_bytes().first()? {
        b'-' if lines.raw(at) == "-- " => Some(until_quote(lines, at + 1)),
        b'-' if text == "--" => is_short_below(lines, at).then(|| until_quote(lines, at + 1)),
        b'-' if text.starts_with("-------------- next part") => Some(end_of_note(lines, at + 1)),
        b'-' | b'_' if is_footer(lines, at) => Some(until_quote(lines, at + 1)),
        b'-' if is_sign_off(text) => is_last(lines, at).then_some(at + 1),
        _ if is_sent_from(text) => is_last(lines, at).then_some(at + 1),
        _ => None,
    }
}

/// The next line from `at` on that is a quote or says whose it is.
fn until_quote(lines: &Lines<'_>, at: usize) -> usize {
    let stop =
        |line: &usize| lines.is_quote(*line) || lines.next(*line) == *line && attribution::end(lines, *line).is_some();
    (at..lines.len()).find(stop).unwrap_or(lines.len())
}

/// Whether no more than a few lines follow line `at` before a quote or the end.
fn is_short_below(lines: &Lines<'_>, at: usize) -> bool {
    let mut line = lines.next(at + 1);
    for _ in 0..=MOST_LINES_UNDER_DASHES {
        if line == lines.len() || lines.is_quote(line) || attribution::end(lines, line).is_some() {
            return true;
        }
        line = lines.next(line + 1);
    }
    false
}

/// Whether only blanks, quotes, footers and the like follow line `at`.
fn is_last(lines: &Lines<'_>, at: usize) -> bool {
    let next = lines.next(at + 1);
    next == lines.len()
        || lines.is_quote(next)
        || lines.text(next).starts_with(['-', '_'])
        || attribution::end(lines, next).is_some()
}

/// A line of underscores or dashes, then a word on the list within three lines (Mailman, Google Groups).
fn is_footer(lines: &Lines<'_>, at: usize) -> bool {
    let rule = lines.text(at);
    if rule.len() < 20 || !rule.bytes().all(|byte| byte == rule.as_bytes()[0]) {
        return false;
    }
    (at + 1..at + 4).any(|line| {
        let text = lines.text(line).to_ascii_lowercase();
        ["mailing list", "/listinfo/", "unsubscribe", "/mailman"].iter().any(|word| text.contains(word))
    })
}

/// Pipermail's note on an attachment it took out: to the blank line after it. Where a text was
/// attached, that text follows the rule and stays what it is.
fn end_of_note(lines: &Lines<'_>, at: usize) -> usize {
    let first = lines.next(at);
    if !lines.text(first).contains("scrubbed") {
        return at;
    }
    (first..lines.len()).find(|line| lines.text(*line).is_empty()).unwrap_or(lines.len())
}

/// `-Jo Doe`: a dash and at most four words in capitals.
fn is_sign_off(text: &str) -> bool {
    let name = text.trim_start_matches('-');
    let capital = |word: &str| word.starts_with(char::is_uppercase) && word.len() <= 20;
    text.len() - name.len() <= 2 && name.split(' ').count() <= 4 && name.split(' ').all(capital)
}

fn is_sent_from(text: &str) -> bool {
    let begins = |start: &&str| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    let sentence = text.contains(", ") || text.ends_with(['.', '?', '!']);
    SENT_FROM.iter().any(begins) && !sentence && text.split_whitespace().count() <= MOST_WORDS
}
