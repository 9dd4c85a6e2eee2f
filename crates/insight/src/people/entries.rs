//! What somebody did, in time: by month, by kind, page by page.

use std::collections::BTreeMap;

use model::ActivityKind;
use model::tables::ACTIVITIES;
use model::time::{DAY, month};
use rustc_hash::FxHashMap;

use crate::columns::{Batch, Doing, Entry, Lives, files, text_at};
use crate::views::{ChannelCount, EntryView, KindCount, MonthCount};
use crate::{Community, Result, names};

/// The twelfth part of a year.
const MONTH: i64 = 365 * DAY / 12;
/// Months shown at most: twenty years.
const MONTHS: usize = 240;
/// Characters of a detail.
const DETAIL: usize = 160;

/// How much was done in each of the last twelve months before `now`, the oldest first. `entries` come latest first.
pub(super) fn last_year(entries: &[Entry], now: i64) -> Vec<u32> {
    let mut months = vec![0; 12];
    for entry in entries.iter().filter(|entry| entry.time() <= now) {
        let back = usize::try_from((now - entry.time()) / MONTH).unwrap_or(usize::MAX);
        let Some(place) = 11_usize.checked_sub(back) else { break };
        months[place] += entry.times();
    }
    months
}

/// How much was done in each month from the first to that of `now`, the oldest first; the last twenty years at most.
pub(super) fn by_month(entries: &[Entry], now: i64) -> Vec<MonthCount> {
    let mut done = BTreeMap::<(i64, i64), (u32, u32)>::new();
    for entry in entries.iter().filter(|entry| entry.time() <= now) {
        let (all, gave) = done.entry(year_and_month(&month(entry.time()))).or_default();
        *all += entry.times();
        *gave += if entry.doing().gives() { entry.times() } else { 0 };
    }
    let Some((first, _)) = done.first_key_value() else { return Vec::new() };
    let (mut at, last) = (*first, year_and_month(&month(now)));
    let mut months = Vec::new();
    while at <= last {
        let (all, gave) = done.get(&at).copied().unwrap_or_default();
        months.push(MonthCount { month: format!("{:04}-{:02}", at.0, at.1), done: all, gave });
        at = if at.1 >= 12 { (at.0 + 1, 1) } else { (at.0, at.1 + 1) };
    }
    months.split_off(months.len().saturating_sub(MONTHS))
}

fn year_and_month(month: &str) -> (i64, i64) {
    let (year, month) = month.rsplit_once('-').unwrap_or((month, "1"));
    (year.parse().unwrap_or(1970), month.parse().unwrap_or(1))
}

/// What kinds of things were done and how often, most first.
pub(super) fn kinds(entries: &[Entry]) -> Vec<KindCount> {
    let mut counts = FxHashMap::<&'static str, u64>::default();
    entries.iter().for_each(|entry| *counts.entry(entry.doing().as_str()).or_default() += 1);
    let mut kinds: Vec<KindCount> = counts.into_iter().map(|(kind, entries)| KindCount { kind, entries }).collect();
    kinds.sort_by_key(|kind| (std::cmp::Reverse(kind.entries), kind.kind));
    kinds
}

/// The channels somebody did most in, most first.
pub(super) fn channels(lives: &Lives, person: u32, most: usize) -> Vec<ChannelCount> {
    let count = |(place, done): &(u16, u32)| {
        let (source, channel) = lives.places.get(u32::from(*place));
        ChannelCount { source: source.to_owned(), channel: channel.to_owned(), done: u64::from(*done) }
    };
    lives.places_of(person).iter().take(most).map(count).collect()
}

/// At which UTC hour of the day how much was done.
pub(super) fn hours(entries: &[Entry]) -> Vec<u32> {
    let mut hours = vec![0; 24];
    for entry in entries {
        let hour = entry.time().rem_euclid(DAY) / (DAY / 24);
        if let Some(count) = usize::try_from(hour).ok().and_then(|hour| hours.get_mut(hour)) {
            *count += 1;
        }
    }
    hours
}

impl Community {
    /// Entries as they are shown.
    pub(crate) fn entry_views(&self, entries: &[Entry], lives: &Lives) -> Result<Vec<EntryView>> {
        let titles = self.titles()?;
        let details = self.activity_details(entries)?;
        let view = |entry: &Entry| {
            let (source, channel) = lives.places.get(entry.place());
            EntryView {
                time: entry.time(),
                kind: entry.doing().as_str(),
                words: words(entry.doing()),
                times: entry.times(),
                source: source.to_owned(),
                channel: channel.to_owned(),
                conversation: entry.conversation().map(|row| self.conversation_ref(row, &titles)),
                detail: entry.activity().and_then(|place| details.get(&place).cloned()),
            }
        };
        Ok(entries.iter().map(view).collect())
    }

    /// The details of activities, by file and row.
    fn activity_details(&self, entries: &[Entry]) -> Result<FxHashMap<(usize, u64), String>> {
        let mut wanted = BTreeMap::<usize, Vec<u64>>::new();
        for (file, row) in entries.iter().filter_map(Entry::activity) {
            wanted.entry(file).or_default().push(row);
        }
        let mut found = FxHashMap::default();
        for (file, mut rows) in wanted {
            rows.sort_unstable();
            rows.dedup();
            let Some(entry) = files(&self.manifest, &ACTIVITIES).get(file) else { continue };
            let mut left = rows.into_iter();
            for batch in self.tables.read_rows(entry, left.clone().collect::<Vec<_>>().as_slice(), &["detail"])? {
                let batch = Batch { table: &ACTIVITIES, batch };
                let details = batch.texts("detail")?;
                for (at, row) in (0..batch.rows()).zip(left.by_ref()) {
                    let detail = text_at(details, at).and_then(names::presentable);
                    if let Some(detail) = detail {
                        found.insert((file, row), detail.chars().take(DETAIL).collect());
                    }
                }
            }
        }
        Ok(found)
    }
}

/// What somebody did, in words that a place or a title may follow.
fn words(doing: Doing) -> &'static str {
    use ActivityKind::*;
    match doing {
        Doing::Asked => "asked",
        Doing::Opened => "opened",
        Doing::Helped => "wrote in a question",
        Doing::Wrote => "wrote in",
        Doing::Did(kind) => match kind {
            Authored => "wrote a change",
            Committed => "applied a change",
            CoAuthored => "wrote a change with others",
            Reviewed => "reviewed a change",
            Reported => "reported a defect",
            Tested => "tested a change",
            Merged => "merged a change",
            Released => "made a release",
            Starred => "gave a star",
            Forked => "made a fork",
            Labelled => "labelled",
            Assigned => "was given a case",
            Attended => "attended",
            Joined => "came in",
            Left => "left",
            Kicked => "was made to leave",
            Renamed => "took another name",
            SetTopic => "set a topic",
            Edited => "edited a text",
            VotedUp | VotedDown => "voted",
            Accepted => "had an answer accepted",
            Reacted => "reacted",
            Bookmarked => "bookmarked",
            Closed => "closed a conversation",
            Reopened => "reopened a conversation",
            Deleted => "deleted a text",
            Undeleted => "restored a text",
            Moderated => "moderated",
            Awarded => "was given a badge",
            Linked => "linked two conversations",
            Bounty => "gave a bounty",
            Other => "did something else",
        },
    }
}
