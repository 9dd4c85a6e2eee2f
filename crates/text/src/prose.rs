//! The prose in own words as one text to search, with the way back to where each piece of it stood.
//!
//! Code, logs, traces and diffs are left out, and so are links and what stands between two backticks. A line that
//! was only wrapped goes on after a space, so that what was written as one phrase is one; other lines keep their end.

use std::ops::Range;

use crate::facts::Facts;
use crate::stretches::{StretchKind, stretches};

/// A line at least this long, in bytes, was wrapped where its sentence goes on in the next.
const WRAPPED: usize = 50;

/// What programs make of an apostrophe.
const BENT: &str = "’";

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Prose {
    /// The prose.
    pub(crate) text: String,
    /// Of each piece: where it begins here, and where in the own words.
    pieces: Vec<(usize, usize)>,
    /// The links: where each stands in the own words, and at which place here it was taken out.
    pub(crate) links: Vec<Link>,
    /// What was seen on the way.
    pub(crate) facts: Facts,
}

/// An address on the web.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    /// Where it stands in the own words.
    pub(crate) own: Range<usize>,
    /// Where it would stand in the prose.
    pub(crate) at: usize,
}

impl Prose {
    pub(crate) fn new(own: &str) -> Self {
        let mut prose = Prose { text: String::with_capacity(own.len()), ..Prose::default() };
        let mut begin = 0;
        for stretch in stretches(own) {
            match stretch.kind {
                StretchKind::Prose | StretchKind::Link => prose.push_lines(own, begin, stretch.text),
                StretchKind::Code => prose.facts.code = true,
                StretchKind::Log => prose.facts.log = true,
                StretchKind::Trace => prose.facts.trace = true,
                StretchKind::Diff => prose.facts.diff = true,
            }
            begin += stretch.text.len();
        }
        prose.facts.read(&prose.text);
        prose.facts.links = u32::try_from(prose.links.len()).unwrap_or(u32::MAX);
        prose
    }

    /// Where a piece of this text stands in the own words. What stands here for something left out (a link, code) may
    /// be shorter than it: then the piece ends within, at the end of a letter.
    pub(crate) fn own(&self, own: &str, piece: Range<usize>) -> Range<usize> {
        let back = |at: usize| {
            let number = self.pieces.partition_point(|(begin, _)| *begin <= at);
            self.pieces.get(number.wrapping_sub(1)).map_or(at, |(begin, from)| from + (at - begin))
        };
        // The end is where its last byte is, and one more: the next piece may begin right there.
        let end = if piece.is_empty() { back(piece.start) } else { back(piece.end - 1) + 1 };
        own.floor_char_boundary(back(piece.start))..own.ceil_char_boundary(end)
    }

    fn push_lines(&mut self, own: &str, begin: usize, text: &str) {
        let mut at = begin;
        for line in text.split_inclusive('\n') {
            let bare = line.trim();
            let indent = line.len() - line.trim_start().len();
            self.push_line(own, at + indent..at + indent + bare.len());
            let wrapped = bare.len() >= WRAPPED && !bare.ends_with([':', '.', '?', '!']);
            self.text.push(if wrapped { ' ' } else { '\n' });
            at += line.len();
        }
        // What follows a block of another kind is another sentence.
        if self.text.ends_with(' ') {
            self.text.pop();
            self.text.push('\n');
        }
    }

    /// Adds a line without what stands between two backticks.
    fn push_line(&mut self, own: &str, line: Range<usize>) {
        let mut rest = line;
        while let Some(tick) = memchr::memchr(b'`', &own.as_bytes()[rest.clone()]).map(|at| rest.start + at)
            && let Some(end) = memchr::memchr(b'`', &own.as_bytes()[tick + 1..rest.end]).map(|at| tick + 1 + at)
        {
            self.facts.code |= end > tick + 2;
            self.push_words(own, rest.start..tick);
            self.push_instead('`', tick);
            rest = end + 1..rest.end;
        }
        self.push_words(own, rest);
    }

    /// Adds words without the links among them.
    fn push_words(&mut self, own: &str, words: Range<usize>) {
        let mut begin = words.start;
        let mut at = words.start;
        for word in own[words.clone()].split_inclusive([' ', '\t']) {
            if word.contains("://") || word.starts_with("www.") {
                self.push(own, begin..at);
                self.links.push(Link { own: at..at + word.trim_end().len(), at: self.text.len() });
                self.push_instead(' ', at);
                begin = at + word.len();
            }
            at += word.len();
        }
        self.push(own, begin..words.end);
    }

    /// Adds a piece as it stands, but for apostrophes that programs bent.
    fn push(&mut self, own: &str, piece: Range<usize>) {
        let mut rest = piece;
        while let Some(bent) = memchr::memmem::find(&own.as_bytes()[rest.clone()], BENT.as_bytes()) {
            self.push_piece(own, rest.start..rest.start + bent);
            self.pieces.push((self.text.len(), rest.start + bent));
            self.text.push('\'');
            rest.start += bent + BENT.len();
        }
        self.push_piece(own, rest);
    }

    /// Puts a sign in place of what begins at `from` in the own words and is left out.
    fn push_instead(&mut self, sign: char, from: usize) {
        self.pieces.push((self.text.len(), from));
        self.text.push(sign);
    }

    fn push_piece(&mut self, own: &str, piece: Range<usize>) {
        if !piece.is_empty() {
            self.pieces.push((self.text.len(), piece.start));
            self.text.push_str(&own[piece]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_taken_out() {
        for (own, expected) in [
            ("", ""),
            ("One\ntwo", "One\ntwo\n"),
            ("See https://example.org/a?b now", "See  now\n"),
            ("the `?` operator", "the ` operator\n"),
            ("it’s", "it's\n"),
            ("One.\n\n    x = 1\n\nTwo.\n", "One.\n\nTwo.\n"),
            (
                "a line that is long enough to have been wrapped by a\nprogram goes on",
                "a line that is long enough to have been wrapped by a program goes on\n",
            ),
        ] {
            assert_eq!(Prose::new(own).text, expected, "{own:?}");
        }
    }

    #[test]
    fn places_are_found_again() {
        let own = "Hi,\n\n    x = 1\n\n  see `y` and https://example.org/ for more";
        let prose = Prose::new(own);
        for piece in ["Hi", "see", "and", "for more"] {
            let at = prose.text.find(piece).expect("it is there");
            assert_eq!(&own[prose.own(own, at..at + piece.len())], piece);
        }
        assert_eq!(prose.links.iter().map(|link| &own[link.own.clone()]).collect::<Vec<_>>(), ["https://example.org/"]);
    }
}
