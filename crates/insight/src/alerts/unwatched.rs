//! Questions of newcomers in channels that nobody watches.

use std::collections::BTreeSet;

use model::time::DAY;

use super::{AlertRule, Draft};
use crate::moment::Moment;
use crate::views::{AlertView, Standing};
use crate::{Community, Result};

/// Who wrote in so many questions of others is one of those who answer often: they know how things are done here.
/// A newcomer who answers one question now and then watches nothing.
const OFTEN: i64 = 5;

impl Community {
    /// Questions of newcomers that wait where nobody who answers often has answered in the `days` before.
    pub(super) fn unwatched(&self, rule: &AlertRule, from: i64, days: u32, moment: &Moment) -> Result<Vec<AlertView>> {
        let conversations = &self.conversations;
        let watched = self.watched(moment.now.saturating_sub(i64::from(days) * DAY), moment)?;
        let mut drafts = Vec::new();
        for row in 0..conversations.len() {
            let at = row as usize;
            let (opened, opener) = (conversations.opened[at], conversations.openers[at]);
            if self.standing(row, moment) == Standing::Waiting
                && moment.is_between(from, opened)
                && !watched.contains(&conversations.place[at])
                && self.is_new(opener, opened)
                && !self.standing(row, moment).is_done()
                && rule.covers(conversations.place(row))
            {
                let why = format!("no one of those who answer often has answered there for {days} days");
                let draft = Draft::new(opened, opener, "asked".to_owned(), why, |name, title| {
                    format!("“{title}”: {name}, who is new here, asks where nobody looks")
                });
                drafts.push((Some(row), Draft { waiting_since: Some(opened), ..draft }));
            }
        }
        self.with_conversations(drafts, rule)
    }

    /// Places where somebody who answers often wrote in a conversation of another after `from`.
    fn watched(&self, from: i64, moment: &Moment) -> Result<BTreeSet<u32>> {
        let recent = self.recent(moment.now)?;
        let often = |person: u32| self.people.helped.get(person as usize).is_some_and(|helped| *helped >= OFTEN);
        let answers = recent.since(from).iter().filter(|said| {
            often(said.person)
                && !self.people.is_bot(said.person)
                && self.conversations.openers[said.conversation as usize] != said.person
        });
        Ok(answers.map(|said| self.conversations.place[said.conversation as usize]).collect())
    }
}
