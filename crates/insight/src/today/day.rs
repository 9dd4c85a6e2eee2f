//! What the Today page shows besides who waits: what is mine, what changed, what comes.

use model::time::DAY;

use crate::alerts::{AlertRule, Condition};
use crate::columns::State;
use crate::moment::Moment;
use crate::views::{Ahead, AlertView, Changes, Day, Standing};
use crate::{CaseAsk, Community, Result, View};

/// Lines of each list.
const SHOWN: usize = 10;
/// How far back anger is told of, in days: the first days decide whether somebody stays.
const ANGRY_BACK: i64 = 7;
/// How far ahead events are told of, in days.
const EVENTS_AHEAD: i64 = 14;

/// Whose day, and what a day is where they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayAsk {
    /// Who asks, by the name they go by on the desk.
    pub me: Option<String>,
    /// From when on changes count, microseconds UTC.
    pub since: i64,
    /// When today ends, microseconds UTC.
    pub until: i64,
}

impl Community {
    /// What the Today page shows besides [`Community::today`].
    pub fn day(&self, ask: &DayAsk) -> Result<Day> {
        self.settle(self.moment().and_then(|moment| self.make_day(ask, &moment)))
    }

    fn make_day(&self, ask: &DayAsk, moment: &Moment) -> Result<Day> {
        let mine = CaseAsk { view: View::Mine, me: ask.me.clone(), ..CaseAsk::default() };
        let mine = self.choose(&mine, moment)?;
        let shown: Vec<u32> = mine.rows.iter().take(SHOWN).copied().collect();
        Ok(Day {
            mine: self.case_lines(&shown, None, moment)?,
            mine_total: mine.rows.len() as u64,
            angry: self.angry_lately(moment)?,
            stories: self.stories_lately(moment.now)?.iter().take(SHOWN).cloned().collect(),
            changes: *self.changed.get(moment.stamp(), ask.since, || Ok(self.changes(ask.since, moment)))?,
            ahead: self.ahead(ask.until, moment)?,
        })
    }

    /// Newcomers who were angry lately, without those whose case is done.
    fn angry_lately(&self, moment: &Moment) -> Result<Vec<AlertView>> {
        let everywhere = AlertRule { name: "angry".to_owned(), when: Condition::AngryNewcomer, within: Vec::new() };
        let from = moment.now.saturating_sub(ANGRY_BACK * DAY);
        // Read once a day, whatever the desk says; what the desk says is looked at each time.
        let undecided = Moment { now: moment.now, ..Moment::default() };
        let all = self.angry.get(moment.now, || self.angry_newcomers(&everywhere, from, &undecided))?;
        let is_open = |alert: &&AlertView| {
            let row = alert.conversation.as_ref().and_then(|conversation| self.conversations.find(&conversation.id));
            row.is_none_or(|row| !self.standing(row, moment).is_done())
        };
        Ok(all.iter().rev().filter(is_open).take(SHOWN).cloned().collect())
    }

    fn changes(&self, since: i64, moment: &Moment) -> Changes {
        let conversations = &self.conversations;
        let (mut asked, mut answered, mut resolved) = (0, 0, 0);
        for row in 0..conversations.len() {
            let at = row as usize;
            asked += u64::from(conversations.question[at] && conversations.opened[at] >= since);
            answered += u64::from(conversations.question[at] && conversations.first_response[at] >= since);
            let touched = conversations.latest(row) >= since;
            resolved += u64::from(touched && self.standing(row, moment) == Standing::Resolved);
        }
        let came = |person: &usize| self.people.first_seen[*person] >= since && !self.people.bots[*person];
        let arrived = (0..self.people.len()).filter(came).count() as u64;
        Changes { since, asked, answered, resolved, arrived }
    }

    /// How many promises run out until then.
    fn count_due(&self, until: i64, moment: &Moment) -> u64 {
        let waits =
            |row: &u32| self.conversations.state[*row as usize] == State::Waiting || moment.cases.get(*row).is_some();
        let due = (0..self.conversations.len()).filter(waits).filter_map(|row| self.promise_of(row, moment));
        due.filter(|promise| promise.due > moment.now && promise.due <= until).count() as u64
    }

    fn ahead(&self, until: i64, moment: &Moment) -> Result<Ahead> {
        let due = *self.due_until.get(moment.stamp(), until, || Ok(self.count_due(until, moment)))?;
        let parked = |row: &u32| {
            let ends = self.case_of(*row, moment).and_then(|case| case.until)?;
            (self.standing(*row, moment) == Standing::Parked && ends <= until).then_some((ends, *row))
        };
        let mut parked: Vec<(i64, u32)> = moment.cases.rows().filter_map(|row| parked(&row)).collect();
        parked.sort_unstable();
        let parked: Vec<u32> = parked.into_iter().take(SHOWN).map(|(_, row)| row).collect();
        let events = self.events_ahead(moment.now, moment.now.saturating_add(EVENTS_AHEAD * DAY))?;
        Ok(Ahead {
            until,
            due,
            parked: self.case_lines(&parked, None, moment)?,
            events: events.into_iter().take(SHOWN).collect(),
        })
    }
}
