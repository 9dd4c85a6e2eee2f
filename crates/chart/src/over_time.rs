//! Numbers along a calendar: lines, or bars on top of each other.

use crate::TONES;
use crate::calendar::{Label, Step};
use crate::draw::Canvas;
use crate::marks::{self, Mark, Numbered};
use crate::scale::{Scale, drawable};
use crate::unit::Unit;

/// Pixels of the narrowest drawing without its margins: a phone of 360 pixels.
const NARROW: f64 = 260.0;
/// Pixels from which on more labels fit. The style sheet changes between both sets of labels at this width.
const WIDE: f64 = 560.0;
/// The share of its stretch that a bar takes.
const BAR: f64 = 0.76;

/// How the numbers are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// One line per series, the first with its area filled.
    #[default]
    Lines,
    /// One bar per stretch, the series on top of each other. Negative numbers are drawn as nothing.
    Bars,
}

/// A chart of numbers over time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OverTime {
    /// A word that no other chart of its page has: letters, digits and `-`.
    pub name: String,
    /// What it shows: `Questions by month`.
    pub title: String,
    /// What to see in it, in a sentence or two, for everybody.
    pub about: String,
    /// What the numbers are in.
    pub unit: Unit,
    /// How they are drawn.
    pub shape: Shape,
    /// How long each stretch is.
    pub step: Step,
    /// When each stretch begins, ascending, microseconds UTC.
    pub starts: Vec<i64>,
    /// What is drawn; each with a value per stretch.
    pub series: Vec<Series>,
    /// Where to see what lies behind each stretch: an address of ours; none or too few: no links.
    pub links: Vec<String>,
    /// What is marked.
    pub marks: Vec<Mark>,
}

/// A line of numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// What they are: `asked`.
    pub name: String,
    /// Its colour, 0 to [`TONES`] less one.
    pub tone: u8,
    /// A value per stretch; none where nothing is known.
    pub values: Vec<Option<f64>>,
}

impl Series {
    pub(crate) fn at(&self, slot: usize) -> Option<f64> {
        drawable(self.values.get(slot).copied().flatten())
    }

    pub(crate) fn tone(&self) -> String {
        format!("tone{}", self.tone % TONES)
    }
}

impl OverTime {
    /// The drawing, to be put into a page as it is.
    pub fn svg(&self) -> String {
        let mut canvas = Canvas::fluid();
        let (title, about) = (format!("{}-title", self.name), format!("{}-about", self.name));
        canvas.open("svg", &[("class", "chart over-time"), ("width", "100%"), ("height", "232")]);
        canvas.open("g", &[("role", "img"), ("aria-labelledby", &format!("{title} {about}"))]);
        canvas.element("title", &[("id", &title)], &self.title);
        canvas.element("desc", &[("id", &about)], &self.summary());
        self.draw(&mut canvas, &self.labels());
        canvas.close("g");
        self.hits(&mut canvas);
        canvas.close("svg");
        canvas.finish()
    }

    /// What it shows, for those who cannot see it: the sentence about it, and from what to what the numbers go.
    pub(crate) fn summary(&self) -> String {
        let mut text = self.about.clone();
        for series in &self.series {
            let known = || (0..self.starts.len()).filter_map(|slot| Some((slot, series.at(slot)?)));
            let most = known().max_by(|a, b| a.1.total_cmp(&b.1));
            if let (Some((slot, most)), Some((_, last))) = (most, known().next_back()) {
                let (most, last) = (self.unit.long(most), self.unit.long(last));
                text += &format!(" {}: at most {most} ({}), at last {last}.", series.name, self.slot(slot));
            }
        }
        text.trim().to_owned()
    }

    /// What a stretch is called.
    pub(crate) fn slot(&self, slot: usize) -> String {
        self.starts.get(slot).map(|start| self.step.name(*start)).unwrap_or_default()
    }

    /// The axis' labels for both widths, each with its class.
    fn labels(&self) -> Vec<(Label, &'static str)> {
        let (wide, narrow) = (self.step.labels(&self.starts, WIDE), self.step.labels(&self.starts, NARROW));
        let both = wide.iter().filter(|label| narrow.contains(label)).map(|label| (label.clone(), "tick"));
        let only_wide =
            wide.iter().filter(|label| !narrow.contains(label)).map(|label| (label.clone(), "tick on-wide"));
        let only_narrow =
            narrow.iter().filter(|label| !wide.contains(label)).map(|label| (label.clone(), "tick on-narrow"));
        both.chain(only_wide).chain(only_narrow).collect()
    }

    /// The labels of a drawing of so many pixels.
    pub(crate) fn labels_at(&self, width: f64) -> Vec<(Label, &'static str)> {
        self.step.labels(&self.starts, width).into_iter().map(|label| (label, "tick")).collect()
    }

    /// Where the middle of a stretch is.
    fn middle(&self, slot: usize) -> f64 {
        (slot as f64 + 0.5) / self.starts.len().max(1) as f64
    }

    /// Where a time is on the axis, if it is on it.
    fn place(&self, at: i64) -> Option<f64> {
        let slot = self.starts.partition_point(|start| *start <= at).checked_sub(1)?;
        let start = self.starts[slot];
        let length = match (self.starts.get(slot + 1), slot.checked_sub(1)) {
            (Some(next), _) => next.abs_diff(start),
            (None, Some(before)) => start.abs_diff(self.starts[before]),
            (None, None) => 0,
        };
        let inside = at.abs_diff(start) as f64 / length.max(1) as f64;
        // What comes after the last stretch is not on the axis.
        (inside <= 1.0).then(|| (slot as f64 + inside) / self.starts.len() as f64)
    }

