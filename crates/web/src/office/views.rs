//! What the pages show of the workspace. Times are microseconds UTC.

use schemars::JsonSchema;
use serde::Serialize;

/// A kind of source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KindView {
    /// As it stands in the configuration.
    pub kind: String,
    /// One line: what it collects.
    pub title: String,
    /// The sort of place: a list, a chat, a forum …
    pub place: String,
    /// What a user must know, in Markdown.
    pub about: String,
}

/// Every source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct SourcesView {
    /// The configured ones in their order, then those that are only in the archive.
    pub sources: Vec<SourceView>,
    /// How far the sync is.
    pub sync: SyncView,
}

/// One source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct SourceView {
    /// Its name.
    pub name: String,
    /// Its kind; `None` for one that is no longer configured.
    pub kind: Option<String>,
    /// What its kind collects, in a line.
    pub title: String,
    /// The sort of place: a list, a chat, a forum …; empty if it is no longer configured.
    pub place: String,
    /// Items in the archive.
    pub items: u64,
    /// Bytes of them, uncompressed.
    pub bytes: u64,
    /// Messages in the tables.
    pub messages: u64,
    /// Activities in the tables.
    pub activities: u64,
    /// Problems in the tables.
    pub problems: u64,
    /// Its channels in the tables.
    pub channels: u64,
    /// Its first dated message or activity.
    pub first: Option<i64>,
    /// Its last one.
    pub last: Option<i64>,
    /// How its last run went.
    pub run: Option<RunView>,
}

/// How a run of a source went.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct RunView {
    /// When it began.
    pub started: i64,
    /// Seconds that it took.
    pub seconds: f64,
    /// New items; `None` if it failed.
    pub items: Option<u64>,
    /// Why it failed.
    pub error: Option<String>,
}

/// What could not be read or understood of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ProblemsView {
    /// How often each sort came up, the most frequent first: what, and how often.
    pub counts: Vec<(String, u64)>,
    /// All there are.
    pub total: u64,
    /// Some of them.
    pub problems: Vec<ProblemLine>,
}

/// One problem.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ProblemLine {
    /// The file within the source.
    pub file: String,
    /// The byte in that file, or the line for formats of lines.
    pub offset: Option<i64>,
    /// What it is.
    pub what: String,
    /// The rest; never a body or an address.
    pub detail: String,
}

/// What lies at a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Proposal {
    /// The kind that reads it.
    pub kind: String,
    /// What that kind collects.
    pub title: String,
    /// How sure it is, 0 to 100.
    pub sure: u8,
    /// What was seen.
    pub what: String,
}

/// The form of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourceForm {
    /// Its name; for a new one what could be its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// What the kind collects.
    pub title: String,
    /// What a user must know of the kind, in Markdown.
    pub about: String,
    /// One field for each simple option.
    pub fields: Vec<Field>,
    /// All other options, as TOML.
    pub rest: String,
    /// An example of such options; empty if the kind has none.
    pub rest_example: String,
    /// What stands for the section as it was read; empty for a new source.
    pub seen: String,
}

/// One field of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Field {
    /// What it is called in the form that is sent.
    pub name: String,
    /// What it is called on the page.
    pub title: String,
    /// What to write, in a line.
    pub hint: String,
    /// What sort of field it is.
    pub kind: FieldKind,
    /// What stands in it; a list is a line per value, a secret `env:NAME` or `file:PATH`, a yes `yes`.
    pub value: String,
    /// An example, or what holds if nothing stands in it.
    pub example: String,
    /// Whether something must stand in it.
    pub must: bool,
}

/// What sort of field it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A line of text.
    #[default]
    Text,
    /// Texts, one per line.
    List,
    /// Yes or no.
    Yes,
    /// The place of a secret, never the secret itself.
    Secret,
    /// A number from 0 to 1.
    Share,
}

