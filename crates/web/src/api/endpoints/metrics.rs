//! How the help goes, in numbers.

use desk::Scope;
use insight::views::Metrics;
use insight::{By, MetricsFilter};
use serde_json::Value;

use super::waiting::{CHANNEL, SOURCE};
use crate::api::call::value;
use crate::api::endpoint::{Endpoint, Kind, Verb, may, shape};
use crate::api::{Call, Problem};

/// The names of [`By`].
const BY: &[&str] = &["all", "source", "channel", "tier", "month"];

pub(crate) static METRICS: Endpoint = Endpoint {
    name: "metrics",
    verb: Verb::Get,
    path: "/metrics",
    title: "how the help goes, in numbers",
    about: "Questions, the share answered, time to first response (median and mean), the share of promises kept, and \
            how many wait: each with its definition, its unit, which way is good, and the number of cases it rests \
            on. Bots are not counted.",
    scope: Scope::Read,
    parameters: &[
        may("from", Kind::Time, "questions opened at this instant or later; 90 days before `until` if not given"),
        may("until", Kind::Time, "questions opened before this instant; now if not given"),
        may("by", Kind::Choice(BY), "what to group by; `all` (nothing) if not given"),
        SOURCE,
        CHANNEL,
    ],
    body: None,
    answer: shape::<Metrics>,
    run: metrics,
};

fn metrics(call: &Call<'_>) -> Result<Value, Problem> {
    let text = |name| call.text(name).map(str::to_owned);
    let filter = MetricsFilter {
        from: call.time("from"),
        until: call.time("until"),
        source: text("source"),
        channel: text("channel"),
        by: call.text("by").and_then(By::parse).unwrap_or_default(),
    };
    value(&call.service.answers.metrics(&filter)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_grouping_can_be_asked_for() {
        assert_eq!(By::ALL.iter().map(|by| by.as_str()).collect::<Vec<_>>(), BY);
    }
}
