//! What programs send to change cases.

use desk::{Change, Deed};
use schemars::JsonSchema;
use serde::Deserialize;

/// Why, if there is something to say.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Because {
    /// Why, for those who come after.
    pub(super) note: Option<String>,
}

/// To take a case.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Take {
    /// Even if another has it.
    #[serde(default)]
    pub(super) force: bool,
    /// Why, for those who come after.
    pub(super) note: Option<String>,
}

/// To give a case to somebody.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Assign {
    /// Who is to have it, by the name they go by on the desk.
    pub(super) holder: String,
    /// Even if another has it.
    #[serde(default)]
    pub(super) force: bool,
    /// Why, for those who come after.
    pub(super) note: Option<String>,
}

/// To hand a case over to another support tier.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HandOver {
    /// The tier, 0 to 4.
    #[schemars(range(max = 4))]
    pub(super) tier: u8,
    /// The id of the conversation that it goes on in.
    pub(super) next: Option<String>,
    /// Why.
    pub(super) note: Option<String>,
}

/// To let a case rest.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Park {
    /// Until when, microseconds UTC.
    pub(super) until: i64,
    /// Why, for those who come after.
    pub(super) note: Option<String>,
}

/// To write a note.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Note {
    /// What others should know.
    pub(super) note: String,
}

/// To add and remove tags.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Tags {
    /// Tags to add, one word each.
    #[serde(default)]
    pub(super) add: Vec<String>,
    /// Tags to remove.
    #[serde(default)]
    pub(super) remove: Vec<String>,
}

/// To change many cases at once: all or nothing.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Bulk {
    /// The conversations' ids, at most 20,000.
    #[schemars(length(min = 1, max = 20_000))]
    pub(super) conversations: Vec<String>,
    /// What to do with each of them, in this order, at most 20.
    #[schemars(length(min = 1, max = 20))]
    pub(super) changes: Vec<One>,
}

/// One change.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum One {
    /// You have it from now on.
    Take { force: Option<bool>, note: Option<String> },
    /// Somebody has it from now on.
    Assign { holder: String, force: Option<bool>, note: Option<String> },
    /// Nobody has it any more.
    Release { note: Option<String> },
    /// Another support tier is to help.
    HandOver { tier: u8, next: Option<String>, note: Option<String> },
    /// It rests until a time, microseconds UTC.
    Park { until: i64, note: Option<String> },
    /// It is done.
    Resolve { note: Option<String> },
    /// It needs somebody after all.
    Reopen { note: Option<String> },
    /// It asks for no help.
    NotQuestion { note: Option<String> },
    /// It has a tag.
    Tag { tag: String },
    /// It has it no more.
    Untag { tag: String },
    /// A note.
    Note { note: String },
}

/// To take a step back.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Undo {
    /// The step's number.
    pub(super) step: i64,
}

impl One {
    /// The change that it asks for, made by `who`.
    pub(super) fn change(self, who: &str) -> Change {
        let (deed, note) = match self {
            One::Take { force, note } => (take(who.to_owned(), force), note),
            One::Assign { holder, force, note } => (take(holder, force), note),
            One::Release { note } => (Deed::Release, note),
            One::HandOver { tier, next, note } => (Deed::HandOver { tier, next }, note),
            One::Park { until, note } => (Deed::Park { until }, note),
            One::Resolve { note } => (Deed::Resolve, note),
            One::Reopen { note } => (Deed::Reopen, note),
            One::NotQuestion { note } => (Deed::NotQuestion, note),
            One::Tag { tag } => (Deed::Tag(tag), None),
            One::Untag { tag } => (Deed::Untag(tag), None),
            One::Note { note } => (Deed::Note, Some(note)),
        };
        Change { deed, note }
    }
}

fn take(holder: String, force: Option<bool>) -> Deed {
    Deed::Take { holder, force: force.unwrap_or_default() }
}
