//! What machines add to a mail: a list's footer, an archiver's notes on attachments, PGP's frame.

use super::lines::Lines;

/// A line of one of these characters, at least this often, parts a footer from the text.
const SHORTEST_RULE: usize = 2;
/// How many lines below the rule the footer must have said what it is.
const LOOKED_AT: usize = 4;
/// Somewhere in the first lines of a footer, in lower case.
const WORDS: &[&str] = &[
    "mailing list",
    "/listinfo/",
    "/mailman",
    "unsubscribe",
    "this is an automated message",
    "this is an automatically generated",
    "you are receiving this",
    "you received this message because",
    "reply to this email directly",
    "view it on github",
    "view this message in context",
    "if your project is set up for it, you can reply",
    "sent to the mailing list",
];
/// A paragraph that begins so is a footer without a rule, in lower case.
const OPENERS: &[&str] = &[
    "you received this message because",
    "you are receiving this because",
    "you are receiving this mail because",
    "reply to this email directly",
    "to unsubscribe from this ",
    "to unsubscribe, e-mail",
    "to unsubscribe, send",
    "view this message in context:",
    "this is an automated message from",
    "this email and any attachments",
    "this e-mail and any attachments",
    "this email and any files",
    "this e-mail and any files",
    "this message and any attachments",
    "this email message is for the sole use",
    "this e-mail message is for the sole use",
    "this message is intended only for",
    "this message contains confidential information",
    "the information contained in this e",
    "diese e-mail enthält vertrauliche",
    "ce message et toutes les pièces jointes",
];
/// Pipermail's rule above what was attached.
const NEXT_PART: &str = "-------------- next part";

/// What a machine added.
#[derive(Clone, Copy)]
enum Footer {
    /// Pipermail's rule above what was attached.
    NextPart,
    /// Its note on that, without the rule.
    Note,
    /// A line of PGP's.
    Pgp,
    /// A rule, with words of a footer below.
    Ruled,
    /// A paragraph of such words.
    Paragraph,
}

/// Where what a machine added at line `at` ends, if something was.
pub(super) fn end(lines: &Lines<'_>, at: usize) -> Option<usize> {
    Some(match footer(lines, at)? {
        Footer::NextPart => end_of_note(lines, at + 1),
        Footer::Note => end_of_note(lines, at),
        Footer::Pgp => end_of_pgp(lines, at),
        Footer::Ruled => until_quote(lines, at + 1),
        Footer::Paragraph => end_of_paragraph(lines, at),
    })
}

/// Whether a machine added what begins at line `at`; looks at a few lines only.
pub(super) fn begins(lines: &Lines<'_>, at: usize) -> bool {
    footer(lines, at).is_some()
}

fn footer(lines: &Lines<'_>, at: usize) -> Option<Footer> {
    let text = lines.text(at);
    match text.as_bytes().first()? {
        b'-' if text.starts_with(NEXT_PART) => Some(Footer::NextPart),
        b'-' if text.starts_with("-----BEGIN PGP S") => Some(Footer::Pgp),
        b'-' | b'_' | b'=' | b'*' if below_rule(lines, at) => Some(Footer::Ruled),
        b'A' if is_scrubbed(text) => Some(Footer::Note),
        _ if opens(lines, at) => Some(Footer::Paragraph),
        _ => None,
    }
}

/// Where what machines put at the end of the whole body begins: what a top poster quotes without marks
/// ends there.
pub(super) fn tail(lines: &Lines<'_>) -> usize {
    let mut tail = lines.len();
    let mut end_of_last = 0;
    let mut at = 0;
    while at < lines.len() {
        let text = lines.text(at);
        let starts = text.starts_with(NEXT_PART) || text.starts_with(['-', '_']) && below_rule(lines, at);
        if !starts {
            at += 1;
            continue;
        }
        // Only blanks between two of them: they are one tail.
        if tail == lines.len() || lines.next(end_of_last) < at {
            tail = at;
        }
        end_of_last = end(lines, at).unwrap_or(at + 1).max(at + 1);
        at = end_of_last;
    }
    if lines.next(end_of_last) == lines.len() { tail } else { lines.len() }
}

/// A line of nothing but dashes, underscores, equals signs, stars or tildes.
pub(super) fn is_rule(text: &str) -> bool {
    let first = text.chars().next().unwrap_or_default();
    matches!(first, '-' | '_' | '=' | '*' | '~' | '—')
        && text.chars().count() >= SHORTEST_RULE
        && text.chars().all(|c| c == first)
}

fn below_rule(lines: &Lines<'_>, at: usize) -> bool {
    is_rule(lines.text(at)) && {
        let first = lines.next(at + 1);
        (first..first + LOOKED_AT).any(|line| {
            let text = lines.text(line).to_lowercase();
            !lines.is_quote(line) && WORDS.iter().any(|word| text.contains(word))
        })
    }
}

fn opens(lines: &Lines<'_>, at: usize) -> bool {
    let after_blank = at == 0 || lines.text(at - 1).is_empty() || is_rule(lines.text(at - 1));
    let text = lines.text(at);
    let begins = |start: &&str| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    after_blank && OPENERS.iter().any(begins)
}

fn is_scrubbed(text: &str) -> bool {
    text.ends_with("was scrubbed...") && text.contains("attachment")
}

/// Pipermail's note on an attachment it took out: to the blank line after it. Where a text was
/// attached, that text follows the rule and stays what it is.
fn end_of_note(lines: &Lines<'_>, at: usize) -> usize {
    let first = lines.next(at);
    if is_scrubbed(lines.text(first)) { end_of_paragraph(lines, first) } else { at }
}

fn end_of_paragraph(lines: &Lines<'_>, at: usize) -> usize {
    let ends = |line: &usize| {
        let text = lines.text(*line);
        text.is_empty() || lines.is_quote(*line) || text.starts_with(NEXT_PART)
    };
    (at..lines.len()).find(ends).unwrap_or(lines.len())
}

/// Of a signed message only the frame: its head to the blank line, the signature to its end (RFC 9580, section 7).
fn end_of_pgp(lines: &Lines<'_>, at: usize) -> usize {
    if lines.text(at).contains("SIGNED MESSAGE") {
        return end_of_paragraph(lines, at);
    }
    let last = (at..lines.len()).find(|line| lines.text(*line).starts_with("-----END PGP SIGNATURE"));
    last.map_or(lines.len(), |last| last + 1)
}

/// The next line from `at` on that is a quote or says whose it is.
pub(super) fn until_quote(lines: &Lines<'_>, at: usize) -> usize {
    let stop = |line: &usize| {
        lines.is_quote(*line)
            || !lines.text(*line).is_empty()
                && (super::attribution::end(lines, *line).is_some() || lines.text(*line).starts_with(NEXT_PART))
    };
    (at..lines.len()).find(stop).unwrap_or(lines.len())
}
