//! Whose words are whose: a body in stretches of the writer's own words, of quotes and of signatures.
//!
//! It is judged line by line, by what mail programs write, in any language as far as the shape tells:
//!
//! * quote: lines beginning with `>`; the line or lines above them that say who wrote it (`On …
//!   wrote:`); Outlook's `-----Original Message-----` and block of `From:`, `Sent:`, `To:`,
//!   `Subject:` with all that follows;
//!   An attribution below own words, with no mark anywhere below it, says that all the rest is a quote;
//! * signature: `-- ` and what follows, `Sent from my …`, the list's footer, an archiver's notes on
//!   attachments, PGP's frame; a sign-off at the end: `Best regards,` and a name, `-Jo Doe`, or a name alone.
//!   `Thanks,` is one only below more than a few words: `It works. Thanks, Jo` means it;
//! * own: everything else. Python's `>>> ` prompts are own words where nothing else is quoted.

use lines::Lines;

mod attribution;
mod footer;
mod lines;
mod outlook;
mod sign_off;
mod signature;
#[cfg(test)]
mod tests;

/// Whose words a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartKind {
    /// The writer's own.
    Own,
    /// Somebody else's, with the line that says whose.
    Quote,
    /// Nobody's: a signature, a list's footer, an archiver's note.
    Signature,
}

/// A stretch of a body, whole lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'a> {
    /// Whose words it is.
    pub kind: PartKind,
    /// The text, line ends included.
    pub text: &'a str,
}

/// Divides a body. The parts follow each other without gap: put together, they are the body again.
/// No two neighbours are of one kind; blank lines go with the part before them.
pub fn parts(body: &str) -> Vec<Part<'_>> {
    let lines = Lines::new(body);
    let kinds = judge(&lines);
    let mut parts = Vec::new();
    let (mut begin, mut at) = (0, 0);
    for (number, line) in lines.all().iter().enumerate() {
        if number > 0 && kinds[number] != kinds[number - 1] {
            parts.push(Part { kind: kinds[number - 1], text: &body[begin..at] });
            begin = at;
        }
        at += line.len();
    }
    if let Some(kind) = kinds.last() {
        parts.push(Part { kind: *kind, text: &body[begin..] });
    }
    parts
}

/// The writer's own words: the own parts, trimmed at both ends.
pub fn own_words(body: &str) -> String {
    let mut own = String::with_capacity(body.len());
    for part in parts(body) {
        if part.kind == PartKind::Own {
            own.push_str(part.text);
        }
    }
    let end = own.trim_end().len();
    own.truncate(end);
    let begin = own.len() - own.trim_start().len();
    own.drain(..begin);
    own
}

/// The kind of every line.
fn judge(lines: &Lines<'_>) -> Vec<PartKind> {
    let mut kinds = vec![None; lines.len()];
    let (mut at, mut answered) = (0, false);
    while at < lines.len() {
        let (kind, mut end) = judge_at(lines, at);
        if kind == Some(PartKind::Quote) && answered && is_top_posted(lines, at, end) {
            end = lines.tail().max(end);
        }
        if let Some(kind) = kind {
            kinds[at..end].fill(Some(kind));
        }
        answered |= kind == Some(PartKind::Own);
        at = end;
    }
    sign_off::mark(lines, &mut kinds);
    close_up(kinds)
}

/// Whether the attribution at `at` that ends before `end` stands above a quote that nothing marks: below own
/// words, all the rest is one then. Above own words nobody can tell.
fn is_top_posted(lines: &Lines<'_>, at: usize, end: usize) -> bool {
    !lines.is_quote(at) && !lines.has_quote_from(end)
}

/// The kind of the lines from `at` on, and where the next stretch begins. `None`: a blank line.
fn judge_at(lines: &Lines<'_>, at: usize) -> (Option<PartKind>, usize) {
    if lines.text(at).is_empty() {
        return (None, at + 1);
    }
    if lines.is_quote(at) {
        return (Some(PartKind::Quote), at + 1);
    }
    let quote = attribution::end(lines, at).or_else(|| outlook::end(lines, at));
    if let Some(end) = quote {
        return (Some(PartKind::Quote), end);
    }
    match signature::end(lines, at) {
        Some(end) => (Some(PartKind::Signature), end),
        None => (Some(PartKind::Own), at + 1),
    }
}

/// Blank lines take the kind of the line before, at the beginning of the line after.
fn close_up(kinds: Vec<Option<PartKind>>) -> Vec<PartKind> {
    let mut last = kinds.iter().flatten().next().copied().unwrap_or(PartKind::Own);
    let step = |kind: Option<PartKind>| {
        last = kind.unwrap_or(last);
        last
    };
    kinds.into_iter().map(step).collect()
}
