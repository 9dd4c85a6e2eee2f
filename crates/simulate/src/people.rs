//! All people: who is there at the beginning, who comes, and who can be drawn to do what.

use crate::clock::{DAY, Seconds, is_weekend, local};
use crate::conversation::Place;
use crate::names::{Name, Names};
use crate::person::{Fate, Person};
use crate::rng::Rng;
use crate::settings::SimulateError;
use crate::urn::Urn;
use crate::world::World;

#[derive(Debug)]
pub(crate) struct People {
    pub(crate) list: Vec<Person>,
    names: Names,
    rng: Rng,
    areas: usize,
    end: Seconds,
    askers: Urn,
    /// For each area, who can help.
    helpers: Vec<Urn>,
    talkers: Urn,
    committers: Urn,
    pub(crate) hero: u32,
    pub(crate) core: Vec<u32>,
    /// Those three who answer in the forum only; none where nothing is planted.
    pub(crate) outsiders: Vec<u32>,
    pub(crate) list_bot: u32,
    pub(crate) chat_bot: u32,
    pub(crate) code_bot: u32,
}

const ALL_PLACES: u8 = 0b1111;
const CORE: usize = 6;
const OUTSIDERS: usize = 3;

impl People {
    /// The community on its first day. Larger ones have more regulars.
    pub(crate) fn found(world: &World) -> Result<People, SimulateError> {
        let (seed, messages) = (world.settings.seed, world.settings.messages);
        let (start, end) = (world.calendar.start, world.calendar.end);
        let areas = world.topics.areas.len();
        let mut people = People {
            list: Vec::new(),
            names: Names::load()?,
            rng: Rng::of(seed, 1),
            areas,
            end,
            askers: Urn::default(),
            helpers: (0..areas).map(|_| Urn::default()).collect(),
            talkers: Urn::default(),
            committers: Urn::default(),
            hero: 0,
            core: Vec::new(),
            outsiders: Vec::new(),
            list_bot: 0,
            chat_bot: 0,
            code_bot: 0,
        };
        let first = Place::List;
        people.hero = people.join(first, start, Fate::Hero);
        people.core = (0..CORE).map(|_| people.join(first, start, Fate::Core)).collect();
        // One of the maintainers leaves in the third year.
        people.list[people.core[CORE - 1] as usize].until = start + 820 * DAY;
        for _ in 0..10 + messages / 4_000 {
            people.join(first, start, Fate::Helper);
        }
        for _ in 0..18 + messages / 2_500 {
            people.join(first, start, Fate::Occasional);
        }
        people.list_bot = people.bot("Relaywind Tracker", "tracker", start);
        people.chat_bot = people.bot("Relaywind CI", "relaywind-ci", start);
        people.code_bot = people.bot("dependency-bot", "dependency-bot", start);
        if let Some(planted) = &world.planted {
            people.outsiders = (0..OUTSIDERS).map(|_| people.outsider(planted.outsiders)).collect();
        }
        Ok(people)
    }

    pub(crate) fn get(&self, number: u32) -> &Person {
        &self.list[number as usize]
    }

    pub(crate) fn names(&self) -> &Names {
        &self.names
    }

    /// Somebody new who has come to `place`. What becomes of them is settled by [`People::settle`].
    pub(crate) fn newcomer(&mut self, place: Place, time: Seconds) -> u32 {
        self.add(place, time, Fate::Once)
    }

    /// Decides what becomes of a newcomer, given how their first conversation went: those who are
    /// answered, and kindly, stay more often.
    pub(crate) fn settle(&mut self, number: u32, first_area: usize, welcomed: bool, busy_until: Seconds) {
        let weights = if welcomed { [0.50, 0.33, 0.12, 0.05] } else { [0.88, 0.11, 0.01, 0.0] };
        let fate = [Fate::Once, Fate::Occasional, Fate::Helper, Fate::Contributor][self.rng.weighted(&weights)];
        let person = &mut self.list[number as usize];
        person.welcomed = Some(welcomed);
        person.busy_until = busy_until;
        person.areas = 1 << first_area;
        self.become_(number, fate, busy_until);
    }

