//! The engine over a made-up community.

mod community;
mod format;
mod query;
