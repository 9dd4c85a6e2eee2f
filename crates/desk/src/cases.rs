//! Cases: what people decided about conversations, one [`Case`] each.
//!
//! Everything is decided in steps ([`Desk::change`]): one act of one person on one or many conversations, in
//! one transaction, which [`Desk::undo`] takes back as if it had never been, while both stay to be seen. A
//! case is what the events of the steps that stand come to; it is kept beside them, so that 20,000 are read at
//! once. What the channels say since is no part of it: `insight` puts the two together.

use std::collections::HashMap;

use model::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Desk, DeskError, Result};

mod deed;
mod steps;

pub use deed::{Change, Deed, Subject};
pub use steps::{CaseEvent, Step};

/// What people decided about one conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case {
    /// The conversation's id.
    pub conversation: String,
    /// What was decided last about its state.
    pub state: CaseState,
    /// When that was decided, microseconds UTC; none where nothing was.
    pub since: Option<Timestamp>,
    /// Who decided it.
    pub by: Option<String>,
    /// Why, in their words.
    pub note: Option<String>,
    /// The time of the conversation's newest message when it was decided, as far as that was known: what is newer
    /// came after.
    pub seen: Option<Timestamp>,
    /// Who has it, by the name they go by on the desk; kept while it is parked, handed over or resolved.
    pub holder: Option<String>,
    /// Since when they have it.
    pub held_since: Option<Timestamp>,
    /// Parked until then.
    pub until: Option<Timestamp>,
    /// The support tier it was handed over to, 0 to 4; kept when somebody of that tier takes it.
    pub tier: Option<u8>,
    /// Why it was handed over.
    pub why: Option<String>,
    /// The conversation that it goes on in since it was handed over.
    pub next: Option<String>,
    /// Tags, sorted.
    pub tags: Vec<String>,
    /// Conversations that it is linked with, sorted. Links go both ways.
    pub links: Vec<String>,
    /// How many notes there are.
    pub notes: u32,
}

/// What people decided about a case's state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CaseState {
    /// Nothing: it is as the channel says.
    #[default]
    None,
    /// It needs somebody, whatever the channel says.
    Open,
    /// Somebody has it.
    Taken,
    /// It waits for another support tier.
    HandedOver,
    /// It rests until a time.
    Parked,
    /// It is done.
    Resolved,
    /// It asks for no help.
    NotQuestion,
}

impl CaseState {
    /// Every state.
    pub const ALL: &'static [CaseState] = &[
        CaseState::None,
        CaseState::Open,
        CaseState::Taken,
        CaseState::HandedOver,
        CaseState::Parked,
        CaseState::Resolved,
        CaseState::NotQuestion,
    ];

    /// As it is written in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            CaseState::None => "none",
            CaseState::Open => "open",
            CaseState::Taken => "taken",
            CaseState::HandedOver => "handed_over",
            CaseState::Parked => "parked",
            CaseState::Resolved => "resolved",
            CaseState::NotQuestion => "not_question",
        }
    }

    /// Reads what [`CaseState::as_str`] wrote; `None` for any other word.
    pub fn parse(text: &str) -> Option<CaseState> {
        CaseState::ALL.iter().copied().find(|state| state.as_str() == text)
    }
}

/// Tells what was decided at one time from what is decided at another, without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CasesStamp {
    step: i64,
    at: Timestamp,
}

impl Case {
    /// A case of which nothing was decided.
    pub fn new(conversation: &str) -> Case {
        Case { conversation: conversation.to_owned(), ..Case::default() }
    }

    /// What an event makes of it. Events come in the order of their steps.
    pub(crate) fn apply(&mut self, event: &CaseEvent) {
        let Change { deed, note } = &event.change;
        match deed {
            Deed::Take { holder, .. } => {
                (self.holder, self.held_since) = (Some(holder.clone()), Some(event.at));
                self.decide(CaseState::Taken, event);
            }
            Deed::Release => {
                (self.holder, self.held_since) = (None, None);
                if self.state == CaseState::Taken {
                    self.decide(if self.tier.is_some() { CaseState::HandedOver } else { CaseState::None }, event);
                }
            }
            Deed::HandOver { tier, next } => {
                (self.tier, self.next, self.why) = (Some(*tier), next.clone(), note.clone());
                (self.holder, self.held_since) = (None, None);
                self.decide(CaseState::HandedOver, event);
            }
            Deed::Park { until } => {
                self.decide(CaseState::Parked, event);
                self.until = Some(*until);
            }
            Deed::Resolve => self.decide(CaseState::Resolved, event),
            Deed::NotQuestion => self.decide(CaseState::NotQuestion, event),
            Deed::Reopen => {
                (self.tier, self.next, self.why) = (None, None, None);
                self.decide(if self.holder.is_some() { CaseState::Taken } else { CaseState::Open }, event);
            }
            Deed::Tag(tag) => insert(&mut self.tags, tag),
            Deed::Untag(tag) => self.tags.retain(|other| other != tag),
            Deed::Link(other) => insert(&mut self.links, other),
            Deed::Unlink(other) => self.links.retain(|linked| linked != other),
            Deed::Note => self.notes = self.notes.saturating_add(1),
        }
    }

