//! Reading one item of JSON into rows: what every normalizer of JSON begins and ends with.

use std::cell::RefCell;

use model::{Item, Problem, Rows, Stage};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Fields, Origin};

/// One item on its way into rows.
pub struct Reading<'a, T> {
    /// The source's id.
    pub source: &'a str,
    /// The item.
    pub item: &'a Item,
    /// Where it was found.
    pub origin: Origin<T>,
    /// Where its rows go.
    pub rows: &'a mut Rows,
}

impl<'a, T: DeserializeOwned + Default> Reading<'a, T> {
    /// Parses `item` and hands its fields to `read`; what is no object, and fields of a wrong type, become
    /// problems.
    pub fn object(
        source: &'a str,
        item: &'a Item,
        rows: &'a mut Rows,
        read: impl FnOnce(&mut Reading<'a, T>, &Value, &Fields<'_>),
    ) {
        let mut reading = Reading { source, item, origin: Origin::read(item), rows };
        let wrong = RefCell::default();
        let value: Value = serde_json::from_slice(&item.bytes).unwrap_or_default();
        match Fields::of(&value, &wrong) {
            Some(fields) => read(&mut reading, &value, &fields),
            None => reading.problem("is no JSON object", ""),
        }
        for name in wrong.borrow().iter() {
            reading.problem("field of a wrong type", name);
        }
    }

    /// Records a problem with this item. `what` is a short fixed phrase; `detail` no body and no address.
    pub fn problem(&mut self, what: &str, detail: &str) {
        self.rows.problems.push(Problem {
            stage: Stage::Normalize,
            what: what.to_owned(),
            file: self.origin.file.clone(),
            offset: Some(self.origin.offset),
            detail: detail.to_owned(),
        });
    }
}
