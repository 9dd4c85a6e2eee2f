//! A conversation in the making: turns are added one by one until time runs out.

use crate::clock::{DAY, HOUR, Seconds, is_weekend, local};
use crate::conversation::{Conversation, Feeling, Opening, Place, Role, Turn};
use crate::people::People;
use crate::rng::Rng;
use crate::world::World;

pub(crate) struct Draft<'a> {
    pub(crate) world: &'a World,
    pub(crate) people: &'a mut People,
    pub(crate) rng: Rng,
    pub(crate) conversation: Conversation,
}

/// How soon somebody writes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pace {
    /// Somebody who has to find the question first.
    First,
    /// Somebody who is in the conversation.
    Next,
    /// Days later, even in chat.
    Late,
}

/// The longest silence that is followed by anything.
const LONGEST: f64 = 40.0 * DAY as f64;

impl<'a> Draft<'a> {
    pub(crate) fn new(
        world: &'a World,
        people: &'a mut People,
        number: u32,
        place: Place,
        opening: Opening,
    ) -> Draft<'a> {
        let mut rng = Rng::of(world.settings.seed, 1 << 40 | u64::from(number));
        let mut conversation = Conversation::new(number, place, opening);
        conversation.topic = rng.weighted(&world.topics.weights);
        conversation.seed = rng.next();
        Draft { world, people, rng, conversation }
    }

    /// When somebody writes after something that was said: not at night and seldom on their free days,
    /// except in chat.
    pub(crate) fn later(&mut self, by: u32, after: Seconds, pace: Pace) -> Seconds {
        let hour = HOUR as f64;
        let (median, spread) = match (self.conversation.place, pace) {
            (_, Pace::Late) => (3.5 * 24.0 * hour, 0.6),
            (Place::Chat, Pace::First) => (70.0, 1.1),
            (Place::Chat, Pace::Next) => (40.0, 0.8),
            (Place::List, Pace::First) => (2.6 * hour, 1.4),
            (Place::List, Pace::Next) => (1.7 * hour, 1.2),
            (Place::Forum, Pace::First) => (5.0 * hour, 1.5),
            (Place::Forum, Pace::Next) => (2.2 * hour, 1.3),
            (Place::Code, _) => (9.0 * hour, 1.2),
        };
        let delay = self.rng.lognormal(median, spread).clamp(4.0, LONGEST) as Seconds;
        match self.conversation.place {
            Place::Chat => after + delay,
            _ => self.when_awake(by, after + delay),
        }
    }

    fn when_awake(&mut self, by: u32, mut time: Seconds) -> Seconds {
        let person = self.people.get(by);
        let (zone, office) = (person.zone, person.office);
        let hour = local(time, zone).hour();
        if hour < 7 {
            time += (7 - Seconds::from(hour)) * HOUR + self.rng.below(2 * HOUR as u64) as Seconds;
        }
        while is_weekend(&local(time, zone)) && office && self.rng.chance(0.6) {
            time += DAY;
        }
        time
    }

    /// Adds a message and gives its turn; `None` if it comes too late for this simulation, or if what
    /// it replies to did.
    pub(crate) fn say(
        &mut self,
        by: u32,
        role: Role,
        feeling: Feeling,
        tier: u8,
        to: Option<u16>,
        mut time: Seconds,
    ) -> Option<u16> {
        let parts = self.parts(role, tier);
        let first = self.conversation.turns.len() as u16;
        let to = if first == 0 { 0 } else { to? };
        let voice = self.rng.next();
        for part in 0..parts {
            if !self.world.lasts(time) {
                break;
            }
            self.conversation.turns.push(Turn { time, by, role, feeling, tier, to, part: (part, parts), voice });
            time += self.rng.between(4, 25) as Seconds;
        }
        (self.conversation.turns.len() as u16 > first).then_some(first)
    }

    /// When a turn was said in full.
    pub(crate) fn end_of(&self, turn: u16) -> Seconds {
        let turns = &self.conversation.turns;
        let Some(first) = turns.get(usize::from(turn)) else { return self.world.calendar.end };
        let parts = turns.iter().skip(usize::from(turn)).take_while(|part| part.voice == first.voice);
        parts.map(|part| part.time).max().unwrap_or(first.time)
    }

    /// In chat, people write several lines.
    fn parts(&mut self, role: Role, tier: u8) -> u8 {
        if self.conversation.place != Place::Chat {
            return 1;
        }
        let most = match role {
            Role::Question => 2,
            Role::Answer if tier >= 2 => 2,
            Role::Answer | Role::Detail => 1,
            _ => 0,
        };
        // Nobody's line in a chat is longer than 400 characters or so.
        let least = if role == Role::Answer && tier >= 2 { 2 } else { 1 };
        least + self.rng.streak(0.6, most) as u8
    }

    pub(crate) fn finish(self) -> Conversation {
        self.conversation
    }
}
