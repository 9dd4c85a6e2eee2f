//! What kind of help an issue asks for: the repair of a defect, something new, or an answer.
//!
//! Made from issues whose maintainers had labelled them (`cargo xtask train issues`; the data is that of NLBSE'24,
//! R. Kallis et al., The NLBSE'24 Tool Competition). Whose repository it is, it is not told.

use std::sync::LazyLock;

use crate::linear::{Bag, Model, likeliest};

mod prose;
mod read;
#[cfg(test)]
mod tests;

static BYTES: &[u8] = include_bytes!("../models/issues.bin");
static MODEL: LazyLock<Option<Model<'static, 3>>> = LazyLock::new(|| Model::read(BYTES));

/// Kinds of issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Something does not do what it should.
    Bug,
    /// Something should be there that is not.
    Feature,
    /// Somebody wants to know, or cannot get on.
    Question,
}

impl Kind {
    /// All, in the order of the model's classes.
    pub const ALL: [Kind; 3] = [Kind::Bug, Kind::Feature, Kind::Question];
}

/// What an issue asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct IssueKind {
    /// The likeliest kind.
    pub kind: Kind,
    /// How likely it is, up to 1.
    pub confidence: f32,
    /// The words that spoke most for it, at most three, the strongest first.
    pub why: Vec<String>,
}

/// The kind of an issue.
pub fn issue_kind(title: &str, body: &str) -> IssueKind {
    let Some(model) = MODEL.as_ref() else {
        return IssueKind { kind: Kind::Question, confidence: 0.0, why: Vec::new() };
    };
    let (bag, text) = read::read(title, body);
    let likely = model.judge(&bag);
    let class = likeliest(&likely);
    let why = model.why(&bag, class, 3).into_iter().filter_map(|place| text.get(place)).map(str::to_owned);
    IssueKind { kind: Kind::ALL[class], confidence: likely[class], why: why.collect() }
}

/// What the model looks at.
pub fn features(title: &str, body: &str) -> Bag {
    read::read(title, body).0
}
