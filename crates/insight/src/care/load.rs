//! Heroes: who does most of something, what of it could be handed over, and to whom.
//!
//! Counted are the answers of the last year by channel and by knowledge area, and changes and reviews by place. One entry
//! per person, so that the one who does everything fills one line.

use model::ActivityKind;
use model::time::DAY;
use rustc_hash::FxHashMap;

use super::{Circle, sayings};
use crate::columns::{Doing, Lives, NEVER};
use crate::people::{YEAR, place_name};
use crate::views::{HeavyArea, HeavyView, MentorView};
use crate::{Community, Result};

/// It takes so many in a year to say that one does most of them, and that one does so many.
const LEAST: (u32, u32) = (12, 8);
/// Most: half of all, or a fifth of all and twice as much as the next one.
const HALF: f64 = 0.5;
const FIFTH: f64 = 0.2;
/// People shown, things of each, people who could take a part, and examples.
const SHOWN: usize = 8;
const AREAS: usize = 6;
const OTHERS: usize = 3;
const EXAMPLES: usize = 3;
/// Who could take a part was seen in these days.
const LATELY: i64 = 90 * DAY;

/// What is shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    Answers(u32),
    AnswersIn(u32),
    Changes(u32),
    Reviews(u32),
}

/// Somebody who does most of something, before the desk is asked.
#[derive(Debug)]
pub(crate) struct Heavy {
    person: u32,
    parts: Vec<Part>,
}

/// Something of which one person does most.
#[derive(Debug)]
struct Part {
    what: String,
    done: u32,
    of: u32,
    /// Who did some of it too, most first.
    others: Vec<(u32, u32)>,
    /// Rows of conversations, the latest first.
    examples: Vec<u32>,
}

/// Who did how much of it, and when which conversation was answered.
#[derive(Debug, Default)]
struct Tally {
    people: FxHashMap<u32, u32>,
    rows: Vec<(i64, u32)>,
}

impl Community {
    /// Who does most of what, who does most of most first.
    pub(super) fn heavy(&self, circle: &Circle) -> Result<Vec<HeavyView>> {
        let now = circle.moment.now;
        let heavy = self.care.load.get(now, || self.find_heavy(now))?;
        let shown: Vec<&Heavy> = heavy.iter().filter(|one| !circle.marks.is_staff(one.person)).take(SHOWN).collect();
        let titles = self.titles()?;
        let laden: Vec<u32> = heavy.iter().map(|one| one.person).collect();
        let area = |part: &Part| {
            let fits = |(other, _): &&(u32, u32)| {
                let seen = self.people.last_seen.get(*other as usize).copied().unwrap_or(NEVER);
                seen > now.saturating_sub(LATELY) && !laden.contains(other) && self.is_open_to(*other, circle)
            };
            let view = |(other, done): &(u32, u32)| {
                let why = vec![format!("did {done} of them in the last year")];
                Some(MentorView { person: self.person_ref(*other)?, why })
            };
            HeavyArea {
                what: part.what.clone(),
                done: part.done,
                of: part.of,
                share: f64::from(part.done) / f64::from(part.of.max(1)),
                others: part.others.iter().filter(fits).take(OTHERS).filter_map(view).collect(),
                examples: part.examples.iter().map(|row| self.conversation_ref(*row, &titles)).collect(),
            }
        };
        let view = |one: &&Heavy| {
            let areas: Vec<HeavyArea> = one.parts.iter().take(AREAS).map(area).collect();
            let first = areas.first()?;
            let other = areas.iter().find_map(|area| area.others.first()).map(|other| other.person.name.as_str());
            let say = sayings::relieve(&first.what, first.done, first.of, other);
            let (person, areas_total) = (self.person_ref(one.person)?, one.parts.len() as u64);
            Some(HeavyView { person, areas_total, say, areas })
        };
        Ok(shown.iter().filter_map(view).collect())
    }

