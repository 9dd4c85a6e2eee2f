//! What a source is, and nothing about any one of them.
//!
//! A source is a value ([`Source`]): how it is called, which options it takes, how to collect its
//! items and how to turn one item into rows. `collect` talks to the outside and understands nothing;
//! `normalize` understands and talks to nobody. Everything that a collector does to the world goes
//! through a [`Sink`], so that tests can stop, resume and inspect it.

use std::path::{Path, PathBuf};

use model::{Item, Problem, Rows};

pub mod erase;
mod look;
mod options;
pub mod run;
pub use look::{Look, Peeked, Seen};
pub use options::{Options, OptionsError, Secret};

/// One kind of source. Sources register in `sources::SOURCES`.
pub struct Source {
    /// Its kind, as in `switchboard add KIND` and in `switchboard.toml`.
    pub kind: &'static str,
    /// One line: what it collects.
    pub title: &'static str,
    /// The sort of place it is.
    pub place: Place,
    /// What a user must know: accepted input, what becomes what, limits. Markdown.
    pub about: &'static str,
    /// A complete example of its section in `switchboard.toml`, without `kind` and the name.
    pub example: &'static str,
    /// Says what is seen at a path if this kind reads it, for `switchboard add PATH`.
    pub recognize: fn(&Look) -> Option<Seen>,
    /// Raised whenever `normalizer` gives other rows for the same item: tables are then made anew.
    pub version: u32,
    /// Whether a later version of an item takes back all that the earlier ones gave. Otherwise a later
    /// version adds to them, and replaces only what has the same id; that is cheap, while taking back makes
    /// all tables anew.
    pub takes_back: bool,
    /// Collects what is new since `cursor` (null at first). Returns when there is nothing more.
    pub collect: fn(&Context, cursor: &serde_json::Value, &mut dyn Sink) -> Result<(), CollectError>,
    /// Checks the options and gives the function that turns items into rows.
    pub normalizer: fn(&Context) -> Result<Normalizer, OptionsError>,
}

/// The sort of place a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Mailing lists.
    List,
    /// Chat rooms.
    Chat,
    /// Forums and question-and-answer sites.
    Forum,
    /// Code.
    Repository,
    /// Pages that people read: documentation, a wiki.
    Documents,
    /// Posts to be followed: a blog, news.
    Feed,
    /// Dates: meetings, conferences.
    Calendar,
    /// Who is who.
    People,
    /// Whatever the configuration says.
    Any,
}

impl Place {
    /// The word a person reads.
    pub fn as_str(self) -> &'static str {
        match self {
            Place::List => "list",
            Place::Chat => "chat",
            Place::Forum => "forum",
            Place::Repository => "repository",
            Place::Documents => "documents",
            Place::Feed => "feed",
            Place::Calendar => "calendar",
            Place::People => "people",
            Place::Any => "any",
        }
    }
}

/// Turns one item into rows: pure, from any thread. It must not panic, whatever the bytes are; what
/// it does not understand it pushes to [`Rows::problems`].
pub type Normalizer = Box<dyn Fn(&Item, &mut Rows) + Send + Sync>;

/// One configured source.
#[derive(Debug, Clone)]
pub struct Context {
    /// Its id: the name in `switchboard.toml`.
    pub source: String,
    /// The folder that relative paths start from: the workspace.
    pub base: PathBuf,
    /// Its section of `switchboard.toml`, without `kind`.
    pub options: toml::Table,
}

impl Context {
    /// A path from the options as it is to be opened: relative ones start at the workspace.
    pub fn resolve(&self, path: &Path) -> PathBuf {
        self.base.join(path)
    }
}

/// Where a collector puts what it finds.
pub trait Sink {
    /// Keeps one item. The bytes are copied before it returns. Items already in the archive (same id
    /// and version) are passed over.
    fn item(&mut self, item: ItemRef<'_>) -> Result<(), CollectError>;

    /// Says that all that was kept so far is covered by the cursor that `cursor` gives: a point to
    /// resume from. Call it often (after every file or few hundred items); it asks for the cursor only
    /// when a segment is due.
    fn safe_point(&mut self, cursor: &dyn Fn() -> serde_json::Value) -> Result<(), CollectError>;

    /// The last call of a collector that got to its end: the cursor for the next run.
    fn end(&mut self, cursor: serde_json::Value) -> Result<(), CollectError>;

    /// Records that something could not be read.
    fn problem(&mut self, problem: Problem) -> Result<(), CollectError>;

    /// For the progress line: how far it is and how much there is (bytes or items; 0 if unknown).
    fn progress(&mut self, done: u64, total: u64);
}

/// An item on its way into the archive: see [`model::Item`].
#[derive(Debug, Clone, Copy)]
pub struct ItemRef<'a> {
    /// [`Item::id`].
    pub id: &'a str,
    /// [`Item::version`].
    pub version: &'a str,
    /// [`Item::kind`].
    pub kind: &'a str,
    /// [`Item::origin`].
    pub origin: &'a str,
    /// [`Item::bytes`].
    pub bytes: &'a [u8],
}

/// Why a collector had to stop. What it kept before stays.
#[derive(Debug, thiserror::Error)]
pub enum CollectError {
    /// The options do not fit.
    #[error(transparent)]
    Options(#[from] OptionsError),
    /// The source's place itself cannot be read (single bad files are problems, not errors).
    #[error("cannot read {}: {error}; check that the path exists and may be read", path.display())]
    Unreadable {
        /// The configured path.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The archive could not take an item.
    #[error(transparent)]
    Store(archive::ArchiveError),
    /// Anything else: what happened and what to do next.
    #[error("{0}")]
    Other(String),
}
