//! What somebody could be asked next: a conversation that waits, about what they have helped with before, else about what
//! they made something of, or asked about themselves until it was solved.

use model::time::DAY;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::columns::{Areas, State};

use crate::moment::Moment;
use crate::views::NextAsk;
use crate::waiting::WaitingFilter;
use crate::words::count;
use crate::{Community, Result, words};

/// Conversations shown.
const SHOWN: usize = 3;
/// Having helped in the same channel says less than having helped with the same.
const SAME_PLACE: f32 = 0.2;
/// Having made something of it, or having had it solved, says less than having answered it.
const MADE: f32 = 0.02;
const SOLVED: f32 = 0.01;

/// A conversation that waits, and what of it somebody knows.
struct Fit {
    row: u32,
    areas: Vec<u32>,
    here: u32,
    score: f32,
}

/// How somebody who has not helped with an area got to know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Met {
    Made,
    Solved,
}

impl Community {
    /// Who waits for what a person knows, best fit first.
    pub(crate) fn next_asks(&self, person: u32, moment: &Moment) -> Result<Vec<NextAsk>> {
        let (knowledge, areas) = (self.knowledge(moment.now)?, self.areas()?);
        let share = |people: &[crate::columns::Knows]| {
            people.iter().find(|knows| knows.person == person).map(|knows| (knows.share, knows.answered))
        };
        let given = moment.preferences.get(self.people.ids[person as usize].as_str());
        let dislikes = given.map(|given| given.dislikes.as_slice()).unwrap_or_default();
        let disliked = |name: &str| {
            dislikes.iter().any(|given| given == name || given.split_once(':').is_some_and(|(_, given)| given == name))
        };
        let mut met = self.met(person, &areas)?;
        // Looked up once for each: many wait for the same.
        let mut worths = FxHashMap::<u32, Option<f32>>::default();
        let mut worth = |area: u32| {
            *worths.entry(area).or_insert_with(|| {
                let helped = share(knowledge.area(area).people()).map(|(share, _)| share);
                helped.or_else(|| Some(if met(area)? == Met::Made { MADE } else { SOLVED }))
            })
        };
        let mut fits: Vec<Fit> = Vec::new();
        for row in self.queue(&WaitingFilter::default(), moment)?.rows.iter().copied() {
            let theirs = self.conversations.openers[row as usize] == person;
            let topics = areas.of(row);
            let mut known: Vec<(u32, f32)> = topics.iter().filter_map(|area| Some((*area, worth(*area)?))).collect();
            if known.is_empty()
                || theirs
                || self.conversations.helpers(row).contains(&person)
                || topics.iter().any(|area| disliked(areas.name(*area)))
            {
                continue;
            }
            known.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            let (place, here) =
                share(knowledge.place(self.conversations.place[row as usize]).people()).unwrap_or_default();
            let score = known.iter().map(|(_, share)| share).sum::<f32>() + SAME_PLACE * place;
            fits.push(Fit { row, areas: known.into_iter().map(|(area, _)| area).collect(), here, score });
        }
        // The queue's order, oldest promise first, holds among equals.
        fits.sort_by(|a, b| b.score.total_cmp(&a.score));
        fits.truncate(SHOWN);
        let titles = self.titles()?;
        let mut ask = |fit: &Fit| {
            let about = fit.areas.iter().filter_map(|area| {
                let name = areas.name(*area);
                match share(knowledge.area(*area).people()) {
                    Some((_, answered)) => Some(format!("helped with {} on {name}", count(answered, "question"))),
                    None if met(*area)? == Met::Made => Some(format!("made something about {name}")),
                    None => Some(format!("asked about {name} until it was solved")),
                }
            });
            let why: Vec<String> = about.take(2).collect();
            let (_, channel) = self.conversations.place(fit.row);
            let here = (fit.here > 0).then(|| format!("helped with {} in {channel}", count(fit.here, "question")));
            NextAsk {
                conversation: self.conversation_ref(fit.row, &titles),
                since: self.waits_since(fit.row, moment).unwrap_or(moment.now),
                areas: fit.areas.iter().map(|area| areas.name(*area).to_owned()).collect(),
                why: why.into_iter().chain(here).collect(),
            }
        };
        Ok(fits.iter().map(&mut ask).collect())
    }

    /// How a person got to know an area other than by helping, looked up once for each.
    fn met(&self, person: u32, areas: &Areas) -> Result<impl FnMut(u32) -> Option<Met>> {
        let work = self.work()?;
        let solved = |row: &u32| self.conversations.state[*row as usize] == State::Resolved;
        let solved: FxHashSet<u32> =
            self.conversations.opened_by(person).filter(solved).flat_map(|row| areas.of(row).iter().copied()).collect();
        let mut known = FxHashMap::<u32, Option<Met>>::default();
        Ok(move |area: u32| {
            *known.entry(area).or_insert_with(|| {
                let made = work.area(area).iter().any(|deed| deed.person == person);
                let solved = solved.contains(&area).then_some(Met::Solved);
                if made { Some(Met::Made) } else { solved }
            })
        })
    }

    /// Why a person should not be asked now, if so.
    pub(crate) fn not_now(&self, person: u32, moment: &Moment) -> Option<String> {
        if self.people.is_bot(person) {
            return Some("A program is not asked for help.".to_owned());
        }
        let id = self.people.ids[person as usize].to_string();
        if moment.do_not_ask.contains(&id) {
            return Some("They do not want to be asked.".to_owned());
        }
        let given = moment.preferences.get(&id)?;
        if let Some(until) = given.away_until.filter(|until| *until > moment.now) {
            return Some(format!("They are away until {}.", words::day(until)));
        }
        let week = moment
            .asks
            .get(&id)
            .into_iter()
            .flatten()
            .filter(|time| **time > moment.now.saturating_sub(7 * DAY))
            .count();
        let most = given.per_week? as usize;
        (week >= most)
            .then(|| format!("They want to be asked at most {most} times a week, and were asked {week} times."))
    }
}
