//! Commits between two times, and when a release was made: what release notes are gathered from.

use model::ActivityKind;
use model::tables::ACTIVITIES;

use crate::columns::{NEVER, each_batch, known, text_at};
use crate::names::one_line;
use crate::views::CommitView;
use crate::{Community, Result};

/// Commits given, the latest.
const MOST: usize = 5_000;

impl Community {
    /// Commits from an instant on until before another, latest first; merges and those of bots left out. At most 5,000.
    pub fn commits(&self, from: i64, until: i64, source: Option<&str>) -> Result<Vec<CommitView>> {
        self.settle(self.read_commits(from, until, source))
    }

    fn read_commits(&self, from: i64, until: i64, source: Option<&str>) -> Result<Vec<CommitView>> {
        let firsts = self.contributions(self.now().time)?;
        let mut commits = Vec::new();
        let columns = ["source", "kind", "identity_id", "time", "detail", "merge"];
        let files = self.months(&ACTIVITIES, from, until);
        each_batch(&self.tables, &ACTIVITIES, files, &columns, |batch| {
            let (sources, kinds, details) = (batch.texts("source")?, batch.texts("kind")?, batch.texts("detail")?);
            let (identities, times, merges) =
                (batch.texts("identity_id")?, batch.times("time")?, batch.bools("merge")?);
            for row in 0..batch.rows() {
                let (time, from_here) = (times.at(row), source.is_none_or(|source| sources.value(row) == source));
                let authored = kinds.value(row) == ActivityKind::Authored.as_str() && !merges.value(row);
                let person = self.people.of_identity(text_at(identities, row));
                if !authored || !from_here || time < from || time >= until || self.people.is_bot(person) {
                    continue;
                }
                commits.push(CommitView {
                    person: self.person_ref(person),
                    time,
                    source: sources.value(row).to_owned(),
                    subject: text_at(details, row).map(one_line).unwrap_or_default(),
                    first: firsts.commits.get(person as usize).copied().flatten() == Some(time),
                });
            }
            Ok(())
        })?;
        commits.sort_by(|a, b| b.time.cmp(&a.time).then_with(|| a.subject.cmp(&b.subject)));
        commits.truncate(MOST);
        Ok(commits)
    }

    /// When a release of this name was made; the latest of several. None if none is known by that name.
    pub fn release_time(&self, name: &str) -> Result<Option<i64>> {
        self.settle(self.read_release_time(name))
    }

    fn read_release_time(&self, name: &str) -> Result<Option<i64>> {
        let mut made = NEVER;
        let all = crate::columns::files(&self.manifest, &ACTIVITIES);
        each_batch(&self.tables, &ACTIVITIES, all, &["kind", "time", "detail"], |batch| {
            let (kinds, times, details) = (batch.texts("kind")?, batch.times("time")?, batch.texts("detail")?);
            let is_it = |row: &usize| {
                kinds.value(*row) == ActivityKind::Released.as_str() && text_at(details, *row) == Some(name)
            };
            let latest = (0..batch.rows()).filter(is_it).map(|row| times.at(row)).max();
            made = made.max(latest.unwrap_or(NEVER));
            Ok(())
        })?;
        Ok(known(made))
    }
}
