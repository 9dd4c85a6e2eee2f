//! The sentence of a message that answers a question, where a message has many.

use std::ops::Range;

use text::{Meaning, Signal};

/// Characters of a sentence that are shown.
pub(crate) const SHOWN: usize = 300;
/// Sentences of a message that are looked at.
const MOST: usize = 60;
/// Fewer words are a greeting or half a sentence.
const WORDS: usize = 3;
/// What it adds to a sentence's likeness to the question that it tells what to do or names a fix, shows code or a
/// link, asks back instead, thanks or greets, or is a program's and no person's. Chosen by reading, on a few dozen
/// answers of two communities.
const TELLS: f32 = 0.35;
const SHOWS: f32 = 0.15;
const ASKS: f32 = -0.4;
const THANKS: f32 = -0.3;
const MACHINE: f32 = -0.5;
/// What each sentence before it takes away, down to a third: answers come early.
const LATER: f32 = 0.02;

/// The sentence of own words that answers what `question` means best, on one line; none if there is no sentence.
pub(crate) fn answering_sentence(own: &str, question: &Meaning) -> Option<String> {
    let signals = text::signals(None, own);
    let holds = |range: &Range<usize>, wanted: &[Signal]| {
        let inside = |found: &text::Found| found.words.start < range.end && range.start < found.words.end;
        signals.found.iter().any(|found| wanted.contains(&found.signal) && inside(found))
    };
    let prose = prose(own);
    let is_prose =
        |range: &Range<usize>| prose.iter().any(|prose| prose.start <= range.start && range.start < prose.end);
    let weight = |(number, range): (usize, &Range<usize>)| {
        let sentence = own.get(range.clone()).unwrap_or_default();
        let is = |yes: bool, weight: f32| if yes { weight } else { 0.0 };
        question.likeness(&text::meaning(sentence))
            + is(holds(range, &[Signal::Answer, Signal::NamesFix, Signal::PointsToPage]), TELLS)
            + is(sentence.contains('`') || sentence.contains("://"), SHOWS)
            + is(sentence.trim_end().ends_with('?'), ASKS)
            + is(holds(range, &[Signal::Thanks]), THANKS)
            + is(!is_prose(range), MACHINE)
            - (LATER * number as f32).min(1.0 / 3.0)
    };
    let all: Vec<Range<usize>> = sentences(own).into_iter().take(MOST).collect();
    let long = |range: &&Range<usize>| own[(*range).clone()].split_whitespace().nth(WORDS - 1).is_some();
    let best = all.iter().filter(long).enumerate().map(|(number, range)| (weight((number, range)), range));
    let best = best.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.start.cmp(&a.1.start)));
    let range = best.map(|(_, range)| range.clone()).or_else(|| all.first().cloned())?;
    let sentence = text::lead(&crate::names::one_line(&own[range]), SHOWN);
    (!sentence.is_empty()).then_some(sentence)
}

/// Where a person speaks in own words: not code, logs or traces.
fn prose(own: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let placed = text::stretches(own).map(|stretch| {
        let start = at;
        at += stretch.text.len();
        (stretch.kind, start..at)
    });
    placed.filter(|(kind, _)| *kind == text::StretchKind::Prose).map(|(_, range)| range).collect()
}

/// The sentences of a text as places in it: they end with a mark and white space after it, or with an empty line;
/// a line of its own (a list, code) ends where the next begins with something other than prose.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut letters) = (0, text.char_indices().peekable());
    while let Some((at, letter)) = letters.next() {
        let end = at + letter.len_utf8();
        let next = letters.peek().map(|(_, next)| *next);
        let ends = match letter {
            '.' | '!' | '?' => next.is_none_or(char::is_whitespace) && !is_short_form(&text[start..at]),
            '。' | '！' | '？' => true,
            '\n' => next.is_none_or(|next| matches!(next, '\n' | '\r' | ' ' | '\t' | '-' | '*' | '>' | '$' | '#')),
            _ => false,
        };
        if ends {
            push(text, start..end, &mut found);
            start = end;
        }
    }
    push(text, start..text.len(), &mut found);
    found
}

/// Whether what stands before a dot only looks like an end: `e.g.`, `i.e.`, a single letter or number.
fn is_short_form(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default().trim_start_matches('(');
    matches!(word.to_ascii_lowercase().as_str(), "e.g" | "i.e" | "etc" | "vs" | "cf" | "ca" | "approx")
        || (word.chars().count() == 1 && word.chars().all(char::is_alphanumeric))
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    let end = range.start + piece.trim_end().len();
    if start < end {
        found.push(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(own: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(own).into_iter().map(|range| &own[range]).collect();
        assert_eq!(found, expected, "{own:?}");
    }

    #[test]
    fn texts_are_cut_into_sentences() {
        check("", &[]);
        check("One. Two! Three?\n\nFour", &["One.", "Two!", "Three?", "Four"]);
        check("Use 2.6, e.g. this one. Then stop", &["Use 2.6, e.g. this one.", "Then stop"]);
        check("wrapped\nline. next:\n- a\n- b", &["wrapped\nline.", "next:", "- a", "- b"]);
        check("一。二", &["一。", "二"]);
    }

    fn check_answer(question: &str, own: &str, expected: &str) {
        assert_eq!(answering_sentence(own, &text::meaning(question)).unwrap_or_default(), expected);
    }

    #[test]
    fn the_sentence_that_answers_is_found() {
        let own = "Hi Mo, nice to hear from you. We had rain all week. You need to call `reactor.stop()` from the main \
                   thread. Which version do you run? Cheers";
        let expected = "You need to call `reactor.stop()` from the main thread.";
        check_answer(
            "Where is the factory used?",
            "$ grep -rn factory docs\ndocs/factory.rst: where the factory is used\n\nThe guide has it in its second part.",
            "The guide has it in its second part.",
        );
        check_answer("How is the reactor stopped cleanly?", own, expected);
        check_answer("How?", "", "");
        check_answer("How?", "Yes.", "Yes.");
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_sentences_in_order(own in "(?s).{0,200}") {
            let found = sentences(&own);
            proptest::prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
            proptest::prop_assert!(found.iter().all(|range| own.get(range.clone()).is_some()));
            let _ = answering_sentence(&own, &text::meaning("how"));
        }
    }
}
