//! How people come and go, and in which mood they write: by place and month.

use archive::{Manifest, Tables};
use model::ActivityKind;
use model::tables::{ACTIVITIES, SIGNALS};
use model::time::{DAY, month};
use rustc_hash::FxHashMap;

use super::{Conversations, Finder, NEVER, each_batch, files};
use crate::Result;

/// How far back moods are read, in days.
const MOODS_BACK: i64 = 365;

/// Coming, leaving and moods.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    /// Source and channel to the times at which people came in (true) or left, in no order; microseconds UTC.
    moves: FxHashMap<(String, String), Vec<(i64, bool)>>,
    /// By place of conversations: the sum of moods of the last year, and of how many messages.
    moods: Vec<(f64, u64)>,
}

impl Traffic {
    pub(crate) fn read(
        tables: &Tables,
        manifest: &Manifest,
        conversations: &Conversations,
        now: i64,
    ) -> Result<Traffic> {
        let mut traffic = Traffic { moods: vec![(0.0, 0); conversations.places.len()], ..Traffic::default() };
        traffic.read_moves(tables, manifest, now)?;
        traffic.read_moods(tables, manifest, conversations, now)?;
        Ok(traffic)
    }

    fn read_moves(&mut self, tables: &Tables, manifest: &Manifest, now: i64) -> Result<()> {
        let kinds = [ActivityKind::Joined.as_str(), ActivityKind::Left.as_str()];
        let columns = ["source", "channel", "kind", "time"];
        let first = month(now.saturating_sub(2 * 366 * DAY));
        let recent = |name: &Option<String>| name.as_deref().is_some_and(|name| name >= first.as_str());
        let entries = files(manifest, &ACTIVITIES).iter().filter(|entry| recent(&entry.month));
        each_batch(tables, &ACTIVITIES, entries, &columns, |batch| {
            let (sources, channels) = (batch.texts("source")?, batch.texts("channel")?);
            let (all, times) = (batch.texts("kind")?, batch.times("time")?);
            for row in 0..batch.rows() {
                let (kind, time) = (all.value(row), times.at(row));
                if !kinds.contains(&kind) || time == NEVER || time > now {
                    continue;
                }
                let place = (sources.value(row).to_owned(), channels.value(row).to_owned());
                self.moves.entry(place).or_default().push((time, kind == kinds[0]));
            }
            Ok(())
        })
    }

    /// Month by month: a file is a month of one source.
    fn read_moods(
        &mut self,
        tables: &Tables,
        manifest: &Manifest,
        conversations: &Conversations,
        now: i64,
    ) -> Result<()> {
        let months = month(now.saturating_sub(MOODS_BACK * DAY))..=month(now);
        let touched = |name: &Option<String>| name.as_ref().is_some_and(|name| months.contains(name));
        let entries = files(manifest, &SIGNALS).iter().filter(|entry| touched(&entry.month));
        each_batch(tables, &SIGNALS, entries, &["conversation_id", "sentiment"], |batch| {
            let (ids, moods) = (batch.texts("conversation_id")?, batch.floats("sentiment")?);
            let mut finder = Finder::new(conversations);
            for row in 0..batch.rows() {
                let place = finder.find(ids.value(row)).map(|found| conversations.place[found as usize]);
                if let Some((sum, count)) = place.and_then(|place| self.moods.get_mut(place as usize)) {
                    *sum += moods.value(row);
                    *count += 1;
                }
            }
            Ok(())
        })
    }

    /// The mean mood of a place of conversations in the last year.
    pub(crate) fn mood(&self, place: u32) -> Option<f64> {
        let (sum, count) = self.moods.get(place as usize).copied()?;
        (count > 0).then(|| sum / count as f64)
    }

    /// The times at which people came in (true) or left.
    pub(crate) fn moves(&self, source: &str, channel: &str) -> &[(i64, bool)] {
        self.moves.get(&(source.to_owned(), channel.to_owned())).map_or(&[], Vec::as_slice)
    }
}
