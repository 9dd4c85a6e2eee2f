//! Finds the phrases in prose, and weighs what stands around each.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::Signal;
use super::expand::expand;
use super::phrases::THEMES;

/// How a phrase is a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// Wherever it stands.
    Says(Signal),
    /// Where a sentence or a line begins with it.
    Begins(Signal),
    /// With one of the signal's `Then` phrases soon after it in the same sentence.
    First(Signal),
    /// See `First`.
    Then(Signal),
    /// It is none, and none of the signal's other phrases that begin within it is one.
    Not(Signal),
}

impl Rule {
    fn signal(self) -> Signal {
        match self {
            Rule::Says(signal)
            | Rule::Begins(signal)
            | Rule::First(signal)
            | Rule::Then(signal)
            | Rule::Not(signal) => signal,
        }
    }
}

/// A phrase that was found.
struct Hit {
    rule: Rule,
    place: Range<usize>,
}

/// Words before a phrase that turn it round, as far as they stand this near.
const WORDS_BEFORE: usize = 3;
/// … and no further away than this.
const BYTES_BEFORE: usize = 60;
#[rustfmt::skip]
const NEGATIONS: &[&str] = &[
    "not", "no", "never", "isn't", "wasn't", "aren't", "weren't", "don't", "doesn't", "didn't", "won't", "wouldn't",
    "can't", "cannot", "couldn't", "shouldn't", "hasn't", "haven't", "hadn't", "without", "neither", "nor", "hardly",
    "nicht", "kein", "keine", "pas", "ne", "não", "nunca",
];
/// Words that make what was said a wish or a condition.
#[rustfmt::skip]
const CONDITIONS: &[&str] = &[
    "if", "whether", "hope", "hoping", "hopefully", "unless", "until", "when", "should", "might", "may", "could",
    "would", "wish", "thought", "sure", "see", "how", "once", "wenn", "ob", "si", "se", "way", "something",
];

struct Matcher {
    automaton: AhoCorasick,
    /// The rule of each pattern.
    rules: Vec<Rule>,
}

static MATCHER: LazyLock<Option<Matcher>> = LazyLock::new(|| {
    let (mut patterns, mut rules) = (Vec::new(), Vec::new());
    for (rule, phrases) in THEMES.iter().copied().flatten() {
        for phrase in phrases.iter().flat_map(|phrase| expand(phrase)) {
            patterns.push(phrase);
            rules.push(*rule);
        }
    }
    // The lists are fixed: building cannot fail, and a test would tell.
    let automaton = AhoCorasick::new(&patterns).ok()?;
    Some(Matcher { automaton, rules })
});

/// How many phrases there are once all are written out; none if they could not be built.
#[cfg(test)]
pub(super) fn patterns() -> Option<usize> {
    MATCHER.as_ref().map(|matcher| matcher.rules.len())
}

/// Calls `found` with every sign in a prose and the words that are it, in the order of their ends.
pub(super) fn find(prose: &str, mut found: impl FnMut(Signal, Range<usize>)) {
    let Some(matcher) = MATCHER.as_ref() else { return };
    // An automaton that knows capitals takes three times as long to build.
    let prose = &prose.to_ascii_lowercase();
    let mut hits: Vec<Hit> = Vec::new();
    for hit in matcher.automaton.find_overlapping_iter(prose) {
        let place = hit.start()..hit.end();
        if is_whole(prose, &place)
            && let Some(rule) = matcher.rules.get(hit.pattern().as_usize())
        {
            keep(&mut hits, Hit { rule: *rule, place });
        }
    }
    for (number, hit) in hits.iter().enumerate() {
        let signal = hit.rule.signal();
        let near = &hits[number.saturating_sub(NEIGHBOURS)..(number + NEIGHBOURS).min(hits.len())];
        let denied = |place: &Range<usize>| {
            near.iter().any(|other| other.rule == Rule::Not(signal) && covers(&other.place, place))
        };
        let is = match hit.rule {
            Rule::Says(_) => true,
            Rule::Begins(_) => begins_sentence(prose, hit.place.start),
            Rule::Then(_) => match first(prose, near, signal, hit) {
                Some(first) if !denied(&first) && !denied(&hit.place) => {
                    found(signal, first.start..hit.place.end);
                    false
                }
                _ => false,
            },
            Rule::First(_) | Rule::Not(_) => false,
        };
        if is && !denied(&hit.place) && !is_turned(prose, signal, hit.place.start) {
            found(signal, hit.place.clone());
        }
    }
}

