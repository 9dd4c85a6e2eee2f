//! Who has shown to know what, as of a time: from the questions of others that people helped with.

use model::time::DAY;
use pace::Pace;
use rustc_hash::FxHashMap;

use super::{Areas, Conversations, Helped, NEVER, State, known};

mod pace;

/// People kept for one area: beyond them nobody is suggested for having helped with it.
const PER_AREA: usize = 100;
/// After so many days an answer counts half: three ways to look at it, and how much each counts is learned from the
/// community itself ([`Pace`]).
const HALVES: [f64; 3] = [15.0, 90.0, 540.0];
/// Having been thanked or accepted, or the question having been resolved, counts for so many answers more.
pub(crate) const THANKED: f64 = 1.0;
const RESOLVED: f64 = 0.25;
/// How far back [`Knows::lately`] counts.
const LATELY: i64 = 90 * DAY;

/// What one person helped with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Knows {
    pub(crate) person: u32,
    /// Questions of others that they wrote in.
    pub(crate) answered: u32,
    /// Those where they were accepted or thanked.
    pub(crate) thanked: u32,
    /// When they first and last did; [`NEVER`] if unknown.
    pub(crate) first: i64,
    pub(crate) last: i64,
    /// Questions of the last 90 days.
    pub(crate) lately: u32,
    /// All of it, faded in each of the ways of [`HALVES`].
    faded: [f32; 3],
    /// Their share of what all did, 0 to 1.
    pub(crate) share: f32,
}

/// Those who helped with one area, who has the largest share of it first.
#[derive(Debug, Default, Clone)]
pub(crate) struct Helping(Vec<Knows>);

/// What was known at a time.
#[derive(Debug, Default)]
pub(crate) struct Knowledge {
    areas: Vec<Helping>,
    places: Vec<Helping>,
    all: Helping,
    by_person: FxHashMap<u32, u32>,
    /// Questions of the last 90 days that anybody helped with.
    lately: u32,
}

/// Somebody's part in one question.
struct Part {
    thanked: bool,
    resolved: bool,
    when: i64,
    now: i64,
}

impl Knowledge {
    /// What was said before `now` shows. How a conversation ended is known if it had ended then.
    pub(crate) fn of(conversations: &Conversations, helped: &Helped, areas: &Areas, now: i64) -> Knowledge {
        let mut by_area = vec![Tally::default(); areas.len()];
        let mut by_place = vec![Tally::default(); conversations.places.len()];
        let (mut all, mut lately, mut events) = (Tally::default(), 0, Vec::new());
        for row in (0..conversations.len()).filter(|row| conversations.question[*row as usize]) {
            let ended = conversations.latest(row) < now;
            let resolved = ended && conversations.state[row as usize] == State::Resolved;
            let mut first = NEVER;
            for (person, when) in helped.of(conversations, row).filter(|(_, when)| *when < now) {
                let thanked = ended && conversations.thanked(row).contains(&person);
                let part = Part { thanked, resolved, when, now };
                first = if first == NEVER { when } else { first.min(when) };
                events.push((when, person));
                all.add(person, &part);
                by_place[conversations.place[row as usize] as usize].add(person, &part);
                areas.of(row).iter().for_each(|area| by_area[*area as usize].add(person, &part));
            }
            lately += u32::from(first > now.saturating_sub(LATELY));
        }
        let pace = Pace::of(events);
        let all = all.done(usize::MAX, &pace);
        let by_person = all.0.iter().zip(0..).map(|(knows, place)| (knows.person, place)).collect();
        let done = |tallies: Vec<Tally>| tallies.into_iter().map(|tally| tally.done(PER_AREA, &pace)).collect();
        Knowledge { areas: done(by_area), places: done(by_place), all, by_person, lately }
    }

    /// Those who helped with an area.
    pub(crate) fn area(&self, area: u32) -> &Helping {
        self.areas.get(area as usize).unwrap_or(&EMPTY)
    }

    /// Those who helped in a channel, by its number.
    pub(crate) fn place(&self, place: u32) -> &Helping {
        self.places.get(place as usize).unwrap_or(&EMPTY)
    }

    /// Everybody who helped.
    pub(crate) fn all(&self) -> &Helping {
        &self.all
    }

    /// In how many of the questions of the last 90 days that anybody helped with, a person did.
    pub(crate) fn carried(&self, person: u32) -> (u32, u32) {
        (self.person(person).map_or(0, |knows| knows.lately), self.lately)
    }

    /// All that one person did.
    pub(crate) fn person(&self, person: u32) -> Option<&Knows> {
        self.all.0.get(*self.by_person.get(&person)? as usize)
    }
}

static EMPTY: Helping = Helping(Vec::new());

impl Helping {
    /// Who did most first.
    pub(crate) fn people(&self) -> &[Knows] {
        &self.0
    }
}

/// [`Helping`] in the making.
#[derive(Debug, Default, Clone)]
struct Tally(FxHashMap<u32, Knows>);

impl Tally {
    fn add(&mut self, person: u32, part: &Part) {
        let none = Knows {
            person,
            answered: 0,
            thanked: 0,
            first: NEVER,
            last: NEVER,
            lately: 0,
            faded: [0.0; 3],
            share: 0.0,
        };
        let knows = self.0.entry(person).or_insert(none);
        knows.answered += 1;
        knows.thanked += u32::from(part.thanked);
        knows.last = knows.last.max(part.when);
        knows.first = if knows.first == NEVER { part.when } else { knows.first.min(part.when) };
        knows.lately += u32::from(part.when > part.now.saturating_sub(LATELY));
        let weight = 1.0
            + if part.thanked { THANKED } else { 0.0 }
            + if part.resolved && !part.thanked { RESOLVED } else { 0.0 };
        for (faded, half) in knows.faded.iter_mut().zip(HALVES) {
            *faded += (weight * fading(part.when, part.now, half)) as f32;
        }
    }

    fn done(self, most: usize, pace: &Pace) -> Helping {
        let mut people: Vec<Knows> = self.0.into_values().collect();
        let whole: [f32; 3] = std::array::from_fn(|way| people.iter().map(|knows| knows.faded[way]).sum());
        people.iter_mut().for_each(|knows| knows.share = pace.share(knows.faded, whole));
        people.sort_unstable_by(|a, b| b.share.total_cmp(&a.share).then(a.person.cmp(&b.person)));
        people.truncate(most);
        people.shrink_to_fit();
        Helping(people)
    }
}

/// After so many days, where nothing was learned of the community, an answer counts half.
pub(crate) const SLOW: f64 = 365.0;

/// What something that happened `then` counts `now`: 1 today, half after so many days. What nobody knows the time
/// of counts as two half lives old.
pub(crate) fn fading(then: i64, now: i64, half: f64) -> f64 {
    let half = half * DAY as f64;
    let age = known(then).map_or(2.0 * half, |then| now.saturating_sub(then).max(0) as f64);
    (-age / half).exp2()
}
