//! What holds while one question is answered: now, and what people decided on the desk up to now.

use std::collections::HashSet;

use desk::Desk;

use crate::{Community, Result};

/// Now, and the decisions that count.
pub(crate) struct Moment {
    /// [`crate::Now::time`].
    pub(crate) now: i64,
    /// Ids of conversations closed on the desk.
    pub(crate) closed: HashSet<String>,
    /// Ids of people who do not want to be asked.
    pub(crate) do_not_ask: HashSet<String>,
}

impl Community {
    pub(crate) fn moment(&self) -> Result<Moment> {
        let now = self.now().time;
        if !self.desk_file.exists() {
            return Ok(Moment { now, closed: HashSet::new(), do_not_ask: HashSet::new() });
        }
        let desk = Desk::open_read_only(&self.desk_file)?;
        // Who was merged with others since does not want to be asked as them either.
        let today =
            |id: String| self.people.find(&id).map_or(id, |person| self.people.ids[person as usize].to_string());
        let do_not_ask = desk.do_not_ask()?.into_iter().map(today).collect();
        Ok(Moment { now, closed: desk.closed_conversations()?, do_not_ask })
    }
}
