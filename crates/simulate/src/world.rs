//! What is the same for the whole simulation: its settings, calendar and texts, and rates that depend
//! on its size.

use crate::calendar::Calendar;
use crate::clock::Seconds;
use crate::conversation::Place;
use crate::planted::Planted;
use crate::settings::{Settings, SimulateError};
use crate::topics::{Phrases, Topics};

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) settings: Settings,
    pub(crate) calendar: Calendar,
    pub(crate) topics: Topics,
    pub(crate) phrases: Phrases,
    /// How many of the answers are the hero's.
    pub(crate) hero_share: f64,
    /// How many of the questions come from somebody new.
    pub(crate) newcomer_share: f64,
    pub(crate) planted: Option<Planted>,
}

/// Commits are packed into one file in memory, so there is a limit to them.
const MOST_COMMITS: u64 = 20_000;

impl World {
    pub(crate) fn new(settings: &Settings) -> Result<World, SimulateError> {
        let calendar = Calendar::new(settings)?;
        // Nobody answers more than 25 questions a day for years, and larger communities know more of
        // those who ask.
        let answers_a_day = settings.messages as f64 * 0.25 / calendar.days() as f64;
        let size = settings.messages.max(1_000) as f64 / 6_000.0;
        let newcomer_share = (0.36 / size.sqrt().sqrt().sqrt().sqrt()).min(0.45);
        Ok(World {
            settings: settings.clone(),
            topics: Topics::load()?,
            phrases: Phrases::load()?,
            hero_share: (25.0 / answers_a_day).min(0.27),
            newcomer_share,
            planted: settings.planted.then(|| Planted::new(calendar.start, calendar.end, &calendar.conferences)),
            calendar,
        })
    }

    /// How many messages (for code: commits) a place gets.
    pub(crate) fn goal(&self, place: Place) -> u64 {
        let messages = self.settings.messages;
        match place {
            Place::List => messages - self.goal(Place::Chat) - self.goal(Place::Forum),
            Place::Chat => messages * 36 / 100,
            Place::Forum => messages * 18 / 100,
            Place::Code => (messages / 50).min(MOST_COMMITS),
        }
    }

    /// Whether something can still happen.
    pub(crate) fn lasts(&self, time: Seconds) -> bool {
        time < self.calendar.end
    }
}
