//! Why somebody is suggested, in short honest sentences.

use super::{Evidence, Gathering};
use crate::columns::{Knows, Made, known};
use crate::words::{count, month};

/// Things made that are named for one person.
const MADE: usize = 2;

impl Gathering<'_> {
    /// The evidence, strongest kind first.
    pub(super) fn sentences(&self, person: u32, evidence: &Evidence) -> Vec<String> {
        let area = evidence.area.as_ref().and_then(|(area, of)| about(self.areas.name(*area), of));
        let asker = (evidence.asker > 0).then(|| match evidence.asker {
            1 => "helped this asker before".to_owned(),
            times => format!("helped this asker {times} times before"),
        });
        let mut why: Vec<String> = [answers(evidence), area].into_iter().flatten().chain(self.made(evidence)).collect();
        why.extend(asker);
        if why.is_empty() {
            why.extend(self.helping(person));
        }
        why
    }

    /// `made 3 changes about tls, the last in May 2024`.
    fn made(&self, evidence: &Evidence) -> Vec<String> {
        let mut made: Vec<_> = evidence.made.iter().collect();
        made.sort_by_key(|(what, (times, last))| (std::cmp::Reverse((*times, *last)), **what));
        made.truncate(MADE);
        let sentence = |((what, area), (times, last)): (&(Made, u32), &(u32, i64))| {
            let done = match what {
                Made::Change => format!("made {}", count(*times, "change")),
                Made::Review => format!("did {}", count(*times, "review")),
                Made::Page => format!("wrote {}", count(*times, "page")),
                Made::Talk => format!("gave {}", count(*times, "talk")),
            };
            let when = known(*last).and_then(month).map(|month| format!(", the last in {month}")).unwrap_or_default();
            format!("{done} about {}{when}", self.areas.name(*area))
        };
        made.into_iter().map(sentence).collect()
    }

    /// What somebody helped with at all, for those of whom nothing nearer is known.
    fn helping(&self, person: u32) -> Option<String> {
        let of = self.knowledge.person(person)?;
        Some(ending(format!("helped with {}", count(of.answered, "question")), of.thanked, known(of.last)))
    }
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

/// `answered 7 on tls since March 2024, 5 thanked`.
fn about(area: &str, of: &Knows) -> Option<String> {
    let since = known(of.first).filter(|_| of.answered > 1).and_then(month);
    let when = match (since, known(of.last).and_then(month)) {
        (Some(since), Some(last)) if since != last => format!(" since {since}, the last in {last}"),
        (_, Some(last)) => format!(" in {last}"),
        _ => String::new(),
    };
    let thanked = if of.thanked > 0 { format!(", {} thanked", of.thanked) } else { String::new() };
    (of.answered > 0 && !area.is_empty()).then(|| format!("answered {} on {area}{when}{thanked}", of.answered))
}

/// What shows that somebody knows an area of the table `knowledge`; `None` for an area of no known kind.
pub(crate) fn knows(area: &str, answered: u32, thanked: u32, last: Option<i64>) -> Option<String> {
    let helped = format!("helped with {}", count(answered, "question"));
    let what = match area.split_once(':')? {
        ("tag", tag) => format!("{helped} tagged {tag}"),
        ("word", word) => format!("{helped} about “{word}”"),
        ("channel", channel) => format!("{helped} in {channel}"),
        _ => return None,
    };
    Some(ending(what, thanked, last))
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
