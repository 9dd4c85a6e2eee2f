//! Texts that repeat, as small numbers.

use rustc_hash::FxHashMap;

/// Gives each different text a number, from 0 in the order of first sight.
#[derive(Debug, Default)]
pub struct Interner {
    numbers: FxHashMap<Box<str>, u32>,
    texts: Vec<Box<str>>,
    joined: String,
}

impl Interner {
    /// The number of `text`, a new one if it is new.
    pub fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.texts.len() as u32;
        self.numbers.insert(text.into(), number);
        self.texts.push(text.into());
        number
    }

    /// The number of several texts with `between` between them.
    pub fn joined<'a>(&mut self, parts: impl IntoIterator<Item = &'a str>, between: &str) -> u32 {
        let mut joined = std::mem::take(&mut self.joined);
        joined.clear();
        for (at, part) in parts.into_iter().enumerate() {
            joined.push_str(if at > 0 { between } else { "" });
            joined.push_str(part);
        }
        let number = self.number(&joined);
        self.joined = joined;
        number
    }

    /// The text of a number given by [`Interner::number`].
    pub fn text(&self, number: u32) -> &str {
        self.texts.get(number as usize).map_or("", |text| text)
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }
}
