//! SQL over the tables, embedded.
//!
//! [`Engine`] reads exactly the files it is given and nothing else on the machine; it answers queries
//! and refuses whatever would change something. Answers stream ([`Answer`]) and can be written as a
//! table for the terminal, CSV, JSON lines or Parquet ([`format`](mod@format)). Callers need not be async: the
//! engine has its own threads.

mod answer;
mod error;
mod files;
pub mod format;
mod hints;
mod lists;
mod masked;
mod session;
mod statement;

pub use answer::Answer;
pub use error::{EngineError, Place, Result};
pub use session::{Bounds, Engine, Limits, TableFiles};
