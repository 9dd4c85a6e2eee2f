//! `how (do|can) (i|we)` written out: every choice of every group.

/// What `\d` in a group stands for: the numbers that people count years and versions with.
const NUMBERS: &[&str] = &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "15", "20", "25"];

/// Every phrase that a pattern stands for; `(a|b|)` is `a`, `b` or nothing. People in a hurry leave
/// apostrophes out: so do we, where that makes no other word.
pub(super) fn expand(pattern: &str) -> Vec<String> {
    let plain = choices(&mut { pattern });
    let plain = plain.iter().map(|phrase| phrase.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut all: Vec<String> = plain.flat_map(with_apostrophes).filter(|phrase| !phrase.is_empty()).collect();
    all.sort();
    all.dedup();
    all
}

/// Reads `a|b` up to the end of its group.
fn choices(rest: &mut &str) -> Vec<String> {
    let mut all = sequence(rest);
    while let Some(after) = rest.strip_prefix('|') {
        *rest = after;
        all.extend(sequence(rest));
    }
    all
}

/// Reads `a (b|c) d` up to the end of the choice.
fn sequence(rest: &mut &str) -> Vec<String> {
    let mut phrases = vec![String::new()];
    loop {
        let end = rest.find(['(', '|', ')']).unwrap_or(rest.len());
        let (literal, after) = rest.split_at(end);
        phrases = product(&phrases, &numbers(literal));
        *rest = after;
        let Some(group) = rest.strip_prefix('(') else { return phrases };
        *rest = group;
        phrases = product(&phrases, &choices(rest));
        *rest = rest.strip_prefix(')').unwrap_or(rest);
    }
}

fn numbers(literal: &str) -> Vec<String> {
    match literal.trim() {
        "\\d" => NUMBERS.iter().map(|number| (*number).to_owned()).collect(),
        _ => vec![literal.to_owned()],
    }
}

fn product(heads: &[String], tails: &[String]) -> Vec<String> {
    heads.iter().flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}"))).collect()
}

fn with_apostrophes(phrase: String) -> Vec<String> {
    if !phrase.contains('\'') {
        return vec![phrase];
    }
    // `we'll`, `we're`, `i'd`, `i'll`, `she'll`: other words without it.
    let other = ["'ll", "'re", "'d", "'s"].iter().any(|end| phrase.contains(end));
    let without = (!other).then(|| phrase.replace('\'', ""));
    [phrase].into_iter().chain(without).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_written_out() {
        for (pattern, expected) in [
            ("how to", vec!["how to"]),
            ("how (do|can) i", vec!["how can i", "how do i"]),
            ("(a |an |) bug", vec!["a bug", "an bug", "bug"]),
            ("i('m| am|) stuck", vec!["i am stuck", "i stuck", "i'm stuck", "im stuck"]),
            ("we'll", vec!["we'll"]),
            ("a (b|(c|d) e) f", vec!["a b f", "a c e f", "a d e f"]),
            ("(unclosed", vec!["unclosed"]),
        ] {
            assert_eq!(expand(pattern), expected, "{pattern}");
        }
        assert_eq!(expand("for (\\d|two) years").len(), NUMBERS.len() + 1);
    }
}
