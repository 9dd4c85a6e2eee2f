//! Today: who is waiting, who has come, where much is going on, whom to thank.

mod day;
mod events;
mod stories;

pub use day::DayAsk;

use crate::views::Today;
use crate::waiting::WaitingFilter;
use crate::{Community, Result};

/// Waiting conversations shown.
const WAITING: usize = 20;

impl Community {
    /// The Today page.
    pub fn today(&self) -> Result<Today> {
        self.settle(self.make_today())
    }

    fn make_today(&self) -> Result<Today> {
        let moment = self.moment()?;
        let now = moment.now;
        let (recent, contributions) = (self.recent(now)?, self.contributions(now)?);
        let mut queue = self.queue(&WaitingFilter::default(), &moment);
        let waiting_total = queue.rows.len() as u64;
        queue.rows.truncate(WAITING);
        let arrivals = self.newcomers(&recent, &contributions, now);
        let busiest = self.busiest(&recent, now);
        let deeds = self.to_thank(&recent, &contributions, now);

        let rows = arrivals.iter().filter_map(|arrival| arrival.conversation());
        let rows =
            rows.chain(busiest.iter().map(|bustle| bustle.row)).chain(deeds.iter().flat_map(|deed| deed.evidence()));
        let details = self.details(rows)?;
        let newcomer = |arrival| self.newcomer(arrival, &recent, &contributions, &details);
        Ok(Today {
            as_of: now,
            as_of_data: self.now().from_data,
            simulated: self.settings.simulated,
            community: self.settings.community.clone(),
            waiting_total,
            waiting_older: queue.older,
            waiting: self.waiting_rows(&queue.rows, &moment)?,
            newcomers: arrivals.iter().filter_map(newcomer).collect(),
            busiest: busiest.iter().map(|bustle| bustle.view(&details)).collect(),
            to_thank: deeds.iter().filter_map(|deed| self.thanks(deed, &details)).collect(),
            sources: self.sources(now)?.to_vec(),
        })
    }
}
