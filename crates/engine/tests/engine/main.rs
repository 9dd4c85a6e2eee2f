//! The engine over a made-up community.

mod bounds;
mod community;
mod format;
mod query;
