//! Reading an object whose fields may be of another type than their documentation says.

use std::cell::RefCell;

use serde_json::{Map, Value};

/// An object, and the names of the fields that were there but of the wrong type.
pub struct Fields<'a> {
    object: &'a Map<String, Value>,
    wrong: &'a RefCell<Vec<&'static str>>,
}

impl<'a> Fields<'a> {
    /// The fields of `value`, none if it is no object. What is of a wrong type is noted in `wrong`.
    pub fn of(value: &'a Value, wrong: &'a RefCell<Vec<&'static str>>) -> Option<Self> {
        Some(Fields { object: value.as_object()?, wrong })
    }

    /// A text that is not empty.
    pub fn text(&self, name: &'static str) -> Option<&'a str> {
        self.read(name, Value::as_str).filter(|text| !text.is_empty())
    }

    /// An id: a text that is not empty, or a number as its text.
    pub fn id(&self, name: &'static str) -> Option<String> {
        let id = self.read(name, |value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        });
        id.filter(|id| !id.is_empty())
    }

    /// A whole number, also one that stands in a text.
    pub fn number(&self, name: &'static str) -> Option<i64> {
        self.read(name, |value| match value {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        })
    }

    /// Whether a field says yes; one that is missing says no.
    pub fn yes(&self, name: &'static str) -> bool {
        self.read(name, Value::as_bool).unwrap_or_default()
    }

    /// Whether a field says no in so many words.
    pub fn no(&self, name: &'static str) -> bool {
        self.read(name, Value::as_bool) == Some(false)
    }

    /// The elements of a list; none if it is missing.
    pub fn list(&self, name: &'static str) -> impl Iterator<Item = &'a Value> {
        self.read(name, Value::as_array).into_iter().flatten()
    }

    /// The objects in a list, each with its own fields; what is none is noted.
    pub fn objects(&self, name: &'static str) -> impl Iterator<Item = Fields<'a>> {
        let wrong = self.wrong;
        self.list(name).filter_map(move |value| {
            let fields = Fields::of(value, wrong);
            if fields.is_none() {
                wrong.borrow_mut().push(name);
            }
            fields
        })
    }

    /// An object within this one.
    pub fn object(&self, name: &'static str) -> Option<Fields<'a>> {
        let wrong = self.wrong;
        self.read(name, Value::as_object).map(|object| Fields { object, wrong })
    }

    /// A time: seconds, milliseconds or microseconds since 1970 as a number or a text (`1500000000.000100`),
    /// or a date as RFC 3339 writes it. Microseconds UTC; what cannot be a time is noted.
    pub fn time(&self, name: &'static str) -> Option<i64> {
        self.read(name, |value| match value {
            Value::Number(number) => of_number(&number.to_string()),
            Value::String(text) => of_number(text).or_else(|| of_date(text)),
            _ => None,
        })
    }

    /// `None` for a field that is missing or null, or that `read` cannot read, which is noted.
    fn read<T>(&self, name: &'static str, read: impl Fn(&'a Value) -> Option<T>) -> Option<T> {
        let value = self.object.get(name).filter(|value| !value.is_null())?;
        let read = read(value);
        if read.is_none() {
            self.wrong.borrow_mut().push(name);
        }
        read
    }
}

/// Seconds up to the year 5138 have eleven digits, milliseconds since 1973 and microseconds since then more.
fn of_number(text: &str) -> Option<i64> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let number: i64 = whole.parse().ok()?;
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match whole.trim_start_matches('-').len() {
        0..=11 => {
            let micros: i64 = format!("{:0<6.6}", fraction).parse().ok()?;
            number.checked_mul(1_000_000)?.checked_add(micros)
        }
        12..=14 => number.checked_mul(1_000),
        _ => Some(number),
    }
}

fn of_date(text: &str) -> Option<i64> {
    text.trim().parse::<jiff::Timestamp>().ok().map(|time| time.as_microsecond())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn times_in_any_form() {
        let wrong = RefCell::default();
        for (value, time) in [
            (json!("1500000000.000100"), Some(1_500_000_000_000_100)),
            (json!(1_500_000_000), Some(1_500_000_000_000_000)),
            (json!(1_500_000_000.5), Some(1_500_000_000_500_000)),
            (json!("1500000000123"), Some(1_500_000_000_123_000)),
            (json!(1_500_000_000_123_456_i64), Some(1_500_000_000_123_456)),
            (json!("2017-07-14T02:40:00Z"), Some(1_500_000_000_000_000)),
            (json!("2017-07-14T04:40:00.5+02:00"), Some(1_500_000_000_500_000)),
            (json!("yesterday"), None),
            (json!(""), None),
            (json!("1.x"), None),
            (json!([1]), None),
            (json!(null), None),
        ] {
            let object = json!({ "time": value });
            assert_eq!(Fields::of(&object, &wrong).expect("an object").time("time"), time, "{object}");
        }
        assert_eq!(wrong.borrow().len(), 4);
    }

    #[test]
    fn wrong_types_are_noted_and_missing_ones_are_not() {
        let wrong = RefCell::default();
        let object = json!({"a": 1, "b": "x", "c": [1, {"d": true}], "e": null, "f": ""});
        let fields = Fields::of(&object, &wrong).expect("an object");
        assert_eq!(
            (fields.text("a"), fields.text("b"), fields.text("e"), fields.text("f")),
            (None, Some("x"), None, None)
        );
        let yes: Vec<bool> = fields.objects("c").map(|fields| fields.yes("d")).collect();
        assert_eq!((fields.id("a").as_deref(), fields.id("f"), fields.number("a")), (Some("1"), None, Some(1)));
        assert_eq!((yes, fields.yes("b"), fields.object("c").is_none()), (vec![true], false, true));
        assert_eq!(*wrong.borrow(), ["a", "c", "b", "c"]);
    }
}
