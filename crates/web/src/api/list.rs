//! Every endpoint, in the order of their addresses.

use super::endpoint::Endpoint;
use super::endpoints::{
    about, alerts, asking, cases, finding, introductions, metrics, one, tables, understanding, waiting,
};

/// Every endpoint.
pub(crate) static ENDPOINTS: &[&Endpoint] = &[
    &about::ABOUT,
    &alerts::ALERTS,
    &asking::ASK,
    &finding::CASES,
    &cases::BULK,
    &cases::UNDO,
    &finding::CASE,
    &cases::ASSIGN,
    &cases::HAND_OVER,
    &cases::NOT_QUESTION,
    &cases::NOTE,
    &cases::PARK,
    &cases::RELEASE,
    &cases::REOPEN,
    &cases::RESOLVE,
    &cases::TAG,
    &cases::TAKE,
    &one::CONVERSATION,
    &asking::SAME,
    &one::EXPLAIN,
    &understanding::GAPS,
    &introductions::INTRODUCE,
    &metrics::METRICS,
    &about::OPENAPI,
    &one::PERSON,
    &introductions::ACQUAINTANCES,
    &finding::SEARCH,
    &tables::SQL,
    &tables::TABLES,
    &understanding::TIERS,
    &waiting::TODAY,
    &understanding::TOPICS,
    &waiting::WAITING,
    &asking::WHO_KNOWS,
];
