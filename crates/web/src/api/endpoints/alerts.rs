//! What was sent to whom, and why.

use desk::{Delivery, Desk, Entry, Scope};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::api::call::value;
use crate::api::endpoint::{Endpoint, Kind, Verb, may, shape};
use crate::api::page::{FARTHEST, LIMIT, OFFSET, Page, span};
use crate::api::{Call, Problem};

/// The states of [`Delivery`].
const STATES: &[&str] = &["queued", "sending", "handed", "sent", "failed", "stopped", "unsure", "over"];

/// An alert, sent or to be sent.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
struct SentAlert {
    /// Its number, larger than those of all before it.
    number: i64,
    /// The rule that made it.
    rule: String,
    /// The id of the conversation or person that it is about.
    subject: String,
    /// What happened to it.
    happened: String,
    /// The name of the target that it goes to.
    target: String,
    /// When it was put into the outbox, microseconds UTC.
    queued: i64,
    /// How far it is: `queued`, `sending`, `handed`, `sent`, `failed`, `stopped`, `unsure` or `over`.
    state: &'static str,
    /// Tries so far.
    attempts: u32,
    /// When it came to its end, microseconds UTC.
    ended: Option<i64>,
    /// Why the last try failed.
    error: Option<String>,
}

impl From<Entry> for SentAlert {
    fn from(entry: Entry) -> SentAlert {
        let Entry { number, alert, queued, state, attempts, ended, error, .. } = entry;
        SentAlert {
            number,
            rule: alert.rule,
            subject: alert.subject,
            happened: alert.happened,
            target: alert.target,
            queued,
            state: state.as_str(),
            attempts,
            ended,
            error,
        }
    }
}

pub(crate) static ALERTS: Endpoint = Endpoint {
    name: "alerts",
    verb: Verb::Get,
    path: "/alerts",
    title: "what was sent to whom, and why",
    about: "The outbox, latest first: what is to be sent, was sent, or could not be.",
    scope: Scope::Read,
    parameters: &[may("state", Kind::Choice(STATES), "only those that are this far"), LIMIT, OFFSET],
    body: None,
    answer: shape::<Page<SentAlert>>,
    run: alerts,
};

fn alerts(call: &Call<'_>) -> Result<Value, Problem> {
    let states: Vec<Delivery> = call.text("state").and_then(Delivery::parse).into_iter().collect();
    let Some(path) = call.service.desk.as_deref().filter(|path| path.exists()) else {
        return value(&Page::<SentAlert>::of(Vec::new(), call));
    };
    let (limit, offset) = span(call);
    let most = offset.saturating_add(limit).min(FARTHEST as usize + limit);
    let log = Desk::open_read_only(path).and_then(|desk| desk.alerts_log(&states, most)).map_err(Problem::desk)?;
    let items: Vec<SentAlert> = log.into_iter().skip(offset).map(SentAlert::from).collect();
    value(&Page::cut(items, None, call))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_can_be_asked_for() {
        assert_eq!(Delivery::ALL.iter().map(|state| state.as_str()).collect::<Vec<_>>(), STATES);
    }
}
