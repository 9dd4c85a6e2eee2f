//! What kind of text a writer's own words are, stretch by stretch: prose, code, a log, a trace, a diff, a link.
//!
//! It is judged line by line, by how tools print and people paste. Own words inside a code block that look like
//! nothing special are code; blank lines go with the stretch before them. In doubt it is prose.

use trace::Trace;

mod code;
mod diff;
mod log;
#[cfg(test)]
mod tests;
mod trace;

/// What kind of text a stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StretchKind {
    /// Sentences, written for people.
    Prose,
    /// A program, a configuration, markup, a session at a prompt.
    Code,
    /// What a program wrote down line by line, with times or levels.
    Log,
    /// Where a program was when it failed.
    Trace,
    /// A change to files.
    Diff,
    /// An address on the web with nothing beside it.
    Link,
}

/// Whole lines of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch<'a> {
    /// What they are.
    pub kind: StretchKind,
    /// The lines, ends included.
    pub text: &'a str,
}

/// Divides own words ([`crate::own_words`]). The stretches follow each other without gap, and no two neighbours
/// are of one kind.
pub fn stretches(own: &str) -> impl Iterator<Item = Stretch<'_>> {
    Stretches { rest: own, reader: Reader::new(own), next: None }
}

struct Stretches<'a> {
    rest: &'a str,
    reader: Reader,
    /// The kind of the first line of `rest`, if that was read already.
    next: Option<StretchKind>,
}

impl<'a> Iterator for Stretches<'a> {
    type Item = Stretch<'a>;

    fn next(&mut self) -> Option<Stretch<'a>> {
        let mut kind = self.next.take();
        let mut length = 0;
        while length < self.rest.len() {
            let ahead = &self.rest[length..];
            let line = first_line(ahead);
            // The first line of a stretch whose kind is known was read when the one before it ended.
            if length > 0 || kind.is_none() {
                let blank = line.trim().is_empty();
                let read = self.reader.read(ahead);
                match kind {
                    _ if blank && read == StretchKind::Prose => {}
                    None => kind = Some(read),
                    Some(kind) if kind == read => {}
                    Some(_) => {
                        self.next = Some(read);
                        break;
                    }
                }
            }
            length += line.len();
        }
        let (text, rest) = self.rest.split_at(length);
        self.rest = rest;
        (!text.is_empty()).then(|| Stretch { kind: kind.unwrap_or(StretchKind::Prose), text })
    }
}

/// The first line of a text, its end included.
fn first_line(text: &str) -> &str {
    memchr::memchr(b'\n', text.as_bytes()).map_or(text, |end| &text[..=end])
}

/// What is remembered from line to line.
struct Reader {
    /// Fences left, an open one's end not counted.
    fences: usize,
    /// Within a block between fences.
    fenced: bool,
    trace: Option<Trace>,
    /// Lines of the open hunk that are left, of the old and of the new file.
    diff: Option<diff::Hunk>,
    /// The line before was blank (or there was none), or belongs to a block of indented code.
    after_blank: bool,
    /// The line before was code.
    after_code: bool,
    /// The line before was typed at a prompt or printed after that.
    session: bool,
}

impl Reader {
    fn new(own: &str) -> Self {
        let fences = own.lines().filter(|line| is_fence(line)).count();
        Reader { fences, fenced: false, trace: None, diff: None, after_blank: true, after_code: false, session: false }
    }

    /// The kind of the first line of what is left.
    fn read(&mut self, ahead: &str) -> StretchKind {
        let line = first_line(ahead);
        let after = first_line(&ahead[line.len()..]).trim_end();
        let line = line.trim_end();
        let blank = line.is_empty();
        let kind = self.judge(line, after);
        self.session &= !blank;
        // In an indented block every line is code, though only its first follows a blank line.
        let block = kind == StretchKind::Code && code::is_indented(line);
        self.after_blank = blank || block;
        self.after_code = kind == StretchKind::Code && !blank;
        kind
    }

    fn judge(&mut self, line: &str, after: &str) -> StretchKind {
        if is_fence(line) && (self.fenced || self.fences > 1) {
            self.fenced = !self.fenced;
            self.fences = self.fences.saturating_sub(1);
            (self.trace, self.diff) = (None, None);
            return StretchKind::Code;
        }
        if let Some(hunk) = diff::read(self.diff.take(), line, after) {
            self.diff = Some(hunk);
            return StretchKind::Diff;
        }
        if trace::read(&mut self.trace, line, after) {
            return StretchKind::Trace;
        }
        if line.is_empty() {
            return if self.fenced { StretchKind::Code } else { StretchKind::Prose };
        }
        if log::is_log(line) {
            return StretchKind::Log;
        }
        if !self.fenced && is_link(line) {
            return StretchKind::Link;
        }
        if self.fenced || self.is_code(line) { StretchKind::Code } else { StretchKind::Prose }
    }

    fn is_code(&mut self, line: &str) -> bool {
        if code::is_prompt(line) {
            self.session = true;
            return true;
        }
        let continued = self.after_code && code::is_indented(line);
        let printed = self.session && !code::is_sentence(line);
        continued || printed || code::is_code(line, self.after_blank)
    }
}

fn is_fence(line: &str) -> bool {
    let text = line.trim();
    // ```` ``` ```` with code and the end on one line is no block.
    text.strip_prefix("```").is_some_and(|rest| !rest.contains('`')) || text.starts_with("~~~") && !text.contains(' ')
}

/// Whether a line holds nothing but an address on the web, perhaps as a point or a note: `[1] https://…`.
fn is_link(line: &str) -> bool {
    let text = line.trim();
    let text = text.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(text, |(_, rest)| rest);
    let text = text.trim_start_matches([':', '-', '*', '•', '<', '(', ' ']);
    let text = text.trim_end_matches(['>', ')', '.', ',', ' ']);
    let scheme = ["http://", "https://", "ftp://", "www."].iter().any(|scheme| text.starts_with(scheme));
    scheme && !text.contains(char::is_whitespace)
}
