//! The language of searching: words, phrases and filters, as search, the desk's views and bulk commands take it.
//!
//! ```text
//! reactor stop                  messages about these words, those with all of them first
//! "connection lost"             the words beside each other, whatever stands between them
//! -windows  -"known issue"      without this
//! from:ada  from:"Ada L"        written (of conversations: opened) by somebody of that name, id or address
//! in:list  in:list/dev          in this source or channel
//! tier:3  tier:2-4  tier:none   what the conversation asks for
//! after:2024-05  before:7d      from the start of that day, month or year on; until then. 7d, 3w, 2m, 1y: so long ago
//! active:yesterday  answered:7d  somebody wrote in it, another person first answered it, from then on
//! is:waiting  state:resolved    how far the conversation is ([`Is`])
//! has:code  has:trace           what the message holds ([`Has`])
//! who:me  who:nobody  who:ada   who has the case
//! tag:tls                       a topic or a tag of the case
//! ```
//!
//! `-` before a filter turns it round, `in:list,chat` means either. Several filters must all hold, but `from:`,
//! `in:`, `tier:` and `who:` given twice mean either, since one message cannot have two of them.
//!
//! Reading never fails: what is not understood is left out and said in [`Query::notes`]. Text of several lines was
//! pasted: there a dash is a dash.

use jiff::tz::TimeZone;

pub(crate) mod called;
mod filter;
mod fits;
mod is;
mod split;
#[cfg(test)]
mod tests;
mod when;

pub use filter::{Clause, Filter, Has, Is, What};
pub(crate) use fits::Fits;

use split::{Piece, pieces};

/// Bytes of a query that are read: more than any stack trace that is worth looking for.
const LONGEST: usize = 32 << 10;
/// Filters of a query that are read.
const MOST_FILTERS: usize = 100;
/// Notes that are kept: nobody reads more.
const MOST_NOTES: usize = 10;
/// Characters of the query that a note repeats.
const REPEATED: usize = 40;

/// A query, read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// Free words, in order, joined by blanks.
    pub words: String,
    /// What stood in quotes.
    pub phrases: Vec<String>,
    /// Words and phrases that must not be in the message.
    pub without: Vec<String>,
    /// What must hold besides.
    pub filter: Filter,
    /// Look for the words alone, not for what they mean. Not read from the text: callers set it.
    pub words_only: bool,
    /// Who asks, as the desk calls them: what `me` means. Callers set it.
    pub me: Option<String>,
    /// What was not understood, as a person should be told. May repeat what they typed.
    pub notes: Vec<String>,
}

impl Query {
    /// Reads a query. `now` (microseconds UTC) is what `7d` is counted from; days begin at midnight in `zone`, in
    /// UTC if none is given.
    pub fn parse(text: &str, now: i64, zone: Option<&TimeZone>) -> Query {
        let utc = TimeZone::UTC;
        let zone = zone.unwrap_or(&utc);
        let mut query = Query::default();
        let read = &text[..text.floor_char_boundary(LONGEST)];
        if read.len() < text.len() {
            query.note(format!("only the first {} KiB of the query were read", LONGEST >> 10));
        }
        let (pieces, unclosed) = pieces(read);
        if unclosed {
            query.note("a quote is not closed: its words were looked for one by one".to_owned());
        }
        for piece in pieces {
            query.add(piece, now, zone);
        }
        query
    }

    /// Whether it asks for any words: if not, it is a filter alone.
    pub fn has_words(&self) -> bool {
        !self.words.is_empty() || !self.phrases.is_empty()
    }

    /// Words and phrases as one text: what the query is about.
    pub fn about(&self) -> String {
        let parts = std::iter::once(self.words.as_str()).chain(self.phrases.iter().map(String::as_str));
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn add(&mut self, piece: Piece<'_>, now: i64, zone: &TimeZone) {
        let not = piece.not;
        match (piece.name, piece.quoted) {
            (None, _) if not => {
                if !piece.quoted {
                    self.note(format!("without `{}`; in quotes it is looked for", shown(piece.value)));
                }
                self.without.push(piece.value.to_owned());
            }
            (None, true) => self.phrases.push(piece.value.to_owned()),
            (None, false) => {
                if !self.words.is_empty() {
                    self.words.push(' ');
                }
                self.words.push_str(piece.value);
            }
            (Some(name), quoted) => self.add_filter(not, name, (piece.value, quoted), now, zone),
        }
    }

    fn add_filter(&mut self, not: bool, name: &str, (value, quoted): (&str, bool), now: i64, zone: &TimeZone) {
        let values: Vec<&str> = if quoted { vec![value] } else { value.split(',').take(MOST_FILTERS).collect() };
        let mut any = Vec::new();
        for value in values.into_iter().map(str::trim).filter(|value| !value.is_empty()) {
            match What::parse(name, value, now, zone) {
                Ok(what) => any.extend(what),
                Err(known) => self.note(format!("`{name}:{}` was left out: it can be {known}", shown(value))),
            }
        }
        if any.is_empty() {
            return;
        }
        if !self.filter.add(Clause { not, any }, MOST_FILTERS) {
            self.note(format!("only the first {MOST_FILTERS} filters were read"));
        }
    }

    fn note(&mut self, note: String) {
        if self.notes.len() < MOST_NOTES && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// The beginning of what somebody typed.
fn shown(typed: &str) -> String {
    let mut shown: String = typed.chars().take(REPEATED).collect();
    if shown.len() < typed.len() {
        shown.push('…');
    }
    shown
}
