//! Reading `data`, whose fields may be of another type than their documentation says.

use std::cell::RefCell;

use model::Timestamp;
use model::time::{EARLIEST, SECOND};
use serde_json::Value;

use crate::mail;

/// 2100-01-01: nothing was done later.
const LATEST: Timestamp = 4_102_444_800 * SECOND;

/// A value somewhere in an item. Fields are named by paths: `user.login`.
#[derive(Clone, Copy)]
pub struct Data<'a> {
    value: &'a Value,
    /// Names of fields that were there but of the wrong type.
    wrong: &'a RefCell<Vec<&'static str>>,
}

impl<'a> Data<'a> {
    /// The root of what is read.
    pub fn new(value: &'a Value, wrong: &'a RefCell<Vec<&'static str>>) -> Self {
        Data { value, wrong }
    }

    /// What is at `path`, null if there is nothing.
    pub fn at(&self, path: &str) -> Data<'a> {
        let value = path.split('.').fold(self.value, |value, name| match value {
            Value::Array(list) => name.parse().ok().and_then(|at: usize| list.get(at)).unwrap_or(&Value::Null),
            value => &value[name],
        });
        Data { value, ..*self }
    }

    /// Whether there is something.
    pub fn is_there(&self) -> bool {
        !self.value.is_null()
    }

    /// The value itself.
    pub fn value(&self) -> &'a Value {
        self.value
    }

    /// A text that is not empty.
    pub fn text(&self, path: &'static str) -> Option<&'a str> {
        match self.at(path).value {
            Value::String(text) => Some(text.as_str()).filter(|text| !text.is_empty()),
            other => self.not(path, other),
        }
    }

    /// A text or a number, as text: what is used as a key.
    pub fn key(&self, path: &'static str) -> Option<String> {
        match self.at(path).value {
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            other => self.not(path, other),
        }
    }

    /// A whole number, also one written as text.
    pub fn number(&self, path: &'static str) -> Option<i64> {
        match self.at(path).value {
            Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(|number| number as i64)),
            Value::String(text) => text.trim().parse().ok(),
            other => self.not(path, other),
        }
    }

    /// Whether a field says yes; one that is missing says no.
    pub fn yes(&self, path: &'static str) -> bool {
        match self.at(path).value {
            Value::Bool(yes) => *yes,
            Value::String(text) => text == "true",
            _ => false,
        }
    }

    /// The elements of a list; none if it is missing.
    pub fn each(&self, path: &'static str) -> impl Iterator<Item = Data<'a>> + use<'a> {
        let (wrong, value) = (self.wrong, self.at(path).value);
        let list = match value {
            Value::Array(list) => list.as_slice(),
            // Perceval writes `{}` where a site had nothing to say.
            Value::Object(fields) if fields.is_empty() => &[],
            other => self.not::<&[Value]>(path, other).unwrap_or_default(),
        };
        list.iter().map(move |value| Data { value, wrong })
    }

    /// The texts in a list.
    pub fn texts(&self, path: &'static str) -> Vec<String> {
        self.each(path).filter_map(|one| one.value.as_str().map(str::to_owned)).collect()
    }

    /// A time in any form that the sites write: seconds, milliseconds or microseconds since 1970, RFC 3339, and
    /// what mails have for a date. Microseconds UTC; what cannot be a time is noted.
    pub fn time(&self, path: &'static str) -> Option<Timestamp> {
        let value = self.at(path).value;
        let time = match value {
            Value::Number(number) => of_number(number.as_f64()?),
            Value::String(text) if text.is_empty() => return None,
            Value::String(text) => of_text(text),
            other => return self.not(path, other),
        };
        let time = time.filter(|time| (EARLIEST..LATEST).contains(time));
        if time.is_none() {
            self.wrong.borrow_mut().push(path);
        }
        time
    }

    fn not<T>(&self, path: &'static str, value: &Value) -> Option<T> {
        if !value.is_null() {
            self.wrong.borrow_mut().push(path);
        }
        None
    }
}

fn of_number(number: f64) -> Option<Timestamp> {
    // Seconds up to the year 5138 are below 10^11, milliseconds since 1973 above, microseconds above 10^14.
    let micros = match number.abs() {
        size if size < 1e11 => number * 1e6,
        size if size < 1e14 => number * 1e3,
        _ => number,
    };
    // What is out of range becomes the largest number there is, which no time is.
    Some(micros.round() as i64)
}

fn of_text(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(number) = text.parse::<f64>() {
        return of_number(number);
    }
    let exact = text.parse::<jiff::Timestamp>().map(|time| time.as_microsecond()).ok();
    exact.or_else(|| mail::read_date(text))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn times_of_all_sites() {
        let wrong = RefCell::default();
        for (value, seconds) in [
            (json!(1_500_000_000), Some(1_500_000_000)),
            (json!(1_500_000_000.25), Some(1_500_000_000)),
            (json!("1500000000"), Some(1_500_000_000)),
            (json!(1_500_000_000_000_i64), Some(1_500_000_000)),
            (json!("2017-07-14T02:40:00.000+0000"), Some(1_500_000_000)),
            (json!("2017-07-14T02:40:00"), Some(1_500_000_000)),
            (json!("2017-07-14 02:40:00.000000000"), Some(1_500_000_000)),
            (json!("2017-07-14 04:40:00 +0200"), Some(1_500_000_000)),
            (json!("Fri Jul 14 04:40:00 2017 +0200"), Some(1_500_000_000)),
            (json!("Fri, 14 Jul 2017 02:40:00 GMT"), Some(1_500_000_000)),
            (json!(1e300), None),
            (json!("soon"), None),
            (json!([]), None),
            (json!(null), None),
        ] {
            let object = json!({"a": {"time": value}});
            let time = Data::new(&object, &wrong).time("a.time");
            assert_eq!(time.map(|time| time.div_euclid(SECOND)), seconds, "{object}");
        }
        assert_eq!(wrong.borrow().len(), 3);
    }

    #[test]
    fn paths_lead_nowhere_without_harm() {
        let (wrong, value) = (RefCell::default(), json!({"a": [{"b": 7}], "c": {}, "d": "x"}));
        let data = Data::new(&value, &wrong);
        assert_eq!(
            (data.key("a.0.b"), data.number("a.0.b"), data.text("a.9.b")),
            (Some("7".to_owned()), Some(7), None)
        );
        assert_eq!((data.each("c").count(), data.each("d").count(), data.at("d.e").is_there()), (0, 0, false));
        assert_eq!(*wrong.borrow(), ["d"]);
    }
}