/// Whether a place begins within another; where both begin together the longer one wins.
fn covers(other: &Range<usize>, place: &Range<usize>) -> bool {
    other.contains(&place.start) && (place.start > other.start || place.end <= other.end)
}

/// Hits further from each other than this, in the order of their ends, are not weighed against each other.
const NEIGHBOURS: usize = 24;

/// Keeps a hit; of those with the same rule that cover each other the longest is enough.
fn keep(hits: &mut Vec<Hit>, hit: Hit) {
    if let Some(last) = hits.last_mut()
        && last.rule == hit.rule
        && (last.place.start >= hit.place.start && last.place.end <= hit.place.end)
    {
        *last = hit;
        return;
    }
    let covered = |other: &Hit| {
        other.rule == hit.rule && other.place.start <= hit.place.start && hit.place.end <= other.place.end
    };
    if !hits.last().is_some_and(covered) {
        hits.push(hit);
    }
}

/// The nearest `First` phrase before a `Then` phrase in the same sentence.
fn first(prose: &str, near: &[Hit], signal: Signal, then: &Hit) -> Option<Range<usize>> {
    let fits = |other: &&Hit| {
        let between = prose.get(other.place.end..then.place.start);
        other.rule == Rule::First(signal)
            && between.is_some_and(|between| between.len() <= gap(signal) && !ends_sentence(between))
    };
    near.iter().rev().find(fits).map(|other| other.place.clone())
}

/// Bytes that may stand between a `First` and a `Then` phrase.
fn gap(signal: Signal) -> usize {
    match signal {
        Signal::Story => 160,
        Signal::Answer | Signal::Offer => 12,
        Signal::AsksForVersion => 30,
        _ => 50,
    }
}

fn ends_sentence(text: &str) -> bool {
    text.contains('\n') || [". ", "? ", "! "].iter().any(|end| text.contains(end))
}

/// Whether a place begins and ends where words do.
fn is_whole(prose: &str, place: &Range<usize>) -> bool {
    let bytes = prose.as_bytes();
    // Only ASCII beside it can be told by one byte; a letter of another script is a word's part as well.
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80 || *byte == b'_';
    let starts = place.start.checked_sub(1).and_then(|before| bytes.get(before));
    let quoted = |at: usize, mark: &str| prose.get(at..).is_some_and(|rest| rest.starts_with(mark));
    let typographic = ["’", "“", "”", "…", "–", "—", "\u{a0}"].iter().any(|mark| quoted(place.end, mark));
    let opened =
        ["‘", "“", "”", "…", "–", "—", "¿", "¡", "\u{a0}"].iter().any(|mark| prose[..place.start].ends_with(mark));
    // `you can` is no part of `you can't`.
    let cut = bytes.get(place.end) == Some(&b'\'') && bytes.get(place.end + 1).is_some_and(u8::is_ascii_alphabetic);
    (!starts.is_some_and(part) || opened) && (!bytes.get(place.end).is_some_and(part) || typographic) && !cut
}

fn begins_sentence(prose: &str, at: usize) -> bool {
    let before = prose[..at].trim_end_matches([' ', '"', '\'', '(', '*', '_']);
    before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '\n', ',', '-', '>', ')'])
}

/// Whether a word shortly before turns it round: `not frustrated`, `if that works`.
fn is_turned(prose: &str, signal: Signal, at: usize) -> bool {
    let (denied, conditional) = match signal {
        Signal::Works | Signal::SelfSolved | Signal::NamesFix => (true, true),
        Signal::Thanks | Signal::Hostility | Signal::Announcement | Signal::Newcomer | Signal::MeToo => (true, false),
        Signal::Frustration | Signal::Urgent => (true, false),
        _ => (false, false),
    };
    let from = prose.ceil_char_boundary(at.saturating_sub(BYTES_BEFORE));
    let sentence = prose[from..at].rsplit(['.', '!', '?', '\n', ';', ',']).next().unwrap_or_default();
    let is = |list: &[&str], word: &str| list.iter().any(|other| word.eq_ignore_ascii_case(other));
    let mut before = sentence.split([' ', '(', '"']).rev().filter(|word| !word.is_empty()).take(WORDS_BEFORE);
    before.any(|word| denied && is(NEGATIONS, word) || conditional && is(CONDITIONS, word))
}
