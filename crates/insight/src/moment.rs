//! What holds while one question is answered: now, and what people decided on the desk up to now.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use desk::{Desk, Kind, Preferences};

use crate::cases::Cases;
use crate::{Community, Result};

/// Now, and the decisions that count.
#[derive(Default)]
pub(crate) struct Moment {
    /// [`crate::Now::time`].
    pub(crate) now: i64,
    /// What people decided about conversations.
    pub(crate) cases: Arc<Cases>,
    /// Ids of people who do not want to be asked.
    pub(crate) do_not_ask: HashSet<String>,
    /// What people like to be asked about, by their id.
    pub(crate) preferences: HashMap<String, Preferences>,
    /// When each person was ever asked to help, in no order, by their id.
    pub(crate) asks: HashMap<String, Vec<i64>>,
    /// The tiers that people said conversations ask for; none where no help is asked for.
    pub(crate) asked: HashMap<String, Option<u8>>,
    /// The tiers that people said conversations took; none where nobody helped.
    pub(crate) observed: HashMap<String, Option<u8>>,
}

impl Community {
    pub(crate) fn moment(&self) -> Result<Moment> {
        let now = self.now().time;
        if !self.desk_file.exists() {
            return Ok(Moment { now, ..Moment::default() });
        }
        let desk = Desk::open_read_only(&self.desk_file)?;
        // Who was merged with others since does not want to be asked as them either.
        let today =
            |id: String| self.people.find(&id).map_or(id, |person| self.people.ids[person as usize].to_string());
        let mut asks = HashMap::<String, Vec<i64>>::new();
        for (person, times) in desk.asks_since(i64::MIN)? {
            asks.entry(today(person)).or_default().extend(times);
        }
        Ok(Moment {
            now,
            cases: self.decided(&desk)?,
            do_not_ask: desk.do_not_ask()?.into_iter().map(today).collect(),
            preferences: desk.preferences()?.into_iter().map(|(person, given)| (today(person), given)).collect(),
            asks,
            asked: desk.tiers(Kind::AskedTier)?,
            observed: desk.tiers(Kind::ObservedTier)?,
        })
    }
}
