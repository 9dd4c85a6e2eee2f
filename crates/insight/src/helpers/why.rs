//! Why somebody is suggested, in short honest sentences.

use super::Evidence;
use crate::columns::{Knows, Year, known};
use crate::words::{count, month};

/// Whoever helped with at least this share of the recent questions is said to.
const MUCH: f64 = 0.2;
/// Recent questions below which a share says nothing.
const FEW: u32 = 10;

/// The evidence, strongest kind first.
pub(super) fn sentences(evidence: &Evidence, work: Year, (helped, all): (u32, u32)) -> Vec<String> {
    let answers = answers(evidence);
    let area = evidence.area.as_ref().and_then(|(area, of, _)| knows(area, of));
    let load = (all >= FEW && f64::from(helped) >= MUCH * f64::from(all))
        .then(|| format!("already helped with {helped} of the {all} questions of the last 90 days"));
    [answers, area, work_done(work), load].into_iter().flatten().collect()
}

fn answers(evidence: &Evidence) -> Option<String> {
    let mut parts = Vec::new();
    if evidence.answered > 0 {
        parts.push(format!("answered {}", count(evidence.answered, "similar question")));
    }
    if evidence.wrote_in > 0 {
        parts.push(format!("wrote in {}", count(evidence.wrote_in, "similar conversation")));
    }
    (!parts.is_empty()).then(|| ending(parts.join(" and "), evidence.thanked, evidence.last))
}

/// What shows that somebody knows an area; `None` for an area of no known kind.
pub(crate) fn knows(area: &str, of: &Knows) -> Option<String> {
    let helped = format!("helped with {}", count(of.answered, "question"));
    let what = match area.split_once(':')? {
        ("tag", tag) => format!("{helped} tagged {tag}"),
        ("word", word) => format!("{helped} about “{word}”"),
        ("channel", channel) => format!("{helped} in {channel}"),
        _ => return None,
    };
    Some(ending(what, of.thanked, known(of.last)))
}

fn ending(mut sentence: String, thanked: u32, last: Option<i64>) -> String {
    if thanked > 0 {
        sentence += &format!(", {thanked} thanked");
    }
    if let Some(last) = last.and_then(month) {
        sentence += &format!("; last in {last}");
    }
    sentence
}

fn work_done(work: Year) -> Option<String> {
    let done = match (work.commits, work.reviews) {
        (0, 0) => return None,
        (commits, 0) => format!("committed {}", times(commits)),
        (0, reviews) => format!("reviewed {}", times(reviews)),
        (commits, reviews) => format!("committed {} and reviewed {}", times(commits), times(reviews)),
    };
    Some(format!("{done} in the last year"))
}

fn times(number: u32) -> String {
    if number == 1 { "once".to_owned() } else { count(number, "time") }
}
