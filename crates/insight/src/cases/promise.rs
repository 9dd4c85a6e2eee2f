//! The promises that run for a case.
//!
//! The promise of a first response runs while somebody waits, from when they began to wait. That of a resolution runs
//! from the opening on, until it is done or waits for the asker. Both run in working hours.

use crate::Community;
use crate::columns::known;
use crate::moment::Moment;
use crate::views::{PromiseView, Standing};

impl Community {
    /// The running promise that runs out first; none where none runs.
    pub(crate) fn promise_of(&self, row: u32, moment: &Moment) -> Option<PromiseView> {
        let (source, channel) = self.conversations.place(row);
        let standing = self.standing(row, moment);
        let waits = self.waits_since(row, moment);
        let rests = matches!(standing, Standing::AskedBack | Standing::Abandoned | Standing::Parked | Standing::Moved);
        // A quarter of a million conversations are done: for them nothing more is looked up.
        if standing.is_done() || rests || waits.is_none() && !self.promises_resolutions() || self.is_bots(row, moment) {
            return None;
        }
        let promised = self.settings.support.promise(source, channel, self.asked_tier(row, moment));
        let first = waits.map(|since| self.running("first_response", since, promised.first_response, moment.now));
        let opened =
            known(self.conversations.opened[row as usize]).filter(|_| self.conversations.question[row as usize]);
        let resolution = opened
            .zip(promised.resolution)
            .map(|(opened, promised)| self.running("resolution", opened, promised, moment.now));
        first.into_iter().chain(resolution).min_by_key(|promise| promise.due)
    }

    /// Whether a resolution is promised to anybody.
    pub(super) fn promises_resolutions(&self) -> bool {
        let support = &self.settings.support;
        support.resolution.is_some()
            || !support.channels.is_empty()
            || support.tiers.iter().any(|tier| tier.resolution.is_some())
    }

    fn running(&self, what: &'static str, from: i64, promised: i64, now: i64) -> PromiseView {
        let support = &self.settings.support;
        let due = support.hours.after(from, promised);
        let state = match now {
            now if now >= due => "overdue",
            now if now >= support.soon(from, promised) => "soon",
            _ => "kept",
        };
        PromiseView { what, from, due, state }
    }
}
