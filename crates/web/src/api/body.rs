//! Reading what is sent: JSON of a bounded size.

use axum::body::{Body, to_bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde_json::Value;

use super::Problem;

/// Bytes that may be sent at most.
pub(crate) const LONGEST: usize = 1 << 20;
/// How deep JSON may nest: nothing that is sent nests deeper than a few levels.
const DEEPEST: usize = 64;

/// Reads a JSON object; nothing sent is an empty one.
pub(crate) async fn read(headers: &HeaderMap, body: Body) -> Result<Value, Problem> {
    let bytes = to_bytes(body, LONGEST).await.map_err(|_| Problem::TooLong)?;
    if bytes.is_empty() {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    if !is_json(headers) {
        return Err(Problem::NotJson);
    }
    if is_too_deep(&bytes) {
        return Err(Problem::Body("it nests too deep".to_owned()));
    }
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(object)) => Ok(Value::Object(object)),
        Ok(_) => Err(Problem::Body("it is no JSON object".to_owned())),
        Err(error) => Err(Problem::Body(format!("it is no JSON: {error}"))),
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// Whether brackets outside of strings nest deeper than [`DEEPEST`]. Reading JSON recurses.
fn is_too_deep(bytes: &[u8]) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => depth += 1,
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_bounded() {
        let check = |text: &str, expected| assert_eq!(is_too_deep(text.as_bytes()), expected, "{text}");
        check("{\"a\": [1, {}]}", false);
        check(&"[".repeat(65), true);
        check(&format!("\"{}\"", "[".repeat(65)), false);
        check(&format!("\"\\\"{}\"", "[".repeat(65)), false);
        check(&"[]".repeat(1000), false);
    }
}
