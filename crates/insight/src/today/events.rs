//! What takes place soon, out of the calendars.

use model::tables::EVENTS;

use crate::columns::{each_batch, files, known, text_at};
use crate::names::one_line;
use crate::views::FoundEvent;
use crate::{Community, Result};

impl Community {
    /// Events that begin between two times and were not called off, the earliest first.
    pub(super) fn events_ahead(&self, from: i64, until: i64) -> Result<Vec<FoundEvent>> {
        let all = self.events_dated.get(|| self.read_events_dated())?;
        let first = all.partition_point(|event| event.starts < Some(from));
        Ok(all[first..].iter().take_while(|event| event.starts <= Some(until)).cloned().collect())
    }

    /// Every event of which it is known when it begins, the earliest first.
    fn read_events_dated(&self) -> Result<Vec<FoundEvent>> {
        let mut events = Vec::new();
        let columns = ["event_id", "title", "starts", "place", "url", "cancelled"];
        each_batch(&self.tables, &EVENTS, files(&self.manifest, &EVENTS), &columns, |batch| {
            let (ids, titles, starts) = (batch.texts("event_id")?, batch.texts("title")?, batch.times("starts")?);
            let (places, urls) = (batch.texts("place")?, batch.texts("url")?);
            let cancelled = batch.bools("cancelled")?;
            let dated = (0..batch.rows()).filter(|row| !cancelled.value(*row) && known(starts.at(*row)).is_some());
            events.extend(dated.map(|row| FoundEvent {
                id: ids.value(row).to_owned(),
                title: one_line(titles.value(row)),
                starts: known(starts.at(row)),
                place: text_at(places, row).map(one_line),
                url: text_at(urls, row).map(str::to_owned),
            }));
            Ok(())
        })?;
        events.sort_by(|a, b| (a.starts, &a.id).cmp(&(b.starts, &b.id)));
        Ok(events)
    }
}
