//! Text broken into lines: greedily, at blanks; a word wider than its line is cut.

use super::{Colour, INK, Item, LEADING, LEFT, LINK, Layer, SOFT, WIDTH, Words};
use crate::document::Span;

/// A word or a blank of one look.
struct Piece<'a> {
    text: &'a str,
    span: &'a Span,
    width: f32,
}

impl Layer<'_> {
    /// Spans as lines from `x` to the right margin.
    pub(super) fn spans(&mut self, spans: &[Span], x: f32, size: f32, colour: Colour) {
        for line in self.broken(spans, size, WIDTH - LEFT - x) {
            self.room(size * LEADING);
            self.line(&line, x, size, colour);
            self.y += size * LEADING;
        }
    }

    /// One text as it is, cut where the margin is.
    pub(super) fn plain(&mut self, text: &str, x: f32, size: f32, colour: Colour) {
        let text = text.replace('\t', "    ");
        let mut rest = text.as_str();
        loop {
            let end = self.widths.fitting(rest, size, WIDTH - LEFT - x);
            let (line, after) = rest.split_at(end.min(rest.len()));
            self.room(size * LEADING);
            let text = line.to_owned();
            self.put(Item::Words(Words { x, y: self.y + size, size, text, colour, ..Words::default() }));
            self.y += size * LEADING;
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
    }

    /// Words of each line, ready to be placed from 0 on.
    pub(super) fn broken(&self, spans: &[Span], size: f32, width: f32) -> Vec<Vec<Words>> {
        let mut lines: Vec<Vec<Words>> = vec![Vec::new()];
        let mut used = 0.0;
        for piece in self.pieces(spans, size) {
            let blank = piece.text.trim().is_empty();
            if piece.text == "\n" || (!blank && used > 0.0 && used + piece.width > width) {
                lines.push(Vec::new());
                used = 0.0;
            }
            // A line begins with no blank, and ends with none.
            if blank && (used == 0.0 || used + piece.width > width) {
                used = if used == 0.0 { 0.0 } else { width };
                continue;
            }
            let mut rest = piece.text;
            loop {
                let end = if piece.width > width { self.widths.fitting(rest, size, width) } else { rest.len() };
                let (part, after) = rest.split_at(end);
                let wide = self.widths.of(part, size);
                if let Some(line) = lines.last_mut() {
                    add(line, part, piece.span, used);
                }
                used += wide;
                rest = after;
                if rest.is_empty() {
                    break;
                }
                lines.push(Vec::new());
                used = 0.0;
            }
        }
        lines.retain(|line| !line.is_empty());
        lines
    }

    /// Puts one line where the next line begins.
    pub(super) fn line(&mut self, line: &[Words], x: f32, size: f32, colour: Colour) {
        for words in line {
            let colour = match &words.link {
                Some(_) => LINK,
                None if words.colour == SOFT && colour == INK => SOFT,
                None => colour,
            };
            let placed = Words { x: x + words.x, y: self.y + size, size, colour, ..words.clone() };
            self.put(Item::Words(placed));
        }
    }

    fn pieces<'s>(&self, spans: &'s [Span], size: f32) -> Vec<Piece<'s>> {
        let mut pieces = Vec::new();
        for span in spans {
            for text in span.text.split_inclusive([' ', '\n']) {
                let word = text.trim_end_matches([' ', '\n']);
                let (word, blank) = text.split_at(word.len());
                for text in [word, blank].into_iter().filter(|text| !text.is_empty()) {
                    pieces.push(Piece { text, span, width: self.widths.of(text, size) });
                }
            }
        }
        pieces
    }
}

/// Adds a text to a line, to the words before it if they look the same.
fn add(line: &mut Vec<Words>, text: &str, span: &Span, x: f32) {
    if let Some(last) = line.last_mut()
        && (last.strong, last.stressed, &last.link) == (span.strong, span.stressed, &span.link)
        && (last.colour == SOFT) == span.code
    {
        last.text.push_str(text);
        return;
    }
    line.push(Words {
        x,
        text: text.to_owned(),
        strong: span.strong,
        stressed: span.stressed,
        colour: if span.code { SOFT } else { INK },
        link: span.link.clone(),
        ..Words::default()
    });
}
