//! Today: who is waiting, who has come, where much is going on, whom to thank.

mod day;
mod events;
mod stories;

pub use day::DayAsk;

use crate::busiest::Bustle;
use crate::newcomers::Arrival;
use crate::to_thank::Deed;
use crate::views::Today;
use crate::waiting::WaitingFilter;
use crate::{Community, Result};

/// What happened of late, as no decision changes it.
pub(crate) struct Lately {
    arrivals: Vec<Arrival>,
    busiest: Vec<Bustle>,
    deeds: Vec<Deed>,
}

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
        let queue = self.queue(&WaitingFilter::default(), &moment)?;
        let waiting_total = queue.rows.len() as u64;
        let waiting = &queue.rows[..WAITING.min(queue.rows.len())];
        let make = || {
            let arrivals = self.newcomers(&recent, &contributions, now);
            Ok(Lately {
                arrivals,
                busiest: self.busiest(&recent, now),
                deeds: self.to_thank(&recent, &contributions, now),
            })
        };
        let lately = self.lately.get(moment.stamp(), (), make)?;
        let Lately { arrivals, busiest, deeds } = &*lately;

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
            waiting: self.waiting_rows(waiting, &moment)?,
            newcomers: arrivals.iter().filter_map(newcomer).collect(),
            busiest: busiest.iter().map(|bustle| bustle.view(&details)).collect(),
            to_thank: deeds.iter().filter_map(|deed| self.thanks(deed, &details)).collect(),
            sources: self.sources(now)?.to_vec(),
        })
    }
}
