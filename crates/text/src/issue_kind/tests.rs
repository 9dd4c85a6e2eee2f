use super::*;

fn check(title: &str, body: &str, kind: Kind) {
    let found = issue_kind(title, body);
    assert_eq!(found.kind, kind, "{title:?}: {found:?}");
    assert!((1..=3).contains(&found.why.len()) && found.confidence > 0.33, "{found:?}");
}

#[test]
fn kinds() {
    check("Crash when the window is closed", "### Steps to reproduce\n1. open it\n2. close it\nIt crashes.", Kind::Bug);
    check("Add support for dark mode", "It would be nice to have an option for this.", Kind::Feature);
    check("How can I install this on Windows?", "I am trying to install it. How do I do that? Thanks", Kind::Question);
}

proptest::proptest! {
    #[test]
    fn any_issue_has_a_kind(title in "(?s).{0,60}", body in "(?s)[a-z`<>!\\-# \\n*é?]{0,200}") {
        let found = issue_kind(&title, &body);
        proptest::prop_assert!(found.why.len() <= 3 && (0.0..=1.0).contains(&found.confidence));
    }
}
