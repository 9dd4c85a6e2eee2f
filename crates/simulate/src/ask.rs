//! How a question goes: whether somebody answers, of which tier, and whether the asker says thanks.

use crate::clock::{DAY, Seconds};
use crate::conversation::{Conversation, Feeling, Opening, Place, Role};
use crate::draft::{Draft, Pace};
use crate::people::People;
use crate::world::World;

/// Plans one question. `newcomer` is true when it is the asker's first.
pub(crate) fn question(
    world: &World,
    people: &mut People,
    (number, place): (u32, Place),
    asker: u32,
    newcomer: bool,
    time: Seconds,
) -> Conversation {
    let mut draft = Draft::new(world, people, number, place, Opening::Question);
    let tier = draft.rng.weighted(&[0.22, 0.40, 0.24, 0.11, 0.03]) as u8;
    draft.conversation.tier = tier;
    if world.calendar.releases.iter().any(|release| (release.day..release.day + 10 * DAY).contains(&time))
        && draft.rng.chance(0.4)
        && let Some(topic) = world.topics.list.iter().position(|topic| topic.id == "upgrade-major")
    {
        draft.conversation.topic = topic;
    }
    let feeling = match draft.rng.weighted(&[0.77, 0.09, 0.11, 0.03]) {
        0 => Feeling::Calm,
        1 => Feeling::Friendly,
        2 => Feeling::Frustrated,
        _ => Feeling::Angry,
    };
    let question = draft.say(asker, Role::Question, feeling, 0, None, time);
    let answered = draft.rng.chance(answer_chance(world, place, tier, feeling, newcomer, time));
    let mut ask = Ask { draft, asker, question, tier };
    if answered {
        ask.help(question, Pace::First);
    } else {
        ask.wait();
    }
    ask.draft.finish()
}

/// Whether a newcomer was welcomed: answered by somebody within three days, and not unkindly.
pub(crate) fn welcomed(conversation: &Conversation) -> bool {
    let opened = conversation.turns.first().map_or(0, |turn| turn.time);
    let mut others = conversation.turns.iter().filter(|turn| turn.by != conversation.asker());
    let unkind = conversation.turns.iter().any(|turn| turn.feeling == Feeling::Unkind);
    !unkind && others.any(|turn| turn.role == Role::Answer && turn.time < opened + 3 * DAY)
}

fn answer_chance(world: &World, place: Place, tier: u8, feeling: Feeling, newcomer: bool, time: Seconds) -> f64 {
    let mut chance = match place {
        Place::Forum => 0.85,
        Place::Chat => 0.82,
        Place::List | Place::Code => 0.88,
    };
    if tier >= 3 {
        chance -= 0.12;
    }
    if feeling == Feeling::Angry {
        chance -= 0.1;
    }
    if newcomer {
        chance -= 0.04;
    }
    if world.calendar.hero_away(time) {
        chance *= 0.45;
    }
    chance
}

struct Ask<'a> {
    draft: Draft<'a>,
    asker: u32,
    question: Option<u16>,
    tier: u8,
}

