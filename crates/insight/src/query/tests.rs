use std::fmt::Write;
use std::time::{Duration, Instant};

use super::*;

/// 2024-06-01T00:00:00Z.
const NOW: i64 = 1_717_200_000_000_000;

/// A query in a form that tests can read: words | phrases | without | filters | notes.
fn told(text: &str) -> String {
    let query = Query::parse(text, NOW, None);
    let mut out = format!("{} | {} | {} |", query.words, query.phrases.join("; "), query.without.join("; "));
    for clause in &query.filter.clauses {
        let any: Vec<String> = clause.any.iter().map(|what| format!("{what:?}")).collect();
        let _ = write!(out, " {}{}", if clause.not { "not " } else { "" }, any.join(" or "));
    }
    out + &format!(" | {}", query.notes.len())
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(told(text), expected, "{text}");
}

#[test]
fn words_phrases_and_what_must_not_be() {
    check("stop the reactor", "stop the reactor |  |  | | 0");
    check("\"connection lost\" reactor “a b”", "reactor | connection lost; a b |  | | 0");
    check("reactor -windows -\"known issue\"", "reactor |  | windows; known issue | | 1");
    check("say \"connection lost", "say connection lost |  |  | | 1");
    check("", " |  |  | | 0");
    check(" \u{0}\u{1b}[31m \u{202e}x\t", "[31m \u{202e}x |  |  | | 0");
    check("\"\" \" \"", " |  |  | | 0");
}

#[test]
fn what_is_pasted_is_taken_as_it_is() {
    check("tar -x --verbose -- a", "tar -x --verbose -- a |  |  | | 0");
    check("pip install\n -rf -verbose", "pip install -rf -verbose |  |  | | 0");
    check("TypeError: std::io in: x http://a.example/b", "TypeError: std::io in: x http://a.example/b |  |  | | 0");
    check("in::x is:", "in::x is: |  |  | | 0");
}

#[test]
fn filters() {
    check("from:Ada from:\"Ada L, Countess\"", " |  |  | From(\"ada\") or From(\"ada l, countess\") | 0");
    check("in:list,#Chat -in:dev", " |  |  | In(\"list\") or In(\"chat\") not In(\"dev\") | 0");
    check("tier:2-3 tier:none", " |  |  | Tier(Some(2)) or Tier(Some(3)) or Tier(None) | 0");
    check("is:waiting -is:mine state:not-question", " |  |  | Is(Waiting) not Is(Mine) Is(NotQuestion) | 0");
    check("has:code HAS:Traceback", " |  |  | Has(Code) Has(Trace) | 0");
    check("who:@me tag:TLS x", "x |  |  | Who(\"me\") Tag(\"tls\") | 0");
    check("tier:7 is:great before:soon has:fun tier:3-1", " |  |  | | 5");
    check("is:waiting,fun", " |  |  | Is(Waiting) | 1");
}

#[test]
fn days() {
    let day = 86_400_000_000;
    for (text, expected) in [
        ("2024-06-01", NOW),
        ("2024/6/1", NOW),
        ("2024-06", NOW),
        ("2024", NOW - 152 * day),
        ("today", NOW),
        ("yesterday", NOW - day),
        ("7d", NOW - 7 * day),
        ("2w", NOW - 14 * day),
        ("1m", NOW - 31 * day),
        ("1y", NOW - 366 * day),
    ] {
        check(&format!("after:{text}"), &format!(" |  |  | After({expected}) | 0"));
        check(&format!("-before:{text}"), &format!(" |  |  | not Before({expected}) | 0"));
    }
    for text in ["2024-13", "2024-02-30", "24", "d", "-3d", "99999999d", "2024-1-1-1", "é", "9y9"] {
        check(&format!("after:{text}"), " |  |  | | 1");
    }
    let zone = TimeZone::fixed(jiff::tz::offset(2));
    let query = Query::parse("after:2024-06-01", NOW, Some(&zone));
    assert_eq!(query.filter.clauses[0].any, [What::After(NOW - 7_200_000_000)]);
}

#[test]
fn the_most_hostile_query_is_read_at_once() {
    let long = |text: &str| text.repeat((1 << 20) / text.len());
    for text in [
        long("\""),
        long("a\" "),
        long("-"),
        long("-\"a"),
        long("in:"),
        long("in:a,"),
        long("is:x "),
        long("é"),
        long("from:\"é "),
        long("\u{0}"),
        long("tier:0-4 "),
    ] {
        let begun = Instant::now();
        let query = Query::parse(&text, i64::MIN, None);
        assert!(begun.elapsed() < Duration::from_millis(500), "{:?}", &text[..8]);
        assert!(!query.notes.is_empty() && query.notes.len() <= MOST_NOTES);
        assert!(query.filter.clauses.iter().map(|clause| clause.any.len()).sum::<usize>() <= MOST_FILTERS);
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_a_query(text in "(?:[a-z \"“\\-:,\\n]|from:|is:|before:|has:|.){0,40}") {
        let query = Query::parse(&text, NOW, None);
        proptest::prop_assert!(query.about().len() <= text.len() + query.phrases.len());
        proptest::prop_assert!(query.phrases.iter().chain(&query.without).all(|phrase| !phrase.is_empty()));
    }
}
