//! Signatures that do not say so: `Best regards,` and a name, a name alone, a name with addresses.
//!
//! They end a stretch of own words and nothing of it follows them.

use super::PartKind;
use super::footer::is_rule;
use super::lines::Lines;
use words::{FILLERS, HEADS, NO_NAMES, THANKS};

mod words;

/// Lines of a stretch, from its end, that are looked at.
const LOOKED_AT: usize = 16;
/// Below a closing such as `Regards,` at most this many lines are its signature.
const MOST_BELOW_CLOSING: usize = 8;
/// A closing has at most this many words: `with kind regards and many thanks`.
const MOST_CLOSING_WORDS: usize = 6;
/// A name has at most this many words.
const MOST_NAME_WORDS: usize = 4;
/// Characters of the longest line that can be a name, a post or an address.
const LONGEST: usize = 64;
/// Where fewer words than this stand before it, `Thanks,` is what the message says and not how it ends.
const LEAST_WORDS: usize = 8;

/// Marks the signatures that end stretches of own words.
pub(super) fn mark(lines: &Lines<'_>, kinds: &mut [Option<PartKind>]) {
    let mut end = kinds.len();
    let mut last = true;
    while let Some(stop) = kinds[..end].iter().rposition(|kind| *kind == Some(PartKind::Own)) {
        let begin = kinds[..stop].iter().rposition(|kind| kind.is_some_and(|kind| kind != PartKind::Own));
        let begin = begin.map_or(0, |begin| begin + 1);
        // Before marked quotes that own words follow it is a reply in between: `Yes`, and not a name.
        if last || !lines.is_quote(lines.next(stop + 1)) {
            let own: Vec<usize> = (begin..=stop).filter(|line| !lines.text(*line).is_empty()).collect();
            if let Some(first) = first_line(lines, &own) {
                kinds[first..=stop].fill(Some(PartKind::Signature));
            }
        }
        last = false;
        end = begin;
    }
}

/// The first line of the signature that ends the given lines, none of them blank.
fn first_line(lines: &Lines<'_>, own: &[usize]) -> Option<usize> {
    let from = own.len().saturating_sub(LOOKED_AT);
    let texts: Vec<&str> = own[from..].iter().map(|line| lines.text(*line)).collect();
    let first =
        below_rule(&texts).or_else(|| below_closing(lines, own, &texts)).or_else(|| name(lines, own, &texts))?;
    own.get(from + first).copied()
}

/// A rule with addresses and short lines below, or with nothing below.
fn below_rule(texts: &[&str]) -> Option<usize> {
    let rule = texts.iter().rposition(|text| is_rule(text) && text.chars().count() >= 3)?;
    let below = &texts[rule + 1..];
    let brief = below.iter().filter(|text| text.chars().count() <= LONGEST / 2 || is_contact(text)).count();
    let titled = |text: &&&str| is_contact(text) || is_name(text) || text.contains(" | ");
    let signed = below.iter().any(|text| titled(&text)) && brief * 3 >= below.len() * 2;
    (rule > 0 && (below.is_empty() || signed)).then_some(rule)
}

/// `Regards,` and what stands below it; `Thanks,` only after some words and with a name.
fn below_closing(lines: &Lines<'_>, own: &[usize], texts: &[&str]) -> Option<usize> {
    let from = own.len() - texts.len();
    let at = texts.iter().rposition(|text| closing(text).is_some())?;
    let below = &texts[at + 1..];
    let (polite, named) = closing(texts[at])?;
    let signs = |text: &&str| text.chars().count() <= LONGEST && !text.ends_with(['?', ':']) && !is_rule(text);
    let nick = |text: &&str| is_name(text) || text.split_whitespace().count() <= 2 && !text.ends_with(['.', '!']);
    let name_below = below.first().is_some_and(nick) && below.len() <= MOST_BELOW_CLOSING && below.iter().all(signs);
    if !name_below && !(below.is_empty() && (named || !polite)) {
        return None;
    }
    let words = own[..from + at].iter().map(|line| lines.text(*line).split_whitespace().count());
    let enough = words
        .scan(0, |sum, count| {
            *sum += count;
            Some(*sum)
        })
        .any(|sum| sum >= LEAST_WORDS);
    match polite && !enough {
        true => name_below.then_some(at + 1),
        false => Some(at),
    }
}

