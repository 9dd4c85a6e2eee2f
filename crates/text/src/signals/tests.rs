use super::*;

/// `q`uestion, `t`hanks, c`o`mplaint, `c`ode.
fn signs(subject: &str, own: &str) -> String {
    let signals = signals((!subject.is_empty()).then_some(subject), own);
    let signs = [(signals.question, 'q'), (signals.thanks, 't'), (signals.complaint, 'o'), (signals.code, 'c')];
    signs.iter().filter(|(is, _)| *is).map(|(_, sign)| sign).collect()
}

#[test]
fn the_phrases_build() {
    assert!(MATCHER.is_some());
    assert!(PHRASES.iter().all(|(phrase, _)| *phrase == phrase.to_lowercase() && phrase.trim() == *phrase));
}

#[test]
fn signs_are_read() {
    for (subject, own, expected) in [
        ("", "", ""),
        ("", "It was released today.", ""),
        ("", "How do I stop it", "q"),
        ("", "Does it stop?", "q"),
        ("", "(does it \"stop\"?)", "q"),
        ("How to stop?", "see below", "q"),
        ("Re: How to stop?", "see below", ""),
        ("", "see https://example.org/?a=b and https://example.org/what?", ""),
        ("", "I get an error when I run it.", "q"),
        ("", "It should work(?) I guess", ""),
        ("", "the `?` operator", ""),
        ("", "We know how to stop it.", ""),
        ("", "Thanks!", "t"),
        ("", "Thank you very much, that helps.", "t"),
        ("", "How do I stop it?\n\nThanks,\nJo", "q"),
        ("", "Could someone look into this? Thanks in advance!", "q"),
        ("", "Here is the patch. It changes how the reactor waits for threads to end.\n\nThanks,\nJo", ""),
        ("", "That worked. Now on to the next one", "t"),
        ("", "Try it and see if that works", ""),
        ("", "It is fast thanks to the cache", ""),
        ("", "Thanks to everybody who came", "t"),
        ("", "No thanks", ""),
        ("", "This is ridiculous, I wasted hours", "o"),
        ("", "a crude drawing", ""),
        ("", "Look:\n\n    x = f(y)\n    print(x) # what?\n", "c"),
        ("", "```\nwhy?\n```\n", "c"),
        ("", ">>> import os\n", "c"),
        ("", "run `make all` first", "c"),
        ("", "a lone ` tick?", "q"),
        ("", "Two things:\n\n    - one\n    - two\n", ""),
    ] {
        assert_eq!(signs(subject, own), expected, "{subject:?} {own:?}");
    }
}

#[test]
fn words_are_counted_without_code() {
    assert_eq!(signals(None, "One two -- three\n\n    code()\n").words, 3);
}

proptest::proptest! {
    #[test]
    fn any_text_will_do(own in "(?s).{0,200}") {
        signals(Some(&own), &own);
    }
}
