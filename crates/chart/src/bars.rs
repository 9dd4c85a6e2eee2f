//! One bar per line of a list: who or what, how much, in parts.

use crate::TONES;
use crate::draw::{Canvas, shortened};
use crate::scale::drawable;
use crate::unit::Unit;

/// Pixels of a line: its words, and the bar below them.
pub(crate) const LINE: f64 = 38.0;
/// Characters of a name that fit beside the number at 300 pixels.
const CHARACTERS: usize = 32;

/// A chart of numbers side by side.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bars {
    /// A word that no other chart of its page has: letters, digits and `-`.
    pub name: String,
    /// What it shows.
    pub title: String,
    /// What to see in it, in a sentence or two.
    pub about: String,
    /// What the numbers are in.
    pub unit: Unit,
    /// What the parts of every bar are called, first to last; a part's tone is its place.
    pub parts: Vec<String>,
    /// The lines, in the order in which they are shown.
    pub bars: Vec<Bar>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bar {
    /// What it is about.
    pub name: String,
    /// Where to see what lies behind it.
    pub link: Option<String>,
    /// How much, for every part. Negative numbers are drawn as nothing.
    pub values: Vec<f64>,
}

impl Bar {
    pub(crate) fn value(&self, part: usize) -> f64 {
        drawable(self.values.get(part).copied()).unwrap_or_default().max(0.0)
    }

    pub(crate) fn sum(&self, parts: usize) -> f64 {
        (0..parts.max(1)).map(|part| self.value(part)).sum()
    }
}

impl Bars {
    /// The drawing, to be put into a page as it is.
    pub fn svg(&self) -> String {
        let mut canvas = Canvas::fluid();
        let (title, about) = (format!("{}-title", self.name), format!("{}-about", self.name));
        let height = self.height().to_string();
        canvas.open("svg", &[("class", "chart bars"), ("width", "100%"), ("height", &height)]);
        canvas.open("g", &[("role", "img"), ("aria-labelledby", &format!("{title} {about}"))]);
        canvas.element("title", &[("id", &title)], &self.title);
        canvas.element("desc", &[("id", &about)], &self.summary());
        self.draw(&mut canvas);
        canvas.close("g");
        self.hits(&mut canvas);
        canvas.close("svg");
        canvas.finish()
    }

    /// Pixels from top to bottom.
    pub(crate) fn height(&self) -> u32 {
        (self.bars.len() as f64 * LINE) as u32
    }

    pub(crate) fn summary(&self) -> String {
        let first = self.bars.first().map(|bar| format!(" First: {}.", self.said(bar))).unwrap_or_default();
        (self.about.clone() + &first).trim().to_owned()
    }

    /// What a line says.
    pub(crate) fn said(&self, bar: &Bar) -> String {
        let parts = self.parts.iter().enumerate();
        let parts: Vec<String> = parts.map(|(at, part)| format!("{part} {}", self.unit.long(bar.value(at)))).collect();
        match parts.len() {
            0 | 1 => format!("{}: {}", bar.name, self.unit.long(bar.sum(1))),
            _ => format!("{}: {}", bar.name, parts.join(", ")),
        }
    }

    pub(crate) fn draw(&self, canvas: &mut Canvas) {
        let parts = self.parts.len().max(1);
        let most = self.bars.iter().map(|bar| bar.sum(parts)).fold(0.0, f64::max);
        let right = canvas.x(1.0);
        for (at, bar) in self.bars.iter().enumerate() {
            let top = at as f64 * LINE;
            let (words, bottom) = ((top + 13.0).to_string(), (top + 20.0).to_string());
            canvas.element("text", &[("class", "name"), ("x", "0"), ("y", &words)], &shortened(&bar.name, CHARACTERS));
            let sum = self.unit.long(bar.sum(parts));
            canvas.element("text", &[("class", "sum"), ("x", &right), ("y", &words), ("text-anchor", "end")], &sum);
            canvas.empty("rect", &[("class", "rail"), ("x", "0"), ("y", &bottom), ("width", &right), ("height", "9")]);
            let mut from = 0.0;
            for part in 0..parts {
                let share = if most > 0.0 { bar.value(part) / most } else { 0.0 };
                let (x, width) = (canvas.x(from), canvas.x(share));
                from += share;
                if share > 0.0 {
                    let class = format!("bar tone{}", part % usize::from(TONES));
                    let place =
                        [("class", class.as_str()), ("x", &x), ("y", &bottom), ("width", &width), ("height", "9")];
                    canvas.empty("rect", &place);
                }
            }
        }
    }

    fn hits(&self, canvas: &mut Canvas) {
        canvas.open("g", &[("class", "hits"), ("aria-hidden", "true")]);
        for (at, bar) in self.bars.iter().enumerate() {
            let link = bar.link.as_deref().filter(|link| !link.is_empty());
            let element = if link.is_some() { "a" } else { "g" };
            let mut attributes = vec![("class", "hit")];
            if let Some(link) = link {
                attributes.extend([("href", link), ("tabindex", "-1")]);
            }
            canvas.open(element, &attributes);
            canvas.element("title", &[], &self.said(bar));
            let top = (at as f64 * LINE).to_string();
            canvas.empty("rect", &[("y", &top), ("width", "100%"), ("height", "34")]);
            canvas.close(element);
        }
        canvas.close("g");
    }
}
