//! How wide letters are: what lines are broken by. No shaping: our font is for scripts that need none.

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// Widths of letters, in parts of the font's size.
pub(super) struct Widths {
    glyphs: std::collections::HashMap<char, (u32, f32)>,
    /// Of what the font lacks.
    lacking: f32,
}

impl Widths {
    /// Those of the font that charts use.
    pub(super) fn of_our_font() -> Option<Widths> {
        let font = FontRef::new(chart::FONT).ok()?;
        let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        let letters = font
            .charmap()
            .mappings()
            .filter_map(|(code, glyph)| Some((char::from_u32(code)?, (glyph.to_u32(), metrics.advance_width(glyph)?))));
        let lacking = metrics.advance_width(skrifa::GlyphId::new(0)).unwrap_or(0.6);
        Some(Widths { glyphs: letters.collect(), lacking })
    }

    /// A letter's number in the font, and its width at size 1.
    pub(super) fn glyph(&self, c: char) -> (u32, f32) {
        self.glyphs.get(&c).copied().unwrap_or((0, self.lacking))
    }

    /// How wide a text is.
    pub(super) fn of(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|c| self.glyph(c).1).sum::<f32>() * size
    }

    /// How many bytes of a text fit into a width: at least one letter's.
    pub(super) fn fitting(&self, text: &str, size: f32, width: f32) -> usize {
        let mut used = 0.0;
        for (at, c) in text.char_indices() {
            used += self.glyph(c).1 * size;
            if used > width && at > 0 {
                return at;
            }
        }
        text.len()
    }
}
