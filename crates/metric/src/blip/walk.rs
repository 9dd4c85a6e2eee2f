//! The walk along a series: each value beside what was usual before it.

use super::fit::Line;
use super::scale::Scale;
use super::{Blip, Pace, Usual, Watched, Way, is_worth_telling};
use crate::series::Series;

/// One of so many series in which nothing happens may show a blip.
const FALSE_ALARMS: f64 = 1.0 / 20.0;
/// A blip goes on while values are so many deviations out: of usual ones, one in fifteen is.
const HOLDS: f64 = 1.5;
/// Values in a row that are back end it.
const BACK: usize = 2;
/// Nothing is said to be further out than that many times too far.
const FARTHEST: f64 = 99.0;

pub(super) struct Walk<'a> {
    series: &'a Series,
    scale: Scale,
    season: &'a [f64],
    pace: Pace,
    /// The values on the scale, with their noise.
    points: Vec<Option<(f64, f64)>>,
    /// Deviations that are too far.
    limit: f64,
    /// The values that say what is usual, since it was last new.
    base: Vec<usize>,
    /// Whether there was another usual before: then fewer values are enough.
    is_new: bool,
    /// The least spread: of all values, for a few of them may lie close by chance.
    spread: f64,
    /// How far out the latest usual values were, each by its own line, oldest first.
    scores: Vec<f64>,
    found: Watched,
}

/// A blip that goes on.
struct Open {
    first: usize,
    last: usize,
    sign: f64,
    out: f64,
    line: Line,
}

