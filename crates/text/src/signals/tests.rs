use super::*;

/// The names of all signals that are found, in the order of [`Signal::ALL`].
fn names(subject: &str, own: &str) -> String {
    let signals = signals((!subject.is_empty()).then_some(subject), own);
    let names: Vec<_> =
        Signal::ALL.iter().filter(|signal| signals.has(**signal)).map(|signal| signal.as_str()).collect();
    names.join(" ")
}

fn check(own: &str, expected: &str) {
    assert_eq!(names("", own), expected, "{own:?}");
}

#[test]
fn the_phrases_build() {
    let patterns = matcher::patterns().expect("they build");
    assert!(patterns < 40_000, "{patterns} phrases take long to build");
    for (rule, phrases) in phrases::THEMES.iter().copied().flatten() {
        for pattern in *phrases {
            let all = expand::expand(pattern);
            assert!(!all.is_empty() && all.len() <= 1_500, "{rule:?} {pattern}: {}", all.len());
            assert!(all.iter().all(|phrase| *phrase == phrase.to_lowercase()), "{pattern}");
        }
    }
}

#[test]
fn names_are_unique_and_fit() {
    let mut names: Vec<_> = Signal::ALL.iter().map(|signal| signal.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Signal::ALL.len());
    assert!(Signal::ALL.len() <= 32, "the bits of `Signals::set`");
}

#[test]
fn reasons_are_the_words() {
    let own = "Hi,\n\n    how = do.i()\n\nhow do I stop `it`? And how can I start it again?";
    let signals = signals(Some("Question: any idea why?"), own);
    let words: Vec<_> = signals
        .reasons(Signal::Question)
        .map(|found| if found.in_subject { "subject" } else { &own[found.words.clone()] })
        .collect();
    assert_eq!(words, ["how do I stop `it`?", "And how can I start it again?", "subject"]);
}

#[test]
fn questions() {
    for (subject, own, expected) in [
        ("", "", ""),
        ("", "It was released today.", ""),
        ("", "How do I stop it", "question"),
        ("", "Does it stop?", "question"),
        ("", "(does it \"stop\"?)", "question"),
        ("How to stop?", "see below", "question"),
        ("Re: How to stop?", "see below", ""),
        ("", "see https://example.org/?a=b and https://example.org/what?", ""),
        ("", "I get an error when I run it.", "question"),
        ("", "It should work(?) I guess", ""),
        ("", "the `?` operator", ""),
        ("", "We know how to stop it.", ""),
        ("", "Could someone look into this? Thanks in advance!", "question"),
        ("", "This is a sentence that a mail program wrapped here, and how\nto stop it nobody told me", "question"),
        ("", "im having trouble with the installer", "question"),
        ("", "Wie kann ich das anhalten", "question"),
        ("", "alguien sabe por qué", "question"),
        ("", "Look:\n\n    x = f(y)\n    print(x) # what?\n", ""),
        ("", "```\nwhy?\n```\n", ""),
    ] {
        assert_eq!(names(subject, own), expected, "{subject:?} {own:?}");
    }
}

#[test]
fn thanks_and_what_works() {
    check("Thanks!", "thanks");
    check("Thank you very much, that helps.", "thanks");
    check("How do I stop it?\n\nThanks,\nJo", "question");
    check("Here is how it goes. It changes how the reactor waits for all threads to end.\n\nThanks,\nJo", "");
    check("That worked. Now on to the next one", "works");
    check("I will try and see if that works", "");
    check("Try this and see if that works", "answer");
    check("I hope this works", "");
    check("It is fast thanks to the cache", "");
    check("Thanks to everybody who came", "thanks");
    check("No thanks", "");
    check("This worked fine before", "");
    check("Problem solved, many thanks", "thanks works");
    check("The problem is not solved", "");
    check("Any help would be much appreciated.", "question");
    check("Danke, jetzt geht es", "thanks works");
}

#[test]
fn complaints_and_feelings() {
    check("This is ridiculous, I wasted hours", "complaint frustration");
    check("a crude drawing", "");
    check("The build is completely broken since 2.0", "complaint");
    check("Let me know if it is broken", "");
    check("It stopped working after the upgrade", "complaint");
    check("I am so frustrated with this installer", "frustration");
    check("I'm not frustrated", "");
    check("Argh, not again", "frustration");
    check("You are an idiot", "hostility");
    check("I am an idiot", "");
    check("Shut up and go away", "hostility");
}

#[test]
fn help_and_its_forms() {
    check("You should use the other reactor.", "answer");
    check("Can you use the other reactor", "");
    check("The problem is that your loop blocks.", "answer");
    check("See the docs on that", "points_to_page");
    check("It is described here: https://example.org/docs/start", "points_to_page");
    check("I followed https://example.org/docs/start and it stops", "");
    check("I have read the documentation twice", "");
    check("I'd be happy to help with the port", "offer");
    check("Would anyone be willing to help", "");
    check("I can send a patch tomorrow", "offer");
    check("Please post the full traceback", "asks_for_logs");
    check("Could you please attach your log and the config?", "question asks_for_logs");
    check("I can post the log if needed", "");
    check("Which version are you using?", "question asks_for_version");
    check("Which version should I take?", "question");
    check("Please open a ticket for that", "asks_to_file");
    check("I opened a ticket for that", "");
    check("Should I open a ticket", "");
    check("You should ask this on the users mailing list", "hands_on");
    check("This is an upstream bug", "hands_on");
    check("Fixed in r45678.", "names_fix");
    check("That was fixed in trunk last week", "names_fix");
    check("This should be fixed in trunk", "");
    check("I've just opened a small pull request", "names_fix");
}

#[test]
fn askers_tell_of_themselves() {
    check("I'm new to all of this", "newcomer");
    check("a new version", "");
    check("I have the same problem on my laptop", "me_too");
    check("Me too.", "me_too");
    check("Let me too", "");
    check("Never mind, found it", "self_solved");
    check("I finally figured it out: it was the port", "self_solved");
    check("I have not figured it out yet", "");
    check("This is urgent", "urgent");
    check("It is not urgent", "");
    check("It fails in production only", "production");
    check("This should be documented somewhere", "wants_docs");
    check("It is documented in the manual", "points_to_page");
}

#[test]
fn stories_and_news() {
    check("We have been using it for three years with great success", "story");
    check("We use it in production", "production story");
    check("How do we use it in production", "question production");
    check("I am pleased to announce version 2", "announcement");
    check("Join us for a sprint next week", "event");
    check("Call for papers", "event");
    check("The conference was fun", "");
}

proptest::proptest! {
    #[test]
    fn any_text_will_do(own in "(?s)(`|https://x/docs|we use |in production|if |that works|\\?|\n|.){0,60}") {
        let signals = signals(Some(&own), &own);
        for found in &signals.found {
            proptest::prop_assert!(own.get(found.words.clone()).is_some());
            proptest::prop_assert!(signals.has(found.signal));
        }
    }
}

#[test]
fn what_is_left_out_shifts_no_words() {
    let own = "¡https://x/docs``we use ??";
    let question = signals(None, own).found.into_iter().find(|found| found.signal == Signal::Question);
    let words = question.and_then(|found| own.get(found.words)).expect("whole letters");
    assert!(words.ends_with("we use ?"), "{words}");
}

#[test]
fn hostile_text_takes_linear_time() {
    for piece in
        ["thanks ", "a? ", "if ", "we use ", "in production ", "` ", "http://docs. ", "you can ", "```\n", "' "]
    {
        signals(None, &piece.repeat(20_000));
    }
}
