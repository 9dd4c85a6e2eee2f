//! Hiding mail addresses in an answer.

use serde_json::Value;

/// Takes the addresses out of every text of an answer.
pub(crate) fn addresses(answer: &mut Value) {
    match answer {
        Value::String(text) => {
            if let std::borrow::Cow::Owned(hidden) = text::without_addresses(text) {
                *text = hidden;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(addresses),
        Value::Object(members) => members.values_mut().for_each(addresses),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
