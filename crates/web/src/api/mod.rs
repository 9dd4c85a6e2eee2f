//! The JSON API below `/api/v1`, for programs.
//!
//! Everything it can do is one table, [`ENDPOINTS`]: the routes, the OpenAPI document and the tests are made from
//! it, and the tools of assistants ([`crate::mcp`]) point into it. An endpoint is a value with its parameters, the
//! schema of its answer, the right that it needs, and a function from a [`Call`] to JSON.
//!
//! What is promised to programs: within `v1` endpoints, parameters and members of answers are only added. Errors are
//! problem documents (RFC 9457). Mail addresses are hidden from whoever has no right to them.

mod access;
mod body;
mod call;
mod dispatch;
mod endpoint;
pub(crate) mod endpoints;
mod hide;
mod list;
mod openapi;
mod page;
mod problem;

pub(crate) use access::Access;
pub(crate) use call::Call;
pub(crate) use dispatch::{perform, routes};
pub(crate) use endpoint::{Endpoint, Kind, Parameter};
pub(crate) use hide::addresses as hide_addresses;
pub(crate) use list::ENDPOINTS;
pub use openapi::document;
pub(crate) use problem::Problem;

/// Where the API begins.
pub(crate) const BASE: &str = "/api/v1";