    fn decide(&mut self, state: CaseState, event: &CaseEvent) {
        (self.state, self.since, self.by) = (state, Some(event.at), Some(event.who.clone()));
        (self.note, self.seen, self.until) = (event.change.note.clone(), event.seen, None);
    }
}

fn insert(sorted: &mut Vec<String>, word: &str) {
    if let Err(place) = sorted.binary_search_by(|other| other.as_str().cmp(word)) {
        sorted.insert(place, word.to_owned());
    }
}

impl Desk {
    /// Every case of which anything was decided, by its conversation's id.
    pub fn cases(&self) -> Result<HashMap<String, Case>> {
        let query = || {
            let mut statement = self.connection.prepare_cached("SELECT * FROM cases")?;
            let rows = statement.query_map([], read)?;
            rows.map(|case| case.map(|case| (case.conversation.clone(), case))).collect::<rusqlite::Result<_>>()
        };
        query().map_err(|error| DeskError::sqlite(&self.path, error))
    }

    /// What was decided about one conversation; none if nothing was.
    pub fn case(&self, conversation: &str) -> Result<Option<Case>> {
        one(&self.connection, conversation).map_err(|error| DeskError::sqlite(&self.path, error))
    }

    /// Changes whenever a case does. Costs one look at the newest step.
    pub fn cases_stamp(&self) -> Result<CasesStamp> {
        let sql = "SELECT id, at FROM steps ORDER BY id DESC LIMIT 1";
        let newest = self.connection.query_row(sql, [], |row| Ok(CasesStamp { step: row.get(0)?, at: row.get(1)? }));
        let none = CasesStamp { step: 0, at: 0 };
        newest.optional().map(|newest| newest.unwrap_or(none)).map_err(|error| DeskError::sqlite(&self.path, error))
    }
}

/// One case of the projection.
fn one(connection: &Connection, conversation: &str) -> rusqlite::Result<Option<Case>> {
    let mut statement = connection.prepare_cached("SELECT * FROM cases WHERE conversation = ?1")?;
    statement.query_row([conversation], read).optional()
}

/// Writes a case into the projection.
fn write(connection: &Connection, case: &Case) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO cases (conversation, state, since, decided_by, note, seen, holder, held_since,
        until, tier, why, next, tags, links, notes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    let Case { conversation, state, since, by, note, seen, holder, held_since, until, tier, why, next, .. } = case;
    let (tags, links) = (case.tags.join(" "), case.links.join(" "));
    connection.prepare_cached(sql)?.execute(params![
        conversation,
        state.as_str(),
        since,
        by,
        note,
        seen,
        holder,
        held_since,
        until,
        tier,
        why,
        next,
        tags,
        links,
        case.notes
    ])?;
    Ok(())
}

fn read(row: &Row) -> rusqlite::Result<Case> {
    let words = |name: &str| {
        let text = row.get_ref(name)?.as_str()?;
        Ok::<Vec<String>, rusqlite::Error>(text.split_ascii_whitespace().map(str::to_owned).collect())
    };
    let state = row.get_ref("state")?.as_str()?;
    Ok(Case {
        // A state that this program does not know can only stand in a file that was tampered with.
        state: CaseState::parse(state).unwrap_or_default(),
        conversation: row.get("conversation")?,
        since: row.get("since")?,
        by: row.get("decided_by")?,
        note: row.get("note")?,
        seen: row.get("seen")?,
        holder: row.get("holder")?,
        held_since: row.get("held_since")?,
        until: row.get("until")?,
        tier: row.get("tier")?,
        why: row.get("why")?,
        next: row.get("next")?,
        tags: words("tags")?,
        links: words("links")?,
        notes: row.get("notes")?,
    })
}
