//! People: lists of them, everything about one, who may be who.
//!
//! Lists exist to help people, not to rank them: nothing here compares two people but by what they could be asked, and
//! bots and the team's own staff are apart from everybody else.

mod accounts;
mod choices;
mod entries;
mod file;
mod level;
mod list;
mod marks;
mod next;
mod organizations;
mod pending;
mod ranks;
mod suggestions;

pub use file::PersonAsk;
pub use level::{Level, LevelRules};
pub use list::{PeopleAsk, PeopleSort};
pub use ranks::Segment;
pub use suggestions::SuggestionAsk;

pub(crate) use level::{Course, MONTH, YEAR, level};
pub(crate) use list::{PeopleLists, Segments, place_name};
pub(crate) use marks::Marks;
pub(crate) use ranks::Ranks;

/// The tag that says that somebody is of the team's own staff.
pub const STAFF: &str = "staff";
