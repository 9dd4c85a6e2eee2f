//! Documents in, pieces out.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn told(bytes: &[u8], patterns: &[&'static str], longest: usize) -> Vec<String> {
    let mut pieces = Pieces::new(bytes, patterns, longest);
    let mut told = Vec::new();
    while let Some(Found { offset, piece }) = pieces.next_piece().expect("bytes are read") {
        told.push(match piece {
            Ok((pattern, bytes)) => format!("{offset} {pattern} {}", String::from_utf8_lossy(bytes)),
            Err(what) => format!("{offset} {what}"),
        });
    }
    told
}

#[track_caller]
fn check(text: &str, patterns: &[&'static str], expected: &[&str]) {
    assert_eq!(told(text.as_bytes(), patterns, 99), expected, "{text}");
}

#[test]
fn patterns_name_pieces() {
    check("[1, {\"a\": [2]} ,\"]\\\"\" ]", &["[]"], &["1 0 1", "4 0 {\"a\": [2]}", "16 0 \"]\\\"\""]);
    check(r#"{"x":[0],"m":[{"m":[1]},2]}"#, &["m[]"], &[r#"14 0 {"m":[1]}"#, "24 0 2"]);
    let chats = r#"{"chats":{"list":[{"name":"a","m":[1]},{"m":[2],"name":"b"}]}}"#;
    let patterns = ["chats.list[].name", "chats.list[].m[]"];
    check(chats, &patterns, &["26 0 \"a\"", "35 1 1", "45 1 2", "55 0 \"b\""]);
    check("\u{feff}[1]", &["[]"], &["4 0 1"]);
    check("[[1],[2]]", &["[][]"], &["2 0 1", "6 0 2"]);
    check("", &["[]"], &[]);
    check("{}", &["[]"], &[]);
    check("[]", &["a"], &[]);
}

#[test]
fn documents_line_by_line_or_in_an_array() {
    check("{\"a\":1}\n{\"a\":2}\r\n\n3", &["", "[]"], &["0 0 {\"a\":1}", "8 0 {\"a\":2}", "18 0 3"]);
    check("[{\"a\":1},2]", &["", "[]"], &["1 1 {\"a\":1}", "9 1 2"]);
    check("{\"a\":{}\n,\"b\":{}\n}\r\n{}", &[""], &["0 0 {\"a\":{}\n,\"b\":{}\n}", "19 0 {}"]);
    check("{\"a\":{}}\r\n{\n}\n", &[""], &["0 0 {\"a\":{}}", "10 0 {\n}"]);
    check("1\n}\n2", &[""], &["0 0 1", "2 is no JSON", "4 0 2"]);
    check("{\"a\":\"x\n{\"b\":1}\n", &[""], &["0 is no JSON", "8 0 {\"b\":1}"]);
    check("{\"a\":{\n{\"b\":1}\n{\"c\":[", &[""], &["0 is cut short", "7 0 {\"b\":1}", "15 is cut short"]);
}

#[test]
fn lines_are_apart() {
    check("\u{feff}{\"a\":\n\r\n {\"a\" 2} \r\n3", &[LINES], &["3 0 {\"a\":", "12 0 {\"a\" 2}", "22 0 3"]);
    let long = format!("{{\"a\":\"{}\"}}\n2\n", "x".repeat(1 << 20));
    assert_eq!(told(long.as_bytes(), &[LINES], 99), ["0 is too long", "1048585 0 2"]);
}

#[test]
fn what_is_cut_wrong_or_too_long_leaves_what_was_before() {
    check("[1,{\"a\":", &["[]"], &["1 0 1", "3 is cut short"]);
    check("[1,\"a\\", &["[]"], &["1 0 1", "3 is cut short"]);
    check("[1", &["[]"], &["1 0 1", "2 is cut short"]);
    check("{\"m\":[1,2}", &["m[]"], &["6 0 1", "8 0 2", "9 is no JSON"]);
    check("{\"m\" [1]}", &["m[]"], &["5 is no JSON"]);
    check("{m:[1]}", &["m[]"], &["1 is no JSON"]);
    let long = format!("[1,\"{}\",2]", "x".repeat(1 << 20));
    assert_eq!(told(long.as_bytes(), &["[]"], 99), ["1 0 1", "3 is too long", "1048582 0 2"]);
    assert_eq!(told(long.as_bytes(), &["[][]"], 99), Vec::<String>::new());
    let deep = "[".repeat(100_000);
    assert_eq!(told(deep.as_bytes(), &["[]"], 99), ["1 is cut short"]);
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![Just(json!(null)), any::<i64>().prop_map(Value::from), ".{0,9}".prop_map(Value::from)];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map("[a-c\"\\\\]{0,2}", inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn elements_are_those_of_the_document(elements in prop::collection::vec(any_json(), 0..6), pretty: bool) {
        let array = Value::from(elements.clone());
        let text = if pretty { serde_json::to_string_pretty(&array) } else { serde_json::to_string(&array) };
        let text = text.expect("it is JSON");
        let mut pieces = Pieces::new(text.as_bytes(), &["[]"], 1 << 20);
        let mut read = Vec::new();
        while let Some(found) = pieces.next_piece().expect("bytes are read") {
            let (_, bytes) = found.piece.expect("nothing is wrong");
            read.push(serde_json::from_slice::<Value>(bytes).expect("it is JSON"));
        }
        prop_assert_eq!(read, elements);
    }

    #[test]
    fn any_bytes_come_to_an_end(bytes in prop::collection::vec(prop::sample::select(&b"[]{}\",:\\ a1\n"[..]), 0..60)) {
        let count = told(&bytes, &["", "[]", "a[]", "a.a[].a"], 8).len();
        prop_assert!(count <= bytes.len() + 1);
        let lines = told(&bytes, &[LINES], 8).len();
        prop_assert!(lines <= bytes.len());
    }
}
