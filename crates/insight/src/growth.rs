//! Who comes, who stays, and on how many the help rests.
//!
//! Made once per snapshot and day from what is in memory: when people were first seen, and when they opened
//! conversations or first wrote in those of others. Bots are not counted.

use model::time::DAY;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::columns::{Contributions, Helped, NEVER, known};
use crate::series::{Stretch, slot_of};
use crate::views::{Carrying, Cohort, GrowthView, Load, SeriesLine, SeriesView};
use crate::{Community, Result};

/// How far back newcomers are shown, in days, and cohorts.
const BACK: i64 = 3 * 365;
/// Quarters of which it is shown who stayed, and how many of the quarters after.
const COHORTS: usize = 12;
const AFTER: usize = 8;
/// What the sharing of the load looks back on, in days.
const YEAR: i64 = 365;
/// People shown of each kind.
const SHOWN: usize = 10;
/// Who answered so often lately has begun to help; who answered more than the second number carries enough already.
const BEGUN: (u64, u64) = (2, 12);
/// Lately, in days.
const LATELY: i64 = 90;

/// One person's part in the answers of the last year.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    answers: u64,
    lately: u64,
    thanked: u64,
    last: i64,
}

/// What does not change within a day.
#[derive(Debug)]
pub(crate) struct Growth {
    view: GrowthView,
}

impl Community {
    /// Who comes, who stays, and on how many the help rests.
    pub fn growth(&self) -> Result<GrowthView> {
        self.settle(self.read_growth())
    }

    fn read_growth(&self) -> Result<GrowthView> {
        let now = self.now().time;
        let (helped, contributions) = (self.helped()?, self.contributions(now)?);
        let made = self.grown(now, || Ok(Growth { view: self.make_growth(&helped, &contributions, now) }))?;
        // Who does not want to be asked is on no list of whom to ask.
        let moment = self.moment()?;
        let mut view = made.view.clone();
        view.could_more.retain(|one| !moment.do_not_ask.contains(&one.person.id));
        view.could_more.truncate(SHOWN);
        Ok(view)
    }

    fn make_growth(&self, helped: &Helped, contributions: &Contributions, now: i64) -> GrowthView {
        let until = now.saturating_add(1);
        let from = now.saturating_sub(BACK * DAY);
        let earliest = self.people.first_seen.iter().copied().filter_map(known).min().unwrap_or(from);
        let starts = Stretch::Month.starts(from.max(earliest), until);
        let wrote = self.writing(helped, from, now);
        let mut active = vec![FxHashSet::default(); starts.len()];
        for (person, time) in &wrote {
            if let Some(people) = slot_of(&starts, *time, 0).and_then(|slot| active.get_mut(slot)) {
                people.insert(*person);
            }
        }
        let human = |person: &u32| !self.people.is_bot(*person);
        let people = || (0..self.people.len() as u32).filter(human);
        let first = |person: u32| self.people.first_seen.get(person as usize).copied().and_then(known);
        let newcomers = counted(&starts, people().filter_map(first), now);
        let commit = |person: u32| contributions.commits.get(person as usize).copied().flatten();
        let contributors = counted(&starts, people().filter_map(commit), now);
        let active = active.iter().map(|people| people.len() as u64).collect();
        let line = |name, cases: Vec<u64>| SeriesLine {
            name,
            values: cases.iter().map(|count| Some(*count as f64)).collect(),
            cases,
        };
        let lines =
            vec![line("newcomers", newcomers), line("active_people", active), line("new_contributors", contributors)];
        let parts = self.parts(helped, now);
        let (load, carrying, could_more) = self.shared(&parts, now);
        GrowthView {
            as_of: now,
            series: SeriesView { step: "month", as_of: now, starts, lines },
            cohorts: cohorts(&wrote, now),
            load,
            carrying,
            could_more,
        }
    }

    /// Who wrote when: opened a conversation, or wrote first in one of somebody else.
    fn writing(&self, helped: &Helped, from: i64, now: i64) -> Vec<(u32, i64)> {
        let mut wrote = Vec::new();
        // A cohort is known by its first time ever, so all times are looked at; only the recent ones are kept.
        let mut first = FxHashMap::<u32, i64>::default();
        for row in 0..self.conversations.len() {
            let opened = (self.conversations.openers[row as usize], self.conversations.opened[row as usize]);
            for (person, time) in helped.of(&self.conversations, row).chain([opened]) {
                if (person as usize) >= self.people.len() || self.people.is_bot(person) || time == NEVER || time > now {
                    continue;
                }
                first.entry(person).and_modify(|first| *first = time.min(*first)).or_insert(time);
                if time >= from {
                    wrote.push((person, time));
                }
            }
        }
        // First times first: whoever wrote before all of it begins no cohort of it.
        wrote.extend(first.iter().filter(|(_, time)| **time < from).map(|(person, time)| (*person, *time)));
        wrote.sort_unstable_by_key(|(person, time)| (*person, *time));
        wrote
    }

