//! GitHub's objects to rows: what every source that gets to see them shares. It is no source itself.
//!
//! Several kinds read the same objects: `github-archive` finds them in files, others get them from a live API
//! or from another tool's files. [`Reading`] is given one of them after the other:
//!
//! | what | is read by | comes from |
//! |---|---|---|
//! | an event of the Events API | [`Reading::event`] | GH Archive, `/events` pages |
//! | a webhook's payload, wrapped or not | [`Reading::delivery`] | logs of deliveries |
//! | an object | [`Reading::object`] | REST pages, migration archives, `gh … --json` |
//! | a GraphQL answer, a page of a search | [`Reading::answer`] | saved answers |
//!
//! **What is one thing here is one thing there.** Ids of messages are made of the site (`github.com`, or the
//! host of an Enterprise) and of what names a thing in the world: `owner/repo#7`, `comment-123` by the number
//! in GitHub's database, `owner/repo/discussions/7`. Every form names it in a field or in an address, see
//! [`place`]. Activities have ids of the thing, the deed and its minute, see [`Reading::act`].
//!
//! The formats are GitHub's: docs.github.com (REST API, GraphQL API, webhook events and payloads, event types);
//! of migration archives, whose format has no reference, what importers and exporters of it read and write.

mod answers;
mod context;
mod deeds;
mod field;
mod happened;
mod lists;
mod markdown;
mod node;
mod nodes;
mod objects;
mod payload;
mod people;
mod place;
mod repository;
mod standing;
#[cfg(test)]
mod tests;
mod told;
mod types;

pub use context::{HUB, Reading, Repo};
pub use field::{Field, Text};
pub use payload::{Event, Headers, Payload};
