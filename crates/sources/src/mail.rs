//! One mail, from its bytes to a message with its writer: what every source that holds mails shares.
//!
//! ```text
//! let reader = mail::Reader::new(source, channel, Dialect::Auto);
//! reader.read(&item.bytes, Place { file: "dev.mbox", offset: Some(17), arrived: None }, rows);
//! ```
//!
//! A [`Reader`] gives a message, an identity, a channel and problems. What a mail is in an archive (a
//! stretch of an mbox, a blob of a repository) its source knows; MIME is mail-parser's work.

mod address;
mod body;
mod date;
mod dialect;
pub mod envelope;
mod fields;
mod reader;
mod sender;

pub use body::Body;
pub use dialect::Dialect;
pub use fields::Fields;
pub use reader::{Parts, Place, Reader};

/// Reads a date as mails have it, which is in all forms that there are; `None` without year, month and day.
pub fn read_date(text: &str) -> Option<model::Timestamp> {
    date::parse(text).map(|date| date.time)
}
