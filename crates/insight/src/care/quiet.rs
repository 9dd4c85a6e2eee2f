//! Regulars who have gone quiet, early: against their own rhythm, not a common one.
//!
//! Somebody who came every other day is missed after two weeks, somebody who came twice a month after two months. A
//! silence counts where the sources they were in went on; whoever said that they are away is not missed.

use model::time::DAY;

use super::{Circle, sayings};
use crate::columns::{Entry, known};
use crate::people::YEAR;
use crate::views::QuietView;
use crate::{Community, Result};

/// Days of the year before on which a regular did something, at least.
const REGULAR: usize = 12;
/// Nobody is missed sooner, in days, and who is silent for longer than the second number has gone: that is no longer early.
const EARLY: (i64, i64) = (14, 150);
/// A silence so many times the usual one, and so many times the longest of the year before, is out of rhythm.
const USUAL: f64 = 4.0;
const LONGEST: f64 = 1.25;
/// People shown.
const SHOWN: usize = 12;

/// A regular who has gone quiet, before the desk is asked.
#[derive(Debug)]
pub(crate) struct Silent {
    person: u32,
    rhythm: Rhythm,
}

/// How somebody comes, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rhythm {
    /// Microseconds UTC.
    last: i64,
    silent: i64,
    usual: i64,
    longest: i64,
    gave: u32,
}

impl Community {
    /// Who has gone quiet, who gave most first.
    pub(super) fn quiet(&self, circle: &Circle) -> Result<Vec<QuietView>> {
        let now = circle.moment.now;
        let silent = self.care.quiet.get(now, || self.find_silent(now))?;
        let ranks = self.ranks(now)?;
        let open = silent.iter().filter(|one| self.is_open_to(one.person, circle));
        let view = |one: &Silent| {
            let Rhythm { last, silent, usual, longest, gave } = one.rhythm;
            let days = |days: i64| u32::try_from(days).unwrap_or_default();
            Some(QuietView {
                person: self.person_ref(one.person)?,
                level: ranks.level(one.person),
                last,
                silent_days: days(silent),
                usual_days: days(usual),
                longest_days: days(longest),
                gave,
                say: sayings::quiet().to_owned(),
            })
        };
        Ok(open.take(SHOWN).filter_map(view).collect())
    }

    fn find_silent(&self, now: i64) -> Result<Vec<Silent>> {
        let lives = self.lives()?;
        let mut silent = Vec::new();
        for person in (0..self.people.len() as u32).filter(|person| !self.people.is_bot(*person)) {
            // Where their sources ended, everybody is silent.
            let heard = self.conversations.heard.get(person as usize).copied().and_then(known);
            let until = heard.map_or(now, |heard| if heard < now { heard } else { now });
            silent.extend(rhythm(lives.of(person), until).map(|rhythm| Silent { person, rhythm }));
        }
        silent.sort_by_key(|one| (std::cmp::Reverse((one.rhythm.gave, one.rhythm.last)), one.person));
        Ok(silent)
    }
}

/// The rhythm of whoever did `entries` (the latest first) until `now`, if a silence breaks it.
fn rhythm(entries: &[Entry], now: i64) -> Option<Rhythm> {
    let mut past = entries.iter().filter(|entry| entry.time() <= now && entry.doing().takes_part()).peekable();
    let last = past.peek()?.time();
    let silent = now.saturating_sub(last) / DAY;
    if !(EARLY.0..=EARLY.1).contains(&silent) {
        return None;
    }
    let (mut days, mut gave) = (vec![last / DAY], 0);
    for entry in past.take_while(|entry| entry.time() > last.saturating_sub(YEAR)) {
        gave += u32::from(entry.doing().gives());
        let day = entry.time() / DAY;
        if days.last() != Some(&day) {
            days.push(day);
        }
    }
    if days.len() < REGULAR {
        return None;
    }
    let mut gaps: Vec<i64> = days.windows(2).map(|pair| pair[0] - pair[1]).collect();
    gaps.sort_unstable();
    let (usual, longest) = (gaps.get(gaps.len() / 2).copied()?, gaps.last().copied()?);
    let silence = silent as f64;
    let breaks = silence >= USUAL * usual as f64 && silence >= LONGEST * longest as f64;
    breaks.then_some(Rhythm { last, silent, usual, longest, gave })
}
