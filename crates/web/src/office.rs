//! What the pages ask of the program about the workspace itself: its sources, its settings, what is exported and erased.
//!
//! The pages know neither the configuration's file nor any kind of source: whoever serves them implements [`Office`].
//! Everything here may take its time and is called away from the threads that talk to browsers. Nothing that comes back
//! holds a body of a message or a secret; addresses of people only where [`AlertsView`] says so.

use std::io::Write;

mod views;

pub use views::{
    AlertEntry, AlertRuleView, AlertsView, ExportTable, Field, FieldGroup, FieldKind, KindView, ProblemLine,
    ProblemsView, Proposal, RunView, SectionLine, SectionView, SourceForm, SourceView, SourcesView, Stopped, SyncState,
    SyncView, Trial,
};

/// Looks after the workspace.
pub trait Office: Send + Sync + 'static {
    /// Every kind of source, alphabetical.
    fn kinds(&self) -> Vec<KindView>;

    /// The configured sources in their order, then what else is in the archive.
    fn sources(&self) -> OfficeResult<SourcesView>;

    /// What could not be read or understood of a source, in the order of its files: at most `most` after `skip`.
    fn problems(&self, source: &str, skip: usize, most: usize) -> OfficeResult<ProblemsView>;

    /// What could be read at a path of the server, the surest first. Keeps nothing.
    fn look(&self, path: &str) -> OfficeResult<Vec<Proposal>>;

    /// The form of a new source of a kind, with what was seen at `path` if there is one; `None` if there is no such kind.
    fn new_form(&self, kind: &str, path: Option<&str>) -> OfficeResult<Option<SourceForm>>;

    /// The form of a configured source as it stands; `None` if none is called so.
    fn form(&self, name: &str) -> OfficeResult<Option<SourceForm>>;

    /// Whether the source of a form could be collected from: its options are checked and its first bytes are read.
    /// Writes nothing.
    fn test(&self, draft: &Draft) -> OfficeResult<Trial>;

    /// Writes a source's section: a new one, or the one called [`Draft::name`] in the place of what
    /// [`Draft::seen`] stands for.
    fn put_source(&self, draft: &Draft) -> OfficeResult<()>;

    /// Takes a source's section out. What was collected stays in the archive.
    fn remove_source(&self, name: &str, seen: &str) -> OfficeResult<()>;

    /// Starts a sync of these sources (all if there are none) in the background, for `who`.
    fn sync(&self, names: &[String], who: &str) -> OfficeResult<()>;

    /// Starts to erase the person of this id in the background, for `who`; [`Office::syncing`] tells how far it is.
    fn erase(&self, person: &str, who: &str) -> OfficeResult<()>;

    /// Stops the sync that this program started; false if there is none. What it collected so far is kept.
    fn stop_sync(&self) -> OfficeResult<bool>;

    /// How far the sync is, or how the last one ended that this program started. Cheap.
    fn syncing(&self) -> SyncView;

    /// The sections of the settings.
    fn sections(&self) -> OfficeResult<Vec<SectionLine>>;

    /// One section of the settings as it stands; `None` if there is no such section.
    fn section(&self, name: &str) -> OfficeResult<Option<SectionView>>;

    /// Writes the values that a section's form sent; what else the section holds stays, comments too.
    fn put_values(&self, name: &str, values: &Values, seen: &str) -> OfficeResult<()>;

    /// Puts a text in the place of a section, if the whole configuration is right with it.
    fn put_text(&self, name: &str, text: &str, seen: &str) -> OfficeResult<()>;

    /// The rules of who is told what, what is stopped, and what was sent lately, at most `most` entries, latest first.
    fn alerts(&self, most: usize) -> OfficeResult<AlertsView>;

    /// Sends a made-up alert to one target.
    fn test_alert(&self, target: &str) -> OfficeResult<()>;

    /// Stops what a rule, a target or an id names, or lets it go on; for `who`.
    fn stop_alerts(&self, subject: &str, stop: bool, who: &str) -> OfficeResult<()>;

    /// Queues an entry of the log once more that failed or may not have arrived.
    fn send_again(&self, number: i64) -> OfficeResult<()>;

    /// The tables that can be exported.
    fn tables(&self) -> OfficeResult<Vec<ExportTable>>;

    /// Writes a whole table as `csv` or `parquet`.
    fn export(&self, table: &str, format: &str, out: &mut (dyn Write + Send)) -> OfficeResult<()>;

    /// Writes a copy of everything that people decided: the desk's file as it is at this moment.
    fn export_desk(&self, out: &mut (dyn Write + Send)) -> OfficeResult<()>;
}

/// What a form sent: names of fields and what stands in them. A list is a line per value.
pub type Values = Vec<(String, String)>;

/// What asking the office comes to.
pub type OfficeResult<T> = Result<T, OfficeError>;

/// A source as a form describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// What it is called.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The values of its form's fields.
    pub values: Values,
    /// Further options, as TOML.
    pub rest: String,
    /// [`SourceForm::seen`] of the form; empty for a new source.
    pub seen: String,
}

/// Why the office did not do it. The texts are in lower case without a full stop and say what to do next; they hold no
/// secret, no body and no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OfficeError {
    /// What was sent is wrong.
    #[error("{0}")]
    Wrong(Fault),
    /// It was changed by somebody else since it was read.
    #[error("this was changed since you opened it; load it again and make your change once more")]
    Faster,
    /// There is nothing of that name.
    #[error("{0}")]
    Missing(String),
    /// Another process is writing, or a sync is under way already.
    #[error("{0}")]
    Busy(String),
    /// It went wrong.
    #[error("{0}")]
    Failed(String),
}

/// What is wrong with a text, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// The field of the form that it is in, if it is in one.
    pub field: Option<String>,
    /// The line of the text that was sent, from 1.
    pub line: Option<usize>,
    /// The column in that line, in characters from 1.
    pub column: Option<usize>,
}

impl Fault {
    /// Something wrong with no place of its own.
    pub fn new(message: impl Into<String>) -> Fault {
        Fault { message: message.into(), ..Fault::default() }
    }

    /// Whether it is in this field.
    pub fn concerns(&self, field: &Field) -> bool {
        self.field.as_ref() == Some(&field.name)
    }

    /// Where it is, for a person: `line 3, column 7`; empty if that is not known.
    pub fn place(&self) -> String {
        match (self.line, self.column) {
            (Some(line), Some(column)) => format!("line {line}, column {column}"),
            (Some(line), None) => format!("line {line}"),
            _ => String::new(),
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.place() {
            place if place.is_empty() => f.write_str(&self.message),
            place => write!(f, "{place}: {}", self.message),
        }
    }
}

impl OfficeError {
    /// Something wrong with no place of its own.
    pub fn wrong(message: impl Into<String>) -> OfficeError {
        OfficeError::Wrong(Fault::new(message))
    }
}
