//! Segments of items, and derived tables, on disk or object storage.
//!
//! The archive ([`Archive`]) is what must never be lost: immutable, numbered Parquet segments per
//! source, each with the cursor after it. Tables ([`Tables`]) can be thrown away at any time.
//! Neither knows what is inside an item or a row.

mod append;
mod error;
mod hidden;
mod lookup;
mod rewrite;
mod segment;
mod store;
mod tables;

pub use append::{Appender, Limits};
pub use error::{ArchiveError, Result};
pub use hidden::TableRows;
pub use rewrite::Rewriting;
pub use segment::{Head, Segment, SegmentItems};
pub use store::Archive;
pub use tables::{FileEntry, Manifest, TableFile, Tables};
