//! What is wanted, how far it is, what stood out and what was done.

use serde::Serialize;

/// A number and what to make of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Number {
    /// What it is called.
    pub title: String,
    /// As people say it.
    pub value: String,
    /// In the stretch just before.
    pub before: String,
    /// `better`, `worse`, `same` or empty where nobody can say.
    pub change: String,
    /// What it should come to; empty if nothing was said.
    pub target: String,
    /// `reached`, `not reached` or empty.
    pub reached: String,
    /// How many cases it rests on.
    pub cases: u64,
    /// What to keep in mind.
    pub caveats: Vec<String>,
    /// Why it is not to be trusted as it stands.
    pub doubts: Vec<String>,
    /// Whether there is a value, now or before.
    pub known: bool,
}

/// A goal.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Goal {
    /// What is wanted.
    pub what: String,
    /// Why.
    pub why: String,
    /// For whom.
    pub for_whom: String,
    /// By when; empty if no day was set.
    pub by: String,
    /// Who looks after it.
    pub owner: String,
    /// What tells whether it is met.
    pub questions: Vec<GoalQuestion>,
    /// How many targets there are, and how many were reached.
    pub targets: usize,
    /// See `targets`.
    pub reached: usize,
}

/// A question that tells whether a goal is met.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct GoalQuestion {
    /// The question.
    pub text: String,
    /// The numbers that answer it.
    pub numbers: Vec<Number>,
}

/// A stretch in which a number was outside its usual range.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct StoodOut {
    /// What the number is called.
    pub title: String,
    /// From when to when.
    pub when: String,
    /// What it was, a `step`.
    pub was: String,
    /// What it would have been.
    pub usual: String,
    /// `day`, `week` or `month`.
    pub step: String,
    /// Whether it lasted, in words; empty if it is too soon to tell.
    pub lasted: String,
    /// Messages with one of `links` more than usual, and messages more than usual in all.
    pub linked: (u64, u64),
    /// Links that carry much of it.
    pub links: Vec<String>,
    /// Topics, channels, organizations that carry much of it; in a report for the team also people.
    pub carried: Vec<String>,
    /// What was in the calendar then.
    pub happened: Vec<String>,
    /// What the team says explains it.
    pub words: Vec<String>,
}

/// Something that was done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Done {
    /// What.
    pub what: String,
    /// By whom; empty if nobody says.
    pub who: String,
    /// When.
    pub day: String,
    /// The number before and after, in words; empty where none was named.
    pub moved: String,
    /// What came of it, in the team's words.
    pub outcome: String,
}

/// A story that the team wrote down.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Story {
    /// What it is about.
    pub title: String,
    /// What may be quoted.
    pub quote: String,
    /// The draft.
    pub text: String,
    /// Where it was published; empty if nowhere yet.
    pub url: String,
}