    fn parts(&self, helped: &Helped, now: i64) -> FxHashMap<u32, Part> {
        let (year, lately) = (now.saturating_sub(YEAR * DAY), now.saturating_sub(LATELY * DAY));
        let mut parts = FxHashMap::<u32, Part>::default();
        for row in (0..self.conversations.len()).filter(|row| self.conversations.question[*row as usize]) {
            for (person, time) in helped.of(&self.conversations, row).filter(|(_, time)| *time > year && *time <= now) {
                let part = parts.entry(person).or_default();
                part.answers += 1;
                part.lately += u64::from(time > lately);
                part.thanked += u64::from(self.conversations.thanked(row).contains(&person));
                part.last = part.last.max(time);
            }
        }
        parts
    }

    fn shared(&self, parts: &FxHashMap<u32, Part>, now: i64) -> (Load, Vec<Carrying>, Vec<Carrying>) {
        let mut all: Vec<(u32, Part)> = parts.iter().map(|(person, part)| (*person, *part)).collect();
        all.sort_by_key(|(person, part)| (std::cmp::Reverse(part.answers), *person));
        let answers: u64 = all.iter().map(|(_, part)| part.answers).sum();
        let mut sum = 0;
        let half = all.iter().take_while(|(_, part)| {
            let before = sum;
            sum += part.answers;
            before * 2 < answers
        });
        let absence_factor = half.count() as u64;
        let share = |part: &Part| part.answers as f64 / answers.max(1) as f64;
        let load = Load {
            answers,
            helpers: all.len() as u64,
            absence_factor,
            largest_share: all.first().map(|(_, part)| share(part)),
        };
        let view = |(person, part): &(u32, Part)| {
            Some(Carrying {
                person: self.person_ref(*person)?,
                answers: part.answers,
                share: share(part),
                last: part.last,
                thanked: part.thanked,
            })
        };
        let carrying = all.iter().take(SHOWN.min(absence_factor as usize)).filter_map(view).collect();
        let begun = |(person, part): &&(u32, Part)| {
            let seen = self.people.last_seen.get(*person as usize).copied().unwrap_or(NEVER);
            (BEGUN.0..=BEGUN.1).contains(&part.lately) && part.thanked > 0 && seen > now.saturating_sub(LATELY * DAY)
        };
        let mut begun: Vec<(u32, Part)> = all.iter().skip(absence_factor as usize).filter(begun).copied().collect();
        begun.sort_by_key(|(person, part)| (std::cmp::Reverse((part.thanked, part.last)), *person));
        // More than are shown, for some do not want to be asked.
        let could_more = begun.iter().take(SHOWN * 5).filter_map(view).collect();
        (load, carrying, could_more)
    }
}

fn counted(starts: &[i64], times: impl Iterator<Item = i64>, now: i64) -> Vec<u64> {
    let mut counts = vec![0; starts.len()];
    for time in times.filter(|time| *time <= now) {
        if let Some(count) = slot_of(starts, time, 0).and_then(|slot| counts.get_mut(slot)) {
            *count += 1;
        }
    }
    counts
}

/// Who wrote first in each quarter, and of them who wrote in those after. `wrote` is sorted by person, then time.
fn cohorts(wrote: &[(u32, i64)], now: i64) -> Vec<Cohort> {
    let months = Stretch::Month.starts(now.saturating_sub(BACK * DAY), now.saturating_add(1));
    // Quarters of the calendar: every third month from a January on.
    let quarters: Vec<i64> = months.into_iter().filter(|start| begins_quarter(*start)).collect();
    let count = quarters.len();
    let mut people = vec![0_u64; count];
    let mut active = vec![vec![0_u64; count]; count];
    for group in wrote.chunk_by(|a, b| a.0 == b.0) {
        let Some(cohort) = group.first().and_then(|(_, first)| slot_of(&quarters, *first, 0)) else { continue };
        people[cohort] += 1;
        let mut last = cohort;
        for slot in group.iter().filter_map(|(_, time)| slot_of(&quarters, *time, cohort)) {
            if slot > last {
                active[cohort][slot] += 1;
                last = slot;
            }
        }
    }
    let whole = count.saturating_sub(1);
    let view = |cohort: usize| {
        let after = active[cohort].iter().take(whole).skip(cohort + 1).take(AFTER);
        let stayed = after.map(|count| *count as f64 / people[cohort].max(1) as f64).collect();
        Cohort { start: quarters[cohort], people: people[cohort], stayed }
    };
    (0..whole).rev().take(COHORTS).map(view).collect()
}

pub(crate) fn begins_quarter(start: i64) -> bool {
    let date = jiff::Timestamp::from_microsecond(start).map(|time| time.to_zoned(jiff::tz::TimeZone::UTC).date());
    date.is_ok_and(|date| matches!(date.month(), 1 | 4 | 7 | 10))
}
