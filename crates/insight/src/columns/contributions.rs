//! What people added to the project: commits, reviews and the like, from the whole of `activities`.

use archive::{Manifest, Tables};
use model::ActivityKind;
use model::tables::ACTIVITIES;
use model::time::DAY;

use super::{NEVER, NOBODY, People, Places, each_batch, files, text_at};
use crate::Result;

/// A contribution of the last month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Did {
    pub(crate) person: u32,
    pub(crate) kind: ActivityKind,
    pub(crate) time: i64,
    /// Number into [`Contributions::places`].
    pub(crate) place: u32,
}

/// By person, when they first did it, if they ever did; merges left out.
#[derive(Debug, Default)]
pub(crate) struct Contributions {
    pub(crate) commits: Vec<Option<i64>>,
    pub(crate) reviews: Vec<Option<i64>>,
    /// Contributions of the last 30 days, the earliest first.
    pub(crate) recent: Vec<Did>,
    pub(crate) places: Places,
}

impl Contributions {
    pub(crate) fn read(tables: &Tables, manifest: &Manifest, people: &People, now: i64) -> Result<Contributions> {
        let mut all = Contributions {
            commits: vec![None; people.len()],
            reviews: vec![None; people.len()],
            ..Contributions::default()
        };
        let columns = ["source", "channel", "kind", "identity_id", "time", "merge"];
        each_batch(tables, &ACTIVITIES, files(manifest, &ACTIVITIES), &columns, |batch| {
            let (kinds, times, merges) = (batch.texts("kind")?, batch.times("time")?, batch.bools("merge")?);
            let (identities, sources, channels) =
                (batch.texts("identity_id")?, batch.texts("source")?, batch.texts("channel")?);
            let mut place = 0;
            for row in 0..batch.rows() {
                let (Some(kind), time) = (contribution(kinds.value(row)), times.at(row)) else { continue };
                let person = people.of_identity(text_at(identities, row));
                if person == NOBODY || merges.value(row) || time == NEVER || time > now {
                    continue;
                }
                place = all.places.number(place, sources.value(row), channels.value(row));
                all.add(Did { person, kind, time, place }, now);
            }
            Ok(())
        })?;
        all.recent.sort_by_key(|did| (did.time, did.person));
        Ok(all)
    }

    fn add(&mut self, did: Did, now: i64) {
        let firsts = match did.kind {
            ActivityKind::Authored | ActivityKind::CoAuthored => Some(&mut self.commits),
            ActivityKind::Reviewed => Some(&mut self.reviews),
            _ => None,
        };
        if let Some(first) = firsts.and_then(|firsts| firsts.get_mut(did.person as usize)) {
            *first = Some(first.map_or(did.time, |first| first.min(did.time)));
        }
        if did.time > now.saturating_sub(30 * DAY) {
            self.recent.push(did);
        }
    }
}

/// The kinds of activity that add to the project. Coming, leaving and voting do not.
fn contribution(kind: &str) -> Option<ActivityKind> {
    use ActivityKind::{Authored, CoAuthored, Edited, Merged, Reported, Reviewed, Tested};
    ActivityKind::parse(kind)
        .filter(|kind| matches!(kind, Authored | CoAuthored | Edited | Merged | Reported | Reviewed | Tested))
}
