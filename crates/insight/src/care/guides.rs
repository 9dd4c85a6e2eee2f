//! Who recently was where somebody is now: the one who remembers best what it was like.

use model::time::DAY;
use rustc_hash::FxHashMap;

use super::Circle;
use super::firsts::{Arrived, FirstKind, first_of_each};
use crate::columns::{Doing, Entry};
use crate::people::{YEAR, place_name};
use crate::views::MentorView;
use crate::words::count;
use crate::{Community, Result};

/// Their own first time is at least so long ago, and at most, in days.
const LEAST: i64 = 45;
const MOST: i64 = 540;
/// They were there in these days.
const LATELY: i64 = 60;
/// They stayed: they gave so many times since.
const SINCE: u32 = 3;
/// Who gave more than this in a year has enough to carry already.
const ENOUGH: u32 = 150;
/// How much being in the same place, knowing the same and wishing to speak for it.
const SAME_PLACE: u32 = 4;
const SAME_AREA: u32 = 2;
const WILLING: u32 = 8;
/// How much having been named already on the same page takes away.
const NAMED: u32 = 2;

/// Somebody whose own first time is not long ago.
#[derive(Debug)]
pub(crate) struct Guide {
    person: u32,
    /// When they first changed something, and first answered, if that was lately.
    change: Option<i64>,
    answer: Option<i64>,
    /// What they gave since, in the last year.
    gave: u32,
    /// Where they were most in the last 60 days.
    place: Option<u32>,
}

/// How often each was named on a page already: it should not be the same one everywhere.
pub(super) type Told = FxHashMap<u32, u32>;

impl Community {
    /// Who could guide somebody who has just come.
    pub(super) fn mentor(&self, one: &Arrived, circle: &Circle, told: &mut Told) -> Result<Option<MentorView>> {
        let now = circle.moment.now;
        let guides = self.care.guides.get(now, || self.find_guides(now))?;
        let (lives, roster) = (self.lives()?, self.roster()?);
        let Some((kind, entry)) = one.did.first() else { return Ok(None) };
        let code = matches!(kind, FirstKind::Change | FirstKind::Review);
        let areas: Vec<u32> = roster.knows_of(one.person).iter().map(|knows| knows.area).collect();
        let touched = entry.conversation().map(|row| self.areas().map(|areas| (areas, row))).transpose()?;
        let knows_same = |guide: &Guide| {
            roster.knows_of(guide.person).iter().take(10).any(|knows| {
                let about = touched.as_ref().is_some_and(|(areas, row)| {
                    areas.of(*row).iter().any(|area| areas.name(*area) == roster.areas.get(knows.area))
                });
                about || areas.contains(&knows.area)
            })
        };
        let fit = |guide: &Guide| {
            let first = if code { guide.change } else { guide.answer }?;
            let given = circle.moment.preferences.get(self.people.ids[guide.person as usize].as_str());
            let willing = given.is_some_and(|given| given.mentor);
            let (place, area) = (guide.place == Some(entry.place()), knows_same(guide));
            // Having come lately is not enough: what would they talk about?
            if guide.person == one.person || !(place || area || willing) || !self.is_open_to(guide.person, circle) {
                return None;
            }
            let points = |fits: bool, points: u32| if fits { points } else { 0 };
            let score = points(willing, WILLING) + points(place, SAME_PLACE) + points(area, SAME_AREA);
            Some((score, first, willing, place))
        };
        let fitting = guides.iter().filter_map(|guide| Some((guide, fit(guide)?)));
        let best = fitting.max_by_key(|(guide, (score, first, ..))| {
            let named = told.get(&guide.person).copied().unwrap_or_default();
            (score.saturating_sub(named * NAMED), *first, guide.person)
        });
        let Some((guide, (_, first, willing, place))) = best else { return Ok(None) };
        *told.entry(guide.person).or_default() += 1;
        let months = (now.saturating_sub(first) / (30 * DAY)).max(1);
        let what = if code { "made a first change" } else { "gave a first answer" };
        let mut why =
            vec![format!("{what} {} ago, and gave {} since", count(months as u32, "month"), times(guide.gave))];
        if place {
            why.push(format!("is on {} too", place_name(lives.places.get(entry.place()))));
        }
        if willing {
            why.push("said that they would mentor".to_owned());
        }
        Ok(self.person_ref(guide.person).map(|person| MentorView { person, why }))
    }

    fn find_guides(&self, now: i64) -> Result<Vec<Guide>> {
        let (lives, pages) = (self.lives()?, self.pages()?);
        let between = now.saturating_sub(MOST * DAY)..now.saturating_sub(LEAST * DAY);
        let mut guides = Vec::new();
        for person in (0..self.people.len() as u32).filter(|person| !self.people.is_bot(*person)) {
            let past = || lives.of(person).iter().filter(|entry| entry.time() <= now);
            let is_there = |entry: &&Entry| entry.time() > now.saturating_sub(LATELY * DAY);
            if past().take_while(is_there).next().is_none() {
                continue;
            }
            let gave: u32 = past()
                .take_while(|entry| entry.time() > now.saturating_sub(YEAR))
                .filter(|entry| entry.doing().gives())
                .count() as u32;
            let firsts = first_of_each(lives.of(person), &pages, now);
            let first =
                |kind: FirstKind| firsts[kind as usize].as_ref().map(Entry::time).filter(|time| between.contains(time));
            let (change, answer) = (first(FirstKind::Change), first(FirstKind::Answer));
            if (SINCE..=ENOUGH).contains(&gave) && (change.is_some() || answer.is_some()) {
                let spoke = past().take_while(is_there).find(|entry| entry.doing() != Doing::Asked);
                guides.push(Guide { person, change, answer, gave, place: spoke.map(Entry::place) });
            }
        }
        Ok(guides)
    }
}

fn times(number: u32) -> String {
    if number == 1 { "once".to_owned() } else { format!("{number} times") }
}
