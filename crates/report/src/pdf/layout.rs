//! Where everything stands: blocks broken into lines, lines into pages. Points (1/72 inch), from the top left.

use crate::document::{Block, Document, Span, said};
use crate::{Chart, Result};

use super::font::Widths;

mod lines;
mod table;

/// A4 (ISO 216).
pub(super) const WIDTH: f32 = 595.3;
pub(super) const HEIGHT: f32 = 841.9;
/// The margin on both sides; above and below.
pub(super) const LEFT: f32 = 62.0;
const TOP: f32 = 60.0;
const BOTTOM: f32 = 64.0;
/// Sizes of letters.
const TEXT: f32 = 10.0;
pub(super) const SMALL: f32 = 8.0;
const CODE: f32 = 8.5;
/// The height of a line, in sizes.
const LEADING: f32 = 1.45;
/// What one block is indented by another around it.
const INDENT: f32 = 18.0;

type Colour = [u8; 3];
const INK: Colour = [0x1d, 0x20, 0x24];
pub(super) const SOFT: Colour = [0x5b, 0x60, 0x6a];
const LINK: Colour = [0x17, 0x59, 0x6e];
const LINE: Colour = [0xe3, 0xe0, 0xd8];

/// Something to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    /// Letters that look the same, on one line.
    Words(Words),
    /// A filled box: a line across, the bar beside a quote.
    Box { x: f32, y: f32, width: f32, height: f32, colour: Colour },
    /// A picture.
    Picture { x: f32, y: f32, width: f32, height: f32, png: Vec<u8> },
}

/// Letters that look the same, on one line.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Words {
    pub(super) x: f32,
    /// The line that they stand on.
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) text: String,
    pub(super) strong: bool,
    pub(super) stressed: bool,
    pub(super) colour: Colour,
    pub(super) link: Option<String>,
}

/// A heading, to be found again.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    pub(super) page: usize,
    pub(super) y: f32,
    pub(super) text: String,
}

/// A document, laid out.
#[derive(Debug, Default)]
pub(super) struct Laid {
    pub(super) pages: Vec<Vec<Item>>,
    pub(super) marks: Vec<Mark>,
}

/// Lays a document out on as many pages as it takes, at least one.
pub(super) fn lay(document: &Document, widths: &Widths) -> Result<Laid> {
    let mut layer = Layer { widths, laid: Laid { pages: vec![Vec::new()], marks: Vec::new() }, y: TOP };
    layer.blocks(&document.blocks, LEFT)?;
    Ok(layer.laid)
}

struct Layer<'a> {
    widths: &'a Widths,
    laid: Laid,
    /// Where the next line begins.
    y: f32,
}

