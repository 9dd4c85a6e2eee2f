//! Which cases are in a view, remembered for as long as that holds: paging and the counts of all views would else look
//! at every conversation again and again.

use std::sync::{Arc, Mutex};

use desk::CasesStamp;

use super::{CaseAsk, Chosen};
use crate::community::lock;
use crate::moment::Moment;
use crate::query::Query;
use crate::views::ViewCount;
use crate::{Community, Result, View};

/// Lists kept: each has 4 bytes for each conversation in it.
const MOST: usize = 48;
/// Promises run by the minute, microseconds.
const MINUTE: i64 = 60_000_000;

/// What a list depends on besides the snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    cases: Option<CasesStamp>,
    /// How many conversations people corrected the tier of.
    corrected: (usize, usize),
    minute: i64,
}

/// What a list is asked with.
#[derive(Debug, Clone, PartialEq)]
struct Key {
    view: View,
    query: Query,
    me: Option<String>,
    days: Option<u32>,
}

/// The lists of one moment.
#[derive(Debug, Default)]
pub(crate) struct Choices(Mutex<Lists>);

/// What was chosen at one moment, latest first or not at all.
type Lists = (Option<Stamp>, Vec<(Key, Arc<Chosen>)>);

impl Choices {
    fn get(&self, stamp: Stamp, key: &Key) -> Option<Arc<Chosen>> {
        let held = lock(&self.0);
        let found = held.1.iter().find(|(other, _)| held.0 == Some(stamp) && other == key);
        found.map(|(_, chosen)| chosen.clone())
    }

    fn put(&self, stamp: Stamp, key: Key, chosen: Arc<Chosen>) {
        let mut held = lock(&self.0);
        if held.0 != Some(stamp) || held.1.len() >= MOST {
            *held = (Some(stamp), Vec::new());
        }
        held.1.push((key, chosen));
    }
}

impl Community {
    /// Rows of a view, in its order.
    pub(crate) fn choose(&self, ask: &CaseAsk, moment: &Moment) -> Result<Arc<Chosen>> {
        let CaseAsk { view, query, me, days, .. } = ask.clone();
        let key = Key { view, query, me, days };
        let stamp = Stamp {
            cases: moment.cases.stamp(),
            corrected: (moment.asked.len(), moment.observed.len()),
            minute: moment.now.div_euclid(MINUTE),
        };
        if let Some(chosen) = self.choices.get(stamp, &key) {
            return Ok(chosen);
        }
        let chosen = Arc::new(self.choose_anew(ask, moment)?);
        self.choices.put(stamp, key, chosen.clone());
        Ok(chosen)
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
        self.titles_in_memory().map(drop)
    }
}