    /// Somebody who asks or begins something, and has been here before.
    pub(crate) fn asker(&mut self, rng: &mut Rng, place: Place, time: Seconds) -> Option<u32> {
        let weekend = is_weekend(&local(time, 0));
        let patience = rng.unit();
        let list = &self.list;
        self.askers.draw(
            rng,
            |who| list[who as usize].until < time,
            |who| {
                let person = &list[who as usize];
                let rests = weekend && person.office && patience < 0.8;
                person.places & place.bit() != 0 && person.busy_until <= time && !rests
            },
        )
    }

    /// Somebody who can help with an area: an awake one where the place is quick.
    pub(crate) fn helper(&mut self, rng: &mut Rng, area: usize, place: Place, time: Seconds, except: &[u32]) -> u32 {
        let list = &self.list;
        let drawn = self.helpers[area].draw(
            rng,
            |who| list[who as usize].until < time,
            |who| {
                let person = &list[who as usize];
                let asleep = place == Place::Chat && local(time, person.zone).hour() < 8;
                person.places & place.bit() != 0 && person.helps_from <= time && !asleep && !except.contains(&who)
            },
        );
        drawn.unwrap_or_else(|| self.maintainer(rng, time, except))
    }

    /// Somebody who joins a discussion.
    pub(crate) fn talker(&mut self, rng: &mut Rng, place: Place, time: Seconds) -> u32 {
        let list = &self.list;
        let drawn = self.talkers.draw(
            rng,
            |who| list[who as usize].until < time,
            |who| list[who as usize].places & place.bit() != 0 && list[who as usize].busy_until <= time,
        );
        drawn.unwrap_or_else(|| self.maintainer(rng, time, &[]))
    }

    pub(crate) fn committer(&mut self, rng: &mut Rng, time: Seconds) -> u32 {
        let list = &self.list;
        let drawn = self.committers.draw(
            rng,
            |who| list[who as usize].until < time,
            |who| list[who as usize].commits_from <= time,
        );
        drawn.unwrap_or_else(|| self.maintainer(rng, time, &[]))
    }

    /// One of the maintainers who is still there and not among `except`, if any.
    pub(crate) fn maintainer(&mut self, rng: &mut Rng, time: Seconds, except: &[u32]) -> u32 {
        let start = rng.below(self.core.len() as u64) as usize;
        let mut turn = self.core.iter().cycle().skip(start).take(self.core.len());
        let free = turn.find(|who| self.get(**who).until >= time && !except.contains(who));
        free.copied().unwrap_or(self.core[0])
    }

    fn join(&mut self, place: Place, time: Seconds, fate: Fate) -> u32 {
        let number = self.add(place, time, fate);
        let area = self.rng.below(self.areas as u64) as usize;
        self.list[number as usize].areas = 1 << area;
        self.become_(number, fate, time);
        // They have been here for long.
        let person = &mut self.list[number as usize];
        person.helps_from = time;
        if person.fate >= Fate::Core {
            person.commits_from = time;
        }
        number
    }

    fn bot(&mut self, full: &str, user: &str, time: Seconds) -> u32 {
        let number = self.add(Place::List, time, Fate::Bot);
        let person = &mut self.list[number as usize];
        person.full = full.to_owned();
        person.first = full.to_owned();
        person.nick = user.to_owned();
        person.mail = format!("{user}@relaywind.example");
        person.code_mail = person.mail.clone();
        person.second_mail = None;
        person.until = self.end;
        number
    }

    /// Somebody who is drawn for answers in the forum and for nothing else.
    fn outsider(&mut self, time: Seconds) -> u32 {
        let number = self.add(Place::Forum, time, Fate::Outsider);
        let person = &mut self.list[number as usize];
        person.places = Place::Forum.bit();
        person.forum_name = person.full.clone();
        person.until = self.end;
        number
    }

