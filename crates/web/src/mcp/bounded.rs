//! Answers that fit what an assistant can read.

use serde_json::{Map, Value};

/// Bytes of an answer as JSON: about 15,000 of the pieces that assistants count in.
pub(super) const MOST: usize = 60_000;
/// Characters of one text, tried one after the other.
const TEXTS: [usize; 4] = [4_000, 1_000, 250, 60];
/// Lists of so many values or fewer stay whole.
const FEW: usize = 5;

/// Makes an answer fit in `most` bytes: long texts lose their ends, then the largest lists their ends too. Whether
/// anything was lost. What says how a list goes on (`next`, `more`) is kept true.
pub(super) fn fit(answer: &mut Value, most: usize) -> bool {
    let before = top_lists(answer);
    let mut lost = false;
    for longest in TEXTS {
        lost |= shorten(answer, longest);
        // Few long texts are worth more than many short ones, so lists go first; where they are short, texts do.
        while size(answer) > most && halve_largest(answer) {
            lost = true;
        }
        if size(answer) <= most {
            break;
        }
    }
    go_on(answer, &before);
    lost
}

fn size(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) => 5,
        Value::Number(_) => 12,
        // Control characters and quotes take more; that is little of what people write.
        Value::String(text) => text.len() + 3,
        Value::Array(values) => 2 + values.iter().map(size).sum::<usize>(),
        Value::Object(members) => 2 + members.iter().map(|(name, value)| name.len() + 4 + size(value)).sum::<usize>(),
    }
}

fn shorten(value: &mut Value, longest: usize) -> bool {
    match value {
        Value::String(text) => match text.char_indices().nth(longest) {
            Some((end, _)) => {
                text.truncate(end);
                text.push('…');
                true
            }
            None => false,
        },
        Value::Array(values) => values.iter_mut().fold(false, |lost, value| shorten(value, longest) | lost),
        Value::Object(members) => members.values_mut().fold(false, |lost, value| shorten(value, longest) | lost),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Takes the second half of the largest list that can lose something; false if there is none.
fn halve_largest(answer: &mut Value) -> bool {
    match largest(answer, false) {
        Some(list) => {
            list.truncate(list.len().div_ceil(2));
            true
        }
        None => false,
    }
}

/// The outermost of the largest lists that can lose something. A row of a table stays whole, and so do lists of few
/// values, whose number may mean something.
fn largest(value: &mut Value, is_row: bool) -> Option<&mut Vec<Value>> {
    let larger = |list: &&mut Vec<Value>| list_size(list);
    match value {
        Value::Array(values) => {
            if values.len() > FEW && !is_row {
                return Some(values);
            }
            values.iter_mut().filter_map(|value| largest(value, false)).max_by_key(larger)
        }
        Value::Object(members) => {
            members.iter_mut().filter_map(|(name, value)| largest_member(name, value)).max_by_key(larger)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

fn largest_member<'a>(name: &str, value: &'a mut Value) -> Option<&'a mut Vec<Value>> {
    let few_rows = name == "rows" && value.as_array().is_some_and(|rows| rows.len() <= FEW);
    if !few_rows {
        return largest(value, false);
    }
    let rows = value.as_array_mut()?.iter_mut();
    rows.filter_map(|row| largest(row, true)).max_by_key(|list| list_size(list))
}

fn list_size(list: &[Value]) -> usize {
    list.iter().map(size).sum()
}

/// How long the lists are that say how they go on.
fn top_lists(answer: &Value) -> Map<String, Value> {
    let lists = ["cases", "found", "items", "rows"].into_iter();
    lists.filter_map(|name| Some((name.to_owned(), answer.get(name)?.as_array()?.len().into()))).collect()
}

fn go_on(answer: &mut Value, before: &Map<String, Value>) {
    for (name, length) in before {
        let now = answer.get(name.as_str()).and_then(Value::as_array).map(Vec::len).unwrap_or_default();
        if length.as_u64() == Some(now as u64) {
            continue;
        }
        let offset = answer.get("offset").and_then(Value::as_u64).unwrap_or_default();
        if let Some(next) = answer.get_mut("next") {
            *next = (offset + now as u64).into();
        }
        if let Some(more) = answer.get_mut("more") {
            *more = true.into();
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(mut answer: Value, most: usize, expected: Value) {
        let before = answer.clone();
        let lost = fit(&mut answer, most);
        assert_eq!(answer, expected);
        assert_eq!(lost, answer != before);
    }

    #[test]
    fn what_fits_stays() {
        check(json!({"items": [{"a": 1}], "next": null}), 1_000, json!({"items": [{"a": 1}], "next": null}));
    }

    #[test]
    fn lists_lose_their_ends_and_say_so() {
        let items = |count: usize| vec![json!({"a": "x".repeat(80)}); count];
        check(
            json!({"items": items(16), "offset": 20, "next": null}),
            500,
            json!({"items": items(4), "offset": 20, "next": 24}),
        );
        let rows = |count: usize| vec![json!(["x".repeat(80), 1]); count];
        check(json!({"rows": rows(16), "more": false}), 500, json!({"rows": rows(4), "more": true}));
    }

    #[test]
    fn long_texts_lose_their_ends() {
        let long = json!({"text": "ä".repeat(5_000)});
        check(long.clone(), 100_000, json!({"text": "ä".repeat(4_000) + "…"}));
        check(long, 1_000, json!({"text": "ä".repeat(250) + "…"}));
    }

    #[test]
    fn whatever_comes_ends() {
        let deep = (0..60).fold(json!(["x"]), |inner, _| json!([inner, {"a": [1, 2]}]));
        fit(&mut deep.clone(), 0);
        let wide = json!({"a": vec![json!({"b": ["x".repeat(9_000), "y"]}); 3_000]});
        let mut cut = wide;
        fit(&mut cut, MOST);
        assert!(cut.to_string().len() <= MOST);
    }
}
