//! Line numbers of one stretch, to be told in one problem.

use std::fmt;

/// Stretches of neighbouring lines that are written out; of more, only the number of lines is told.
const TOLD: usize = 8;

/// Ascending line numbers, neighbours joined.
#[derive(Debug, Default)]
pub struct Spans {
    lines: u64,
    spans: Vec<(u64, u64)>,
    more: bool,
}

impl Spans {
    /// Adds a line behind all that were added before.
    pub fn add(&mut self, line: u64) {
        self.lines += 1;
        let room = self.spans.len() < TOLD;
        match self.spans.last_mut() {
            Some((_, last)) if !self.more && last.checked_add(1) == Some(line) => *last = line,
            _ if room => self.spans.push((line, line)),
            _ => self.more = true,
        }
    }

    /// The first line.
    pub fn first(&self) -> Option<u64> {
        self.spans.first().map(|(first, _)| *first)
    }
}

impl fmt::Display for Spans {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: ", self.lines, if self.lines == 1 { "line" } else { "lines" })?;
        for (index, (first, last)) in self.spans.iter().enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            match first == last {
                true => write!(f, "{comma}{first}")?,
                false => write!(f, "{comma}{first}-{last}")?,
            }
        }
        f.write_str(if self.more { " …" } else { "" })
    }
}
