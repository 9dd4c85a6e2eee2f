//! Which cases are in a view, remembered for as long as that holds: paging and the counts of all views would else look
//! at every conversation again and again.

use std::sync::Arc;

use super::{CaseAsk, Chosen};
use crate::moment::Moment;
use crate::query::Query;
use crate::remembered::Remembered;
use crate::views::ViewCount;
use crate::{Community, Result, View};

/// What a list is asked with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Key {
    view: View,
    query: Query,
    me: Option<String>,
    days: Option<u32>,
}

/// The lists of one moment: each has 4 bytes for each conversation in it.
pub(crate) type Choices = Remembered<Key, Chosen>;

impl Community {
    /// Rows of a view, in its order.
    pub(crate) fn choose(&self, ask: &CaseAsk, moment: &Moment) -> Result<Arc<Chosen>> {
        let CaseAsk { view, query, me, days, .. } = ask.clone();
        let key = Key { view, query, me, days };
        self.choices.get(moment.stamp(), key, || self.choose_anew(ask, moment))
    }

    /// How many cases are in each view, in the order of [`View::ALL`], for somebody (`me`, as the desk calls them).
    pub fn case_counts(&self, me: Option<&str>) -> Result<Vec<ViewCount>> {
        self.settle(self.moment().and_then(|moment| {
            let count = |view: &View| {
                let ask = CaseAsk { view: *view, me: me.map(str::to_owned), ..CaseAsk::default() };
                Ok(ViewCount { view: view.as_str(), cases: self.choose(&ask, &moment)?.rows.len() as u64 })
            };
            View::ALL.iter().map(count).collect()
        }))
    }

    /// Prepares what the first pages of the desk show: who could help those who wait.
    pub(crate) fn warm_cases(&self) -> Result<()> {
        /// About eight pages.
        const AHEAD: usize = 200;
        let moment = self.moment()?;
        for view in [View::Waiting, View::Soon, View::Overdue] {
            let chosen = self.choose(&CaseAsk { view, ..CaseAsk::default() }, &moment)?;
            let rows: Vec<u32> = chosen.rows.iter().take(AHEAD).copied().collect();
            self.openings(&rows, &moment)?;
        }
        self.titles().map(drop)
    }
}