impl Ask<'_> {
    /// Nobody answers; some ask again, a few of them with success.
    fn wait(&mut self) {
        let Some(question) = self.question else { return };
        let asked = self.draft.end_of(question);
        if self.draft.rng.chance(0.08) {
            let other = self.draft.people.talker(&mut self.draft.rng, self.draft.conversation.place, asked);
            if other != self.asker {
                let time = self.draft.later(other, asked, Pace::Late);
                self.draft.say(other, Role::MeToo, Feeling::Frustrated, 0, self.question, time);
            }
        }
        if self.draft.rng.chance(0.16) {
            let time = self.draft.later(self.asker, asked, Pace::Late);
            let bump = self.draft.say(self.asker, Role::Bump, Feeling::Frustrated, 0, self.question, time);
            if self.draft.rng.chance(0.35) {
                self.help(bump, Pace::First);
            }
        }
    }

    /// From the first answer to the last word.
    fn help(&mut self, asked: Option<u16>, pace: Pace) {
        let Some(asked) = asked else { return };
        let mut after = asked;
        let helper = self.pick_helper(self.draft.end_of(asked), &[]);
        let mut pace = pace;
        if self.draft.rng.chance(0.23) {
            let time = self.draft.later(helper, self.draft.end_of(after), pace);
            let back = self.draft.say(helper, Role::Clarify, Feeling::Calm, 0, Some(after), time);
            let Some(back) = back else { return };
            let gives = self.draft.rng.chance(0.84);
            let time = self.draft.later(self.asker, self.draft.end_of(back), Pace::Next);
            match gives.then(|| self.draft.say(self.asker, Role::Detail, Feeling::Calm, 0, Some(back), time)) {
                Some(Some(detail)) => after = detail,
                // The asker was not seen again.
                _ => return,
            }
            pace = Pace::Next;
        }
        let first_tier =
            if self.tier >= 2 && self.draft.rng.chance(0.4) { self.draft.rng.below(2) as u8 } else { self.tier };
        let unkind = first_tier == 0 && self.draft.rng.chance(0.07);
        let feeling = if unkind { Feeling::Unkind } else { Feeling::Calm };
        let time = self.draft.later(helper, self.draft.end_of(after), pace);
        let Some(mut answer) = self.draft.say(helper, Role::Answer, feeling, first_tier, Some(after), time) else {
            return;
        };
        if first_tier < self.tier || self.draft.rng.chance(0.1) {
            match self.escalate(helper, answer) {
                Some(better) => answer = better,
                None => return,
            }
        }
        self.more(answer);
        if !unkind {
            self.end(answer);
        }
    }

    /// The answer did not help: the asker says so, and somebody, maybe somebody else, knows more. `None`
    /// if it ends here.
    fn escalate(&mut self, helper: u32, answer: u16) -> Option<u16> {
        if !self.draft.rng.chance(0.8) {
            return None;
        }
        let time = self.draft.later(self.asker, self.draft.end_of(answer), Pace::Next);
        let feeling = match self.draft.rng.weighted(&[0.7, 0.22, 0.08]) {
            0 => Feeling::Calm,
            1 => Feeling::Frustrated,
            _ => Feeling::Angry,
        };
        let still = self.draft.say(self.asker, Role::Still, feeling, 0, Some(answer), time)?;
        let time = self.draft.end_of(still);
        let next = if self.draft.rng.chance(0.5) { helper } else { self.pick_helper(time, &[helper]) };
        if !self.draft.rng.chance(0.88) {
            return None;
        }
        let time = self.draft.later(next, time, Pace::Next);
        let tier = self.tier.max(1);
        self.draft.say(next, Role::Answer, Feeling::Calm, tier, Some(still), time)
    }

    /// Somebody else adds a word.
    fn more(&mut self, answer: u16) {
        if self.draft.rng.chance(0.13) {
            let time = self.draft.end_of(answer);
            let other = self.pick_helper(time, &[]);
            let time = self.draft.later(other, time, Pace::First);
            self.draft.say(other, Role::Remark, Feeling::Calm, 0, Some(answer), time);
        }
    }

    /// Thanks, acceptance, or silence.
    fn end(&mut self, answer: u16) {
        let place = self.draft.conversation.place;
        let thanks = match place {
            Place::Forum => 0.35,
            Place::Chat => 0.58,
            Place::List | Place::Code => 0.52,
        };
        let thankful = self.draft.rng.chance(thanks);
        let time = self.draft.later(self.asker, self.draft.end_of(answer), Pace::Next);
        if place == Place::Forum
            && self.draft.rng.chance(if thankful { 0.8 } else { 0.4 })
            && self.draft.world.lasts(time)
        {
            self.draft.conversation.accepted = Some((answer, time));
        }
        if !thankful {
            return;
        }
        let feeling = if self.draft.rng.chance(0.18) { Feeling::Delighted } else { Feeling::Grateful };
        let said = self.draft.say(self.asker, Role::Thanks, feeling, 0, Some(answer), time);
        let welcome = if place == Place::Chat { 0.3 } else { 0.05 };
        if let Some(said) = said
            && self.draft.rng.chance(welcome)
            && let Some(helper) = self.draft.conversation.turns.get(usize::from(answer)).map(|turn| turn.by)
        {
            let time = self.draft.later(helper, time, Pace::Next);
            self.draft.say(helper, Role::Welcome, Feeling::Friendly, 0, Some(said), time);
        }
    }

    fn pick_helper(&mut self, time: Seconds, except: &[u32]) -> u32 {
        let Draft { world, people, rng, conversation } = &mut self.draft;
        let hero = people.hero;
        let away = world.calendar.hero_away(time);
        if !away && hero != self.asker && !except.contains(&hero) && rng.chance(world.hero_share) {
            return hero;
        }
        if conversation.place == Place::Forum
            && let Some(planted) = &world.planted
            && let Some(outsider) = planted.outsider(rng, people, time)
            && !except.contains(&outsider)
        {
            return outsider;
        }
        let mut except = except.to_vec();
        except.push(self.asker);
        if away {
            except.push(hero);
        }
        let area = world.topics.area_of[conversation.topic];
        people.helper(rng, area, conversation.place, time, &except)
    }
}
