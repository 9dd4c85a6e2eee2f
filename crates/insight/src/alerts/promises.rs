//! Promises that are broken, or soon will be.

use super::{AlertRule, Draft};
use crate::moment::Moment;
use crate::views::AlertView;
use crate::waiting::WaitingFilter;
use crate::{Community, Result};

impl Community {
    /// Those who wait, with a promise that came within `before` of its end after `from`. What is broken by now is not
    /// near any more.
    pub(super) fn promises(&self, rule: &AlertRule, from: i64, before: i64, moment: &Moment) -> Result<Vec<AlertView>> {
        let mut drafts = Vec::new();
        for row in self.queue(&WaitingFilter::default(), moment).rows {
            let (due, since) = (self.due(row, moment), self.conversations.waiting_since[row as usize]);
            // A promise shorter than the warning is near from its first moment on.
            let at = due.saturating_sub(before).max(since);
            let is_broken = due <= moment.now;
            if !moment.is_between(from, at) || is_broken != (before == 0) || !rule.covers(self.conversations.place(row))
            {
                continue;
            }
            let why =
                if is_broken { "nobody has answered in the time that was promised" } else { "nobody has answered yet" };
            let (happened, person) = (format!("waits {since}"), self.conversations.openers[row as usize]);
            let draft = Draft::new(at, person, happened, why.to_owned(), move |name, title| match is_broken {
                true => format!("“{title}”: {name} waits for longer than was promised"),
                false => format!("“{title}”: the promise to {name} runs out soon"),
            });
            drafts.push((Some(row), Draft { waiting_since: Some(since), due: Some(due), ..draft }));
        }
        self.with_conversations(drafts, rule)
    }
}
