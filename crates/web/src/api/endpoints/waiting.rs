//! Today, and everybody who waits for an answer.

use desk::Scope;
use insight::WaitingFilter;
use insight::views::{Today, Waiting};
use serde_json::Value;

use crate::api::call::value;
use crate::api::endpoint::{Endpoint, Kind, Parameter, Verb, may, shape};
use crate::api::page::{LIMIT, OFFSET, Page, span};
use crate::api::{Call, Problem};

/// Characters of a name of a source or channel.
const NAME: usize = 300;

pub(crate) const SOURCE: Parameter = may("source", Kind::Text(NAME), "on this source only");
pub(crate) const CHANNEL: Parameter =
    may("channel", Kind::Text(NAME), "in this channel only, by its name within its source");

pub(crate) static TODAY: Endpoint = Endpoint {
    name: "today",
    verb: Verb::Get,
    path: "/today",
    title: "the day at a glance",
    about: "Who waits longest past a promise, who came newly, whom to thank, where much is going on, and what each \
            source holds.",
    scope: Scope::Read,
    parameters: &[],
    body: None,
    answer: shape::<Today>,
    run: |call| value(&call.service.answers.today()?),
};

pub(crate) static WAITING: Endpoint = Endpoint {
    name: "waiting",
    verb: Verb::Get,
    path: "/waiting",
    title: "who waits for an answer, oldest promise first",
    about: "Each with the question's beginning, the tier that it asks for, when the promise of a first response runs \
            out, and who could help, with the evidence.",
    scope: Scope::Read,
    parameters: &[
        SOURCE,
        CHANNEL,
        may(
            "days",
            Kind::Number { least: 1, most: 100_000, default: None },
            "waiting for at most so many days; 30 if not given",
        ),
        LIMIT,
        OFFSET,
    ],
    body: None,
    answer: shape::<Page<Waiting>>,
    run: waiting,
};

fn waiting(call: &Call<'_>) -> Result<Value, Problem> {
    let filter = WaitingFilter {
        source: call.text("source").map(str::to_owned),
        channel: call.text("channel").map(str::to_owned),
        since_days: call.number("days").map(|days| u32::try_from(days).unwrap_or(u32::MAX)),
    };
    let answers = &call.service.answers;
    let (limit, offset) = span(call);
    let total = answers.waiting_counts(&filter)?.waiting;
    let mut items = answers.waiting(offset.saturating_add(limit), &filter)?;
    items.drain(..offset.min(items.len()));
    value(&Page::cut(items, Some(total), call))
}
