//! The desk: every conversation's place on it, in views and by query.

use std::collections::BTreeSet;

use desk::Subject;

use crate::columns::{State, known};
use crate::moment::Moment;
use crate::query::Query;
use crate::views::{CaseList, Standing};
use crate::waiting::WINDOW_DAYS;
use crate::{Community, Result};

mod choices;
mod decided;
mod line;
mod page;
mod promise;
mod standing;
mod trace;
mod view;

pub(crate) use choices::Choices;
pub(crate) use decided::{Cases, Decided};
pub use view::View;

/// Which cases.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CaseAsk {
    /// The view.
    pub view: View,
    /// What must hold besides. Its words are looked for in titles and tags.
    pub query: Query,
    /// Who asks, by the name they go by on the desk.
    pub me: Option<String>,
    /// Waiting for at most so many days; if not given, [`WINDOW_DAYS`] in the views of those who wait for anybody, and
    /// no such bound in the others.
    pub days: Option<u32>,
    /// Pass over so many.
    pub offset: usize,
    /// List at most so many.
    pub limit: usize,
    /// Whether to look up how each begins and who could help, which takes time.
    pub helpers: bool,
    /// Of these, look up at most so many that nobody asked for yet; the others go without. All if not given.
    pub fresh: Option<usize>,
}

/// Rows of a view, in its order, and how many wait for longer than it looks back.
#[derive(Debug)]
pub(crate) struct Chosen {
    pub(crate) rows: Vec<u32>,
    pub(crate) older: u64,
}

impl Community {
    /// The cases of a view that fit a query: those whose promise runs out first come first.
    pub fn cases(&self, ask: &CaseAsk) -> Result<CaseList> {
        self.settle(self.moment().and_then(|moment| self.list(ask, &moment)))
    }

    /// The ids of all of them, for what is done to many at once.
    pub fn case_ids(&self, ask: &CaseAsk) -> Result<Vec<String>> {
        let chosen = self.settle(self.moment().and_then(|moment| self.choose(ask, &moment)))?;
        Ok(chosen.rows.iter().map(|row| self.conversations.ids[*row as usize].to_string()).collect())
    }

    /// Conversations as the desk is told about them: with the time of the newest message that is known of each.
    pub fn subjects(&self, ids: &[String]) -> Vec<Subject> {
        let subject = |id: &String| {
            let seen = self.conversations.find(id).and_then(|row| known(self.conversations.latest(row)));
            Subject { conversation: id.clone(), seen }
        };
        ids.iter().map(subject).collect()
    }

    /// The ids of conversations that begin with `prefix`, sorted, at most `most`.
    pub fn conversation_ids(&self, prefix: &str, most: usize) -> Vec<String> {
        if let Some(row) = self.conversations.find(prefix) {
            return vec![self.conversations.ids[row as usize].to_string()];
        }
        let fits = self.conversations.ids.iter().filter(|id| id.as_str().starts_with(prefix));
        let mut found = BTreeSet::new();
        for id in fits {
            found.insert(id.as_str());
            if found.len() > most {
                found.pop_last();
            }
        }
        found.into_iter().map(str::to_owned).collect()
    }

    fn list(&self, ask: &CaseAsk, moment: &Moment) -> Result<CaseList> {
        let chosen = self.choose(ask, moment)?;
        let shown: Vec<u32> = chosen.rows.iter().skip(ask.offset).take(ask.limit).copied().collect();
        let helpers = ask.helpers.then(|| ask.fresh.unwrap_or(usize::MAX));
        let now = self.now();
        Ok(CaseList {
            as_of: now.time,
            as_of_data: now.from_data,
            view: ask.view.as_str(),
            total: chosen.rows.len() as u64,
            older: chosen.older,
            cases: self.case_lines(&shown, helpers, moment)?,
            notes: ask.query.notes.clone(),
        })
    }

