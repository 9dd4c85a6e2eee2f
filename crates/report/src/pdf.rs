//! A document as a PDF: A4, one column, page numbers, links, bookmarks; the fonts and pictures are in the file.
//!
//! The pages are laid out first ([`layout`]), by widths alone, and then drawn. A letter that our font lacks (it has those
//! of European languages) is drawn as an empty box.

use krilla::Document as File;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};

use crate::{Document, ReportError, Result};

mod font;
mod layout;

use font::Widths;
use layout::{Item, Laid, Words};

/// What makes a letter strong: its outline is drawn this much of its size wide, for our font has one weight.
const STRONG: f32 = 0.035;
/// What makes a letter stressed: it leans by this much.
const LEANS: f32 = -0.2;

impl Document {
    /// The file.
    ///
    /// # Errors
    ///
    /// If a chart cannot be drawn, or the file not put together.
    pub fn pdf(&self) -> Result<Vec<u8>> {
        let widths = Widths::of_our_font().ok_or_else(|| failed("our font cannot be read"))?;
        let laid = layout::lay(self, &widths)?;
        let font = Font::new(chart::FONT.into(), 0).ok_or_else(|| failed("our font cannot be read"))?;
        let mut file = File::new();
        let title = self.title().unwrap_or_else(|| "Report".to_owned());
        file.set_metadata(Metadata::new().title(title).language("en".to_owned()).creator("Switchboard".to_owned()));
        let pen = Pen { font, widths: &widths };
        for (number, page) in laid.pages.iter().enumerate() {
            pen.page(&mut file, page, &format!("{} / {}", number + 1, laid.pages.len()))?;
        }
        file.set_outline(bookmarks(&laid));
        file.finish().map_err(|error| failed(&format!("{error:?}")))
    }
}

fn failed(why: &str) -> ReportError {
    ReportError::Pdf(why.to_owned())
}

fn bookmarks(laid: &Laid) -> Outline {
    let mut outline = Outline::new();
    for mark in &laid.marks {
        let to = XyzDestination::new(mark.page, Point::from_xy(layout::LEFT, mark.y));
        outline.push_child(OutlineNode::new(mark.text.clone(), to));
    }
    outline
}

struct Pen<'a> {
    font: Font,
    widths: &'a Widths,
}

impl Pen<'_> {
    fn page(&self, file: &mut File, items: &[Item], number: &str) -> Result<()> {
        let settings =
            PageSettings::from_wh(layout::WIDTH, layout::HEIGHT).ok_or_else(|| failed("no page is so large"))?;
        let mut page = file.start_page_with(settings);
        let mut surface = page.surface();
        for item in items {
            self.item(&mut surface, item)?;
        }
        let wide = self.widths.of(number, layout::SMALL);
        let x = layout::WIDTH - layout::LEFT - wide;
        let foot =
            Words { x, y: layout::HEIGHT - 30.0, size: layout::SMALL, text: number.to_owned(), ..Words::default() };
        self.words(&mut surface, &Words { colour: layout::SOFT, ..foot });
        surface.finish();
        for item in items {
            if let Item::Words(words) = item
                && let Some(link) = &words.link
                && let Some(area) = Rect::from_xywh(
                    words.x,
                    words.y - words.size,
                    self.widths.of(&words.text, words.size).max(1.0),
                    words.size * 1.3,
                )
            {
                let target = Target::Action(Action::Link(LinkAction::new(link.clone())));
                page.add_annotation(Annotation::new_link(LinkAnnotation::new(area, target), Some(words.text.clone())));
            }
        }
        page.finish();
        Ok(())
    }

    fn item(&self, surface: &mut Surface<'_>, item: &Item) -> Result<()> {
        match item {
            Item::Words(words) => self.words(surface, words),
            Item::Box { x, y, width, height, colour } => {
                if let Some(area) = Rect::from_xywh(*x, *y, width.max(0.1), height.max(0.1)) {
                    let mut path = PathBuilder::new();
                    path.push_rect(area);
                    surface.set_stroke(None);
                    surface.set_fill(Some(filled(*colour)));
                    path.finish().iter().for_each(|path| surface.draw_path(path));
                }
            }
            Item::Picture { x, y, width, height, png } => {
                let image = Image::from_png(png.clone().into(), false).map_err(|why| failed(&why))?;
                if let Some(size) = Size::from_wh(*width, *height) {
                    surface.push_transform(&Transform::from_translate(*x, *y));
                    surface.draw_image(image, size);
                    surface.pop();
                }
            }
        }
        Ok(())
    }

    fn words(&self, surface: &mut Surface<'_>, words: &Words) {
        if words.text.is_empty() {
            return;
        }
        let glyphs: Vec<KrillaGlyph> = words
            .text
            .char_indices()
            .map(|(at, c)| {
                let (glyph, advance) = self.widths.glyph(c);
                KrillaGlyph::new(GlyphId::new(glyph), advance, 0.0, 0.0, 0.0, at..at + c.len_utf8(), None)
            })
            .collect();
        let fill = filled(words.colour);
        let outline = Stroke { paint: fill.paint.clone(), width: words.size * STRONG, ..Stroke::default() };
        surface.set_stroke(words.strong.then_some(outline));
        surface.set_fill(Some(fill));
        let at = match words.stressed {
            true => {
                let lean = Transform::from_row(1.0, 0.0, LEANS, 1.0, words.x, words.y);
                surface.push_transform(&lean);
                Point::from_xy(0.0, 0.0)
            }
            false => Point::from_xy(words.x, words.y),
        };
        surface.draw_glyphs(at, &glyphs, self.font.clone(), &words.text, words.size, false);
        if words.stressed {
            surface.pop();
        }
    }
}

fn filled([red, green, blue]: [u8; 3]) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str) -> Vec<u8> {
        let pdf = Document::read(markdown).pdf().unwrap();
        assert!(pdf.starts_with(b"%PDF-") && pdf.ends_with(b"%%EOF"), "{markdown:?}");
        pdf
    }

    #[test]
    fn any_document_is_a_file() {
        check("");
        check(
            "# Title\n\nWords *leaning* **strong** `code`, [a link](https://example.org/).\n\n- one\n  - two\n\n1. x\n",
        );
        check("> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n\n    code\n");
        check("```chart\nT\nmonth | a\n2019-01 | 1\n2019-02 | 3\n```\n");
        check("日本語 العربية \u{202e}x <script> ada");
        check(&format!("{}\n\n{}", "x".repeat(20_000), "word ".repeat(20_000)));
        check(&"| a | b |\n|---|---|\n".repeat(200));
    }

    #[test]
    fn the_same_document_is_the_same_file() {
        assert_eq!(check("# A\n\nb"), check("# A\n\nb"));
    }

    #[test]
    fn no_link_starts_anything() {
        let pdf = check("[a](javascript:alert(1)) [b](file:///etc/passwd) <script>x</script>");
        let text = String::from_utf8_lossy(&pdf);
        for bad in ["/JavaScript", "/Launch", "/URI", "/OpenAction"] {
            assert!(!text.contains(bad), "{bad}");
        }
    }
}
