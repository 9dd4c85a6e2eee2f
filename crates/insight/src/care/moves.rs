//! Levels over time: how many are at each, who moves, and at which step people stop.

use model::time::DAY;

use crate::columns::{Doing, Entry, State};
use crate::growth::begins_quarter;
use crate::people::{Course, Level, YEAR};
use crate::series::Stretch;
use crate::views::{LevelQuarter, LevelsView, StepView};
use crate::{Community, Result};

/// Quarters shown.
const QUARTERS: usize = 12;
/// Coming back counts after so many days: an answer to the answer is the same visit.
const AGAIN: i64 = 7 * DAY;
/// So many must have stood before a step to say that people stop there.
const ENOUGH: u64 = 10;
/// A share of those left alone that is smaller than that of the others by this is worth a word.
const TELLING: f64 = 0.1;

/// The steps, each with what it is in words.
const STEPS: [(&str, &str); 4] = [
    ("came_back", "came back after a week or more"),
    ("gave", "helped or added something for the first time"),
    ("contributor", "became a contributor"),
    ("core", "became one of the core"),
];

/// When somebody took each step; the first is that they came.
#[derive(Debug, Clone, Copy, Default)]
struct Steps {
    taken: [Option<i64>; 5],
    /// Whether the first thing they did was a question, and whether anybody answered it.
    answered: Option<bool>,
}

/// What is counted at one step.
#[derive(Debug, Default)]
struct Count {
    reached: u64,
    days: Vec<f64>,
    /// Of those whose first question was left alone, and of those who had an answer: how many, and how many moved on.
    left_alone: (u64, u64),
    answered: (u64, u64),
}

impl Community {
    /// How far people have come, how they move between levels, and where they get stuck.
    pub fn levels(&self) -> Result<LevelsView> {
        let now = self.now().time;
        let made = self.care.moves.get(now, || self.make_levels(now));
        Ok(LevelsView::clone(&*self.settle(made)?))
    }

    fn make_levels(&self, now: i64) -> Result<LevelsView> {
        let lives = self.lives()?;
        let months = Stretch::Month.starts(now.saturating_sub((QUARTERS as i64 + 2) * 92 * DAY), now.saturating_add(1));
        let starts: Vec<i64> = months.into_iter().filter(|start| begins_quarter(*start)).collect();
        let mut quarters: Vec<LevelQuarter> = starts.windows(2).map(|pair| empty(pair[0])).collect();
        let mut counts: [Count; STEPS.len()] = Default::default();
        for person in (0..self.people.len() as u32).filter(|person| !self.people.is_bot(*person)) {
            let entries = lives.of(person);
            self.count_quarters(entries, &starts, now, &mut quarters);
            count_steps(&self.steps(person, entries, now), now, &mut counts);
        }
        quarters.reverse();
        quarters.truncate(QUARTERS);
        // Quarters before anybody came say nothing.
        while quarters.last().is_some_and(|quarter| quarter.newcomers + quarter.participants + quarter.came == 0) {
            quarters.pop();
        }
        let steps: Vec<StepView> = STEPS.iter().zip(&mut counts).map(|(step, count)| view(*step, count)).collect();
        let enough = steps.iter().filter(|step| step.reached >= ENOUGH);
        let stuck = enough.min_by(|a, b| a.share.unwrap_or(1.0).total_cmp(&b.share.unwrap_or(1.0)));
        let stuck = stuck.map(|step| step.step);
        Ok(LevelsView { as_of: now, rules: self.settings.levels, quarters, steps, stuck })
    }

    fn count_quarters(&self, entries: &[Entry], starts: &[i64], now: i64, quarters: &mut [LevelQuarter]) {
        let mut course = Course::new(&self.settings.levels);
        let mut past = entries.iter().rev().filter(|entry| entry.time() <= now).peekable();
        let Some(first) = past.peek().map(|entry| entry.time()) else { return };
        let mut last = None;
        let mut before: Option<Option<Level>> = None;
        for (at, start) in starts.iter().enumerate() {
            while let Some(entry) = past.next_if(|entry| entry.time() < *start) {
                course.add(entry);
                last = Some(entry.time());
            }
            // Whoever did nothing for a year is at no level of now.
            let there = last.is_some_and(|last| last > start.saturating_sub(YEAR));
            let level = there.then(|| course.level(*start));
            if let (Some(before), Some(quarter)) =
                (before, at.checked_sub(1).and_then(|before| quarters.get_mut(before)))
            {
                quarter.count(before, level);
                quarter.came += u64::from(first >= quarter.start && first < *start);
            }
            before = Some(level);
        }
    }

