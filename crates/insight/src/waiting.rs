//! Who is waiting for an answer and has nobody yet, oldest promise first. What somebody took, parked or handed over is
//! in the desk's other views ([`crate::View`]).

use std::sync::Arc;

use model::time::DAY;
use serde::Serialize;

use crate::details::Details;
use crate::helpers::Suggested;
use crate::moment::Moment;
use crate::opening::Opening;
use crate::remembered::Remembered;
use crate::views::{Standing, Waiting};
use crate::{Community, Result};

/// Waiting for longer than this is no longer listed by default, in days: whoever asked has gone.
pub const WINDOW_DAYS: u32 = 30;

/// As many more characters than the title are worth a line of their own.
const TITLE_AND: usize = 40;

/// Which of those who wait.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WaitingFilter {
    /// On this source only.
    pub source: Option<String>,
    /// In this channel only, by its name within its source.
    pub channel: Option<String>,
    /// Waiting for at most so many days; [`WINDOW_DAYS`] if not given.
    pub since_days: Option<u32>,
}

/// How many wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct WaitingCounts {
    /// In the window.
    pub waiting: u64,
    /// For longer than the window reaches back, or since nobody knows when: not listed.
    pub older: u64,
}

/// What [`Community::queue`] remembers.
pub(crate) type Queues = Remembered<WaitingFilter, Queue>;

/// Rows of those who wait in the window, oldest promise first, and how many wait for longer.
pub(crate) struct Queue {
    pub(crate) rows: Vec<u32>,
    pub(crate) older: u64,
}

impl Community {
    /// Conversations in which somebody waits, oldest promise first, at most `limit`, each with its likely helpers.
    pub fn waiting(&self, limit: usize, filter: &WaitingFilter) -> Result<Vec<Waiting>> {
        self.settle(self.moment().and_then(|moment| {
            let queue = self.queue(filter, &moment)?;
            self.waiting_rows(&queue.rows[..limit.min(queue.rows.len())], &moment)
        }))
    }

    /// How many wait, listed or not.
    pub fn waiting_counts(&self, filter: &WaitingFilter) -> Result<WaitingCounts> {
        let queue = self.queue(filter, &self.moment()?)?;
        Ok(WaitingCounts { waiting: queue.rows.len() as u64, older: queue.older })
    }

    /// Those who wait, remembered for as long as that holds.
    pub(crate) fn queue(&self, filter: &WaitingFilter, moment: &Moment) -> Result<Arc<Queue>> {
        self.queues.get(moment.stamp(), filter.clone(), || Ok(self.queue_anew(filter, moment)))
    }

    fn queue_anew(&self, filter: &WaitingFilter, moment: &Moment) -> Queue {
        let conversations = &self.conversations;
        let days = i64::from(filter.since_days.unwrap_or(WINDOW_DAYS));
        let from = moment.now.saturating_sub(days.saturating_mul(DAY));
        let mut queue = Queue { rows: Vec::new(), older: 0 };
        for row in 0..conversations.len() {
            let at = row as usize;
            if self.standing(row, moment) != Standing::Waiting
                || self.people.is_bot(conversations.openers[at])
                || !filter.fits(conversations.place(row))
            {
                continue;
            }
            match self.waits_since(row, moment) {
                Some(since) if since > from => queue.rows.push(row),
                _ => queue.older += 1,
            }
        }
        queue.rows.sort_by_cached_key(|row| (self.due(*row, moment), *row));
        queue
    }

    pub(crate) fn waiting_rows(&self, rows: &[u32], moment: &Moment) -> Result<Vec<Waiting>> {
        let openings = self.openings(rows, moment)?;
        let chosen = openings.iter().map(|opening| self.chosen(&opening.candidates, moment));
        let helpers = chosen.collect::<Result<Vec<_>>>()?;
        let evidence = helpers.iter().flatten().flat_map(|helper| helper.candidate.evidence.iter().copied());
        let details = self.details(rows.iter().copied().chain(evidence))?;
        let lines = rows.iter().zip(&openings).zip(&helpers);
        Ok(lines.map(|((row, opening), helpers)| self.line((*row, opening, helpers), &details, moment)).collect())
    }

    /// When the promise of a response to who waits in a conversation runs out.
    pub(crate) fn due(&self, row: u32, moment: &Moment) -> i64 {
        let (source, channel) = self.conversations.place(row);
        let promised = self.settings.support.promise(source, channel, self.asked_tier(row, moment));
        let since = self.waits_since(row, moment).unwrap_or(moment.now);
        self.settings.support.hours.after(since, promised.first_response)
    }

    fn line(
        &self,
        (row, opening, helpers): (u32, &Opening, &[Suggested]),
        details: &Details<'_>,
        moment: &Moment,
    ) -> Waiting {
        let conversations = &self.conversations;
        let since = self.waits_since(row, moment).unwrap_or(moment.now);
        let asker = conversations.openers[row as usize];
        let conversation = details.conversation(row);
        Waiting {
            asker: self.person_ref(asker),
            newcomer: conversations.first_of(asker) == Some(row),
            since,
            due: self.due(row, moment),
            tier: self.asked_view(row, details, moment),
            lead: if says_more(&opening.lead, &conversation.title) { opening.lead.clone() } else { String::new() },
            messages: u64::from(conversations.messages[row as usize]),
            helpers: helpers.iter().filter_map(|helper| self.helper(helper, details)).collect(),
            conversation,
        }
    }
}

impl WaitingFilter {
    fn fits(&self, (source, channel): (&str, &str)) -> bool {
        let is = |wanted: &Option<String>, name| wanted.as_deref().is_none_or(|wanted| wanted == name);
        is(&self.source, source) && is(&self.channel, channel)
    }
}

/// Whether a lead says more than the title: a chat's title is how its first line begins.
pub(crate) fn says_more(lead: &str, title: &str) -> bool {
    let rest = lead.trim().strip_prefix(title.trim().trim_end_matches('…'));
    rest.is_none_or(|rest| rest.chars().count() > TITLE_AND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_title_says_is_not_said_again() {
        let long = "and here is what we tried, one after the other, for days";
        for (lead, title, more) in [
            ("how do I stop it?", "how do I stop it?", false),
            ("how do I stop it? thanks", "how do I stop it?…", false),
            (&format!("how do I stop it? {long}"), "how do I stop it?…", true),
            ("we tried this and that", "how do I stop it?", true),
        ] {
            assert_eq!(says_more(lead, title), more, "{lead}");
        }
    }
}
