//! What somebody could be asked next: a conversation that waits, about what they have helped with before.

use model::time::DAY;

use crate::moment::Moment;
use crate::views::NextAsk;
use crate::waiting::WaitingFilter;
use crate::words::count;
use crate::{Community, Result, words};

/// Conversations shown.
const SHOWN: usize = 3;
/// Having helped in the same channel says less than having helped with the same.
const SAME_PLACE: f32 = 0.2;

/// A conversation that waits, and what of it somebody knows.
struct Fit {
    row: u32,
    areas: Vec<u32>,
    here: u32,
    score: f32,
}

impl Community {
    /// Who waits for what a person knows, best fit first.
    pub(super) fn next_asks(&self, person: u32, moment: &Moment) -> Result<Vec<NextAsk>> {
        let (knowledge, areas) = (self.knowledge(moment.now)?, self.areas()?);
        let share = |people: &[crate::columns::Knows]| {
            people.iter().find(|knows| knows.person == person).map(|knows| (knows.share, knows.answered))
        };
        let disliked = |name: &str| {
            let id = self.people.ids[person as usize].to_string();
            let dislikes = moment.preferences.get(&id).map(|given| given.dislikes.as_slice()).unwrap_or_default();
            dislikes.iter().any(|given| given == name || given.split_once(':').is_some_and(|(_, given)| given == name))
        };
        let mut fits: Vec<Fit> = Vec::new();
        for row in self.queue(&WaitingFilter::default(), moment)?.rows.iter().copied() {
            let theirs = self.conversations.openers[row as usize] == person;
            let topics = areas.of(row);
            if theirs
                || self.conversations.helpers(row).contains(&person)
                || topics.iter().any(|area| disliked(areas.name(*area)))
            {
                continue;
            }
            let mut known: Vec<(u32, f32)> =
                topics.iter().filter_map(|area| Some((*area, share(knowledge.area(*area).people())?.0))).collect();
            known.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            let (place, here) =
                share(knowledge.place(self.conversations.place[row as usize]).people()).unwrap_or_default();
            let score = known.iter().map(|(_, share)| share).sum::<f32>() + SAME_PLACE * place;
            if !known.is_empty() {
                fits.push(Fit { row, areas: known.into_iter().map(|(area, _)| area).collect(), here, score });
            }
        }
        // The queue's order, oldest promise first, holds among equals.
        fits.sort_by(|a, b| b.score.total_cmp(&a.score));
        fits.truncate(SHOWN);
        let titles = self.titles()?;
        let ask = |fit: &Fit| {
            let about = fit.areas.iter().filter_map(|area| {
                let (_, answered) = share(knowledge.area(*area).people())?;
                Some(format!("helped with {} on {}", count(answered, "question"), areas.name(*area)))
            });
            let (_, channel) = self.conversations.place(fit.row);
            let here = (fit.here > 0).then(|| format!("helped with {} in {channel}", count(fit.here, "question")));
            NextAsk {
                conversation: self.conversation_ref(fit.row, &titles),
                since: self.waits_since(fit.row, moment).unwrap_or(moment.now),
                areas: fit.areas.iter().map(|area| areas.name(*area).to_owned()).collect(),
                why: about.take(2).chain(here).collect(),
            }
        };
        Ok(fits.iter().map(ask).collect())
    }

    /// Why a person should not be asked now, if so.
    pub(super) fn not_now(&self, person: u32, moment: &Moment) -> Option<String> {
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