    fn add(&mut self, place: Place, time: Seconds, fate: Fate) -> u32 {
        let rng = &mut self.rng;
        let name = self.names.person(rng);
        let nick = self.names.nick(rng, &name);
        let organization = rng.chance(0.6).then(|| rng.below(self.names.organizations().len() as u64 - 1) as usize);
        let organization = match fate {
            Fate::Core if rng.chance(0.5) => Some(self.names.organizations().len() - 1),
            _ => organization,
        };
        let at_work = organization.filter(|_| rng.chance(0.7));
        let mail = self.names.address(rng, &name, &nick, at_work);
        let second_mail = rng.chance(0.08).then(|| {
            let from = time + rng.between(5, 400) as Seconds * DAY;
            (from, self.names.address(rng, &name, &nick, organization.filter(|_| at_work.is_none())))
        });
        let code_mail = match (rng.below(100), &second_mail) {
            (0..78, _) => mail.clone(),
            (_, Some((_, second))) => second.clone(),
            _ => format!("{nick}@users.noreply.example"),
        };
        let mut places = place.bit();
        for other in [Place::List, Place::Chat, Place::Forum] {
            if rng.chance(0.28) {
                places |= other.bit();
            }
        }
        let number = self.list.len() as u32;
        self.list.push(Person {
            number,
            forum_name: forum_name(rng, &name, &nick),
            full: name.full,
            first: name.first,
            nick,
            mail,
            second_mail,
            code_mail,
            forum_id: 0,
            organization,
            zone: name.zone,
            office: rng.chance(0.55),
            fate,
            places,
            areas: 0,
            since: time,
            busy_until: time,
            helps_from: Seconds::MAX,
            commits_from: Seconds::MAX,
            until: time,
            used: 0,
            welcomed: None,
        });
        number
    }

    /// Puts somebody into the urns that their fate asks for.
    fn become_(&mut self, number: u32, fate: Fate, from: Seconds) {
        let rng = &mut self.rng;
        let person = &mut self.list[number as usize];
        person.fate = fate;
        let (days, asks, helps, commits) = match fate {
            Fate::Once | Fate::Outsider | Fate::Bot => return,
            Fate::Occasional => (220.0, 100.0, 0.0, 0.0),
            Fate::Helper => (420.0, 60.0, 100.0, 0.0),
            Fate::Contributor => (560.0, 40.0, 120.0, 60.0),
            Fate::Core => (5_000.0, 12.0, 170.0, 400.0),
            Fate::Hero => (9_000.0, 4.0, 400.0, 150.0),
        };
        person.until = from + (rng.lognormal(days, 0.8) * DAY as f64) as Seconds;
        person.helps_from = from + rng.between(15, 110) as Seconds * DAY;
        person.commits_from = from + rng.between(40, 200) as Seconds * DAY;
        let mut weigh = |scale: f64, spread: f64| (rng.lognormal(scale, spread) as u32).clamp(1, 6_000);
        self.askers.push(number, weigh(asks, 1.0));
        if helps > 0.0 {
            let weight = weigh(helps, 1.3);
            self.talkers.push(number, weight);
            person.places |= if fate >= Fate::Core { ALL_PLACES } else { 0 };
            let more = match fate {
                Fate::Hero => self.areas as u64 * 8,
                Fate::Core => 8,
                _ => 3,
            };
            for _ in 0..more {
                person.areas |= 1 << self.rng.below(self.areas as u64);
            }
            // The hero is drawn before all others.
            for area in (0..self.areas).filter(|area| person.areas & 1 << area != 0 && fate != Fate::Hero) {
                self.helpers[area].push(number, weight);
            }
        }
        if commits > 0.0 {
            let weight = (self.rng.lognormal(commits, 1.0) as u32).clamp(1, 6_000);
            self.committers.push(number, weight);
        }
    }
}

fn forum_name(rng: &mut Rng, name: &Name, nick: &str) -> String {
    match rng.below(4) {
        0 | 1 => name.full.clone(),
        2 => nick.to_owned(),
        _ => format!("{} {}.", name.first, name.family.chars().next().unwrap_or('X')),
    }
}
