//! One stretch of time, looked back on: what a newsletter or a review tells of it.
//!
//! A walk over what everybody did and over the questions; the stretch as long just before is counted beside it.

use rustc_hash::FxHashMap;

use crate::columns::Lives;
use crate::moment::Moment;
use crate::series::{Fact, median};
use crate::views::{OpenQuestion, PeriodChannel, PeriodCounts, PeriodTopic, PeriodView, Thanked};
use crate::{Community, Result};

mod deeds;

use deeds::{Deeds, Place};

/// Lines of each list, at most.
const OPEN: usize = 20;
const THANKED: usize = 100;
const EXAMPLES: usize = 3;
const TOPICS: usize = 15;
const TOLD: usize = 20;
/// Asked about once is no topic of a period.
const ASKED: u64 = 2;

/// Which stretch of time, and what of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeriodAsk {
    /// From this instant on, microseconds UTC.
    pub from: i64,
    /// Until before this one.
    pub until: i64,
    /// Only what happened on this source.
    pub source: Option<String>,
    /// Only what happened in this channel, by its name within its source.
    pub channel: Option<String>,
}

/// The two stretches that are counted: the one asked for, and the one before.
#[derive(Debug, Clone, Copy)]
struct Stretches {
    from: i64,
    until: i64,
}

impl Stretches {
    /// 0 for the one asked for, 1 for the one before.
    fn of(self, time: i64) -> Option<usize> {
        let before = self.from.saturating_sub(self.until.saturating_sub(self.from));
        match time {
            time if time >= self.from && time < self.until => Some(0),
            time if time >= before && time < self.from => Some(1),
            _ => None,
        }
    }
}

/// Numbers of both stretches.
type Both = [PeriodCounts; 2];

impl Community {
    /// What happened in a stretch of time.
    pub fn period(&self, ask: &PeriodAsk) -> Result<PeriodView> {
        self.settle(self.moment().and_then(|moment| self.read_period(ask, &moment)))
    }

    fn read_period(&self, ask: &PeriodAsk, moment: &Moment) -> Result<PeriodView> {
        let lives = self.lives()?;
        let stretches = Stretches { from: ask.from, until: ask.until };
        let places = wanted(&lives, ask);
        let deeds = Deeds::of(self, &lives, stretches, &places);
        let (mut total, mut channels) = (deeds.total, deeds.channels.clone());
        let facts = self.question_facts(moment)?;
        let fits = |fact: &Fact| places.get(fact.place as usize).is_some_and(|place| place.wanted);
        let asked: Vec<(u32, Fact, usize)> = facts
            .rows()
            .filter(|(_, fact)| fits(fact))
            .filter_map(|(row, fact)| Some((row, *fact, stretches.of(fact.opened)?)))
            .collect();
        count_questions(&asked, &mut total, &mut channels);
        let now: Vec<(u32, Fact)> = asked.iter().filter(|one| one.2 == 0).map(|(row, fact, _)| (*row, *fact)).collect();
        let mut open: Vec<(u32, Fact)> = now.iter().filter(|(_, fact)| fact.waiting).copied().collect();
        open.sort_by_key(|(row, fact)| (std::cmp::Reverse(fact.opened), *row));
        let open_total = open.len() as u64;
        open.truncate(OPEN);
        let thanked = self.thanked_in(&now);
        let [firsts, busiest] = [deeds.first_rows(), deeds.busiest_rows()];
        let shown = open.iter().map(|(row, _)| *row).chain(thanked.iter().flat_map(|one| one.1.clone()));
        let details = self.details(shown.chain(firsts).chain(busiest))?;
        let question = |(row, fact): &(u32, Fact)| OpenQuestion {
            conversation: details.conversation(*row),
            opened: fact.opened,
            tier: fact.tier,
            newcomer: self.conversations.first_of(self.conversations.openers[*row as usize]) == Some(*row),
            again: fact.answered,
        };
        let thanks = |(person, rows): &(u32, Vec<u32>)| {
            Some(Thanked {
                person: self.person_ref(*person)?,
                times: rows.len() as u64,
                conversations: rows.iter().take(EXAMPLES).map(|row| details.conversation(*row)).collect(),
            })
        };
        let (stories, announced) = self.told_in(ask, &places, &lives)?;
        Ok(PeriodView {
            from: ask.from,
            until: ask.until,
            as_of: moment.now,
            counts: total[0],
            before: total[1],
            channels: by_channel(&lives, channels),
            firsts: deeds.firsts(self, &lives, &details),
            busiest: deeds.busiest(&details),
            open: open.iter().map(question).collect(),
            open_total,
            thanked: thanked.iter().filter_map(thanks).collect(),
            stories,
            announced,
            topics: self.topics_in(&asked)?,
        })
    }

