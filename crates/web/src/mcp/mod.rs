//! Tools for assistants, over the Model Context Protocol (<https://modelcontextprotocol.io>).
//!
//! The tools ([`tools`]) are endpoints of the API under names and with descriptions for assistants: they all only
//! read. Over stdio ([`speak`]) whoever starts the program says what it may see; over HTTP (`/mcp`) the token does,
//! and there is no way in without one. What comes back is bounded in size ([`bounded`]) and says that the texts in
//! it are strangers' words.

mod assistant;
mod bounded;
mod http;
mod tools;

pub use assistant::{Assistant, speak};
pub(crate) use http::routes;