    fn steps(&self, person: u32, entries: &[Entry], now: i64) -> Steps {
        let mut steps = Steps::default();
        let mut course = Course::new(&self.settings.levels);
        let [came, back, gave, contributor, core] = &mut steps.taken;
        for entry in entries.iter().rev().filter(|entry| entry.time() <= now && entry.doing().takes_part()) {
            let time = entry.time();
            course.add(entry);
            if came.is_none() {
                *came = Some(time);
                steps.answered = self.was_answered(person, entry);
            }
            if back.is_none() && came.is_some_and(|came| time > came.saturating_add(AGAIN)) {
                *back = Some(time);
            }
            if entry.doing().gives() {
                gave.get_or_insert(time);
                if contributor.is_none() && course.has_contributed() {
                    *contributor = Some(time);
                }
                if core.is_none() && course.level(time) == Level::Core {
                    *core = Some(time);
                }
            }
        }
        // Whoever gave something at once has come back as far as this counts.
        if back.is_none() && (gave.is_some() && contributor.is_some()) {
            *back = *contributor;
        }
        steps
    }

    /// Whether anybody answered the question with which somebody came; `None` if they came with none.
    fn was_answered(&self, person: u32, entry: &Entry) -> Option<bool> {
        let row = entry.conversation().filter(|_| entry.doing() == Doing::Asked)?;
        let state = self.conversations.state[row as usize];
        let others = self.conversations.helpers(row).iter().any(|helper| *helper != person);
        Some(others || matches!(state, State::Answered | State::Resolved))
    }
}

fn empty(start: i64) -> LevelQuarter {
    LevelQuarter {
        start,
        newcomers: 0,
        participants: 0,
        contributors: 0,
        core: 0,
        came: 0,
        to_contributor: 0,
        to_core: 0,
        down: 0,
        gone: 0,
    }
}

impl LevelQuarter {
    fn count(&mut self, before: Option<Level>, now: Option<Level>) {
        match now {
            Some(Level::Newcomer) => self.newcomers += 1,
            Some(Level::Participant) => self.participants += 1,
            Some(Level::Contributor) => self.contributors += 1,
            Some(Level::Core) => self.core += 1,
            None => {}
        }
        self.gone += u64::from(before.is_some() && now.is_none());
        let Some(now) = now else { return };
        let rose = before.is_none_or(|before| before < now);
        self.to_contributor += u64::from(rose && now == Level::Contributor);
        self.to_core += u64::from(rose && now == Level::Core);
        self.down += u64::from(before.is_some_and(|before| before > now));
    }
}

/// Counts whoever stood before a step one to two years ago, and so had a year to take it.
fn count_steps(steps: &Steps, now: i64, counts: &mut [Count; STEPS.len()]) {
    let window = now.saturating_sub(2 * YEAR)..now.saturating_sub(YEAR);
    for (count, pair) in counts.iter_mut().zip(steps.taken.windows(2)) {
        let (Some(stood), taken) = (pair[0], pair[1]) else { continue };
        if !window.contains(&stood) {
            continue;
        }
        let days = taken.map(|taken| taken.saturating_sub(stood).max(0)).filter(|time| *time <= YEAR);
        count.reached += 1;
        count.days.extend(days.map(|time| time as f64 / DAY as f64));
        if let Some(answered) = steps.answered {
            let (all, moved) = if answered { &mut count.answered } else { &mut count.left_alone };
            *all += 1;
            *moved += u64::from(days.is_some());
        }
    }
}

fn view((step, title): (&'static str, &'static str), count: &mut Count) -> StepView {
    count.days.sort_by(f64::total_cmp);
    let moved = count.days.len() as u64;
    let share = (count.reached > 0).then(|| moved as f64 / count.reached as f64);
    let median_days = count.days.get(count.days.len() / 2).copied();
    let note = (step == STEPS[0].0).then(|| told_apart(count)).flatten();
    StepView { step, title, reached: count.reached, moved, share, median_days, note }
}

/// What a first answer does, where it tells those who came back from those who did not.
fn told_apart(count: &Count) -> Option<String> {
    let (alone, answered) = (count.left_alone, count.answered);
    let share = |(all, moved): (u64, u64)| moved as f64 / all.max(1) as f64;
    let telling = alone.0 >= ENOUGH && answered.0 >= ENOUGH && share(answered) - share(alone) >= TELLING;
    telling.then(|| {
        format!(
            "of {} whose first question nobody answered {} came back, of {} who had an answer {}",
            alone.0, alone.1, answered.0, answered.1
        )
    })
}
