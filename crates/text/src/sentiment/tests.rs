use super::*;

/// A text, its feeling, and a word that must be among the reasons.
fn check(text: &str, feeling: Feeling, reason: &str) {
    let found = sentiment(text);
    let why: Vec<&str> = found.why.iter().map(|place| &text[place.clone()]).collect();
    assert_eq!(found.feeling, feeling, "{text:?}: {found:?} {why:?}");
    assert!(why.iter().any(|words| words.contains(reason)) || reason.is_empty(), "{text:?}: {why:?}");
}

#[test]
fn feelings() {
    check("Thanks a lot, this works great!", Feeling::Positive, "great");
    check("I love the new interface, excellent work :)", Feeling::Positive, "love");
    check("This is a horrible API, I hate it.", Feeling::Negative, "hate");
    check("It is so annoying that the documentation is useless.", Feeling::Negative, "annoying");
}

#[test]
fn technical_words_are_no_feelings() {
    check("Kill the process and start it again.", Feeling::Neutral, "");
    check("The build fails with error 2 in the linker.", Feeling::Neutral, "");
    check("You can call abort() in the child thread.", Feeling::Neutral, "");
    check("", Feeling::Neutral, "");
}

proptest::proptest! {
    #[test]
    fn any_text_has_a_sentiment(text in "(?s).{0,120}") {
        let found = sentiment(&text);
        proptest::prop_assert!(found.score.abs() <= 1.0 && found.confidence <= 1.0);
        proptest::prop_assert!(found.why.iter().all(|place| text.get(place.clone()).is_some()));
    }
}
