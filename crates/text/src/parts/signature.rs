//! Signatures that say so: `-- `, and `Sent from my …`. Those that do not are [`super::sign_off`]'s.

use super::attribution;
use super::footer::{self, until_quote};
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
    "sent from gmail",
    "sent from mobile",
    "sent from samsung",
    "sent from proton",
    "sent from iphone",
    "sent from tablet",
    "sent with ",
    "sent via ",
    "sent by my ",
    "sent using ",
    "sent while mobile",
    "get outlook for ",
    "from my android",
    "from my iphone",
    "from my mobile",
    "from my phone",
    "via mobile",
    "composed on my ",
    "typed on my ",
    "von meinem ",
    "gesendet von ",
    "von unterwegs gesendet",
    "diese nachricht wurde von meinem ",
    "envoyé de mon ",
    "envoyé de ma ",
    "envoyé depuis ",
    "envoyé à partir de ",
    "enviado desde ",
    "enviado do meu ",
    "enviado de mi ",
    "enviado via ",
    "inviato da ",
    "inviato dal ",
    "verzonden vanaf ",
    "verstuurd vanaf ",
    "skickat från ",
    "sendt fra ",
    "wysłano z ",
    "wysłane z ",
    "odesláno z ",
    "отправлено с ",
    "отправлено из ",
    "lähetetty ",
];

/// The ASCII letters that those begin with.
const FIRST_LETTERS: &[u8] = b"sgfvctdeiwol";
/// Characters of the longest of them.
const LONGEST_START: usize = 32;

/// Where the signature that begins at line `at` ends, if one does.
pub(super) fn end(lines: &Lines<'_>, at: usize) -> Option<usize> {
    if let Some(end) = footer::end(lines, at) {
        return Some(end);
    }
    let text = lines.text(at);
    match lines.raw(at) {
        "-- " | "--\u{a0}" => Some(until_quote(lines, at + 1)),
        _ if matches!(text, "--" | "—" | "–") => is_short_below(lines, at).then(|| until_quote(lines, at + 1)),
        _ if is_sent_from(text) => is_last(lines, at).then_some(at + 1),
        _ => None,
    }
}

/// Whether no more than a few lines follow line `at` before a quote or the end.
fn is_short_below(lines: &Lines<'_>, at: usize) -> bool {
    let mut line = lines.next(at + 1);
    for _ in 0..=MOST_LINES_UNDER_DASHES {
        if ends_text(lines, line) {
            return true;
        }
        line = lines.next(line + 1);
    }
    false
}

/// Whether only quotes, footers and the like follow line `at`, or another such line.
fn is_last(lines: &Lines<'_>, at: usize) -> bool {
    let next = lines.next(at + 1);
    ends_text(lines, next) || lines.text(next).starts_with(['-', '_']) || is_sent_from(lines.text(next))
}

fn ends_text(lines: &Lines<'_>, at: usize) -> bool {
    at == lines.len()
        || lines.is_quote(at)
        || attribution::end(lines, at).is_some()
        || super::outlook::end(lines, at).is_some()
        || footer::begins(lines, at)
}

pub(super) fn is_sent_from(text: &str) -> bool {
    let text = text.trim_start_matches(['-', '*', '_', '(', '[', ' ']);
    // Nearly every line is asked, and hardly one begins so.
    let first = text.bytes().next().unwrap_or_default().to_ascii_lowercase();
    if first.is_ascii() && !FIRST_LETTERS.contains(&first) {
        return false;
    }
    let head: String = text.chars().take(LONGEST_START).flat_map(char::to_lowercase).collect();
    let sentence = text.contains(", ") || text.ends_with(['?', '!']);
    SENT_FROM.iter().any(|start| head.starts_with(start)) && !sentence && text.split_whitespace().count() <= MOST_WORDS
}