    fn choose_anew(&self, ask: &CaseAsk, moment: &Moment) -> Result<Chosen> {
        let fits = self.fits(&ask.query.filter, moment, ask.me.as_deref())?;
        let me = ask.me.as_deref();
        let mut rows: Vec<u32> = self.candidates_of(ask.view, moment);
        rows.retain(|row| self.in_view(*row, ask.view, moment, me) && fits.conversation(*row));
        if ask.query.has_words() {
            self.keep_titled(&mut rows, &ask.query, moment)?;
        }
        let days = ask.days.or(ask.view.has_window().then_some(WINDOW_DAYS));
        let all = rows.len();
        if let Some(days) = days {
            let from = moment.now.saturating_sub(i64::from(days).saturating_mul(model::time::DAY));
            let recent = |row: &u32| match self.waits_since(*row, moment) {
                Some(since) => since > from,
                None if matches!(ask.view, View::Waiting | View::Nobody) => false,
                None => self.conversations.latest(*row) > from,
            };
            rows.retain(recent);
        }
        let older = (all - rows.len()) as u64;
        rows.sort_by_cached_key(|row| self.urgency(*row, moment));
        Ok(Chosen { rows, older })
    }

    /// The rows that can be in a view. Most conversations are out of most views by where they stand in the channel,
    /// unless something was decided about them.
    fn candidates_of(&self, view: View, moment: &Moment) -> Vec<u32> {
        if view.is_decided() {
            return moment.cases.rows().collect();
        }
        let promises = self.promises_resolutions();
        let may = |row: &u32| match (view, self.conversations.state[*row as usize]) {
            (View::Waiting | View::Nobody, state) => state == State::Waiting,
            (View::Soon | View::Overdue, state) => promises || state == State::Waiting,
            (View::Asker, state) => state == State::AskedBack,
            (View::Answered, state) => state == State::Answered,
            _ => true,
        };
        let decided = moment.cases.rows().filter(|row| !may(row));
        (0..self.conversations.len()).filter(may).chain(decided).collect()
    }

    fn in_view(&self, row: u32, view: View, moment: &Moment, me: Option<&str>) -> bool {
        let standing = self.standing(row, moment);
        let held = |name| self.holder(row, moment) == Some(name);
        match view {
            View::Waiting => self.waits(row, moment),
            View::Nobody => standing == Standing::Waiting && self.waits(row, moment),
            View::Mine => me.is_some_and(held) && !standing.is_done(),
            View::Escalated => self.is_escalated(row, moment),
            View::Asker => standing == Standing::AskedBack,
            View::Parked => standing == Standing::Parked,
            View::Answered => standing == Standing::Answered,
            View::Soon => self.promise_of(row, moment).is_some_and(|promise| promise.state == "soon"),
            View::Overdue => self.promise_of(row, moment).is_some_and(|promise| promise.state == "overdue"),
            View::Open => !standing.is_done(),
            View::All => true,
        }
    }

    /// Whether somebody waits for an answer, whoever has the case, even if nobody knows since when.
    pub(crate) fn waits(&self, row: u32, moment: &Moment) -> bool {
        let waiting = self.standing(row, moment) == Standing::Waiting && !self.is_bots(row, moment);
        waiting || self.waits_since(row, moment).is_some()
    }

    /// What a list is sorted by: the promise that runs out first, then who waits longest, then what is latest.
    fn urgency(&self, row: u32, moment: &Moment) -> (i64, i64, std::cmp::Reverse<i64>, u32) {
        let due = self.promise_of(row, moment).map_or(i64::MAX, |promise| promise.due);
        let since = self.waits_since(row, moment).unwrap_or(i64::MAX);
        (due, since, std::cmp::Reverse(self.conversations.latest(row)), row)
    }

    /// Keeps those whose title or tags hold every word and phrase, and none that is not to be there.
    fn keep_titled(&self, rows: &mut Vec<u32>, query: &Query, moment: &Moment) -> Result<()> {
        let lower = |text: &str| text.to_lowercase();
        let words: Vec<String> = query.words.split_whitespace().map(lower).collect();
        let (phrases, without): (Vec<_>, Vec<_>) = (
            query.phrases.iter().map(|phrase| lower(phrase)).collect(),
            query.without.iter().map(|word| lower(word)).collect(),
        );
        let titles = self.titles()?;
        let mut room = String::new();
        rows.retain(|row| {
            let (title, tags) = (titles.lower(*row, &mut room), self.case_tags(*row, moment));
            let holds =
                |word: &String| title.contains(word.as_str()) || tags.iter().any(|tag| tag.to_lowercase() == *word);
            words.iter().chain(&phrases).all(holds) && !without.iter().any(holds)
        });
        Ok(())
    }
}
