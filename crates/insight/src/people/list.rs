//! Lists of people: found by name, kept by what they do, where they are and what they know.

use std::cmp::Reverse;
use std::sync::Arc;

use model::time::DAY;

use super::marks::Marks;
use super::ranks::{Ranks, Segment};
use super::{Level, entries};
use crate::columns::{Lives, Roster, known};
use crate::remembered::Remembered;
use crate::views::{PeopleChoices, PeopleList, PersonLine, SegmentCount};
use crate::{Community, Result};

/// Channels and areas shown of each person.
const SHOWN: usize = 3;

/// Which people, and in which order. Bots and staff are in no list but their own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleAsk {
    /// Words that must all be in a name or nick of theirs.
    pub name: Option<String>,
    /// In this segment.
    pub segment: Option<Segment>,
    /// At this level.
    pub level: Option<Level>,
    /// Did something there: a source, or `SOURCE/CHANNEL`.
    pub channel: Option<String>,
    /// Is there now, or was.
    pub organization: Option<String>,
    /// Helped with it: a knowledge area without its kind.
    pub area: Option<String>,
    /// Has this tag of the team's.
    pub tag: Option<String>,
    /// In which order.
    pub sort: PeopleSort,
    /// Whether who asks may see what the team wrote down.
    pub team: bool,
    /// Pass over so many.
    pub offset: usize,
    /// List at most so many.
    pub limit: usize,
}

/// The order of a list of people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PeopleSort {
    /// Who was seen last comes first.
    #[default]
    Seen,
    /// Who came last comes first.
    New,
    /// By name.
    Name,
    /// Who helped with most questions comes first.
    Helped,
    /// Who wrote most comes first.
    Messages,
}

impl PeopleSort {
    /// Every order.
    pub const ALL: &'static [PeopleSort] =
        &[PeopleSort::Seen, PeopleSort::New, PeopleSort::Name, PeopleSort::Helped, PeopleSort::Messages];

    /// As it is written in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            PeopleSort::Seen => "seen",
            PeopleSort::New => "new",
            PeopleSort::Name => "name",
            PeopleSort::Helped => "helped",
            PeopleSort::Messages => "messages",
        }
    }

    /// Reads what [`PeopleSort::as_str`] wrote; `None` for any other word.
    pub fn parse(text: &str) -> Option<PeopleSort> {
        PeopleSort::ALL.iter().copied().find(|sort| sort.as_str() == text)
    }
}

/// What lists depend on besides the snapshot: the day, and the desk's latest step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ListStamp {
    day: i64,
    step: i64,
}

/// A list but for the part of it that is shown.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Key(PeopleAsk);

impl Key {
    fn of(ask: &PeopleAsk) -> Key {
        Key(PeopleAsk { offset: 0, limit: 0, ..ask.clone() })
    }
}

/// Lists remembered, each with 4 bytes for each person in it.
pub(crate) type PeopleLists = Remembered<Key, Vec<u32>, ListStamp, 16>;
/// How many are in each segment.
pub(crate) type Segments = Remembered<(), Vec<SegmentCount>, ListStamp>;

/// What a list is made from.
struct Room<'a> {
    community: &'a Community,
    lives: Arc<Lives>,
    roster: Arc<Roster>,
    ranks: Arc<Ranks>,
    marks: Arc<Marks>,
    now: i64,
}

/// What is asked for, looked up once.
struct Sieve {
    words: Vec<String>,
    segment: Option<Segment>,
    level: Option<Level>,
    /// None is asked for, or these places fit.
    places: Option<Vec<bool>>,
    organization: Option<Option<u32>>,
    area: Option<Option<u32>>,
    tag: Option<String>,
}

impl Community {
    /// The people that fit, in the order asked for: one page of them.
    pub fn people_list(&self, ask: &PeopleAsk) -> Result<PeopleList> {
        self.settle(self.people_room().and_then(|room| room.list(ask)))
    }

    fn people_room(&self) -> Result<Room<'_>> {
        let now = self.now().time;
        let marks = self.marks(self.desk()?.as_ref())?;
        Ok(Room { community: self, lives: self.lives()?, roster: self.roster()?, ranks: self.ranks(now)?, marks, now })
    }
}

