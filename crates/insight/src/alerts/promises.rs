//! Promises that are broken, or soon will be: of a first response and of a resolution.

use super::{AlertRule, Draft};
use crate::moment::Moment;
use crate::views::{AlertView, PromiseView};
use crate::{Community, Result};

/// What is told of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// That it is broken.
    Broken,
    /// That it will be in so many microseconds; when it is soon by the community's own word, if not given.
    Near(Option<i64>),
}

impl Community {
    /// Promises that were broken, or came near their end, after `from`. What is broken by now is not near any more.
    pub(super) fn promises(&self, rule: &AlertRule, from: i64, of: Of, moment: &Moment) -> Result<Vec<AlertView>> {
        let mut drafts = Vec::new();
        for row in (0..self.conversations.len()).filter(|row| rule.covers(self.conversations.place(*row))) {
            let Some(promise) = self.promise_of(row, moment) else { continue };
            let is_broken = promise.due <= moment.now;
            let at = match of {
                Of::Broken => promise.due,
                Of::Near(Some(before)) => promise.due.saturating_sub(before).max(promise.from),
                Of::Near(None) => self.soon(row, &promise, moment),
            };
            if !moment.is_between(from, at) || is_broken != (of == Of::Broken) {
                continue;
            }
            drafts.push((Some(row), draft(&promise, at, self.conversations.openers[row as usize], is_broken)));
        }
        self.with_conversations(drafts, rule)
    }

    /// When a promise is soon broken.
    fn soon(&self, row: u32, promise: &PromiseView, moment: &Moment) -> i64 {
        let (source, channel) = self.conversations.place(row);
        let promised = self.settings.support.promise(source, channel, self.asked_tier(row, moment));
        let length = match promise.what {
            "resolution" => promised.resolution.unwrap_or_default(),
            _ => promised.first_response,
        };
        self.settings.support.soon(promise.from, length)
    }
}

fn draft(promise: &PromiseView, at: i64, person: u32, is_broken: bool) -> Draft {
    let PromiseView { what, from, due, .. } = *promise;
    let is_answer = what == "first_response";
    let what_is_missing = if is_answer { "has answered" } else { "has brought it to an end" };
    let until = if is_broken { "in the time that was promised" } else { "yet" };
    let why = format!("nobody {what_is_missing} {until}");
    let draft =
        Draft::new(at, person, format!("{what} {from}"), why, move |name, title| match (is_broken, is_answer) {
            (true, true) => format!("“{title}”: {name} waits for longer than was promised"),
            (true, false) => format!("“{title}”: what {name} asked is not done in the time that was promised"),
            (false, true) => format!("“{title}”: the promise to {name} runs out soon"),
            (false, false) => format!("“{title}”: the promise to {name} that it is done runs out soon"),
        });
    Draft { waiting_since: Some(from), due: Some(due), ..draft }
}