impl<'a> Walk<'a> {
    pub(super) fn new(series: &'a Series, scale: Scale, season: &'a [f64], pace: Pace) -> Walk<'a> {
        let point = |at: usize| {
            let (value, cases) = ((*series.values.get(at)?)?, series.cases.get(at).copied().unwrap_or_default());
            let point = (scale.to(value, season[at], cases), scale.noise(season[at], cases));
            (point.0.is_finite() && point.1.is_finite()).then_some(point)
        };
        let points: Vec<_> = (0..series.starts.len()).map(point).collect();
        // A normal value is more than x deviations out with a probability below exp(-x²/2): of so many values, none is by
        // chance in all but the share of series that is allowed.
        let limit = (2.0 * (points.len().max(2) as f64 / FALSE_ALARMS).ln()).sqrt();
        let found = Watched { usual: vec![None; points.len()], blips: Vec::new() };
        let known: Vec<(f64, f64)> = points.iter().flatten().copied().collect();
        let spread = super::fit::noise(&known, scale.floor()).max(scale.floor());
        Walk {
            series,
            scale,
            season,
            pace,
            points,
            limit,
            base: Vec::new(),
            is_new: false,
            spread,
            scores: Vec::new(),
            found,
        }
    }

    pub(super) fn run(mut self) -> Watched {
        let mut at = 0;
        while at < self.points.len() {
            at = match (self.points[at], self.line()) {
                (None, _) => at + 1,
                (Some(_), None) => {
                    self.base.push(at);
                    at + 1
                }
                (Some(_), Some(line)) => self.step(at, line),
            };
        }
        self.found
    }

    /// The line through the latest usual values; none where they are too few.
    fn line(&self) -> Option<Line> {
        let least = if self.is_new { self.pace.lasting } else { self.pace.least };
        if self.base.len() < least {
            return None;
        }
        let window = &self.base[self.base.len().saturating_sub(self.pace.window)..];
        let points = window.iter().filter_map(|at| self.points[*at].map(|(value, noise)| (*at as f64, value, noise)));
        let sloped = window.len() >= self.pace.least;
        let line = Line::through(&points.collect::<Vec<_>>(), sloped)?;
        Some(Line { spread: line.spread.max(self.spread), ..line })
    }

    /// Looks at one value; gives where to go on.
    fn step(&mut self, at: usize, line: Line) -> usize {
        self.found.usual[at] = Some(self.usual(at, &line));
        let Some(score) = self.score(at, &line) else { return at + 1 };
        self.scores.push(score);
        let together = self.scores.len().min(self.pace.together);
        let sums = (1..=together).map(|count| {
            let sum: f64 = self.scores[self.scores.len() - count..].iter().sum();
            (count, sum / (count as f64).sqrt() / line.unsure(count))
        });
        let Some((count, out)) = sums.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs())) else { return at + 1 };
        if out.abs() < self.limit {
            self.base.push(at);
            return at + 1;
        }
        // What was out together with it was held to be usual until now, and is no more.
        let kept = self.base.len().saturating_sub(count - 1);
        let first = self.base.get(kept).copied().unwrap_or(at);
        let taken = self.base.split_off(kept);
        let line = self.line().filter(|_| count > 1).unwrap_or(line);
        let open = self.follow(Open { first, last: at, sign: out.signum(), out: out.abs(), line });
        self.scores.clear();
        match self.told(&open) {
            Some(blip) => self.close(open, blip),
            None => {
                self.base.extend(taken);
                self.base.push(at);
                at + 1
            }
        }
    }

    /// Goes on from a blip's first values to its last one.
    fn follow(&mut self, mut open: Open) -> Open {
        for at in open.first..self.points.len() {
            if at > open.last + BACK || at + 1 > open.first + self.pace.lasting {
                break;
            }
            self.found.usual[at] = Some(self.usual(at, &open.line));
            let Some(score) = self.score(at, &open.line).map(|score| score * open.sign) else { continue };
            if score < -self.limit {
                break;
            }
            if score >= HOLDS {
                open.last = open.last.max(at);
            }
            open.out = open.out.max(score / open.line.unsure(1));
        }
        open
    }

    /// Puts a blip down; gives where to go on.
    fn close(&mut self, open: Open, blip: Blip) -> usize {
        if blip.length >= self.pace.lasting {
            self.is_new = true;
            self.base = (open.first..=open.last).filter(|at| self.points[*at].is_some()).collect();
        }
        self.found.blips.push(blip);
        open.last + 1
    }

    /// The blip as it is told; none where the change is too small for a word.
    fn told(&self, open: &Open) -> Option<Blip> {
        let Open { first, last, .. } = *open;
        let known = |at: &usize| self.points[*at].is_some();
        let inside: Vec<usize> = (first..=last).filter(known).collect();
        let usual = mean(inside.iter().map(|at| self.scale.from(open.line.value(*at as f64), self.season[*at])))?;
        let was = mean(inside.iter().filter_map(|at| self.series.values[*at]))?;
        if !is_worth_telling(self.series.unit, usual, was) || (was - usual) * open.sign <= 0.0 {
            return None;
        }
        let after: Vec<usize> = (last + 1..self.points.len()).filter(known).take(self.pace.after).collect();
        Some(Blip {
            from: self.series.starts[first],
            until: self.series.end(last),
            first,
            length: last + 1 - first,
            way: if open.sign > 0.0 { Way::Up } else { Way::Down },
            usual,
            was,
            extra: self.series.is_counted().then_some((was - usual) * inside.len() as f64),
            out: (open.out / self.limit).clamp(1.0, FARTHEST),
            after: mean(after.iter().filter_map(|at| self.series.values[*at])),
            lasted: self.lasted(open, &inside, &after),
        })
    }

    fn lasted(&self, open: &Open, inside: &[usize], after: &[usize]) -> Option<bool> {
        if after.len() * 2 < self.pace.after {
            return None;
        }
        let off = |all: &[usize]| {
            let mut off: Vec<f64> =
                all.iter().filter_map(|at| Some(self.points[*at]?.0 - open.line.value(*at as f64))).collect();
            super::fit::median(&mut off)
        };
        Some(off(after)? * open.sign >= off(inside)? * open.sign / 2.0)
    }

    fn score(&self, at: usize, line: &Line) -> Option<f64> {
        let (value, noise) = self.points[at]?;
        let usual = line.value(at as f64);
        // A handful may always come at once: what is usually less is held to be so many.
        let off = (value - usual.max(self.scale.few(self.season[at]))).max(0.0) + (value - usual).min(0.0);
        Some(off / (noise * line.spread))
    }

    fn usual(&self, at: usize, line: &Line) -> Usual {
        let middle = line.value(at as f64);
        let noise = self.points[at].map_or(1.0, |(_, noise)| noise);
        let reach = self.limit * noise * line.spread * line.unsure(1);
        let back = |scaled| self.scale.from(scaled, self.season[at]);
        Usual { low: back(middle - reach), middle: back(middle), high: back(middle + reach) }
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0_usize), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / count as f64)
}
