//! The calendar: what comes, and what is over.

use desk::{Desk, EventPlan, Kept};
use model::tables::EVENTS;
use model::time::DAY;

use crate::columns::{each_batch, files, known, text_at};
use crate::planning::midnight;
use crate::views::{EventView, Events};
use crate::{Community, Result};

/// Events shown of those that are over.
const PAST: usize = 200;

impl Community {
    /// Everything that has a date in a calendar.
    pub fn calendar(&self) -> Result<Events> {
        self.settle(self.read_events())
    }

    fn read_events(&self) -> Result<Events> {
        let columns = ["event_id", "source", "title", "starts", "ends", "whole_days", "place", "url", "cancelled"];
        let mut all = Vec::new();
        each_batch(&self.tables, &EVENTS, files(&self.manifest, &EVENTS), &columns, |batch| {
            let [ids, sources, titles] = [batch.texts("event_id")?, batch.texts("source")?, batch.texts("title")?];
            let [places, urls] = [batch.texts("place")?, batch.texts("url")?];
            let (starts, ends) = (batch.times("starts")?, batch.times("ends")?);
            let (whole, off) = (batch.bools("whole_days")?, batch.bools("cancelled")?);
            all.extend((0..batch.rows()).map(|row| EventView {
                id: ids.value(row).to_owned(),
                title: titles.value(row).to_owned(),
                source: sources.value(row).to_owned(),
                starts: known(starts.at(row)),
                ends: known(ends.at(row)),
                whole_days: whole.value(row),
                place: text_at(places, row).map(str::to_owned),
                url: text_at(urls, row).map(str::to_owned),
                cancelled: off.value(row),
            }));
            Ok(())
        })?;
        all.extend(self.planned(&all)?);
        let now = self.now().time;
        // Without an end, a day is still going on.
        let is_over = |event: &EventView| {
            event.ends.or(event.starts.map(|starts| starts.saturating_add(DAY))).is_some_and(|ends| ends <= now)
        };
        let (mut past, mut coming): (Vec<_>, Vec<_>) = all.into_iter().partition(is_over);
        coming.sort_by_key(|event| (event.starts.is_none(), event.starts, event.id.clone()));
        past.sort_by_key(|event| (std::cmp::Reverse(event.starts), event.id.clone()));
        past.truncate(PAST);
        Ok(Events { coming, past })
    }

    /// What the team planned that no calendar has.
    fn planned(&self, known: &[EventView]) -> Result<Vec<EventView>> {
        if !self.desk_file.exists() {
            return Ok(Vec::new());
        }
        let plans = Desk::open_read_only(&self.desk_file)?.records::<EventPlan>()?;
        let own = plans.into_values().filter(|plan| !known.iter().any(|event| event.id == plan.name));
        let view = |Kept { name, record, .. }: Kept<EventPlan>| EventView {
            id: name,
            title: record.title,
            source: "desk".to_owned(),
            starts: record.starts.as_deref().and_then(midnight),
            ends: record.ends.or(record.starts).as_deref().and_then(midnight).map(|last| last.saturating_add(DAY)),
            whole_days: true,
            place: record.place,
            url: record.url,
            cancelled: false,
        };
        Ok(own.map(view).collect())
    }
}
