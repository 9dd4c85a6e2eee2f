//! What to simulate, and what came out.

use std::path::PathBuf;

use jiff::civil::Date;
use serde::Serialize;

/// What to simulate. Equal settings give equal bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where chance starts from.
    pub seed: u64,
    /// How many messages (mails, chat lines, posts and comments): met within a conversation's length.
    /// Commits come on top.
    pub messages: u64,
    /// The first day, in UTC.
    pub start: Date,
    /// How many years it lasts, 1 to 20.
    pub years: u16,
    /// How many of the last mails and chat lines to keep back: they go to `later/` instead, to be
    /// appended to the files of the same name when the community has moved on.
    pub hold_back: u64,
    /// Whether stories with a known end are planted on top: talks that everybody links to, a mirror that hides
    /// downloads, three who answer in one place only. The truth tells of them.
    pub planted: bool,
}

impl Settings {
    /// The demonstration community: about 6,000 messages of several hundred people over four years, with stories planted
    /// in it.
    pub fn demo() -> Settings {
        Settings { planted: true, ..Settings::new(6_000) }
    }

    /// Four years up to a fixed day, with nothing held back.
    pub fn new(messages: u64) -> Settings {
        Settings {
            seed: 2_718,
            messages,
            start: jiff::civil::date(2022, 10, 14),
            years: 4,
            hold_back: 0,
            planted: false,
        }
    }

    /// The simulation's end (exclusive), a whole number of years after its start.
    pub(crate) fn end(&self) -> Result<Date, SimulateError> {
        let end = jiff::Span::new().try_years(i64::from(self.years)).and_then(|years| self.start.checked_add(years));
        match end {
            Ok(end) if (1..=20).contains(&self.years) && (1990..2080).contains(&self.start.year()) => Ok(end),
            _ => Err(SimulateError::Period { start: self.start, years: self.years }),
        }
    }
}

/// How far a simulation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Messages planned so far.
    pub done: u64,
    /// Messages asked for.
    pub total: u64,
}

/// What a simulation wrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// People, bots included.
    pub people: u64,
    /// Conversations, in all places.
    pub conversations: u64,
    /// Mails under `list/`, those held back included.
    pub mails: u64,
    /// What people said in the logs under `chat/`, those held back included.
    pub chat_lines: u64,
    /// Questions and answers under `forum/`.
    pub posts: u64,
    /// Comments under `forum/`.
    pub comments: u64,
    /// Commits in `code/`.
    pub commits: u64,
    /// Mails and chat lines under `later/`.
    pub held_back: u64,
}

impl Summary {
    /// All messages: mails, chat lines, posts and comments.
    pub fn messages(&self) -> u64 {
        self.mails + self.chat_lines + self.posts + self.comments
    }
}

/// Why a simulation could not be written.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// A file could not be written.
    #[error("cannot write {}: {error}; check that there is space and that the folder may be written", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The folder holds something already.
    #[error("{} is not empty; name a new folder, the simulation overwrites nothing", path.display())]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// A period that cannot be.
    #[error("cannot simulate {years} years from {start} on; choose 1 to 20 years between 1990 and 2100")]
    Period {
        /// The first day.
        start: Date,
        /// How many years.
        years: u16,
    },
    /// The texts that the simulator is made of do not fit together.
    #[error("the simulator's own text in {file} is broken: {message}; this is a defect, please report it")]
    Data {
        /// The data file.
        file: &'static str,
        /// What is wrong.
        message: String,
    },
    /// A commit could not be made.
    #[error("cannot make a commit: {0}; this is a defect, please report it")]
    Commit(String),
}
