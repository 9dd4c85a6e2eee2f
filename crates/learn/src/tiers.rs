//! Tiers and states of conversations: what the tables say beside what is true, on conversations labelled by
//! reading them (`labels/`) and on the simulation, which knows.
//!
//! **Split.** Of the labelled conversations those whose id's last character is before `g` in the alphabet of
//! ids are the dev half, which weights are fitted to, as are `more.tsv`; the others only measure. Of the
//! simulation one seed is for fitting, another for measuring.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use text::tier::{self, Asked, Judge, Signs, class};

use crate::Figure;
use crate::measure::{interval, kappa};

/// Of which a conversation is of one: no help asked for or given, and the tiers.
const TIERS: usize = text::tier::CLASSES;
/// How often the cases are gone through, how far each step goes, and how strongly weights are held to those
/// set by hand. Found on the dev half.
const ROUNDS: usize = 200;
const STEP: f32 = 0.02;
const HOLD: f32 = 0.02;

/// The states that labels tell apart.
const STATES: [&str; 4] = ["not_question", "waiting", "answered", "resolved"];

/// What is true of a conversation, or what the tables say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Says {
    /// The tier that the opening asks for.
    pub asked: Option<u8>,
    /// The tier that it took.
    pub observed: Option<u8>,
    /// The place in [`STATES`].
    state: usize,
}

impl Says {
    /// Tiers that may be missing, and a state as in `conversations.state`: whoever was asked back, has gone or
    /// was sent elsewhere counts as answered, as in the labels.
    pub fn new(asked: Option<u8>, observed: Option<u8>, state: &str) -> Says {
        let state = STATES.iter().position(|known| *known == state).unwrap_or(2);
        Says { asked, observed, state }
    }
}

/// One conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// What is true.
    pub truth: Says,
    /// What the tables say.
    pub found: Says,
    /// The signs of its asked tier and of its observed tier.
    pub signs: (Signs, Signs),
    /// It opens nothing whatever its words say: a bot wrote it, or it is a reply.
    pub opens_nothing: bool,
}

/// The labelled conversations: the truth by the opening message's id.
pub fn labels(text: &str) -> Result<BTreeMap<String, Says>> {
    let mut labels = BTreeMap::new();
    for line in text.lines().skip(1) {
        let [id, _, asked, observed, state] = line.split('\t').collect::<Vec<_>>()[..] else {
            anyhow::bail!("a label has no five columns: {line}");
        };
        let tier = |text: &str| if text == "-" { Ok(None) } else { text.parse().map(Some) };
        let says = Says::new(tier(asked).context("no tier")?, tier(observed).context("no tier")?, state);
        labels.insert(id.to_owned(), says);
    }
    Ok(labels)
}

/// Whether weights may be fitted to a labelled conversation.
pub fn is_dev(id: &str) -> bool {
    id.chars().next_back().is_some_and(|last| last < 'g')
}

/// Cohen's kappa of tables and truth: of the asked tier, the observed tier and the state.
pub fn figures(task: &'static str, cases: &[Case]) -> Vec<Figure> {
    type Pair = fn(&Case) -> (usize, usize);
    let measures: [(&'static str, usize, Pair); 3] = [
        ("kappa, asked tier", TIERS, |case| (class(case.truth.asked), class(case.found.asked))),
        ("kappa, observed tier", TIERS, |case| (class(case.truth.observed), class(case.found.observed))),
        ("kappa, state", STATES.len(), |case| (case.truth.state, case.found.state)),
    ];
    let figure = |(measure, classes, pair): (&'static str, usize, Pair)| {
        let pairs: Vec<_> = cases.iter().map(pair).collect();
        Figure {
            task,
            measure,
            value: kappa(&pairs, classes),
            interval: interval(&pairs, |pairs| kappa(pairs, classes)),
            reach: 0.6,
            cases: format!("{} conversations", cases.len()),
        }
    };
    measures.map(figure).into()
}

/// How often each truth (lines) was said to be each class (columns), for whoever wants to see the mistakes.
pub fn confusion(cases: &[Case]) -> String {
    let mut text = String::new();
    type Pair = fn(&Case) -> (usize, usize);
    let asked: Pair = |case| (class(case.truth.asked), class(case.found.asked));
    let observed: Pair = |case| (class(case.truth.observed), class(case.found.observed));
    let state: Pair = |case| (case.truth.state, case.found.state);
    for (name, classes, pair) in
        [("asked", TIERS, asked), ("observed", TIERS, observed), ("state", STATES.len(), state)]
    {
        let mut table = vec![vec![0; classes]; classes];
        cases.iter().map(pair).for_each(|(truth, found)| table[truth][found] += 1);
        text.push_str(&format!("{name}\n"));
        table.iter().for_each(|row| text.push_str(&format!("  {row:?}\n")));
    }
    text
}

/// The same cases, as these judges find them by their signs. What nobody asks nobody helps with.
pub fn judged(asked: &Judge, observed: &Judge, cases: &[Case]) -> Vec<Case> {
    let again = |case: &Case| {
        let native = [Asked::NativeQuestion, Asked::NativeIssue, Asked::NativeChange];
        let native = native.iter().any(|sign| case.signs.0.has(*sign as usize));
        let of_asked = tier::asked(asked, case.signs.0, native).tier;
        let of_asked = of_asked.filter(|_| !case.opens_nothing);
        let of_observed = of_asked.and(observed.verdict(case.signs.1).tier);
        Case { found: Says { asked: of_asked, observed: of_observed, ..case.found }, ..*case }
    };
    cases.iter().map(again).collect()
}

/// The weights for asked and observed tiers, fitted to cases: those set by hand, moved as far as the cases ask.
pub fn fit(asked: &Judge, observed: &Judge, cases: &[Case]) -> (Judge, Judge) {
    let of_asked: Vec<_> = cases.iter().map(|case| (case.signs.0, case.truth.asked)).collect();
    // Where nothing was asked nothing was observed: that is no question of signs.
    let helped = cases.iter().filter(|case| case.truth.asked.is_some());
    let of_observed: Vec<_> = helped.map(|case| (case.signs.1, case.truth.observed)).collect();
    (asked.fitted(&of_asked, ROUNDS, STEP, HOLD), observed.fitted(&of_observed, ROUNDS, STEP, HOLD))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_labels_that_are_here_can_be_read() {
        let labels = labels(include_str!("../labels/conversations.tsv")).expect("they fit");
        assert_eq!(labels.len(), 200);
        let dev = labels.keys().filter(|id| is_dev(id)).count();
        assert!((80..=120).contains(&dev), "{dev}");
        assert!(labels.values().all(|says| says.asked.is_some() == (says.state != 0)));
        let more = super::labels(include_str!("../labels/more.tsv")).expect("they fit");
        assert_eq!((more.len(), more.keys().filter(|id| labels.contains_key(*id)).count()), (300, 0));
    }

    #[test]
    fn a_line_too_short_is_an_error() {
        assert!(labels("head\nm1\tbeer\t1\n").is_err());
    }
}
