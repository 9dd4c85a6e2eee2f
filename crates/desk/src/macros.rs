//! Macros: several deeds under one name, such as a tag, a handing over and a draft.
//!
//! A macro is text, one deed a line, written as the commands are: `tag tls`, `hand-over 3 a defect in the parser`,
//! `park 7d`, `take`, `draft ask-for-logs`. Empty lines and those that begin with `#` say nothing.

use model::Timestamp;
use model::time::DAY;

use crate::{Change, Deed, DeskError, Result};

/// Lines of a macro at most.
const LINES: usize = 50;

/// What a macro does, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Macro {
    /// One for each line.
    pub steps: Vec<MacroStep>,
}

/// One line of a macro.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MacroStep {
    /// A change that is the same whoever runs the macro, whenever.
    Change(Change),
    /// Whoever runs it takes the case.
    Take,
    /// Park for so many days.
    Park {
        /// Days from when it is run.
        days: u32,
    },
    /// Make a draft from the canned answer of this name.
    Draft(String),
}

impl Macro {
    /// Reads a macro. The error names the line.
    pub fn parse(text: &str) -> Result<Macro> {
        let lines = text.lines().map(str::trim).enumerate();
        let said = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let mut steps = Vec::new();
        for (number, line) in said {
            let step = read(line).map_err(|message| wrong(number, &message))?;
            if let MacroStep::Change(change) = &step {
                change.check().map_err(|error| wrong(number, &error.to_string()))?;
            }
            steps.push(step);
        }
        match steps.len() {
            0 => Err(DeskError::Wrong("the macro does nothing; write one deed a line, as `tag tls`".to_owned())),
            1..=LINES => Ok(Macro { steps }),
            _ => Err(DeskError::Wrong(format!("a macro has at most {LINES} lines; make two of it"))),
        }
    }

    /// What it changes when `who` runs it at `now`.
    pub fn changes(&self, who: &str, now: Timestamp) -> Vec<Change> {
        let change = |step: &MacroStep| match step {
            MacroStep::Change(change) => Some(change.clone()),
            MacroStep::Take => Some(Deed::Take { holder: who.to_owned(), force: false }.into()),
            MacroStep::Park { days } => {
                Some(Deed::Park { until: now.saturating_add(i64::from(*days).saturating_mul(DAY)) }.into())
            }
            MacroStep::Draft(_) => None,
        };
        self.steps.iter().filter_map(change).collect()
    }

    /// The canned answers that it makes drafts of.
    pub fn drafts(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(|step| match step {
            MacroStep::Draft(name) => Some(name.as_str()),
            _ => None,
        })
    }
}

fn wrong(line: usize, message: &str) -> DeskError {
    DeskError::Wrong(format!("line {}: {message}", line + 1))
}

fn read(line: &str) -> std::result::Result<MacroStep, String> {
    let (kind, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let needs = |what: &str| if rest.is_empty() { Err(format!("`{kind}` needs {what}")) } else { Ok(rest.to_owned()) };
    let deed = match kind {
        "take" => return Ok(MacroStep::Take),
        "draft" => return needs("the name of a canned answer").map(MacroStep::Draft),
        "park" => {
            let days = rest.strip_suffix('d').unwrap_or(rest).parse().ok().filter(|days| (1..=3_660).contains(days));
            return days.map(|days| MacroStep::Park { days }).ok_or("write how many days, as `park 7d`".to_owned());
        }
        "note" => return needs("a text").map(|text| MacroStep::Change(Change::note(text))),
        "hand-over" => {
            let (tier, why) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            let tier = tier.parse().ok().filter(|tier| *tier <= 4).ok_or("write a tier, as `hand-over 3 WHY`")?;
            let change = Change::from(Deed::HandOver { tier, next: None });
            return Ok(MacroStep::Change(if why.is_empty() { change } else { change.because(why.trim()) }));
        }
        "assign" => Deed::Take { holder: needs("a name")?, force: false },
        "tag" => Deed::Tag(needs("a tag")?),
        "untag" => Deed::Untag(needs("a tag")?),
        "release" => Deed::Release,
        "resolve" => Deed::Resolve,
        "reopen" => Deed::Reopen,
        "not-a-question" => Deed::NotQuestion,
        _ => {
            return Err("write tag, untag, take, assign, release, hand-over, park, resolve, reopen, not-a-question, \
                note or draft first"
                .to_owned());
        }
    };
    let change = Change::from(deed.clone());
    let reason = matches!(deed, Deed::Resolve | Deed::Reopen | Deed::NotQuestion | Deed::Release) && !rest.is_empty();
    Ok(MacroStep::Change(if reason { change.because(rest) } else { change }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let said = match Macro::parse(text) {
            Ok(read) => {
                let changes = read.changes("ada", 0).into_iter().map(|change| {
                    let note = change.note.map(|note| format!(" ({note})")).unwrap_or_default();
                    format!("{}{note}", change.deed.words())
                });
                changes.chain(read.drafts().map(|name| format!("draft {name}"))).collect::<Vec<_>>().join("; ")
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(said, expected, "{text:?}");
    }

    #[test]
    fn macros_are_read_line_by_line() {
        check(
            "tag tls\n\n# why\nhand-over 3 a defect\ndraft logs",
            "tagged tls; handed over to tier 3 (a defect); draft logs",
        );
        check("take\npark 7d", "taken by ada; parked until 1970-01-08");
        check("resolve a duplicate", "resolved (a duplicate)");
        check("", "the macro does nothing; write one deed a line, as `tag tls`");
        check("tag tls\nhand-over 9", "line 2: write a tier, as `hand-over 3 WHY`");
        check("tag two words", "line 1: a tag is one word of at most 100 characters; write it with `-` for spaces");
        check("park", "line 1: write how many days, as `park 7d`");
        check("draft", "line 1: `draft` needs the name of a canned answer");
    }
}
