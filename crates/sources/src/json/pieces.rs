//! Cuts JSON of any size into the pieces that a source keeps, unchanged, holding one piece at a time.
//!
//! What is wanted is named by patterns: `[]` is every element of an array at the top, `messages[]`
//! every element of the array under `messages`, `chats.list[].name` a value below that; the empty
//! pattern is a whole document, of which there may be many one behind the other (JSON lines). A document
//! that a longer pattern can go into is gone into; else it is given whole. [`LINES`], alone, is every line:
//! for JSON lines, where one that is cut leaves the others as they are.
//!
//! Only as much is understood as it takes to see where values begin and end (RFC 8259). A piece may
//! still be no JSON: whoever reads it finds out.

use std::io::{self, Read};

use memchr::{memchr, memchr2, memchr3, memmem};

use crate::files::Window;

/// Longer keys are none that a pattern names.
const LONGEST_KEY: usize = 1 << 10;
/// Deeper nesting than this towards a piece is no export of anything.
const DEEPEST: usize = 64;
/// The pattern for every line.
pub const LINES: &str = "\n";
/// So many lines that break off are looked behind for a whole one; each time costs what is left of the stream.
const MOST_CUTS: usize = 64;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// One step of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Element,
    Key(&'static str),
}

/// Reads piece after piece.
pub struct Pieces<R> {
    window: Window<R>,
    patterns: Vec<Vec<Step>>,
    longest: usize,
    lines: bool,
    /// The arrays and objects that are open, and which patterns go on in them.
    open: Vec<Open>,
    given: usize,
    ended: bool,
    /// Documents that were cut, and behind which a line began.
    cuts: usize,
}

struct Open {
    object: bool,
    /// The places of patterns in [`Pieces::patterns`].
    live: Vec<usize>,
}

/// A piece, or what is wrong instead.
#[derive(Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// Where it begins in the stream.
    pub offset: u64,
    /// The pattern's place in the list and the bytes; or why there is none.
    pub piece: Result<(usize, &'a [u8]), &'static str>,
}

/// Where a value ends.
enum End {
    /// So many bytes into the window.
    At(usize),
    /// It was too long to be kept, and is dropped.
    TooLong,
    /// The stream ended in it.
    Cut,
    /// A line ended within a text, so many bytes into the window: what follows is another document.
    Line(usize),
}

/// What to do with the value that comes next.
enum Value {
    Enter(Vec<usize>),
    Keep(usize),
    Pass,
}

impl<R: Read> Pieces<R> {
    /// Pieces of `input` that fit one of `patterns`, each at most `longest` bytes.
    pub fn new(input: R, patterns: &[&'static str], longest: usize) -> Self {
        let lines = patterns == [LINES];
        let patterns = patterns.iter().map(|pattern| steps(pattern)).collect();
        let window = Window::new(input, 0);
        Pieces { window, patterns, longest, lines, open: Vec::new(), given: 0, ended: false, cuts: 0 }
    }

    /// What it reads from.
    pub fn get_ref(&self) -> &R {
        self.window.get_ref()
    }

    /// The next piece; `None` at the end.
    pub fn next_piece(&mut self) -> io::Result<Option<Found<'_>>> {
        self.window.drop_front(std::mem::take(&mut self.given));
        if self.lines {
            return self.line();
        }
        while !self.ended {
            let Some(byte) = self.peek()? else { return self.end() };
            let live = match (self.open.last(), byte) {
                (Some(Open { object: true, .. }), b'}') | (Some(Open { object: false, .. }), b']') => {
                    self.window.drop_front(1);
                    self.open.pop();
                    continue;
                }
                (Some(_), b',') => {
                    self.window.drop_front(1);
                    continue;
                }
                (Some(Open { object: true, .. }), b'"') => match self.key()? {
                    Some(live) => live,
                    None => return self.fail("is no JSON"),
                },
                (Some(Open { object: true, .. }), _) | (_, b'}' | b']' | b',' | b':') => {
                    return self.fail("is no JSON");
                }
                (Some(array), _) => self.matching(&array.live, Step::Element),
                (None, _) => (0..self.patterns.len()).collect(),
            };
            let Some(byte) = self.peek()? else { return self.fail("is cut short") };
            match self.value(byte, &live) {
                Value::Enter(live) if self.open.len() < DEEPEST => {
                    self.window.drop_front(1);
                    self.open.push(Open { object: byte == b'{', live });
                }
                Value::Enter(_) | Value::Pass => match self.scan(false)? {
                    End::At(length) => self.window.drop_front(length),
                    End::TooLong => {}
                    End::Cut | End::Line(_) => return self.fail("is cut short"),
                },
                Value::Keep(pattern) => {
                    let offset = self.window.offset();
                    if let Some(length) = self.whole_line(byte)? {
                        self.given = length;
                        return Ok(Some(Found { offset, piece: Ok((pattern, &self.window.bytes()[..length])) }));
                    }
                    return match self.scan(true)? {
                        End::At(length) => {
                            self.given = length;
                            let piece = Ok((pattern, &self.window.bytes()[..length]));
                            Ok(Some(Found { offset: self.window.offset(), piece }))
                        }
                        End::TooLong => Ok(Some(Found { offset, piece: Err("is too long") })),
                        End::Line(length) => {
                            self.given = length;
                            Ok(Some(Found { offset, piece: Err("is no JSON") }))
                        }
                        End::Cut => {
                            // Of lines the next one may be whole.
                            let next = memmem::find(self.window.bytes(), b"\n{").map(|at| at + 1);
                            let next = next.filter(|_| self.in_lines() && self.cuts < MOST_CUTS);
                            self.cuts += 1;
                            self.ended = next.is_none();
                            self.given = next.unwrap_or_default();
                            Ok(Some(Found { offset, piece: Err("is cut short") }))
                        }
                    };
                }
            }
        }
        Ok(None)
    }

