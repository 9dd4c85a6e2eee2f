//! A line as small as a word.

use crate::draw::Canvas;
use crate::scale::drawable;

/// A line through values, lowest to highest, with its last point marked. `about` says it in words: `questions by month,
/// from 3 to 41`.
pub fn sparkline(values: &[Option<f64>], about: &str) -> String {
    let values: Vec<Option<f64>> = values.iter().map(|value| drawable(*value)).collect();
    let known = values.iter().flatten();
    let (low, high) =
        known.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(*value), high.max(*value)));
    let mut canvas = Canvas::fluid();
    canvas
        .open("svg", &[("class", "spark"), ("role", "img"), ("aria-label", about), ("width", "96"), ("height", "24")]);
    let last = values.len().saturating_sub(1).max(1) as f64;
    let place = |(at, value): (usize, &Option<f64>)| {
        let share = if high > low { (value.as_ref()? - low) / (high - low) } else { 0.5 };
        Some((0.02 + at as f64 / last * 0.94, 0.88 - share * 0.76))
    };
    let points: Vec<Option<(f64, f64)>> = values.iter().enumerate().map(place).collect();
    for run in points.split(Option::is_none) {
        let run: Vec<(f64, f64)> = run.iter().flatten().copied().collect();
        if run.len() > 1 {
            canvas.path("line", &run, &[]);
        }
    }
    if let Some((x, y)) = points.iter().rev().flatten().next() {
        let (x, y) = (canvas.x(*x), canvas.y(*y));
        canvas.empty("circle", &[("cx", &x), ("cy", &y), ("r", "2.5")]);
    }
    canvas.close("svg");
    canvas.finish()
}
