//! Which line of a chat answers which: pure functions over lines, no IO, nothing about storage.
//!
//! An [`Untangler`] reads one channel's lines in order and says of each which earlier line it answers. The
//! answer depends on nothing but the last [`WINDOW`] messages, the [`WINDOW`] before each of those, and
//! their answers. So who has to go on after a restart feeds the last [`REPLAY`] messages of the channel with
//! the answers they were given to [`Untangler::recall`], and goes on as if nothing had happened: the results
//! equal those of an uninterrupted run, bit for bit.
//!
//! How: the [`sieve`] takes the likeliest of the last messages, [`features`] describes each of them, and the
//! [`model`] weighs them, and the chance that the line answers nothing. `learn` makes the model.

pub mod features;
pub mod model;
mod names;
mod now;
mod reason;
pub mod sieve;
#[cfg(test)]
mod tests;
mod weighed;
mod window;
mod words;

pub use reason::{Reason, Why};
pub use weighed::Weighed;
pub use window::WINDOW;

use features::CANDIDATES;
use model::Model;
use now::Now;
use window::{Said, Window};

/// Messages (system lines not counted) after which an interrupted run's state is that of an uninterrupted one.
pub const REPLAY: usize = 2 * WINDOW;

/// Microseconds in a minute. Chat logs know no more than minutes, so the model is told no more.
const MINUTE: i64 = 60_000_000;

/// One line of a channel.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// When it was said: microseconds UTC.
    pub time: i64,
    /// Who said it, by the name people call them there. Case is ignored.
    pub author: &'a str,
    /// What was said.
    pub text: &'a str,
    /// Whether the channel says so, and no person: somebody joined, the topic changed.
    pub system: bool,
    /// The names of those whom the source knows to be addressed. Names in the text are found without.
    pub addressed: &'a [&'a str],
}

/// What a line answers. Lines are numbered from 0 in the order in which they were pushed, system lines too.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    /// The earlier line it answers; none if it opens a conversation.
    pub to: Option<u64>,
    /// How sure that is, from 0 to 1: the model's probability.
    pub confidence: f32,
    /// The line that opened the conversation; a line that answers nothing is its own.
    pub conversation: u64,
    /// Why.
    pub why: Why,
}

/// One channel's state.
#[derive(Debug)]
pub struct Untangler<'m> {
    model: &'m Model,
    window: Window,
    /// The number of the next line.
    next: u64,
}

impl Default for Untangler<'_> {
    fn default() -> Self {
        Untangler::new()
    }
}

impl<'m> Untangler<'m> {
    /// A channel of which nothing was said yet, and the model that ships.
    pub fn new() -> Untangler<'m> {
        Untangler::with(Model::shipped())
    }

    /// The same with another model.
    pub fn with(model: &'m Model) -> Untangler<'m> {
        Untangler { model, window: Window::default(), next: 0 }
    }

    /// The same, numbering the next line as given: to go on after a restart.
    pub fn starting_at(mut self, number: u64) -> Untangler<'m> {
        self.next = number;
        self
    }

    /// The number that the next line gets.
    pub fn next_number(&self) -> u64 {
        self.next
    }

    /// Reads the next line and says what it answers.
    pub fn push(&mut self, line: &Line<'_>) -> Answer {
        self.push_and_show(line, |_| ())
    }

    /// The same, and shows what was weighed before it is decided. System lines are not weighed.
    pub fn push_and_show(&mut self, line: &Line<'_>, show: impl FnOnce(&Weighed)) -> Answer {
        let number = self.next;
        if line.system {
            self.next += 1;
            return Answer { to: None, confidence: 1.0, conversation: number, why: Why::default() };
        }
        let now = Now::read(&mut self.window, line);
        let weighed = weigh(&now, self.model);
        show(&weighed);
        let best = weighed.best();
        let said = weighed.candidates[best].and_then(|to| now.window.get(to.place));
        let answer = Answer {
            to: said.map(|said| said.number),
            confidence: weighed.chances[best],
            conversation: said.map_or(number, |said| said.conversation),
            why: said.map_or(Why::default(), |said| reason::why(&now, said)),
        };
        let said = now.said(number, weighed.candidates[best].map(|to| to.place), answer.conversation);
        self.remember(said);
        answer
    }

    /// Reads the next line, of which it is known what it answers and which line opened its conversation: what
    /// [`Untangler::push`] said of it, or a person who corrected it. Lines keep their numbers if all are recalled
    /// from [`Untangler::starting_at`] on, system lines too.
    pub fn recall(&mut self, line: &Line<'_>, to: Option<u64>, conversation: u64) {
        if line.system {
            self.next += 1;
            return;
        }
        let place = to.and_then(|to| self.window.place_of(to));
        let number = self.next;
        let said = Now::read(&mut self.window, line).said(number, place, conversation);
        self.remember(said);
    }

    fn remember(&mut self, said: Said) {
        self.window.add(said);
        self.next += 1;
    }
}

fn weigh(now: &Now<'_>, model: &Model) -> Weighed {
    let seen = sieve::sights(now, &model.sieve);
    let passed = sieve::pass(seen.clone());
    let features = features::all(now, &seen, &passed);
    let mut candidates = [None; CANDIDATES];
    for (slot, sight) in candidates.iter_mut().skip(1).zip(&passed) {
        *slot = Some(*sight);
    }
    let mut talks = [u64::MAX; CANDIDATES];
    for (talk, sight) in talks.iter_mut().skip(1).zip(&passed) {
        *talk = now.window.get(sight.place).map_or(u64::MAX, |said| said.conversation);
    }
    let count = passed.len() + 1;
    let mut chances = model.scores(&features);
    model::to_chances(&mut chances[..count]);
    Weighed { seen, candidates, count, features, chances, talks }
}
