//! What a message wants: plain signs in its writer's own words, each good for a first sorting.
//!
//! English, with the commonest words of German, French and Spanish. They err on the side of silence:
//! a later model may say more, a person may correct either.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

mod phrases;
mod prose;
#[cfg(test)]
mod tests;

use phrases::{PHRASES, Sign};

/// What the words of one message say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Signals {
    /// It asks for something: a question, or an error report.
    pub question: bool,
    /// It thanks, or says that it works now. Thanks in advance and a sign-off (`Thanks,` and a name) are none.
    pub thanks: bool,
    /// It complains or is angry.
    pub complaint: bool,
    /// It shows code, a session or an error's trace.
    pub code: bool,
    /// Words of prose, code not counted.
    pub words: u32,
}

/// A text of no more words than this says thanks even where that stands alone like a sign-off.
const SHORT: u32 = 12;

static MATCHER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let phrases = PHRASES.iter().map(|(phrase, _)| phrase);
    // The list is fixed and small: building cannot fail, and a test would tell.
    AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(phrases).ok()
});

/// Reads the signs in a message's own words ([`crate::own_words`]). A reply's subject is somebody
/// else's question and not looked at.
pub fn signals(subject: Option<&str>, own: &str) -> Signals {
    let mut signals = Signals::default();
    let prose = prose::prose(own);
    signals.code = prose.code;
    signals.words = count(prose.text.split_whitespace());
    let mut signed_off = false;
    for line in prose.text.lines() {
        read_line(line, &mut signals, &mut signed_off);
    }
    signals.thanks |= signed_off && signals.words <= SHORT && !signals.question;
    if let Some(subject) = subject
        && !crate::subject_key(subject).reply
    {
        let mut of_subject = Signals::default();
        read_line(subject, &mut of_subject, &mut false);
        signals.question |= of_subject.question;
        signals.complaint |= of_subject.complaint;
    }
    signals
}

fn count<'a>(words: impl Iterator<Item = &'a str>) -> u32 {
    let count = words.filter(|word| word.contains(char::is_alphanumeric)).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn read_line(line: &str, signals: &mut Signals, signed_off: &mut bool) {
    signals.question |= has_question_mark(line);
    let Some(matcher) = MATCHER.as_ref() else { return };
    let begins = line.len() - line.trim_start().len();
    for found in matcher.find_iter(line) {
        if !is_whole(line, found.start(), found.end()) {
            continue;
        }
        match PHRASES[found.pattern().as_usize()].1 {
            Sign::Question => signals.question = true,
            Sign::Thanks if is_sign_off(line) => *signed_off = true,
            Sign::Thanks => signals.thanks = true,
            Sign::ThanksTo => signals.thanks |= found.start() <= begins,
            Sign::Works => signals.thanks = true,
            Sign::Complaint => signals.complaint = true,
            Sign::Nothing => {}
        }
    }
}

/// Whether a match begins and ends where words do.
fn is_whole(line: &str, start: usize, end: usize) -> bool {
    let before = line[..start].chars().next_back();
    let after = line[end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// A line that holds nothing but thanks and perhaps a name: `Thanks,`, `Many thanks!`, `Thanks, Jo`.
fn is_sign_off(line: &str) -> bool {
    const FILLERS: &[&str] =
        &["thanks", "thank", "you", "many", "very", "so", "much", "a", "lot", "again", "and", "regards"];
    let mut words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let adds_nothing = |word: &str| {
        word.starts_with(char::is_uppercase) || FILLERS.iter().any(|filler| word.eq_ignore_ascii_case(filler))
    };
    words.clone().take(6).count() <= 5 && words.all(adds_nothing)
}

/// A question mark at the end of a word, not inside an address on the web (those were taken out).
fn has_question_mark(line: &str) -> bool {
    memchr::memchr_iter(b'?', line.as_bytes()).any(|at| {
        let before = line[..at].chars().next_back();
        let after = line[at + 1..].chars().next();
        let word = before
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | '"' | '\'' | '`' | ' ' | '”' | ']' | '.' | '!'));
        let ends = after.is_none_or(|c| {
            c.is_whitespace() || matches!(c, '?' | '!' | '"' | '\'' | ')' | '”' | '.' | ',' | ':' | ';' | '-')
        });
        // `(?)` doubts a word; ` ?` alone at the beginning says nothing.
        word && ends && !line[..at].trim().is_empty()
    })
}
