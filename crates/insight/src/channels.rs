//! Where people talk: what each channel is for, how much goes on there, how its questions fare, who comes and stays.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::tables::CHANNELS;
use model::time::DAY;
use rustc_hash::FxHashMap;

use crate::columns::{State, each_batch, files, known, text_at};
use crate::moment::Moment;
use crate::series::{Fact, Facts, SeriesAsk, Stretch, median, slot_of};
use crate::views::{ChannelPage, ChannelView};
use crate::{Community, MetricsFilter, Result};

/// What the numbers of a channel look back on, in days.
const YEAR: i64 = 365;
/// Who has not been seen for so long after the first time did not stay (days).
const STAYED: i64 = 30;
/// People and questions shown for one channel.
const SHOWN: usize = 12;

/// What the questions of one channel come to.
#[derive(Debug, Default, Clone)]
struct Sum {
    questions: u64,
    answered: u64,
    hours: Vec<f32>,
    kept: [u64; 2],
    asked: [u64; 5],
    months: Vec<u64>,
    newcomers: u64,
    came_back: u64,
}

impl Community {
    /// Every channel, by the questions of the last year, most first.
    pub fn channels(&self) -> Result<Vec<ChannelView>> {
        self.settle(self.moment().and_then(|moment| Ok(self.channels_of(&moment)?.to_vec())))
    }

    /// One channel by `channels.channel_id`; `None` if there is none of that id.
    pub fn channel(&self, id: &str) -> Result<Option<ChannelPage>> {
        self.settle(self.moment().and_then(|moment| {
            let channels = self.channels_of(&moment)?;
            let Some(channel) = channels.iter().find(|channel| channel.id == id) else { return Ok(None) };
            let made = || self.channel_page(channel.clone(), &moment);
            Ok(Some(ChannelPage::clone(&*self.channel_pages.get(moment.stamp(), id.to_owned(), made)?)))
        }))
    }

    fn channels_of(&self, moment: &Moment) -> Result<Arc<Vec<ChannelView>>> {
        self.channel_views.get(moment.stamp(), (), || self.read_channels(moment))
    }

    fn read_channels(&self, moment: &Moment) -> Result<Vec<ChannelView>> {
        let (facts, traffic) = (self.question_facts(moment)?, self.traffic(moment.now)?);
        let sums = self.sums(&facts, moment.now);
        let places: FxHashMap<(&str, &str), u32> = self.conversations.places.all().zip(0..).collect();
        let columns: Vec<&str> = CHANNELS.columns.iter().map(|column| column.name).collect();
        let mut channels = Vec::new();
        each_batch(&self.tables, &CHANNELS, files(&self.manifest, &CHANNELS), &columns, |batch| {
            let [ids, sources, names] = [batch.texts("channel_id")?, batch.texts("source")?, batch.texts("channel")?];
            let [kinds, titles, why] = [batch.texts("kind")?, batch.texts("title")?, batch.texts("offered_why")?];
            for row in 0..batch.rows() {
                let place = places.get(&(sources.value(row), names.value(row))).copied();
                let sum = place.and_then(|place| sums.get(place as usize)).cloned().unwrap_or_default();
                channels.push(ChannelView {
                    id: ids.value(row).to_owned(),
                    source: sources.value(row).to_owned(),
                    channel: names.value(row).to_owned(),
                    kind: kinds.value(row).to_owned(),
                    title: text_at(titles, row).map(str::to_owned),
                    messages: batch.count("messages", row)?,
                    last: known(batch.times("last_time")?.at(row)),
                    offered: u8::try_from(batch.count("offered_tier", row)?).unwrap_or_default(),
                    offered_why: why.value(row).to_owned(),
                    questions: sum.questions,
                    answered: share(sum.answered, sum.questions),
                    first_response: median(sum.hours),
                    kept: share(sum.kept[1], sum.kept[0] + sum.kept[1]),
                    asked: sum.asked,
                    months: sum.months,
                    mood: place.and_then(|place| traffic.mood(place)),
                    newcomers: sum.newcomers,
                    came_back: share(sum.came_back, sum.newcomers),
                });
            }
            Ok(())
        })?;
        channels.sort_by(|a, b| {
            (b.questions, b.messages)
                .cmp(&(a.questions, a.messages))
                .then((&a.source, &a.channel).cmp(&(&b.source, &b.channel)))
        });
        Ok(channels)
    }