/// Whether a line is a closing: whether it only thanks, and whether a name stands in it.
fn closing(text: &str) -> Option<(bool, bool)> {
    if text.len() > LONGEST {
        return None;
    }
    let (head, name) = match text.find([',', '!', '—', '–', ':', '/']) {
        Some(end) => (&text[..end], text[end..].trim_start_matches(|c: char| !c.is_alphanumeric())),
        None => (text, ""),
    };
    let head = head.trim_matches(|c: char| !c.is_alphanumeric());
    let name = name.trim_end_matches(['.', '!', ',']);
    if !(name.is_empty() || is_name(name)) {
        return None;
    }
    let (mut valediction, mut thanks, mut count) = (false, false, 0);
    for word in head.split(|c: char| c.is_whitespace() || matches!(c, '.' | '&' | '+')).filter(|word| !word.is_empty())
    {
        let word = word.to_lowercase();
        let word = word.as_str();
        count += 1;
        if THANKS.contains(&word) {
            thanks = true;
        } else if HEADS.contains(&word) {
            valediction = true;
        } else if !FILLERS.contains(&word) {
            return None;
        }
    }
    (count <= MOST_CLOSING_WORDS && (valediction || thanks)).then_some((!valediction, !name.is_empty()))
}

/// A name that ends the text, in a paragraph of its own, with addresses and posts below it or without.
fn name(lines: &Lines<'_>, own: &[usize], texts: &[&str]) -> Option<usize> {
    let from = own.len() - texts.len();
    let starts_paragraph = |at: &usize| {
        let Some(above) = own[from + at].checked_sub(1).map(|line| lines.text(line)) else { return false };
        // The last point of a list is none.
        let listed = texts[*at].chars().next().is_some_and(|mark| above.starts_with(mark));
        from + at > 0 && (above.is_empty() || is_dashed_name(texts[*at]) && !listed)
    };
    // A signature may itself hold blank lines, so every paragraph's first line may be where it begins.
    let candidates = (0..texts.len()).rev().filter(starts_paragraph).take(3);
    let fits = |at: &usize| {
        let below = &texts[at + 1..];
        let reached = below.is_empty() || below.iter().any(|text| is_contact(text));
        (is_dashed_name(texts[*at]) || is_name(texts[*at]))
            && reached
            && below.iter().all(|text| is_contact(text) || is_post(text))
    };
    candidates.filter(fits).last()
}

/// `-Jo Doe`, `- jo`, `~Jo`, `/jo`: a dash or the like and a name or a nick.
fn is_dashed_name(text: &str) -> bool {
    let name = text.trim_start_matches(['-', '~', '–', '—', '/', ' ']);
    let marks = text[..text.len() - name.len()].trim();
    let nick = !name.contains(' ')
        && name.len() <= 16
        && name.starts_with(char::is_alphabetic)
        && name.chars().all(is_of_nick);
    // `- a point` of a list has more words, or none of them in capitals.
    let spaced = text.contains("- ") && !is_name(name);
    (1..=2).contains(&marks.chars().count()) && (is_name(name) || nick && !spaced && !NO_NAMES.contains(&name))
}

fn is_of_nick(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

/// One to four words, each in capitals (or `van`, `de` …), nothing that ends a sentence.
fn is_name(text: &str) -> bool {
    // `Jo Doe, Ph.D.`
    let (name, title) = text.split_once(',').unwrap_or((text, ""));
    let name = name.trim().trim_matches(['*', '_', '"']);
    let mut words = name.split(' ').filter(|word| !word.is_empty());
    let particle =
        |word: &str| matches!(word, "van" | "von" | "de" | "der" | "den" | "da" | "di" | "la" | "le" | "bin" | "el");
    let capital = |word: &str| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let initial = word.len() <= 3 && word.ends_with('.');
        word.starts_with(char::is_uppercase)
            && (initial || word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-')))
            && (letters > 1 || initial)
            && word.len() <= 24
    };
    let first = words.clone().next().unwrap_or_default();
    title.split_whitespace().count() <= 2
        && (1..=MOST_NAME_WORDS).contains(&words.clone().count())
        && capital(first)
        && words
            .all(|word| (capital(word) || particle(word)) && !NO_NAMES.iter().any(|no| word.eq_ignore_ascii_case(no)))
}

/// A line that holds an address of some kind and little else: of mail, of the web, a telephone's.
fn is_contact(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let address = text.contains('@')
        || text.contains("://")
        || text.contains("www.")
        || text.contains(" at ") && text.contains('.');
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let telephone = (7..=16).contains(&digits)
        && text.chars().all(|c| c.is_ascii_digit() || c.is_alphabetic() || " +-().:/\u{a0}".contains(c))
        && text.chars().filter(|c| c.is_alphabetic()).count() <= 10;
    let named = [
        "skype",
        "irc",
        "twitter",
        "github",
        "phone",
        "tel",
        "mobile",
        "fax",
        "blog",
        "web",
        "gpg",
        "pgp",
        "via mobile",
    ];
    let lower = text.to_lowercase();
    words <= 8
        && (address
            || telephone
            || named.iter().any(|name| {
                lower.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', ' ', '.']))
            }) && words <= 5)
}

/// A post, a firm, a town: a short line without a sentence's end.
fn is_post(text: &str) -> bool {
    text.split_whitespace().count() <= 6
        && !text.ends_with(['.', '?', '!', ':', ';'])
        && text.starts_with(|c: char| !c.is_lowercase())
}