    /// The next line that is not blank.
    fn line(&mut self) -> io::Result<Option<Found<'_>>> {
        if self.peek()?.is_none() {
            return Ok(None);
        }
        let offset = self.window.offset();
        let (mut at, mut too_long) = (0, false);
        loop {
            let bytes = self.window.bytes();
            let end = memchr(b'\n', &bytes[at..]);
            at = end.map_or(bytes.len(), |end| at + end);
            too_long |= at > self.longest;
            if too_long {
                self.window.drop_front(at);
                at = 0;
            }
            if end.is_some() || !self.window.read_on()? {
                break;
            }
        }
        self.given = at;
        let piece = if too_long { Err("is too long") } else { Ok((0, self.window.bytes()[..at].trim_ascii_end())) };
        Ok(Some(Found { offset, piece }))
    }

    /// The first byte that is no white space.
    fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            if self.window.offset() == 0 && self.window.bytes().starts_with(BYTE_ORDER_MARK) {
                self.window.drop_front(BYTE_ORDER_MARK.len());
            }
            let space = self.window.bytes().iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            self.window.drop_front(space);
            let first = self.window.bytes().first().copied();
            if first.is_some() || !self.window.read_on()? {
                return Ok(first);
            }
        }
    }

    /// Reads a key and the colon behind it, and gives the patterns that go on there.
    fn key(&mut self) -> io::Result<Option<Vec<usize>>> {
        let End::At(length) = self.scan(true)? else { return Ok(None) };
        let key = &self.window.bytes()[1..length - 1];
        let live = match (self.open.last(), std::str::from_utf8(key)) {
            (Some(object), Ok(key)) if key.len() <= LONGEST_KEY => {
                let goes_on = |at: &usize| matches!(self.patterns[*at].get(self.open.len() - 1), Some(Step::Key(name)) if *name == key);
                object.live.iter().copied().filter(goes_on).collect()
            }
            _ => Vec::new(),
        };
        self.window.drop_front(length);
        let colon = self.peek()? == Some(b':');
        self.window.drop_front(usize::from(colon));
        Ok(colon.then_some(live))
    }

    /// Those of `live` whose step at this depth is `step`.
    fn matching(&self, live: &[usize], step: Step) -> Vec<usize> {
        let depth = self.open.len() - 1;
        live.iter().copied().filter(|at| self.patterns[*at].get(depth) == Some(&step)).collect()
    }

    /// What to do with a value that begins with `byte` and that `live` patterns have led to.
    fn value(&self, byte: u8, live: &[usize]) -> Value {
        let depth = self.open.len();
        let goes_into = |at: &usize| match self.patterns[*at].get(depth) {
            Some(Step::Element) => byte == b'[',
            Some(Step::Key(_)) => byte == b'{',
            None => false,
        };
        let deeper: Vec<usize> = live.iter().copied().filter(goes_into).collect();
        if !deeper.is_empty() {
            return Value::Enter(deeper);
        }
        let whole = live.iter().find(|at| self.patterns[**at].len() == depth);
        whole.map_or(Value::Pass, |at| Value::Keep(*at))
    }

    /// Finds the end of the value at the window's beginning. What is not kept is dropped on the way.
    fn scan(&mut self, mut keep: bool) -> io::Result<End> {
        let too_long = keep;
        let in_lines = keep && self.in_lines();
        let (mut at, mut depth, mut in_string) = (0, 0usize, false);
        loop {
            let bytes = self.window.bytes();
            while at < bytes.len() {
                if in_string {
                    let rest = &bytes[at..];
                    let found = match in_lines {
                        true => memchr3(b'"', b'\\', b'\n', rest),
                        false => memchr2(b'"', b'\\', rest),
                    };
                    let Some(found) = found else {
                        at = bytes.len();
                        break;
                    };
                    // No text holds a line's end (RFC 8259, section 7): the line broke off.
                    if bytes[at + found] == b'\n' {
                        return Ok(End::Line(at + found + 1));
                    }
                    in_string = bytes[at + found] == b'\\';
                    // What a backslash escapes is passed over with it, even if it has yet to be read.
                    at += found + 1 + usize::from(in_string);
                    if !in_string && depth == 0 {
                        return Ok(self.ended_at(at, keep, too_long));
                    }
                    continue;
                }
                match bytes[at] {
                    b'"' => in_string = true,
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' if depth > 1 => depth -= 1,
                    b'}' | b']' => return Ok(self.ended_at(at + depth, keep, too_long)),
                    b',' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => {
                        return Ok(self.ended_at(at, keep, too_long));
                    }
                    _ => {}
                }
                at += 1;
            }
            keep &= at <= self.longest;
            if !keep {
                let dropped = at.min(bytes.len());
                self.window.drop_front(dropped);
                at -= dropped;
            }
            if !self.window.read_on()? {
                let number = depth == 0 && !in_string;
                return Ok(if number { self.ended_at(at, keep, too_long) } else { End::Cut });
            }
        }
    }

    /// The length of the line that begins here if it is a document by itself, which is told without looking
    /// into it: nothing valid ends a line with `}`, goes on with `{` on the next one, and is a whole.
    fn whole_line(&mut self, byte: u8) -> io::Result<Option<usize>> {
        if byte != b'{' || !self.in_lines() {
            return Ok(None);
        }
        let mut from = 0;
        loop {
            let bytes = self.window.bytes();
            let end = memchr(b'\n', &bytes[from..]).map(|at| from + at);
            let next = end.and_then(|end| bytes.get(end + 1).copied());
            from = end.unwrap_or(bytes.len());
            if from > self.longest {
                return Ok(None);
            }
            if next.is_none() && self.window.read_on()? {
                continue;
            }
            let Some(line) = end.and_then(|end| self.window.bytes().get(..end)) else { return Ok(None) };
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let whole = line.ends_with(b"}") && matches!(next, None | Some(b'{'));
            return Ok(whole.then_some(line.len()));
        }
    }

    /// Whether a document is expected, and further ones may follow on lines of their own.
    fn in_lines(&self) -> bool {
        self.open.is_empty() && self.patterns.iter().any(Vec::is_empty)
    }

    fn ended_at(&mut self, at: usize, keep: bool, wanted: bool) -> End {
        if wanted && (!keep || at > self.longest) {
            self.window.drop_front(at);
            return End::TooLong;
        }
        End::At(at)
    }

    /// The end of the stream, which should not come while something is open.
    fn end(&mut self) -> io::Result<Option<Found<'_>>> {
        match self.open.is_empty() {
            true => Ok(None),
            false => self.fail("is cut short"),
        }
    }

    /// Says what is wrong. Where documents come line by line the next one is tried, else this is the end.
    fn fail(&mut self, what: &'static str) -> io::Result<Option<Found<'_>>> {
        let offset = self.window.offset();
        self.open.clear();
        self.ended = !self.patterns.iter().any(Vec::is_empty);
        while !self.ended {
            let line_end = memchr(b'\n', self.window.bytes());
            self.window.drop_front(line_end.map_or(usize::MAX, |end| end + 1));
            if line_end.is_some() || !self.window.read_on()? {
                break;
            }
        }
        Ok(Some(Found { offset, piece: Err(what) }))
    }
}

fn steps(pattern: &'static str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in pattern.split('.').filter(|part| !part.is_empty()) {
        let key = part.trim_end_matches("[]");
        steps.extend((!key.is_empty()).then_some(Step::Key(key)));
        steps.extend(std::iter::repeat_n(Step::Element, (part.len() - key.len()) / 2));
    }
    steps
}

#[cfg(test)]
mod tests;