impl Room<'_> {
    fn list(&self, ask: &PeopleAsk) -> Result<PeopleList> {
        let stamp = ListStamp { day: self.now.div_euclid(DAY), step: self.marks.step() };
        let people = self.community.people_lists.get(stamp, Key::of(ask), || Ok(self.fitting(ask)))?;
        let segments = self.community.people_segments.get(stamp, (), || Ok(self.segments()))?;
        let shown = people.iter().skip(ask.offset).take(ask.limit);
        Ok(PeopleList {
            total: people.len() as u64,
            people: shown.filter_map(|person| self.line(*person, ask.team)).collect(),
            segments: segments.to_vec(),
            choices: self.choices(ask.team),
        })
    }

    /// All who fit, in the order asked for.
    fn fitting(&self, ask: &PeopleAsk) -> Vec<u32> {
        let sieve = self.sieve(ask);
        let everybody = 0..self.community.people.len() as u32;
        let mut people: Vec<u32> = everybody.filter(|person| self.fits(*person, &sieve)).collect();
        self.sort(&mut people, ask.sort);
        people
    }

    fn sieve(&self, ask: &PeopleAsk) -> Sieve {
        let words = ask.name.iter().flat_map(|name| name.split_whitespace()).map(str::to_lowercase).collect();
        let places = ask.channel.as_ref().map(|wanted| {
            let fits = |(source, channel): (&str, &str)| {
                source == wanted
                    || wanted
                        .strip_prefix(source)
                        .and_then(|rest| rest.strip_prefix('/'))
                        .is_some_and(|rest| rest == channel)
            };
            self.lives.places.all().map(fits).collect()
        });
        Sieve {
            words,
            segment: ask.segment,
            level: ask.level,
            places,
            organization: ask.organization.as_deref().map(|name| self.roster.organizations.find(name)),
            area: ask.area.as_deref().map(|name| self.roster.areas.find(&name.to_lowercase())),
            // Whoever is not in the team cannot find out who has a tag either.
            tag: ask.tag.clone().filter(|_| ask.team),
        }
    }

    fn fits(&self, person: u32, sieve: &Sieve) -> bool {
        let called = || self.roster.called.get(person as usize).map_or("", |called| called);
        self.is_in(person, sieve.segment)
            && sieve.level.is_none_or(|level| self.ranks.level(person) == level)
            && sieve.words.iter().all(|word| called().contains(word.as_str()))
            && sieve.places.as_ref().is_none_or(|fit| {
                let places = self.lives.places_of(person);
                places.iter().any(|(place, _)| fit.get(usize::from(*place)).copied().unwrap_or(false))
            })
            && sieve
                .organization
                .is_none_or(|wanted| self.roster.stays_of(person).iter().any(|stay| Some(stay.organization) == wanted))
            && sieve
                .area
                .is_none_or(|wanted| self.roster.knows_of(person).iter().any(|knows| Some(knows.area) == wanted))
            && sieve.tag.as_ref().is_none_or(|tag| self.marks.has(person, tag))
    }

    /// Whether a person is in a segment; without one, whether they are neither bot nor staff.
    fn is_in(&self, person: u32, segment: Option<Segment>) -> bool {
        let staff = self.marks.is_staff(person);
        match segment {
            Some(Segment::Staff) => staff,
            Some(segment) => !staff && self.ranks.is_in(person, segment),
            None => !staff && !self.ranks.is_in(person, Segment::Bots),
        }
    }

    fn sort(&self, people: &mut [u32], sort: PeopleSort) {
        let all = &self.community.people;
        let counts = |person: &u32| self.roster.counts.get(*person as usize).copied().unwrap_or_default();
        match sort {
            PeopleSort::Seen => people.sort_by_key(|person| (Reverse(all.last_seen[*person as usize]), *person)),
            PeopleSort::New => people.sort_by_key(|person| (Reverse(all.first_seen[*person as usize]), *person)),
            // Names come in lower case first there.
            PeopleSort::Name => people.sort_by_key(|person| (&self.roster.called[*person as usize], *person)),
            PeopleSort::Helped => people.sort_by_key(|person| (Reverse(counts(person).helped), *person)),
            PeopleSort::Messages => people.sort_by_key(|person| (Reverse(counts(person).messages), *person)),
        }
    }

    fn line(&self, person: u32, team: bool) -> Option<PersonLine> {
        let (roster, people) = (&self.roster, &self.community.people);
        let counts = roster.counts.get(person as usize).copied().unwrap_or_default();
        let now = |stay: &&crate::columns::Stay| stay.is_at(self.now);
        let mut organizations: Vec<String> = roster
            .stays_of(person)
            .iter()
            .filter(now)
            .map(|stay| roster.organizations.get(stay.organization).to_owned())
            .collect();
        organizations.sort();
        organizations.dedup();
        let place = |(place, _): &(u16, u32)| place_name(self.lives.places.get(u32::from(*place)));
        Some(PersonLine {
            person: self.community.person_ref(person)?,
            bot: people.is_bot(person),
            level: self.ranks.level(person),
            first_seen: known(people.first_seen[person as usize]),
            last_seen: known(people.last_seen[person as usize]),
            messages: counts.messages.into(),
            activities: counts.activities.into(),
            asked: counts.asked.into(),
            helped: counts.helped.into(),
            thanked: counts.thanked.into(),
            organizations,
            channels: self.lives.places_of(person).iter().take(SHOWN).map(place).collect(),
            knows: roster
                .knows_of(person)
                .iter()
                .take(SHOWN)
                .map(|knows| roster.areas.get(knows.area).to_owned())
                .collect(),
            tags: if team { self.marks.of(person).map(str::to_owned).collect() } else { Vec::new() },
            months: entries::last_year(self.lives.of(person), self.now),
        })
    }

    fn segments(&self) -> Vec<SegmentCount> {
        let wanted = [None].into_iter().chain(Segment::ALL.iter().copied().map(Some));
        let everybody = 0..self.community.people.len() as u32;
        let count =
            |segment: Option<Segment>| everybody.clone().filter(|person| self.is_in(*person, segment)).count() as u64;
        wanted.map(|segment| SegmentCount { segment, people: count(segment) }).collect()
    }

    fn choices(&self, team: bool) -> PeopleChoices {
        let tags = if team { self.marks.all().map(str::to_owned).collect() } else { Vec::new() };
        PeopleChoices { tags, ..self.ranks.choices.clone() }
    }
}

/// A place as it is written in lists: `SOURCE/CHANNEL`, the source alone where the channel says nothing else.
pub(crate) fn place_name((source, channel): (&str, &str)) -> String {
    if channel.is_empty() || channel == source { source.to_owned() } else { format!("{source}/{channel}") }
}