impl Layer<'_> {
    fn blocks(&mut self, blocks: &[Block], x: f32) -> Result<()> {
        blocks.iter().try_for_each(|block| self.block(block, x))
    }

    fn block(&mut self, block: &Block, x: f32) -> Result<()> {
        match block {
            Block::Heading(level, spans) => self.heading(*level, spans, x),
            Block::Paragraph(spans) => {
                self.spans(spans, x, TEXT, INK);
                self.y += TEXT * 0.6;
            }
            Block::List(first, items) => self.list(*first, items, x)?,
            Block::Quote(inside) => self.quote(inside, x)?,
            Block::Code(text) => {
                for line in text.lines() {
                    self.plain(line, x + INDENT / 2.0, CODE, SOFT);
                }
                self.y += TEXT * 0.6;
            }
            Block::Table(head, rows) => self.table(head, rows, x),
            Block::Chart(chart) => self.chart(chart, x)?,
            Block::Rule => {
                self.room(TEXT * 2.0);
                self.across(x);
                self.y += TEXT * 1.5;
            }
        }
        Ok(())
    }

    fn heading(&mut self, level: u8, spans: &[Span], x: f32) {
        let size = match level {
            1 => 20.0,
            2 => 14.0,
            3 => 11.5,
            _ => TEXT,
        };
        // A heading never stands alone at the foot of a page.
        self.y += if self.y > TOP { size * 0.7 } else { 0.0 };
        self.room(size * LEADING + 3.0 * TEXT * LEADING);
        self.laid.marks.push(Mark { page: self.laid.pages.len() - 1, y: self.y, text: said(spans) });
        let strong: Vec<Span> =
            spans.iter().map(|span| Span { strong: level > 1 || span.strong, ..span.clone() }).collect();
        self.spans(&strong, x, size, if level == 1 { LINK } else { INK });
        self.y += size * 0.35;
    }

    fn list(&mut self, first: Option<u64>, items: &[Vec<Block>], x: f32) -> Result<()> {
        for (number, item) in items.iter().enumerate() {
            self.room(TEXT * LEADING);
            let sign = first.map_or("•".to_owned(), |first| format!("{}.", first.saturating_add(number as u64)));
            let words =
                Words { x: x + 4.0, y: self.y + TEXT, size: TEXT, text: sign, colour: SOFT, ..Words::default() };
            self.put(Item::Words(words));
            match item.as_slice() {
                [] => self.y += TEXT * LEADING,
                // Points of one paragraph stand close together.
                [Block::Paragraph(spans)] => {
                    self.spans(spans, x + INDENT, TEXT, INK);
                    self.y += TEXT * 0.2;
                }
                blocks => self.blocks(blocks, x + INDENT)?,
            }
        }
        self.y += TEXT * 0.5;
        Ok(())
    }

    fn quote(&mut self, inside: &[Block], x: f32) -> Result<()> {
        let (page, top) = (self.laid.pages.len(), self.y);
        self.blocks(inside, x + INDENT * 0.8)?;
        // Over the end of a page, the bar is drawn on the last one only.
        let top = if page == self.laid.pages.len() { top } else { TOP };
        let height = (self.y - top - TEXT * 0.6).max(0.0);
        self.put(Item::Box { x: x + 3.0, y: top, width: 2.0, height, colour: LINE });
        Ok(())
    }

    fn chart(&mut self, chart: &Chart, x: f32) -> Result<()> {
        let png = chart.picture()?;
        let (wide, high) = size_of(&png).unwrap_or((2.0, 1.0));
        let most = HEIGHT - TOP - BOTTOM;
        let width = (WIDTH - LEFT - x).min(most * wide / high);
        let height = width * high / wide;
        self.room(height);
        self.put(Item::Picture { x, y: self.y, width, height, png });
        self.y += height + TEXT;
        Ok(())
    }

    /// A line across the page.
    fn across(&mut self, x: f32) {
        let (y, width) = (self.y, WIDTH - LEFT - x);
        self.put(Item::Box { x, y, width, height: 0.7, colour: LINE });
    }

    /// A new page, if so much does not fit on this one.
    fn room(&mut self, height: f32) {
        if self.y + height > HEIGHT - BOTTOM && self.y > TOP {
            self.laid.pages.push(Vec::new());
            self.y = TOP;
        }
    }

    fn put(&mut self, item: Item) {
        if let Some(page) = self.laid.pages.last_mut() {
            page.push(item);
        }
    }
}

/// How wide and high a PNG is (its first chunk, IHDR: PNG specification 11.2.2).
fn size_of(png: &[u8]) -> Option<(f32, f32)> {
    let number = |at: usize| Some(u32::from_be_bytes(png.get(at..at + 4)?.try_into().ok()?) as f32);
    Some((number(16)?, number(20)?)).filter(|(wide, high)| *wide > 0.0 && *high > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_stands_on_a_page() {
        let text = "# Title\n\n".to_owned()
            + &"Some words that go on for a while, with a [link](https://example.org). ".repeat(200)
            + "\n\n- a point\n- another\n\n> quoted\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n"
            + &"| one | two two two two two two two two two two two two two two two two two two |\n".repeat(80);
        let widths = Widths::of_our_font().unwrap();
        let laid = lay(&Document::read(&text), &widths).unwrap();
        assert!(laid.pages.len() > 2, "{}", laid.pages.len());
        for item in laid.pages.iter().flatten() {
            let (x, y, right) = match item {
                Item::Words(words) => (words.x, words.y, words.x + widths.of(&words.text, words.size)),
                Item::Box { x, y, width, .. } | Item::Picture { x, y, width, .. } => (*x, *y, x + width),
            };
            let is_in = x >= LEFT && right <= WIDTH - LEFT + 1.0 && (TOP..=HEIGHT - BOTTOM + 2.0).contains(&y);
            assert!(is_in, "{item:?}");
        }
        assert_eq!(laid.marks.len(), 1);
    }
}
