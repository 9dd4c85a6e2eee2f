//! Records: what the team keeps about a thing of its own (a goal, an event, a report), as values under a name.
//!
//! They lie beside canned answers and views ([`crate::SavedKind`]) as JSON: each change is one more row, so that who
//! changed what stays known. Every kind of record is one file here.

mod approach;
mod form;
mod goal;
mod number;
mod office;
mod report;

use std::collections::BTreeMap;

use model::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Desk, DeskError, Result, SavedKind};

pub use approach::{Approach, Came};
pub use form::{FORMS, Field, FieldKind, Filled, Form};
pub use goal::{Goal, Question, Target};
pub use number::{Doubt, Explanation, Narrowed, Retired};
pub use office::{Action, Announcement, EventPlan, PeerChannel, Story};
pub use report::Report;

/// A value that can be kept.
pub trait Record: Serialize + DeserializeOwned {
    /// What it is.
    const KIND: SavedKind;

    /// Says what is wrong with it, and what to do.
    ///
    /// # Errors
    ///
    /// [`DeskError::Wrong`].
    fn check(&self) -> Result<()>;
}

/// A record, and who kept it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kept<T> {
    /// Its name.
    pub name: String,
    /// What was kept.
    #[serde(flatten)]
    pub record: T,
    /// Who kept it as it is now.
    pub who: String,
    /// When, microseconds UTC.
    pub at: Timestamp,
}

impl Desk {
    /// Keeps a record under a name, in place of what it held before.
    pub fn keep<T: Record>(&mut self, name: &str, record: &T, who: &str, at: Timestamp) -> Result<()> {
        record.check()?;
        let text = serde_json::to_string(record).map_err(|error| DeskError::Wrong(error.to_string()))?;
        self.save(T::KIND, name, &text, who, at)
    }

    /// Keeps a record under a new name, made of `title`; gives the name.
    pub fn keep_new<T: Record>(&mut self, title: &str, record: &T, who: &str, at: Timestamp) -> Result<String> {
        let name = free_name(self, T::KIND, title)?;
        self.keep(&name, record, who, at)?;
        Ok(name)
    }

    /// Takes a record away. Fails if nothing is kept under the name.
    pub fn drop_record<T: Record>(&mut self, name: &str, who: &str, at: Timestamp) -> Result<()> {
        self.unsave(T::KIND, name, who, at)
    }

    /// The record under a name. The error where there is none names what there is.
    pub fn record<T: Record>(&self, name: &str) -> Result<Kept<T>> {
        let saved = self.saved(T::KIND, name)?;
        let record = serde_json::from_str(&saved.text).map_err(|error| unreadable(T::KIND, name, &error))?;
        Ok(Kept { name: saved.name, record, who: saved.who, at: saved.at })
    }

    /// Every record of a kind, by name.
    pub fn records<T: Record>(&self) -> Result<BTreeMap<String, Kept<T>>> {
        let read = |(name, saved): (String, crate::Saved)| {
            let record = serde_json::from_str(&saved.text).map_err(|error| unreadable(T::KIND, &name, &error))?;
            Ok((name.clone(), Kept { name, record, who: saved.who, at: saved.at }))
        };
        self.all_saved(T::KIND)?.into_iter().map(read).collect()
    }
}

fn unreadable(kind: SavedKind, name: &str, error: &serde_json::Error) -> DeskError {
    let kind = kind.as_str();
    DeskError::Wrong(format!("the {kind} {name} was kept by another version and cannot be read here ({error}); update"))
}

/// A name made of a title that nothing of the kind has yet.
fn free_name(desk: &Desk, kind: SavedKind, title: &str) -> Result<String> {
    let taken = desk.all_saved(kind)?;
    let plain = name_of(title);
    let names = std::iter::once(plain.clone()).chain((2_u64..).map(|number| format!("{plain}-{number}")));
    Ok(names.into_iter().find(|name| !taken.contains_key(name)).unwrap_or(plain))
}

/// A name out of a title: its letters and digits in lower case, joined by `-`, at most 40 characters.
fn name_of(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let joined = words.collect::<Vec<_>>().join("-").to_lowercase();
    let cut: String = joined.chars().take(40).collect();
    let cut = cut.trim_end_matches('-').to_owned();
    if cut.is_empty() { "one".to_owned() } else { cut }
}

/// That a text is there, and not too long.
fn says_something(what: &str, text: &str, longest: usize) -> Result<()> {
    if text.trim().is_empty() || text.chars().count() > longest {
        return Err(DeskError::Wrong(format!("{what} has 1 to {longest} characters; write another")));
    }
    Ok(())
}

/// That a day is one, as `2026-11-23`.
fn is_day(what: &str, day: Option<&str>) -> Result<()> {
    match day.map(str::parse::<jiff::civil::Date>) {
        Some(Err(_)) => Err(DeskError::Wrong(format!("{what} is a day as 2026-11-23; write it so"))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_kept_changed_and_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Desk::open(&folder.path().join("desk.sqlite")).unwrap();
        let goal = |what: &str| Goal { what: what.to_owned(), ..Goal::default() };
        let name = desk.keep_new("People get answers!", &goal("People get answers"), "ada", 1).unwrap();
        assert_eq!(name, "people-get-answers");
        assert_eq!(desk.keep_new("people get answers", &goal("Again"), "ada", 2).unwrap(), "people-get-answers-2");
        desk.keep(&name, &goal("People get good answers"), "ben", 3).unwrap();
        let all = desk.records::<Goal>().unwrap();
        let said: Vec<_> = all.values().map(|kept| (kept.record.what.as_str(), kept.who.as_str())).collect();
        assert_eq!(said, [("People get good answers", "ben"), ("Again", "ada")]);
        desk.drop_record::<Goal>(&name, "ben", 4).unwrap();
        assert!(desk.record::<Goal>(&name).unwrap_err().to_string().contains("people-get-answers-2"));
    }

    fn check(title: &str, expected: &str) {
        assert_eq!(name_of(title), expected);
    }

    #[test]
    fn names() {
        check("", "one");
        check("Über uns: 2026", "über-uns-2026");
        check("../../etc", "etc");
        check(&"x".repeat(100), &"x".repeat(40));
    }
}
