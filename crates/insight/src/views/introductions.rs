//! Who can introduce whom.

use schemars::JsonSchema;
use serde::Serialize;

use super::PersonRef;

/// Ways from one person to another, over people who have helped each other.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Introduction {
    /// Who is to be introduced.
    pub from: PersonRef,
    /// To whom.
    pub to: PersonRef,
    /// How the two have helped each other already, if they have.
    pub direct: Option<Tie>,
    /// Who knows both, strongest first.
    pub introducers: Vec<Introducer>,
    /// Where nobody knows both: the shortest way, as the people from one to the other, both included.
    pub chain: Vec<PersonRef>,
}

/// Somebody who knows both.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Introducer {
    /// Who.
    pub person: PersonRef,
    /// How they know the first, and the second.
    pub ties: (Tie, Tie),
}

/// Somebody whom a person knows.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Acquaintance {
    /// Who.
    pub person: PersonRef,
    /// How.
    pub tie: Tie,
}

/// How two people have helped each other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Tie {
    /// Questions of the second with which the first helped.
    pub helped: u32,
    /// Questions of the first with which the second helped.
    pub was_helped: u32,
    /// Questions of others with which both helped.
    pub together: u32,
    /// When the latest of them was opened, if known.
    pub last: Option<i64>,
}
