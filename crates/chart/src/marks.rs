//! What is marked in a chart: an event, or a stretch that leaves the usual range. A mark is a line with a number above it;
//! what the numbers mean stands below the chart, so that no label ever covers another, at any width.

use crate::draw::Canvas;

/// Marks nearer to each other than this share one number: at 300 pixels they would touch.
const NEAR: f64 = 0.06;

/// Something worth knowing when looking at the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mark {
    /// When, microseconds UTC.
    pub at: i64,
    /// Until when, for a stretch.
    pub until: Option<i64>,
    /// What it was, in a few words.
    pub label: String,
    /// Where to read more.
    pub href: Option<String>,
}

/// Marks that share a number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Numbered<'a> {
    pub(crate) number: usize,
    pub(crate) share: f64,
    pub(crate) until: Option<f64>,
    pub(crate) marks: Vec<&'a Mark>,
}

/// The marks of an axis, by time, numbered from 1. `place` gives where a time stands on the axis, if it does.
pub(crate) fn numbered<'a>(marks: &'a [Mark], place: impl Fn(i64) -> Option<f64>) -> Vec<Numbered<'a>> {
    let placed = |mark: &'a Mark| Some((place(mark.at)?, mark.until.and_then(&place), mark));
    let mut placed: Vec<_> = marks.iter().filter_map(placed).collect();
    placed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut all: Vec<Numbered<'a>> = Vec::new();
    for (share, until, mark) in placed {
        match all.last_mut() {
            Some(last) if share - last.share < NEAR && last.until.is_none() && until.is_none() => last.marks.push(mark),
            _ => all.push(Numbered { number: all.len() + 1, share, until, marks: vec![mark] }),
        }
    }
    // A stretch may begin right after another: their numbers are moved apart, to the right as far as there is room.
    for at in 1..all.len() {
        let least = all[at - 1].share + NEAR;
        if all[at].share < least && all[at].until.is_none() {
            all[at].share = least.min(1.0);
        }
    }
    all
}

pub(crate) fn draw(canvas: &mut Canvas, marks: &[Numbered<'_>]) {
    for mark in marks {
        let x = canvas.x(mark.share);
        if let Some(until) = mark.until.filter(|until| *until > mark.share) {
            let width = canvas.x(until - mark.share);
            let height = canvas.y(1.0);
            canvas.empty("rect", &[("class", "stretch"), ("x", &x), ("width", &width), ("height", &height)]);
        }
        let bottom = canvas.y(1.0);
        canvas.empty("line", &[("class", "mark"), ("x1", &x), ("x2", &x), ("y1", "-4"), ("y2", &bottom)]);
        let number = mark.number.to_string();
        canvas.element("text", &[("class", "mark"), ("x", &x), ("y", "-7"), ("text-anchor", "middle")], &number);
    }
}
