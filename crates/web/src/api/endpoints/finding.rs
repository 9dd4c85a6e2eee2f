//! Search, and the desk's lists.

use desk::Scope;
use insight::query::Query;
use insight::views::{CaseList, CasePage, SearchView};
use insight::{CaseAsk, Page, View};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::api::call::value;
use crate::api::endpoint::{Endpoint, Kind, Verb, may, must, shape};
use crate::api::page::{LIMIT, OFFSET, span};
use crate::api::{Call, Problem};

/// Characters of a query.
const LONGEST: usize = 4_000;
/// The names of [`View`].
const VIEWS: &[&str] =
    &["waiting", "nobody", "mine", "escalated", "asker", "parked", "answered", "soon", "overdue", "open", "all"];
/// What can stand in a query.
const LANGUAGE: &str = "words, \"phrases\", and filters: `from:`, `in:`, `tier:`, `before:`, `after:`, `is:`, `has:`, \
    `state:`, `who:`, `tag:`, each with `-` before it to exclude";

/// What a query finds.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
struct Found {
    #[serde(flatten)]
    view: SearchView,
    /// The `offset` of the next page; null on the last one.
    next: Option<u64>,
}

pub(crate) static SEARCH: Endpoint = Endpoint {
    name: "search",
    verb: Verb::Get,
    path: "/search",
    title: "conversations, documents, people and events",
    about: "By words and meaning together, best first; without words to look for, latest first. What of the query was \
            not understood is in `notes`.",
    scope: Scope::Read,
    parameters: &[
        must("q", Kind::Text(LONGEST), LANGUAGE),
        may(
            "words",
            Kind::Choice(&["yes", "no"]),
            "whether to look for the words alone, not for what they mean; no if not given",
        ),
        LIMIT,
        OFFSET,
    ],
    body: None,
    answer: shape::<Found>,
    run: search,
};

fn search(call: &Call<'_>) -> Result<Value, Problem> {
    let (limit, offset) = span(call);
    let query = Query { words_only: call.text("words") == Some("yes"), ..query(call)? };
    let view = call.service.answers.search(&query, Page { offset, limit })?;
    let next = view.more.then(|| (offset + view.found.len()) as u64);
    value(&Found { view, next })
}

/// The cases of a view.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
struct Cases {
    #[serde(flatten)]
    list: CaseList,
    /// How many stand before them.
    offset: u64,
    /// The `offset` of the next page; null on the last one.
    next: Option<u64>,
}

pub(crate) static CASES: Endpoint = Endpoint {
    name: "cases",
    verb: Verb::Get,
    path: "/cases",
    title: "the desk: cases by view and query",
    about: "Those whose promise runs out first come first, then those that wait longest, then the latest.",
    scope: Scope::Read,
    parameters: &[
        may("view", Kind::Choice(VIEWS), "which view; `waiting` if not given"),
        may("q", Kind::Text(LONGEST), LANGUAGE),
        may("me", Kind::Text(100), "whose cases are `mine`; the token's name if not given"),
        may(
            "days",
            Kind::Number { least: 1, most: 100_000, default: None },
            "waiting for at most so many days; 30 if not given, in views of those who wait",
        ),
        may(
            "helpers",
            Kind::Choice(&["yes", "no"]),
            "whether to look up how each begins and who could help; no if not given",
        ),
        LIMIT,
        OFFSET,
    ],
    body: None,
    answer: shape::<Cases>,
    run: cases,
};

fn cases(call: &Call<'_>) -> Result<Value, Problem> {
    let (limit, offset) = span(call);
    let ask = CaseAsk {
        fresh: None,
        view: call.text("view").and_then(View::parse).unwrap_or_default(),
        query: query(call)?,
        me: call.text("me").map(str::to_owned).or_else(|| call.access.name.clone()),
        days: call.number("days").map(|days| u32::try_from(days).unwrap_or(u32::MAX)),
        offset,
        limit,
        helpers: call.text("helpers") == Some("yes"),
    };
    let list = call.service.answers.cases(&ask)?;
    let end = (offset + list.cases.len()) as u64;
    let next = (end < list.total && !list.cases.is_empty()).then_some(end);
    value(&Cases { list, offset: offset as u64, next })
}

pub(crate) static CASE: Endpoint = Endpoint {
    name: "case",
    verb: Verb::Get,
    path: "/cases/{id}",
    title: "one case with everything that was decided about it",
    about: "Where it stands and how it came to stand there; its history, oldest first; who was asked to help.",
    scope: Scope::Read,
    parameters: &[must("id", Kind::Id, "the case: the conversation's id")],
    body: None,
    answer: shape::<CasePage>,
    run: |call| value(&call.service.answers.case(call.required("id")?)?.ok_or(Problem::Nothing)?),
};

fn query(call: &Call<'_>) -> Result<Query, Problem> {
    Ok(Query::parse(call.text("q").unwrap_or_default(), call.service.answers.about().as_of, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_can_be_asked_for() {
        assert_eq!(View::ALL.iter().map(|view| view.as_str()).collect::<Vec<_>>(), VIEWS);
    }
}