    /// Who was thanked in some questions, by name, with those questions.
    fn thanked_in(&self, questions: &[(u32, Fact)]) -> Vec<(u32, Vec<u32>)> {
        let mut rows = FxHashMap::<u32, Vec<u32>>::default();
        for (row, _) in questions {
            let people = self.conversations.thanked(*row).iter().filter(|person| !self.people.is_bot(**person));
            people.for_each(|person| rows.entry(*person).or_default().push(*row));
        }
        let mut thanked: Vec<(u32, Vec<u32>)> = rows.into_iter().collect();
        thanked.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
        thanked.truncate(THANKED);
        let name = |person: u32| self.people.names.get(person as usize).map(|name| name.to_lowercase());
        thanked.sort_by_cached_key(|(person, _)| (name(*person), *person));
        thanked
    }

    /// Stories and announcements.
    fn told_in(
        &self,
        ask: &PeriodAsk,
        places: &[Place],
        lives: &Lives,
    ) -> Result<(Vec<crate::views::StoryLead>, Vec<crate::views::StoryLead>)> {
        let wanted: Vec<(&str, &str)> =
            lives.places.all().zip(places).filter(|(_, place)| place.wanted).map(|(name, _)| name).collect();
        let last = ask.until.saturating_sub(1);
        let told = |signal| {
            let mut told = self.told(signal, ask.from, last)?;
            told.retain(|one| wanted.contains(&(one.conversation.source.as_str(), one.conversation.channel.as_str())));
            Ok::<_, crate::InsightError>(told)
        };
        let (mut stories, mut announced) = (told("story")?, told("announcement")?);
        announced.retain(|one| one.message == one.conversation.id);
        stories.truncate(TOLD);
        announced.truncate(TOLD);
        Ok((stories, announced))
    }

    fn topics_in(&self, asked: &[(u32, Fact, usize)]) -> Result<Vec<PeriodTopic>> {
        let areas = self.areas()?;
        let mut counts = FxHashMap::<u32, [u64; 2]>::default();
        for (row, _, stretch) in asked {
            areas.of(*row).iter().for_each(|area| counts.entry(*area).or_default()[*stretch] += 1);
        }
        let topic = |(area, [questions, before]): (u32, [u64; 2])| PeriodTopic {
            topic: areas.name(area).to_owned(),
            questions,
            before,
        };
        let mut topics: Vec<PeriodTopic> =
            counts.into_iter().map(topic).filter(|topic| topic.questions >= ASKED).collect();
        topics.sort_by(|a, b| b.questions.cmp(&a.questions).then_with(|| a.topic.cmp(&b.topic)));
        topics.truncate(TOPICS);
        Ok(topics)
    }
}

/// Every place where anything was done, and whether it was asked for.
fn wanted(lives: &Lives, ask: &PeriodAsk) -> Vec<Place> {
    let is = |wanted: &Option<String>, name: &str| wanted.as_deref().is_none_or(|wanted| wanted == name);
    let place =
        |(source, channel): (&str, &str)| Place { wanted: is(&ask.source, source) && is(&ask.channel, channel) };
    lives.places.all().map(place).collect()
}

fn count_questions(asked: &[(u32, Fact, usize)], total: &mut Both, channels: &mut [Both]) {
    let mut hours: FxHashMap<(Option<u32>, usize), Vec<f32>> = FxHashMap::default();
    for (_, fact, stretch) in asked {
        let place = channels.get_mut(fact.place as usize);
        for counts in [&mut total[*stretch]].into_iter().chain(place.map(|place| &mut place[*stretch])) {
            counts.questions += 1;
            counts.answered += u64::from(fact.answered);
        }
        for key in [None, Some(fact.place)] {
            hours.entry((key, *stretch)).or_default().extend(fact.hours);
        }
    }
    for ((place, stretch), hours) in hours {
        let counts = match place {
            None => Some(&mut total[stretch]),
            Some(place) => channels.get_mut(place as usize).map(|place| &mut place[stretch]),
        };
        counts.into_iter().for_each(|counts| counts.first_response_median = median(hours.clone()));
    }
}

/// The channels in which anything happened in the period, most messages first.
fn by_channel(lives: &Lives, channels: Vec<Both>) -> Vec<PeriodChannel> {
    let view = |((source, channel), [counts, before]): ((&str, &str), Both)| PeriodChannel {
        source: source.to_owned(),
        channel: channel.to_owned(),
        counts,
        before,
    };
    let mut views: Vec<PeriodChannel> = lives.places.all().zip(channels).map(view).collect();
    views.retain(|one| one.counts.messages + one.counts.commits + one.counts.questions > 0);
    views.sort_by(|a, b| {
        let much = |one: &PeriodChannel| one.counts.messages + one.counts.commits;
        much(b).cmp(&much(a)).then_with(|| (&a.source, &a.channel).cmp(&(&b.source, &b.channel)))
    });
    views
}
