//! What people wish: whom to ask about what, how often, in which language, and when not.

use model::time::DAY;

use super::{Loads, Move};
use crate::helpers::Candidate;

/// What is left of the score of somebody who is away, or was asked as often as they want this week.
const NOT_NOW: f64 = 0.02;
/// … of somebody who does not like to be asked about it, or does not speak the language.
const NOT_THIS: f64 = 0.2;
/// What liking it brings.
const LIKES: f64 = 1.5;
/// How far back a week reaches.
const WEEK: i64 = 7 * DAY;

impl Loads<'_> {
    pub(super) fn may_be_asked(&self, candidate: &Candidate) -> bool {
        let id = self.id(candidate);
        let never = self.moment.preferences.get(id).is_some_and(|preferences| preferences.never);
        !never && !self.moment.do_not_ask.contains(id)
    }

    pub(super) fn asked_this_week(&self, candidate: &Candidate) -> usize {
        let from = self.moment.now.saturating_sub(WEEK);
        let times = self.moment.asks.get(self.id(candidate));
        times.map_or(0, |times| times.iter().filter(|time| **time > from).count())
    }

    pub(super) fn wishes(&self, candidate: &Candidate) -> Vec<Move> {
        let Some(wishes) = self.moment.preferences.get(self.id(candidate)) else { return Vec::new() };
        let away = wishes.away_until.filter(|until| *until > self.moment.now).map(|until| {
            let until = day(until).map(|day| format!(" until {day}")).unwrap_or_default();
            (NOT_NOW, Some(format!("put back: away{until}")))
        });
        let asked = self.asked_this_week(candidate);
        let enough = wishes.per_week.filter(|most| asked >= *most as usize).map(|most| {
            let times = if most == 1 { "once".to_owned() } else { format!("{most} times") };
            (NOT_NOW, Some(format!("put back: wants to be asked at most {times} a week, and was")))
        });
        let dislikes = self
            .first_of(&wishes.dislikes)
            .map(|area| (NOT_THIS, Some(format!("put back: does not like to be asked about {area}"))));
        let likes = self
            .first_of(&wishes.likes)
            .map(|area| (LIKES, Some(format!("brought forward: likes to be asked about {area}"))));
        let spoken = |language: &text::Language| wishes.languages.iter().any(|one| one == language.as_str());
        let foreign = self.shortlist.language.filter(|language| !wishes.languages.is_empty() && !spoken(language));
        let foreign = foreign.map(|language| {
            (NOT_THIS, Some(format!("put back: helps in other languages than this ({})", language.as_str())))
        });
        [away, enough, dislikes, likes, foreign].into_iter().flatten().collect()
    }

    /// The first of some knowledge areas that the question touches.
    fn first_of<'a>(&self, areas: &'a [String]) -> Option<&'a str> {
        let bare = areas.iter().map(|area| area.strip_prefix("tag:").unwrap_or(area));
        bare.into_iter().find(|area| self.shortlist.areas.iter().any(|touched| touched.eq_ignore_ascii_case(area)))
    }
}

/// The UTC day of a time as `2024-06-01`; none beyond what a calendar holds.
fn day(time: i64) -> Option<String> {
    let moment = jiff::Timestamp::from_microsecond(time).ok()?;
    Some(moment.strftime("%Y-%m-%d").to_string())
}
