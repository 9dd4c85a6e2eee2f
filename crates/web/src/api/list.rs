//! Every endpoint, in the order of their addresses.

use super::endpoint::Endpoint;
use super::endpoints::{about, asking, metrics, one, tables, understanding, waiting};

/// Every endpoint.
pub(crate) static ENDPOINTS: &[&Endpoint] = &[
    &about::ABOUT,
    &asking::ASK,
    &one::CONVERSATION,
    &one::EXPLAIN,
    &understanding::GAPS,
    &metrics::METRICS,
    &about::OPENAPI,
    &one::PERSON,
    &tables::SQL,
    &tables::TABLES,
    &understanding::TIERS,
    &waiting::TODAY,
    &understanding::TOPICS,
    &waiting::WAITING,
    &asking::WHO_KNOWS,
];
