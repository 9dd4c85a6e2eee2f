//! A filter made ready: names became rows, so that a quarter of a million conversations are looked at in milliseconds.

use model::tables::CONVERSATIONS;
use rustc_hash::FxHashSet;

use super::{Clause, Filter, Is, What};
use crate::columns::{NEVER, each_batch, files};
use std::sync::Arc;

use crate::kept::lock;
use crate::moment::Moment;
use crate::{Community, Result};

/// A filter over conversations.
pub(crate) struct Fits<'a> {
    community: &'a Community,
    moment: &'a Moment,
    me: Option<&'a str>,
    /// Whether none of them may hold, and what any of must.
    clauses: Vec<(bool, Vec<Test>)>,
}

/// [`What`] with its names looked up.
pub(crate) enum Test {
    /// Opened by one of these people.
    From(FxHashSet<u32>),
    /// In one of these places.
    In(FxHashSet<u32>),
    Tier(Option<u8>),
    Before(i64),
    After(i64),
    Active(i64),
    Answered(i64),
    Is(Is),
    /// One of these conversations.
    Rows(FxHashSet<u32>),
    Who(String),
    Tag(String, Arc<FxHashSet<u32>>),
}

impl Community {
    /// Makes a filter ready. `me` is who asks, as the desk calls them.
    pub(crate) fn fits<'a>(&'a self, filter: &Filter, moment: &'a Moment, me: Option<&'a str>) -> Result<Fits<'a>> {
        self.fits_where(filter, moment, me, |_| true)
    }

    /// The same, of those clauses only that `takes` takes.
    pub(crate) fn fits_where<'a>(
        &'a self,
        filter: &Filter,
        moment: &'a Moment,
        me: Option<&'a str>,
        takes: impl Fn(&What) -> bool,
    ) -> Result<Fits<'a>> {
        let taken = |clause: &&Clause| clause.any.first().is_some_and(&takes);
        let ready = |clause: &Clause| {
            let tests = clause.any.iter().map(|what| self.test(what)).collect::<Result<_>>()?;
            Ok((clause.not, tests))
        };
        let clauses = filter.clauses.iter().filter(taken).map(ready).collect::<Result<_>>()?;
        Ok(Fits { community: self, moment, me, clauses })
    }

    fn test(&self, what: &What) -> Result<Test> {
        Ok(match what {
            What::From(name) => Test::From(self.called(name)?.into_iter().collect()),
            What::In(place) => Test::In(self.places_called(place).into_iter().collect()),
            What::Tier(tier) => Test::Tier(*tier),
            What::Before(time) => Test::Before(*time),
            What::After(time) => Test::After(*time),
            What::Active(time) => Test::Active(*time),
            What::Answered(time) => Test::Answered(*time),
            What::Is(is) => Test::Is(*is),
            What::Has(has) => Test::Rows(self.rows_with(*has)?),
            What::Who(name) => Test::Who(name.clone()),
            What::Tag(tag) => Test::Tag(tag.clone(), self.about(tag)?),
        })
    }

    /// The numbers of the places that a name in lower case means: a source, a channel, or `source/channel`.
    pub(crate) fn places_called(&self, name: &str) -> Vec<u32> {
        let channel = |channel: &str| channel.trim_start_matches('#').to_lowercase();
        let is = |source: &str, place: &str| {
            source.to_lowercase() == name
                || channel(place) == name
                || name
                    .strip_prefix(&source.to_lowercase())
                    .and_then(|rest| rest.strip_prefix('/'))
                    .is_some_and(|rest| channel(place) == rest.trim_start_matches('#'))
        };
        let places = (0..).zip(self.conversations.places.all());
        places.filter(|(_, (source, place))| is(source, place)).map(|(number, _)| number).collect()
    }

    /// The conversations about a topic; looked for once, as long as not too many are asked for.
    fn about(&self, topic: &str) -> Result<Arc<FxHashSet<u32>>> {
        /// Topics remembered.
        const MOST: usize = 100;
        if let Some(rows) = lock(&self.tagged).get(topic) {
            return Ok(rows.clone());
        }
        let rows = Arc::new(self.read_about(topic)?);
        let mut tagged = lock(&self.tagged);
        if tagged.len() >= MOST {
            tagged.clear();
        }
        tagged.insert(topic.to_owned(), rows.clone());
        Ok(rows)
    }

    fn read_about(&self, topic: &str) -> Result<FxHashSet<u32>> {
        let mut rows = FxHashSet::default();
        let columns = ["conversation_id", "topics"];
        each_batch(&self.tables, &CONVERSATIONS, files(&self.manifest, &CONVERSATIONS), &columns, |batch| {
            let (ids, topics) = (batch.texts("conversation_id")?, batch.lists("topics")?);
            let about = (0..batch.rows()).filter(|row| topics.at(*row).any(|other| other == topic));
            rows.extend(about.filter_map(|row| self.conversations.find(ids.value(row))));
            Ok(())
        })?;
        Ok(rows)
    }
}

impl Fits<'_> {
    /// Whether it lets everything through.
    pub(crate) fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Whether a conversation fits.
    pub(crate) fn conversation(&self, row: u32) -> bool {
        self.clauses.iter().all(|(not, any)| any.iter().any(|test| self.holds(row, test)) != *not)
    }

    fn holds(&self, row: u32, test: &Test) -> bool {
        let (conversations, at) = (&self.community.conversations, row as usize);
        match test {
            Test::From(people) => people.contains(&conversations.openers[at]),
            Test::In(places) => places.contains(&conversations.place[at]),
            Test::Tier(tier) => self.community.asked_tier(row, self.moment) == *tier,
            Test::Before(time) => conversations.opened[at] != NEVER && conversations.opened[at] < *time,
            Test::After(time) => conversations.opened[at] >= *time,
            Test::Active(time) => conversations.latest(row) >= *time,
            Test::Answered(time) => conversations.first_response[at] >= *time,
            Test::Is(is) => self.community.is(row, *is, self.moment, self.me),
            Test::Rows(rows) => rows.contains(&row),
            Test::Who(name) => self.has_case(row, name),
            Test::Tag(tag, rows) => {
                rows.contains(&row) || self.community.case_tags(row, self.moment).iter().any(|other| other == tag)
            }
        }
    }

    fn has_case(&self, row: u32, name: &str) -> bool {
        let holder = self.community.holder(row, self.moment);
        match name {
            "nobody" => holder.is_none(),
            "me" => holder.is_some() && holder == self.me,
            name => holder.is_some_and(|holder| holder.to_lowercase().contains(name)),
        }
    }
}
