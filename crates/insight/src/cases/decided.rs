//! What people decided about conversations, by row, with what was written after it. Read once per change of the
//! desk: with 20,000 cases a question costs one look at the desk's newest step.

use std::sync::Arc;

use desk::{Case, CaseState, CasesStamp, Desk};
use model::tables::MESSAGES;
use model::time::month;
use rustc_hash::FxHashMap;

use super::standing::{After, of_channel, standing};
use crate::columns::{Batch, NEVER, State, files, known};
use crate::moment::Moment;
use crate::views::Standing;
use crate::{Community, Result};

/// A case, and what came after what was decided last.
#[derive(Debug, Clone)]
pub(crate) struct Decided {
    pub(crate) case: Case,
    pub(crate) after: After,
}

/// Those of one moment of the desk.
#[derive(Debug, Default)]
pub(crate) struct Cases {
    by_row: FxHashMap<u32, Decided>,
    /// The conversation that each was handed over from.
    pub(crate) from: FxHashMap<u32, u32>,
    stamp: Option<CasesStamp>,
}

impl Cases {
    /// What was decided about a conversation.
    pub(crate) fn get(&self, row: u32) -> Option<&Decided> {
        self.by_row.get(&row)
    }

    /// What tells these from those of another moment.
    pub(crate) fn stamp(&self) -> Option<CasesStamp> {
        self.stamp
    }

    /// The rows of which anything was decided, in no order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = u32> {
        self.by_row.keys().copied()
    }
}

impl Community {
    /// The cases as the desk has them now.
    pub(crate) fn decided(&self, desk: &Desk) -> Result<Arc<Cases>> {
        // The stamp comes first: a change in between is seen by the next question.
        let stamp = desk.cases_stamp()?;
        if let Some(cases) = self.cases_cache.get().filter(|cases| cases.stamp == Some(stamp)) {
            return Ok(cases);
        }
        let found = desk.cases()?.into_values().filter_map(|case| {
            let row = self.conversations.find(&case.conversation)?;
            Some((row, Decided { case, after: After::default() }))
        });
        let mut cases = Cases { by_row: found.collect(), stamp: Some(stamp), ..Cases::default() };
        for (row, after) in self.after(&cases)? {
            cases.by_row.entry(row).and_modify(|decided| decided.after = after);
        }
        let next =
            |(row, decided): (&u32, &Decided)| Some((self.conversations.find(decided.case.next.as_ref()?)?, *row));
        cases.from = cases.by_row.iter().filter_map(next).collect();
        let cases = Arc::new(cases);
        self.cases_cache.put(cases.clone());
        Ok(cases)
    }

    /// Who wrote after what was decided last, in conversations that went on.
    fn after(&self, cases: &Cases) -> Result<FxHashMap<u32, After>> {
        let went_on = cases.by_row.iter().filter_map(|(row, Decided { case, .. })| {
            let from = case.seen.or(case.since)?;
            let decides = !matches!(case.state, CaseState::None | CaseState::NotQuestion);
            (decides && self.conversations.latest(*row) > from).then_some((*row, from))
        });
        let went_on: FxHashMap<u32, i64> = went_on.collect();
        let mut found = FxHashMap::<u32, After>::default();
        let Some(first) = went_on.values().min().map(|from| month(*from)) else { return Ok(found) };
        for file in files(&self.manifest, &MESSAGES) {
            let Some(name) = file.month.as_deref().filter(|name| *name >= first.as_str()) else { continue };
            let inside = |(row, from): &(&u32, &i64)| {
                month(**from).as_str() <= name && name <= month(self.conversations.latest(**row)).as_str()
            };
            let rows = went_on.iter().filter(inside);
            let ids: Vec<&str> = rows.map(|(row, _)| self.conversations.ids[*row as usize].as_str()).collect();
            if ids.is_empty() {
                continue;
            }
            let columns = ["conversation_id", "identity_id", "time"];
            for batch in self.tables.read_where_in(file, "conversation_id", &ids, &columns)? {
                self.add_after(&Batch { table: &MESSAGES, batch }, &went_on, &mut found)?;
            }
        }
        Ok(found)
    }

    fn add_after(&self, batch: &Batch, went_on: &FxHashMap<u32, i64>, found: &mut FxHashMap<u32, After>) -> Result<()> {
        let (ids, times) = (batch.texts("conversation_id")?, batch.times("time")?);
        for at in 0..batch.rows() {
            let Some(row) = self.conversations.find(ids.value(at)) else { continue };
            let Some(from) = went_on.get(&row) else { continue };
            let person = self.people.of_identity(batch.text("identity_id", at)?);
            let time = times.at(at);
            if time != NEVER && time > *from && !self.people.is_bot(person) {
                found.entry(row).or_default().add(person == self.conversations.openers[row as usize], time);
            }
        }
        Ok(())
    }

    /// Where a conversation stands: by its messages, and by what people decided.
    pub(crate) fn standing(&self, row: u32, moment: &Moment) -> Standing {
        let channel = self.conversations.state[row as usize];
        match moment.cases.get(row) {
            Some(Decided { case, after }) => standing(channel, case, *after, moment.now),
            None => of_channel(channel),
        }
    }

    /// Whether a bot opened it and nobody decided anything about it: then nobody waits.
    pub(crate) fn is_bots(&self, row: u32, moment: &Moment) -> bool {
        self.people.is_bot(self.conversations.openers[row as usize]) && moment.cases.get(row).is_none()
    }

    /// What was decided about a conversation, if anything was.
    pub(crate) fn case_of<'a>(&self, row: u32, moment: &'a Moment) -> Option<&'a Case> {
        moment.cases.get(row).map(|decided| &decided.case)
    }

    /// Since when somebody waits for an answer, whoever has the case; none if nobody does, or nobody knows when.
    pub(crate) fn waits_since(&self, row: u32, moment: &Moment) -> Option<i64> {
        let waiting = self.conversations.state[row as usize] == State::Waiting;
        let by_channel = || known(self.conversations.waiting_since[row as usize]).filter(|_| waiting);
        let stands = self.standing(row, moment);
        if !matches!(stands, Standing::Waiting | Standing::Taken | Standing::HandedOver) || self.is_bots(row, moment) {
            return None;
        }
        let Some(Decided { case, after }) = moment.cases.get(row) else { return by_channel() };
        match case.state {
            // It had been done: the waiting began when the asker wrote again.
            CaseState::Resolved => after.opener.map(|(first, _)| first),
            CaseState::Open => by_channel().or(case.since),
            _ => by_channel(),
        }
    }
}