/// What a test of a source found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Trial {
    /// Whether something can be collected.
    pub well: bool,
    /// What was found, or what is wrong, a sentence each.
    pub said: Vec<String>,
}

/// How far a sync is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SyncView {
    /// Whether there is one.
    pub state: SyncState,
    /// Whether it is no sync, but somebody is being erased.
    pub erases: bool,
    /// The sources it was asked for; all if there are none.
    pub sources: Vec<String>,
    /// Who asked for it.
    pub who: String,
    /// When it began.
    pub since: Option<i64>,
    /// When it ended.
    pub ended: Option<i64>,
    /// What it is at: a source's name, `tables`, `full text`.
    pub step: String,
    /// How far that is, of [`SyncView::total`].
    pub done: u64,
    /// All there is; 0 if that is not known.
    pub total: u64,
    /// The same in a few words.
    pub words: String,
    /// What it said so far, in order.
    pub said: Vec<String>,
    /// Another process that writes to the workspace now, in words.
    pub other: Option<String>,
}

/// Whether a sync is under way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SyncState {
    /// None was started since the program was.
    #[default]
    None,
    /// It is under way.
    Running,
    /// It ended well.
    Done,
    /// It ended, but not all went well.
    Failed,
    /// Somebody stopped it.
    Stopped,
}

/// A section of the settings, in the list of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SectionLine {
    /// Its name in addresses.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence.
    pub about: String,
    /// How it stands, in a few words.
    pub now: String,
}

/// A section of the settings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SectionView {
    /// Its name in addresses.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence.
    pub about: String,
    /// When a change counts.
    pub counts: String,
    /// Its simple values.
    pub groups: Vec<FieldGroup>,
    /// The section as it stands in the file, comments included.
    pub text: String,
    /// What could stand there.
    pub example: String,
    /// What stands for the section as it was read.
    pub seen: String,
    /// The names of the sections of the file that belong to it.
    pub keys: Vec<String>,
}

/// Fields that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FieldGroup {
    /// What they are about.
    pub title: String,
    /// What to know of them.
    pub about: String,
    /// The fields.
    pub fields: Vec<Field>,
}

/// Who is told what. Targets of mail are addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AlertsView {
    /// The rules, in the order of the file.
    pub rules: Vec<AlertRuleView>,
    /// Every target that can be tested, sorted.
    pub targets: Vec<String>,
    /// What is stopped.
    pub stopped: Vec<Stopped>,
    /// What was sent, waits, or went wrong, latest first.
    pub log: Vec<AlertEntry>,
}

/// A rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AlertRuleView {
    /// Its name.
    pub name: String,
    /// What it fires on.
    pub when: String,
    /// The sources and channels that it looks at; everything if there are none.
    pub within: Vec<String>,
    /// Whom it tells.
    pub to: Vec<String>,
    /// When it tells them.
    pub at: String,
    /// How long it is quiet then, in microseconds.
    pub quiet: i64,
    /// Whether somebody stopped it.
    pub stopped: bool,
}

/// Something that is stopped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stopped {
    /// A rule's name, a target, or an id.
    pub subject: String,
    /// Who stopped it.
    pub who: String,
    /// When.
    pub at: i64,
}

/// One entry of the log.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AlertEntry {
    /// Its number.
    pub number: i64,
    /// How far it is: queued, sent, failed, stopped, unsure, over …
    pub state: String,
    /// The rule.
    pub rule: String,
    /// Whom it tells.
    pub target: String,
    /// The id of what it is about.
    pub subject: String,
    /// What it says; empty once that was forgotten.
    pub what: String,
    /// When it ended, or will be sent.
    pub at: Option<i64>,
    /// What went wrong.
    pub error: Option<String>,
    /// Whether it can be sent once more.
    pub again: bool,
}

/// A table that can be exported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ExportTable {
    /// Its name.
    pub name: String,
    /// What a row of it is.
    pub about: String,
    /// Its rows.
    pub rows: u64,
    /// Bytes of its files.
    pub bytes: u64,
}