    /// The last year of every place of conversations.
    fn sums(&self, facts: &Facts, now: i64) -> Vec<Sum> {
        let from = now.saturating_sub(YEAR * DAY);
        let mut months = Stretch::Month.starts(from, now.saturating_add(1));
        months.drain(..months.len().saturating_sub(12));
        let mut sums = vec![Sum { months: vec![0; months.len()], ..Sum::default() }; self.conversations.places.len()];
        for fact in facts.counted().filter(|fact| fact.opened > from) {
            if let Some(sum) = sums.get_mut(fact.place as usize) {
                sum.add(fact, &months);
            }
        }
        let until = now.saturating_sub(STAYED * DAY);
        for person in (0..self.people.len() as u32).filter(|person| !self.people.is_bot(*person)) {
            let seen = |times: &[i64]| times.get(person as usize).copied().and_then(known);
            let (Some(first), Some(last)) = (seen(&self.people.first_seen), seen(&self.people.last_seen)) else {
                continue;
            };
            let Some(row) = self.conversations.first_of(person).filter(|_| first > from && first <= until) else {
                continue;
            };
            if let Some(sum) = sums.get_mut(self.conversations.place[row as usize] as usize) {
                sum.newcomers += 1;
                sum.came_back += u64::from(last.saturating_sub(first) >= STAYED * DAY);
            }
        }
        sums
    }

    fn channel_page(&self, channel: ChannelView, moment: &Moment) -> Result<ChannelPage> {
        let (source, name) = (channel.source.clone(), channel.channel.clone());
        let questions =
            MetricsFilter { source: Some(source.clone()), channel: Some(name.clone()), ..MetricsFilter::default() };
        let series = self.series(&SeriesAsk { questions, ..SeriesAsk::default() })?;
        let traffic = self.traffic(moment.now)?;
        let moves = traffic.moves(&source, &name);
        let by_month = |came: bool| {
            let mut counts = vec![0; series.starts.len()];
            for (time, _) in moves.iter().filter(|(_, one)| *one == came) {
                let slot = slot_of(&series.starts, *time, 0);
                slot.and_then(|slot| counts.get_mut(slot)).into_iter().for_each(|count| *count += 1);
            }
            if moves.is_empty() { Vec::new() } else { counts }
        };
        let (joined, left) = (by_month(true), by_month(false));
        let place = self.conversations.places.all().position(|place| place == (source.as_str(), name.as_str()));
        let place = place.and_then(|place| u32::try_from(place).ok());
        let rows: Vec<u32> = (0..self.conversations.len())
            .filter(|row| Some(self.conversations.place[*row as usize]) == place)
            .collect();
        let mut open: Vec<u32> = rows
            .iter()
            .copied()
            .filter(|row| self.conversations.state[*row as usize] == State::Waiting && self.waits(*row, moment))
            .collect();
        open.sort_by_key(|row| std::cmp::Reverse(self.conversations.opened[*row as usize]));
        open.truncate(SHOWN);
        let details = self.details(open.iter().copied())?;
        Ok(ChannelPage {
            as_of: moment.now,
            first_response: self.settings.support.promise(&source, &name, None).first_response,
            helpers: self
                .helping_in(&rows, moment)?
                .into_iter()
                .filter_map(|(person, count)| Some((self.person_ref(person)?, count)))
                .collect(),
            unanswered: open.iter().map(|row| details.conversation(*row)).collect(),
            series,
            joined,
            left,
            channel,
        })
    }

    /// Who answered in some conversations in the last year, by how many of them, most first.
    fn helping_in(&self, rows: &[u32], moment: &Moment) -> Result<Vec<(u32, u64)>> {
        let helped = self.helped()?;
        let from = moment.now.saturating_sub(YEAR * DAY);
        let mut counts = BTreeMap::<u32, u64>::new();
        for row in rows.iter().copied().filter(|row| self.conversations.question[*row as usize]) {
            let recent = helped.of(&self.conversations, row).filter(|(_, time)| *time > from && *time <= moment.now);
            recent.for_each(|(person, _)| *counts.entry(person).or_default() += 1);
        }
        let mut counts: Vec<(u32, u64)> = counts.into_iter().collect();
        counts.sort_by_key(|(person, count)| (std::cmp::Reverse(*count), *person));
        counts.truncate(SHOWN);
        Ok(counts)
    }
}

impl Sum {
    fn add(&mut self, fact: &Fact, months: &[i64]) {
        self.questions += 1;
        self.answered += u64::from(fact.answered);
        self.hours.extend(fact.hours);
        if let Some(kept) = fact.kept {
            self.kept[usize::from(kept)] += 1;
        }
        if let Some(count) = fact.tier.and_then(|tier| self.asked.get_mut(usize::from(tier))) {
            *count += 1;
        }
        let slot = slot_of(months, fact.opened, 0).and_then(|slot| self.months.get_mut(slot));
        slot.into_iter().for_each(|count| *count += 1);
    }
}

pub(crate) fn share(part: u64, all: u64) -> Option<f64> {
    (all > 0).then(|| part as f64 / all as f64)
}
