//! Looking things up in a row that was kept as JSON.

use std::borrow::Cow;

use serde_json::Value;

use super::names;

/// Objects within each other that are gone into.
const DEEPEST: usize = 16;
/// More names than this are not collected.
const MOST: usize = 10_000;

/// The first of these columns that is there and not empty. A point goes into an object: `user.name`.
pub fn find<'v>(row: &'v Value, columns: &[String]) -> Option<&'v Value> {
    columns.iter().find_map(|column| one(row, column).filter(|value| !is_empty(value)))
}

fn one<'v>(row: &'v Value, column: &str) -> Option<&'v Value> {
    let fields = row.as_object()?;
    if let Some(value) = fields.get(column) {
        return Some(value);
    }
    if let Some((first, rest)) = column.split_once('.')
        && let Some(value) = one(row, first)
    {
        return one(value, rest);
    }
    fields.iter().find(|(name, _)| names::same(name, column)).map(|(_, value)| value)
}

/// Whether a row has this column, empty or not.
pub fn has(row: &Value, column: &str) -> bool {
    one(row, column).is_some()
}

/// Whether a value says nothing.
pub fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A value as one text: lists by commas, objects as JSON.
pub fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => Cow::Borrowed(text),
        Value::Array(_) => Cow::Owned(list(value).join(", ")),
        other => Cow::Owned(other.to_string()),
    }
}

/// A value as a list: an array's elements, or a text cut at `,`, `;` or `|`.
pub fn list(value: &Value) -> Vec<String> {
    let plain = |value: &Value| match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Object(fields) => {
            // Labels and tags of many exports are objects with a name.
            let name = ["name", "text", "title", "label"].iter().find_map(|key| fields.get(*key)?.as_str());
            name.map_or_else(|| value.to_string(), str::to_owned)
        }
        other => other.to_string(),
    };
    let parts: Vec<String> = match value {
        Value::Null => Vec::new(),
        Value::Array(values) => values.iter().map(plain).collect(),
        Value::String(text) if text.trim_start().starts_with('[') => match serde_json::from_str(text) {
            Ok(Value::Array(values)) => values.iter().map(plain).collect(),
            _ => cut(text.trim().trim_start_matches('[').trim_end_matches(']')),
        },
        Value::String(text) => cut(text),
        other => vec![plain(other)],
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect()
}

fn cut(text: &str) -> Vec<String> {
    let mark = [';', '|', ','].into_iter().find(|mark| text.contains(*mark)).unwrap_or(',');
    text.split(mark).map(|part| part.trim().trim_matches(['"', '\'']).to_owned()).collect()
}

/// Adds the names of a row's fields that are not among `names` yet, those within objects behind a point.
pub fn keys(row: &Value, names: &mut Vec<String>) {
    add(row, "", 0, names);
}

fn add(value: &Value, path: &str, depth: usize, names: &mut Vec<String>) {
    match value.as_object() {
        Some(fields) if depth < DEEPEST && (!fields.is_empty() || depth == 0) => {
            for (key, value) in fields {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                add(value, &path, depth + 1, names);
            }
        }
        _ if depth > 0 && names.len() < MOST && !names.iter().any(|name| name == path) => names.push(path.to_owned()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_found_by_name_and_path() {
        let row = json!({"Ticket ID": "7", "user": {"Name": "Ada", "x": 1}, "a.b": "flat", "tags": ["x", {"name": "y"}], "e": " "});
        let told = |columns: &[&str]| {
            let columns: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
            find(&row, &columns).map(|value| text(value).into_owned())
        };
        assert_eq!(told(&["ticket_id"]).as_deref(), Some("7"));
        assert_eq!(told(&["e", "user.name"]).as_deref(), Some("Ada"));
        assert_eq!(told(&["a.b"]).as_deref(), Some("flat"));
        assert_eq!(told(&["tags"]).as_deref(), Some("x, y"));
        assert_eq!((told(&["e"]), told(&["user.name.x"]), told(&["", "none"])), (None, None, None));
        let mut names = Vec::new();
        keys(&row, &mut names);
        names.sort();
        assert_eq!(names, ["Ticket ID", "a.b", "e", "tags", "user.Name", "user.x"]);
    }

    #[test]
    fn lists_in_many_forms() {
        for value in
            [json!("a, b"), json!("a;b;"), json!("a|b"), json!(["a", "b"]), json!("[\"a\",\"b\"]"), json!("['a', 'b']")]
        {
            assert_eq!(list(&value), ["a", "b"], "{value}");
        }
        assert_eq!(list(&json!("a, b; c")), ["a, b", "c"]);
        assert!(list(&json!("")).is_empty() && list(&json!(null)).is_empty());
    }
}
