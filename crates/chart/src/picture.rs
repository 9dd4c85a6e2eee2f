//! The same drawing as a picture, for mail: the colours that a page takes from its style sheet are put into it.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use crate::bars::Bars;
use crate::draw::{Canvas, number, shortened};
use crate::error::ChartError;
use crate::over_time::OverTime;

/// Pixels around the drawing: left (the numbers of the axis), right, below (the labels of the axis).
const LEFT: f64 = 56.0;
const RIGHT: f64 = 16.0;
const BELOW: f64 = 30.0;
/// Pixels of the drawing over time without what is around it.
const HEIGHT: f64 = 200.0;
/// A picture is this much finer than its pixels, for screens that are.
const FINER: f32 = 2.0;
/// The most pixels that a picture is wide, before it is made finer.
const WIDEST: u32 = 2_000;

/// Our own font, so that a picture is the same on every machine: DejaVu Sans, of which only the letters of European
/// languages were kept. Its licence lies beside it.
pub const FONT: &[u8] = include_bytes!("../assets/DejaVuSans-european.ttf");

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_data(FONT.to_vec());
    fonts.set_sans_serif_family("DejaVu Sans");
    Arc::new(fonts)
});

/// The colours of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark on light, for mail and print.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// The page's colours (`base.css`) as the drawing's classes use them.
    fn style(self) -> String {
        let [card, ink, soft, line, tones @ ..] = match self {
            Theme::Light => [
                "#fffefb", "#1d2024", "#5b606a", "#e3e0d8", "#17596e", "#b3551b", "#1e6a41", "#6a4a9c", "#7d5200",
                "#8c8a80",
            ],
            Theme::Dark => [
                "#1b1e22", "#e6e7e9", "#a2a7b0", "#2d3137", "#86c8de", "#f0a878", "#84d0a2", "#c0a8ee", "#edc063",
                "#6c727b",
            ],
        };
        let mut style = format!(
            "text{{font-family:'DejaVu Sans';font-size:11.5px;fill:{soft}}}.paper{{fill:{card}}}\
             .title{{font-size:15px;fill:{ink}}}.name,.sum{{fill:{ink}}}.grid,.mark{{stroke:{line};stroke-width:1}}\
             .zero,line.mark{{stroke:{soft}}}text.mark{{stroke:none}}.rail,.stretch{{fill:{line}}}\
             .line{{fill:none;stroke-width:2;stroke-linejoin:round}}.area{{opacity:.14}}"
        );
        for (at, tone) in tones.iter().enumerate() {
            style += &format!(".tone{at}{{fill:{tone}}}.line.tone{at}{{fill:none;stroke:{tone}}}");
        }
        style
    }
}

impl OverTime {
    /// A PNG so many pixels wide (at most 2,000, and twice as fine).
    ///
    /// # Errors
    ///
    /// Where the picture cannot be made: never because of the numbers.
    pub fn picture(&self, width: u32, theme: Theme) -> Result<Vec<u8>, ChartError> {
        png(&self.standalone(width, theme))
    }

    /// The drawing with its title, legend and colours, as a document of its own.
    pub(crate) fn standalone(&self, width: u32, theme: Theme) -> String {
        let legend = self.series.iter().map(|series| (series.name.as_str(), series.tone())).collect();
        let notes = self.numbered();
        let notes = notes.iter().map(|mark| {
            let labels: Vec<&str> = mark.marks.iter().map(|mark| mark.label.as_str()).collect();
            format!("{} {}", mark.number, labels.join("; "))
        });
        let around = Around { title: &self.title, legend, notes: notes.collect(), left: LEFT, below: BELOW };
        around.document(width, HEIGHT, theme, |canvas, width| self.draw(canvas, &self.labels_at(width)))
    }
}

impl Bars {
    /// A PNG so many pixels wide (at most 2,000, and twice as fine).
    ///
    /// # Errors
    ///
    /// Where the picture cannot be made: never because of the numbers.
    pub fn picture(&self, width: u32, theme: Theme) -> Result<Vec<u8>, ChartError> {
        png(&self.standalone(width, theme))
    }

    pub(crate) fn standalone(&self, width: u32, theme: Theme) -> String {
        let legend = self.parts.iter().enumerate().map(|(at, part)| (part.as_str(), format!("tone{at}"))).collect();
        let around = Around { title: &self.title, legend, notes: Vec::new(), left: RIGHT, below: 8.0 };
        around.document(width, f64::from(self.height()), theme, |canvas, _| self.draw(canvas))
    }
}

/// What stands around a drawing.
struct Around<'a> {
    title: &'a str,
    legend: Vec<(&'a str, String)>,
    notes: Vec<String>,
    left: f64,
    below: f64,
}

impl Around<'_> {
    fn document(&self, width: u32, height: f64, theme: Theme, draw: impl FnOnce(&mut Canvas, f64)) -> String {
        let width = f64::from(width.clamp(200, WIDEST));
        let inside = width - self.left - RIGHT;
        let top = if self.legend.len() > 1 { 72.0 } else { 48.0 };
        let whole = top + height + self.below + self.notes.len() as f64 * 18.0 + 8.0;
        let mut canvas = Canvas::fixed(inside, height);
        let (wide, high) = (number(width), number(whole));
        let size = [("width", wide.as_str()), ("height", &high)];
        canvas.open("svg", &[&[("xmlns", "http://www.w3.org/2000/svg")][..], &size].concat());
        canvas.element("style", &[], &theme.style());
        canvas.empty("rect", &[&[("class", "paper")][..], &size].concat());
        let characters = (width / 9.0) as usize;
        canvas.element("text", &[("class", "title"), ("x", "16"), ("y", "28")], &shortened(self.title, characters));
        if self.legend.len() > 1 {
            self.legend(&mut canvas);
        }
        canvas.open("g", &[("transform", &format!("translate({} {})", number(self.left), number(top)))]);
        draw(&mut canvas, inside);
        canvas.close("g");
        for (at, note) in self.notes.iter().enumerate() {
            let y = number(top + height + self.below + at as f64 * 18.0 + 8.0);
            canvas.element("text", &[("x", "16"), ("y", &y)], &shortened(note, (width / 7.0) as usize));
        }
        canvas.close("svg");
        canvas.finish()
    }

    fn legend(&self, canvas: &mut Canvas) {
        let mut x = 16.0;
        for (name, tone) in &self.legend {
            let (at, beside) = (number(x), number(x + 15.0));
            canvas.empty("rect", &[("class", tone), ("x", &at), ("y", "41"), ("width", "10"), ("height", "10")]);
            canvas.element("text", &[("x", &beside), ("y", "50")], name);
            x += 15.0 + name.chars().count() as f64 * crate::calendar::CHARACTER + 18.0;
        }
    }
}

fn png(document: &str) -> Result<Vec<u8>, ChartError> {
    let options = Options { fontdb: FONTS.clone(), font_family: "DejaVu Sans".to_owned(), ..Options::default() };
    let tree = Tree::from_str(document, &options).map_err(|error| ChartError::Drawing(error.to_string()))?;
    let size = tree.size();
    let (width, height) = ((size.width() * FINER).ceil() as u32, (size.height() * FINER).ceil() as u32);
    let failed = |why: String| ChartError::Picture { width, height, why };
    let mut picture = Pixmap::new(width, height).ok_or_else(|| failed("there is no room for it".to_owned()))?;
    resvg::render(&tree, Transform::from_scale(FINER, FINER), &mut picture.as_mut());
    picture.encode_png().map_err(|error| failed(error.to_string()))
}
