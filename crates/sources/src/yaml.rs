//! YAML as JSON values: what sources that read YAML share.
//!
//! Made of the parser's events, so that nothing in it grows with hostile input: nesting ends at
//! [`DEEPEST`], and what aliases repeat is counted as if it were written out (the "billion laughs" of
//! anchors within anchors). Only `null`, `true` and `false` are more than texts: a version `1.10` or a
//! time `12:30` stays as it is written (YAML 1.1 read the latter as the number 750).

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

/// Deeper nesting than this is nothing that a person wrote.
const DEEPEST: usize = 64;
/// What copies of anchored values may take: so many bytes, and twice the length of the text. A value counts
/// [`VALUE`] bytes besides its text.
const BUDGET: usize = 1 << 20;
const VALUE: usize = 16;

/// Reads every document of a stream; what came before an error is given with it. An error is a short
/// fixed phrase.
pub fn read(text: &str) -> (Vec<Value>, Option<&'static str>) {
    let mut documents = Vec::new();
    let budget = text.len().saturating_mul(2).saturating_add(BUDGET);
    let mut reader = Reader { budget, ..Reader::default() };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let taken = match event {
            Ok((event, _)) => reader.take(event, &mut documents),
            Err(_) => Err("is no YAML"),
        };
        if let Err(what) = taken {
            return (documents, Some(what));
        }
    }
    (documents, None)
}

/// The first document, if all of it can be read.
pub fn first(text: &str) -> Result<Value, &'static str> {
    match read(text) {
        (documents, None) => Ok(documents.into_iter().next().unwrap_or_default()),
        (_, Some(what)) => Err(what),
    }
}

#[derive(Default)]
struct Reader {
    open: Vec<Open>,
    anchors: BTreeMap<usize, Value>,
    budget: usize,
}

/// A list or an object that is being filled; its anchor is 0 if it has none.
enum Open {
    List(usize, Vec<Value>),
    Object(usize, Map<String, Value>, Option<String>),
}

impl Reader {
    fn take(&mut self, event: Event<'_>, documents: &mut Vec<Value>) -> Result<(), &'static str> {
        match event {
            Event::DocumentStart(_) => self.anchors.clear(),
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                let value = if plain { plain_value(&text) } else { Value::String(text.into_owned()) };
                self.put(value, anchor, documents)?;
            }
            Event::Alias(anchor) => {
                let size = self.anchors.get(&anchor).map_or(0, weight);
                self.pay(size)?;
                let value = self.anchors.get(&anchor).cloned().unwrap_or_default();
                self.put(value, 0, documents)?;
            }
            Event::SequenceStart(anchor, _) => self.open(Open::List(anchor, Vec::new()))?,
            Event::MappingStart(anchor, _) => self.open(Open::Object(anchor, Map::new(), None))?,
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open::List(anchor, list)) => self.put(Value::Array(list), anchor, documents)?,
                Some(Open::Object(anchor, object, _)) => self.put(Value::Object(object), anchor, documents)?,
                None => {}
            },
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn open(&mut self, open: Open) -> Result<(), &'static str> {
        if self.open.len() >= DEEPEST {
            return Err("is nested too deep");
        }
        self.open.push(open);
        Ok(())
    }

    /// Puts a value where it belongs, and a copy of it where aliases find it.
    fn put(&mut self, value: Value, anchor: usize, documents: &mut Vec<Value>) -> Result<(), &'static str> {
        if anchor != 0 {
            self.pay(weight(&value))?;
            self.anchors.insert(anchor, value.clone());
        }
        match self.open.last_mut() {
            None => documents.push(value),
            Some(Open::List(_, list)) => list.push(value),
            Some(Open::Object(_, object, key)) => match key.take() {
                None => *key = Some(name(value)),
                Some(key) => {
                    object.insert(key, value);
                }
            },
        }
        Ok(())
    }

    fn pay(&mut self, bytes: usize) -> Result<(), &'static str> {
        self.budget = self.budget.checked_sub(bytes).ok_or("repeats itself without end")?;
        Ok(())
    }
}

/// Bytes of a value; it is at most [`DEEPEST`] deep, so that recursion ends.
fn weight(value: &Value) -> usize {
    VALUE
        + match value {
            Value::String(text) => text.len(),
            Value::Array(list) => list.iter().map(weight).sum(),
            Value::Object(object) => object.iter().map(|(key, value)| key.len() + weight(value)).sum(),
            Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        }
}

/// A scalar without quotes, as YAML 1.2's core schema (section 10.3) has null and booleans.
fn plain_value(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        text => Value::String(text.to_owned()),
    }
}

/// What a key is called; keys that are lists or objects are written as JSON.
fn name(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_as_they_are_written() {
        for (text, expected) in [
            (
                "a: 1.10\nb: 12:30\nc: yes\nd: true\ne: ~\nf:\ng: 'true'\nh: 2019-01-02",
                r#"{"a":"1.10","b":"12:30","c":"yes","d":true,"e":null,"f":null,"g":"true","h":"2019-01-02"}"#,
            ),
            ("- &x {a: b}\n- *x\n- [1, two]", r#"[{"a":"b"},{"a":"b"},["1","two"]]"#),
            ("? [a, b]\n: c\n? ~\n: d", r#"{"":"d","[\"a\",\"b\"]":"c"}"#),
            ("a: |\n  one\n  two\n", r#"{"a":"one\ntwo\n"}"#),
            ("", "null"),
        ] {
            assert_eq!(first(text).map(|value| value.to_string()).as_deref(), Ok(expected), "{text}");
        }
        assert_eq!(read("a: 1\n---\n- 2\n---\n]").0.len(), 2);
    }

    #[test]
    fn what_grows_without_end_is_refused() {
        let laughs: String =
            (1..60).map(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{},", n - 1).repeat(10))).collect();
        for (text, what) in [
            (format!("a0: &a0 [x]\n{laughs}"), "repeats itself without end"),
            // The parser has a bound of its own for brackets.
            ("[".repeat(1_000_000), "is no YAML"),
            (format!("{}x{}", "[".repeat(100), "]".repeat(100)), "is nested too deep"),
            ("- ".repeat(1_000_000), "is nested too deep"),
            ("a: ".repeat(1_000_000), "is no YAML"),
            ("&a [*a]".to_owned(), ""),
        ] {
            assert_eq!(first(&text).err().unwrap_or_default(), what, "{}", &text[..7]);
        }
    }

    proptest::proptest! {
        #[test]
        fn anything_will_do(text in "(?s)([a-z0-9:{}\\[\\]&*,'\"|>%@#? -]|\n|\n  |- |: |.){0,60}") {
            read(&text);
        }
    }
}
