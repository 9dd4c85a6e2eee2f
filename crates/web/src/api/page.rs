//! Long lists, a piece at a time.

use schemars::JsonSchema;
use serde::Serialize;

use super::Call;
use super::endpoint::{Kind, Parameter, may};

/// How far into a list one may go.
pub(crate) const FARTHEST: u64 = 100_000;

/// How many to give.
pub(crate) const LIMIT: Parameter =
    may("limit", Kind::Number { least: 1, most: 200, default: Some(50) }, "how many to give at most");

/// Where to begin.
pub(crate) const OFFSET: Parameter = may(
    "offset",
    Kind::Number { least: 0, most: FARTHEST, default: Some(0) },
    "how many to leave out at the beginning: `next` of the page before",
);

/// A piece of a list.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Page<T> {
    /// What is in it, in order.
    pub items: Vec<T>,
    /// How many stand before them.
    pub offset: u64,
    /// How many there are in all, where that is known.
    pub total: Option<u64>,
    /// The `offset` of the next page; null on the last one.
    pub next: Option<u64>,
}

impl<T> Page<T> {
    /// The piece that was asked for of a list that is there as a whole.
    pub(crate) fn of(all: Vec<T>, call: &Call<'_>) -> Page<T> {
        let total = all.len() as u64;
        let (limit, offset) = span(call);
        Page::cut(all.into_iter().skip(offset).take(limit).collect(), Some(total), call)
    }

    /// The piece that was asked for, of a list of `total`.
    pub(crate) fn cut(items: Vec<T>, total: Option<u64>, call: &Call<'_>) -> Page<T> {
        let (limit, offset) = span(call);
        let end = (offset + items.len()) as u64;
        let more = total.map_or(items.len() >= limit, |total| end < total) && !items.is_empty() && end <= FARTHEST;
        Page { items, offset: offset as u64, total, next: more.then_some(end) }
    }
}

/// Limit and offset of a call.
pub(crate) fn span(call: &Call<'_>) -> (usize, usize) {
    let number = |name| call.number(name).and_then(|number| usize::try_from(number).ok()).unwrap_or_default();
    (number("limit"), number("offset"))
}
