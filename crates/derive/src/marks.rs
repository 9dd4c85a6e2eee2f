//! What a message does, as bits: all that later steps need of its text.

/// Signals of one message, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks(u64);

/// What a message does: [`text::Signal`], and what is not said in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// See [`text::Signal`].
    Said(text::Signal),
    /// It shows code, a session or a trace.
    Code,
    /// It has fewer than [`FEW`] words.
    Short,
    /// It has more than [`MANY`] words.
    Long,
}

/// Below this, an answer is short; above [`MANY`], long.
const FEW: u32 = 40;
const MANY: u32 = 120;

/// Bits above those of [`text::Signal`].
const CODE: u32 = 61;
const SHORT: u32 = 62;
const LONG: u32 = 63;

impl Marks {
    /// The same with what is not said in words.
    pub fn sized(mut self, code: bool, words: u32) -> Marks {
        for (mark, holds) in [(Mark::Code, code), (Mark::Short, words < FEW), (Mark::Long, words > MANY)] {
            if holds {
                self.add(mark);
            }
        }
        self
    }

    /// Adds one.
    pub fn add(&mut self, mark: Mark) {
        self.0 |= 1 << bit(mark);
    }

    /// Whether a message does this.
    pub fn does(self, signal: text::Signal) -> bool {
        self.has(Mark::Said(signal))
    }

    /// The same for any mark.
    pub fn has(self, mark: Mark) -> bool {
        self.0 >> bit(mark) & 1 == 1
    }
}

fn bit(mark: Mark) -> u32 {
    match mark {
        Mark::Said(signal) => signal as u32,
        Mark::Code => CODE,
        Mark::Short => SHORT,
        Mark::Long => LONG,
    }
}