    fn find_heavy(&self, now: i64) -> Result<Vec<Heavy>> {
        let lives = self.lives()?;
        let mut tallies = FxHashMap::<Kind, Tally>::default();
        self.tally_answers(now, &mut tallies)?;
        self.tally_work(&lives, now, &mut tallies);
        let areas = self.areas()?;
        let mut heavy = FxHashMap::<u32, Vec<Part>>::default();
        for (kind, tally) in tallies {
            let what = match kind {
                Kind::Answers(area) => format!("answers about {}", areas.name(area)),
                Kind::AnswersIn(place) => format!("answers on {}", place_name(self.conversations.places.get(place))),
                Kind::Changes(place) => format!("changes in {}", place_name(lives.places.get(place))),
                Kind::Reviews(place) => format!("reviews in {}", place_name(lives.places.get(place))),
            };
            if let Some((person, part)) = self.part(what, tally) {
                heavy.entry(person).or_default().push(part);
            }
        }
        let mut heavy: Vec<Heavy> = heavy.into_iter().map(|(person, parts)| Heavy { person, parts }).collect();
        for one in &mut heavy {
            one.parts.sort_by(|a, b| (b.done, &a.what).cmp(&(a.done, &b.what)));
        }
        let all = |one: &Heavy| one.parts.iter().map(|part| u64::from(part.done)).sum::<u64>();
        heavy.sort_by_key(|one| (std::cmp::Reverse(all(one)), one.person));
        Ok(heavy)
    }

    /// What one person does most of; none if nobody does.
    fn part(&self, what: String, tally: Tally) -> Option<(u32, Part)> {
        let of: u32 = tally.people.values().sum();
        let mut people: Vec<(u32, u32)> = tally.people.into_iter().collect();
        people.sort_by_key(|(person, done)| (std::cmp::Reverse(*done), *person));
        let (person, done) = *people.first()?;
        let next = people.get(1).map_or(0, |(_, done)| *done);
        let share = f64::from(done) / f64::from(of.max(1));
        let most = share >= HALF || (share >= FIFTH && done >= next.saturating_mul(2));
        if of < LEAST.0 || done < LEAST.1 || !most {
            return None;
        }
        let mut rows = tally.rows;
        rows.retain(|(_, row)| self.conversations.helpers(*row).contains(&person));
        rows.sort_unstable_by_key(|row| std::cmp::Reverse(*row));
        rows.dedup_by_key(|(_, row)| *row);
        let examples = rows.into_iter().take(EXAMPLES).map(|(_, row)| row).collect();
        Some((person, Part { what, done, of, others: people.into_iter().skip(1).take(20).collect(), examples }))
    }

    fn tally_answers(&self, now: i64, tallies: &mut FxHashMap<Kind, Tally>) -> Result<()> {
        let (helped, areas) = (self.helped()?, self.areas()?);
        let conversations = &self.conversations;
        let lately = now.saturating_sub(YEAR);
        let rows = (0..conversations.len()).filter(|row| conversations.question[*row as usize]);
        for row in rows.filter(|row| conversations.latest(*row) > lately) {
            for (person, time) in helped.of(conversations, row).filter(|(_, time)| *time > lately && *time <= now) {
                // What somebody else asks elsewhere for the same words is no area of here.
                let topics = areas.of(row).iter().filter(|area| self.is_of_here(&areas, areas.name(**area)));
                let kinds = topics.map(|area| Kind::Answers(*area));
                for kind in kinds.chain([Kind::AnswersIn(conversations.place[row as usize])]) {
                    let tally = tallies.entry(kind).or_default();
                    *tally.people.entry(person).or_default() += 1;
                    tally.rows.push((time, row));
                }
            }
        }
        Ok(())
    }

    fn tally_work(&self, lives: &Lives, now: i64, tallies: &mut FxHashMap<Kind, Tally>) {
        use ActivityKind::{Authored, CoAuthored, Reviewed};
        for person in (0..self.people.len() as u32).filter(|person| !self.people.is_bot(*person)) {
            let past = lives.of(person).iter().filter(|entry| entry.time() <= now);
            for entry in past.take_while(|entry| entry.time() > now.saturating_sub(YEAR)) {
                let kind = match entry.doing() {
                    Doing::Did(Authored | CoAuthored) => Kind::Changes(entry.place()),
                    Doing::Did(Reviewed) => Kind::Reviews(entry.place()),
                    _ => continue,
                };
                *tallies.entry(kind).or_default().people.entry(person).or_default() += 1;
            }
        }
    }
}