    pub(crate) fn numbered(&self) -> Vec<Numbered<'_>> {
        marks::numbered(&self.marks, |at| self.place(at))
    }

    /// Everything but links: the same on a page and in a picture.
    pub(crate) fn draw(&self, canvas: &mut Canvas, labels: &[(Label, &'static str)]) {
        let scale = self.scale();
        for tick in &scale.ticks {
            let y = canvas.y(1.0 - scale.share(*tick));
            let class = if *tick == 0.0 { "grid zero" } else { "grid" };
            let right = canvas.x(1.0);
            canvas.empty("line", &[("class", class), ("x1", "0"), ("x2", &right), ("y1", &y), ("y2", &y)]);
            let at = [("class", "tick"), ("x", "-8"), ("y", &y), ("dy", ".34em"), ("text-anchor", "end")];
            canvas.element("text", &at, &self.unit.short(*tick));
        }
        for (label, class) in labels {
            let (x, y) = (canvas.x(self.middle(label.slot)), canvas.y(1.0));
            let at = [("class", *class), ("x", &x), ("y", &y), ("dy", "1.55em"), ("text-anchor", "middle")];
            canvas.element("text", &at, &label.text);
        }
        marks::draw(canvas, &self.numbered());
        match self.shape {
            Shape::Lines => self.lines(canvas, &scale),
            Shape::Bars => self.bars(canvas, &scale),
        }
    }

    fn scale(&self) -> Scale {
        let slots = 0..self.starts.len();
        match self.shape {
            Shape::Lines => {
                let values = self.series.iter().flat_map(|series| slots.clone().filter_map(|slot| series.at(slot)));
                Scale::of(values, self.unit, false)
            }
            Shape::Bars => {
                let sum =
                    |slot| self.series.iter().filter_map(|series| series.at(slot)).map(|value| value.max(0.0)).sum();
                Scale::of(slots.map(sum), self.unit, true)
            }
        }
    }

    fn lines(&self, canvas: &mut Canvas, scale: &Scale) {
        let floor = 1.0 - scale.share(0.0);
        for (number, series) in self.series.iter().enumerate() {
            let tone = series.tone();
            let slots: Vec<usize> = (0..self.starts.len()).collect();
            let mut runs: Vec<Vec<(f64, f64)>> = Vec::new();
            for run in slots.split(|slot| series.at(*slot).is_none()) {
                let point = |slot: &usize| Some((self.middle(*slot), 1.0 - scale.share(series.at(*slot)?)));
                runs.push(run.iter().filter_map(point).collect());
            }
            for run in runs.iter().filter(|run| !run.is_empty()) {
                let (first, last) = (run[0].0, run[run.len() - 1].0);
                if let ([(x, y)], [x_at, y_at]) = (run.as_slice(), [canvas.x(first), canvas.y(run[0].1)]) {
                    debug_assert!(x.is_finite() && y.is_finite());
                    canvas.empty(
                        "circle",
                        &[("class", &format!("dot {tone}")), ("cx", &x_at), ("cy", &y_at), ("r", "3")],
                    );
                    continue;
                }
                if number == 0 && self.series.len() == 1 {
                    canvas.path(&format!("area {tone}"), run, &[(last, floor), (first, floor)]);
                }
                canvas.path(&format!("line {tone}"), run, &[]);
            }
        }
    }

    fn bars(&self, canvas: &mut Canvas, scale: &Scale) {
        let wide = BAR / self.starts.len().max(1) as f64;
        for slot in 0..self.starts.len() {
            let mut sum = 0.0;
            for series in &self.series {
                let value = series.at(slot).unwrap_or_default().max(0.0);
                let (from, until) = (scale.share(sum), scale.share(sum + value));
                sum += value;
                if value <= 0.0 {
                    continue;
                }
                let [x, y] = [canvas.x(self.middle(slot) - wide / 2.0), canvas.y(1.0 - until)];
                let [width, height] = [canvas.x(wide), canvas.y(until - from)];
                let class = format!("bar {}", series.tone());
                canvas
                    .empty("rect", &[("class", &class), ("x", &x), ("y", &y), ("width", &width), ("height", &height)]);
            }
        }
    }

    /// What a stretch's numbers are, in a line.
    pub(crate) fn said(&self, slot: usize) -> String {
        let said = |series: &Series| Some(format!("{} {}", series.name, self.unit.long(series.at(slot)?)));
        let said: Vec<String> = self.series.iter().filter_map(said).collect();
        let said = if said.is_empty() { "nothing known".to_owned() } else { said.join(", ") };
        format!("{}: {said}", self.slot(slot))
    }

    /// A column per stretch that says its numbers and leads to what lies behind them. Not for the keyboard and for screen
    /// readers: they have the same in the table.
    fn hits(&self, canvas: &mut Canvas) {
        canvas.open("g", &[("class", "hits"), ("aria-hidden", "true")]);
        let width = canvas.x(1.0 / self.starts.len().max(1) as f64);
        for slot in 0..self.starts.len() {
            let said = self.said(slot);
            let link = self.links.get(slot).filter(|link| !link.is_empty());
            let element = if link.is_some() { "a" } else { "g" };
            let mut attributes = vec![("class", "hit")];
            if let Some(link) = link {
                attributes.extend([("href", link.as_str()), ("tabindex", "-1")]);
            }
            canvas.open(element, &attributes);
            let x = canvas.x(slot as f64 / self.starts.len() as f64);
            canvas.empty("rect", &[("x", &x), ("width", &width), ("height", "100%")]);
            let middle = self.middle(slot);
            let anchor = ["start", "middle", "end"][(middle * 2.999).clamp(0.0, 2.0) as usize];
            let x = canvas.x(middle);
            canvas.element("text", &[("x", &x), ("y", "-6"), ("text-anchor", anchor)], &said);
            canvas.close(element);
        }
        canvas.close("g");
    }
}
