//! Tables: columns as wide as their words ask for, narrower where that is too wide together.

use super::{INK, LEADING, LEFT, Layer, SOFT, WIDTH};
use crate::document::{Span, said};

/// The size of letters.
const SIZE: f32 = 8.5;
/// Between two columns.
const GAP: f32 = 10.0;
/// No column asks for more than this share of the page, however long its words.
const MOST: f32 = 0.5;

impl Layer<'_> {
    pub(super) fn table(&mut self, head: &[Vec<Span>], rows: &[Vec<Vec<Span>>], x: f32) {
        let columns = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or_default();
        if columns == 0 {
            return;
        }
        let widths = self.columns(head, rows, columns, WIDTH - LEFT - x);
        let strong: Vec<Vec<Span>> =
            head.iter().map(|cell| cell.iter().map(|span| Span { strong: true, ..span.clone() }).collect()).collect();
        if head.iter().any(|cell| !said(cell).trim().is_empty()) {
            self.row(&strong, &widths, x, true);
        }
        rows.iter().for_each(|row| self.row(row, &widths, x, false));
        self.y += SIZE;
    }

    fn row(&mut self, cells: &[Vec<Span>], widths: &[f32], x: f32, head: bool) {
        let broken: Vec<_> = cells.iter().zip(widths).map(|(cell, width)| self.broken(cell, SIZE, *width)).collect();
        let lines = broken.iter().map(Vec::len).max().unwrap_or_default().max(1);
        self.room((lines as f32 * LEADING + 0.6) * SIZE);
        for at in 0..lines {
            // A row longer than a page goes on on the next.
            self.room(SIZE * LEADING);
            let mut left = x;
            for (cell, width) in broken.iter().zip(widths) {
                if let Some(line) = cell.get(at) {
                    self.line(line, left, SIZE, if head { SOFT } else { INK });
                }
                left += width + GAP;
            }
            self.y += SIZE * LEADING;
        }
        self.y += SIZE * 0.25;
        self.across(x);
        self.y += SIZE * 0.35;
    }

    fn columns(&self, head: &[Vec<Span>], rows: &[Vec<Vec<Span>>], columns: usize, room: f32) -> Vec<f32> {
        let room = room - GAP * (columns as f32 - 1.0);
        let wanted = |at: usize| {
            let cells = rows.iter().filter_map(|row| row.get(at)).chain(head.get(at));
            cells.map(|cell| self.widths.of(&said(cell), SIZE * 1.05)).fold(SIZE * 2.0, f32::max).min(room * MOST)
        };
        let wanted: Vec<f32> = (0..columns).map(wanted).collect();
        let all: f32 = wanted.iter().sum();
        let shrink = if all > room { room / all } else { 1.0 };
        wanted.into_iter().map(|width| (width * shrink).max(1.0)).collect()
    }
}
