//! Writes the tables that are made anew each time, one file each.

use std::collections::BTreeSet;

use archive::{FileEntry, Manifest, Tables};
use arrow::array::{Array, RecordBatch};
use model::tables::{
    CHANNELS, CONVERSATIONS, DOINGS, GAPS, IDENTITIES, KNOWLEDGE, PEOPLE, PROBLEMS, SUGGESTIONS, TOPICS, Table,
};
use model::{Id, Problem};
use rustc_hash::FxHashMap;

use crate::columns::{Filling, Reading};
use crate::conversations::{Conversation, Conversations};
use crate::course::State;
use crate::decided::Decided;
use crate::error::{DeriveError, Result};
use crate::links::{Links, NONE, UNDATED, span};
use crate::load::{batches, files};
use crate::organizations::Affiliations;
use crate::people::People;
use crate::topics::{self, TopicKind, Topics};
use crate::{doings, gaps, knowledge, offered, suggestions, titles};

/// What the small tables are made from.
pub struct Small<'a> {
    /// Where tables lie.
    pub tables: &'a Tables,
    /// The tables of before.
    pub before: &'a Manifest,
    /// Every message.
    pub links: &'a Links,
    /// Every person.
    pub people: &'a People,
    /// Every conversation.
    pub conversations: &'a Conversations,
    /// What people decided.
    pub decided: &'a Decided,
    /// Who was where.
    pub affiliations: &'a Affiliations<'a>,
}

impl Small<'_> {
    /// Writes them all into `manifest`, whose messages are written already. `problems` are the new
    /// ones, with their source's id.
    pub fn write(&self, problems: Vec<(String, Problem)>, manifest: &mut Manifest) -> Result<()> {
        // Who may be who takes longest and needs nothing of the others.
        let (suggestions, others) = std::thread::scope(|scope| {
            let suggestions = scope.spawn(|| {
                self.table(&SUGGESTIONS, suggestions::read(self.links, self.people, self.conversations, self.decided)?)
            });
            let others = self.others(problems, manifest);
            (suggestions.join(), others)
        });
        manifest.tables.extend(others?);
        manifest.tables.extend([suggestions.map_err(|_| DeriveError::WorkerGone)??]);
        Ok(())
    }

    fn table(&self, table: &'static Table, rows: RecordBatch) -> Result<(String, Vec<FileEntry>)> {
        let mut file = self.tables.create(table, None)?;
        file.write(&rows)?;
        Ok((table.name.to_owned(), file.finish()?.into_iter().collect()))
    }

    /// All but the suggestions.
    fn others(&self, problems: Vec<(String, Problem)>, manifest: &Manifest) -> Result<Vec<(String, Vec<FileEntry>)>> {
        let titles = titles::read(self.tables, self.before, manifest, self.links, self.conversations)?;
        let topics = Topics::new(self.links, self.conversations, &titles);
        std::thread::scope(|scope| {
            let conversations = scope.spawn(|| self.table(&CONVERSATIONS, self.conversations(&titles, &topics)?));
            let knowledge = scope.spawn(|| self.table(&KNOWLEDGE, self.knowledge(&titles)?));
            let mut tables = vec![
                self.table(&PEOPLE, self.people()?)?,
                self.table(&IDENTITIES, self.identities()?)?,
                self.table(&CHANNELS, self.channels()?)?,
                self.table(&PROBLEMS, self.problems(problems)?)?,
                self.table(&TOPICS, self.topics(&topics)?)?,
                self.table(&DOINGS, doings::read(self.tables, manifest, self.links, self.people, self.conversations)?)?,
                self.table(&GAPS, self.gaps(&topics, &titles)?)?,
            ];
            for table in [conversations, knowledge] {
                tables.push(table.join().map_err(|_| DeriveError::WorkerGone)??);
            }
            Ok(tables)
        })
    }

    fn conversations(&self, titles: &[Option<String>], topics: &Topics) -> Result<RecordBatch> {
        let (links, all) = (self.links, &self.conversations.all);
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by_cached_key(|at| {
            let opening = &links.all[all[*at].opening as usize];
            (links.channels.text(opening.channel).split('/').next(), opening.time, opening.id)
        });
        let person = |number: u32| self.people.id(links, number);
        let dated = |time: i64| (time != UNDATED).then_some(time);
        let ids =
            |of: &BTreeSet<u32>| -> BTreeSet<Id> { of.iter().map(|one| self.conversations.id(links, *one)).collect() };
        let mut filling = Filling::new(&CONVERSATIONS);
        for at in order {
            let (conversation, opening) = (&all[at], &links.all[all[at].opening as usize]);
            let (source, channel) = links.channels.text(opening.channel).split_once('/').unwrap_or_default();
            let (since, why) = match conversation.state {
                State::Waiting(since) => (dated(since), None),
                State::Resolved(why) => (None, Some(why)),
                _ => (None, None),
            };
            filling
                .text(opening.id.as_str())
                .text(source)
                .text(channel)
                .text_or_null(titles[at].as_deref())
                .text_or_null(conversation.opener.map(person))
                .time(dated(opening.time))
                .time(conversation.last)
                .int(i64::from(conversation.messages))
                .int(i64::from(conversation.people))
                .bool(conversation.question)
                .text(conversation.state.as_str())
                .text_or_null(why)
                .time(since)
                .time(conversation.first_response.map(|(time, _)| time))
                .text_or_null(conversation.first_response.map(|(_, who)| person(who)))
                .time(self.promised_until(conversation, opening.time, source, channel))
                .text_or_null(conversation.accepted.map(|at| links.all[at as usize].id.as_str()))
                .texts(conversation.helpers.iter().map(|who| person(*who)))
                .texts(conversation.thanked.iter().map(|who| person(*who)));
            let asked = (&conversation.asked, conversation.asked_signs);
            for (verdict, signs) in [asked, (&conversation.observed, conversation.observed_signs)] {
                filling
                    .int(verdict.tier.map(i64::from))
                    .float(f64::from(verdict.confidence))
                    .texts(verdict.why.iter().copied())
                    .int(signs.0 as i64);
            }
            filling.texts(ids(&conversation.related).iter().map(|id| id.as_str())).texts(topics.of(at as u32));
        }
        filling.finish()
    }

    fn promised_until(&self, conversation: &Conversation, opened: i64, source: &str, channel: &str) -> Option<i64> {
        let promises = self.decided.promises.as_ref().filter(|_| conversation.question && opened != UNDATED)?;
        Some(promises.until(opened, source, channel, conversation.asked.tier))
    }

    fn people(&self) -> Result<RecordBatch> {
        let count = self.people.all.len();
        let person = |id: &String| Some(self.people.of[self.links.identity(&Id::parse(id)?)? as usize]);
        let staff: BTreeSet<u32> = self.decided.staff.iter().filter_map(person).collect();
        let organizations = self.affiliations.latest();
        let (mut asked, mut helped, mut thanked) = (vec![0i64; count], vec![0i64; count], vec![0i64; count]);
        for conversation in self.conversations.all.iter().filter(|one| one.question) {
            conversation.opener.iter().for_each(|who| asked[*who as usize] += 1);
            conversation.helpers.iter().for_each(|who| helped[*who as usize] += 1);
            conversation.thanked.iter().for_each(|who| thanked[*who as usize] += 1);
        }
        let mut filling = Filling::new(&PEOPLE);
        for (number, person) in self.people.all.iter().enumerate() {
            let identities = || person.identities.iter().map(|at| &self.links.identities[*at as usize]);
            let seen = identities().filter_map(|one| one.seen);
            let seen = seen.fold(None, |seen, (first, last)| span(span(seen, first), last));
            filling
                .text(self.people.id(self.links, number as u32))
                .text_or_null(self.people.name(self.links, number as u32))
                .bool(person.bot)
                .texts(person.signs.iter().map(|sign| sign.words()))
                .int(person.identities.len() as i64)
                .texts(self.people.sources(self.links, number as u32))
                .time(seen.map(|(first, _)| first))
                .time(seen.map(|(_, last)| last))
                .int(identities().map(|one| one.messages as i64).sum::<i64>())
                .int(identities().map(|one| one.activities as i64).sum::<i64>())
                .int(asked[number])
                .int(helped[number])
                .int(thanked[number])
                .bool(staff.contains(&(number as u32)))
                .text_or_null(organizations.get(self.people.id(self.links, number as u32)).copied());
        }
        filling.finish()
    }

    fn identities(&self) -> Result<RecordBatch> {
        let identities = &self.links.identities;
        let mut order: Vec<u32> = (0..identities.len() as u32).collect();
        order.sort_by_key(|at| {
            let identity = &identities[*at as usize];
            (&identity.source, identity.id)
        });
        let mut filling = Filling::new(&IDENTITIES);
        for at in order {
            let (identity, person) = (&identities[at as usize], self.people.of[at as usize]);
            let reason = self.people.merged_by(self.links, at);
            let name_time = identity.name.as_ref().map(|(time, _)| *time).filter(|time| *time != i64::MIN);
            filling
                .text(identity.id.as_str())
                .text(self.people.id(self.links, person))
                .text(&identity.source)
                .text(identity.kind.as_str())
                .text(&identity.value)
                .text_or_null(identity.name.as_ref().map(|(_, name)| name.as_str()))
                .time(name_time)
                .text_or_null(identity.email.as_deref())
                .text_or_null(identity.account.as_deref())
                .texts(identity.same.iter().map(|id| id.as_str()))
                .bool(identity.bot)
                .text_or_null(reason)
                .time(identity.seen.map(|(first, _)| first))
                .time(identity.seen.map(|(_, last)| last))
                .int(identity.messages as i64)
                .int(identity.activities as i64);
        }
        filling.finish()
    }

    fn channels(&self) -> Result<RecordBatch> {
        let links = self.links;
        let mut counts: FxHashMap<u32, (i64, Option<(i64, i64)>)> = FxHashMap::default();
        for link in links.all.iter().filter(|link| link.channel != NONE) {
            let (messages, seen) = counts.entry(link.channel).or_default();
            *messages += 1;
            *seen = if link.time == UNDATED { *seen } else { span(*seen, link.time) };
        }
        let numbers: BTreeSet<(&str, u32)> =
            (0..links.channels.len() as u32).map(|number| (links.channels.text(number), number)).collect();
        let mut filling = Filling::new(&CHANNELS);
        for (name, number) in numbers {
            let (source, channel) = name.split_once('/').unwrap_or_default();
            let row = links.channel_rows.get(&number).cloned().unwrap_or_default();
            let (messages, seen) = counts.get(&number).copied().unwrap_or_default();
            let seen = row.seen.map_or(seen, |(first, last)| span(span(seen, first), last));
            filling
                .text(Id::channel(source, channel).as_str())
                .text(source)
                .text(channel)
                .text(&row.kind)
                .text_or_null(row.title.as_deref())
                .int(messages)
                .int(row.activities as i64)
                .time(seen.map(|(first, _)| first))
                .time(seen.map(|(_, last)| last));
            let (tier, why) = offered::tier(self.decided, source, channel, &row.kind);
            filling.int(i64::from(tier)).text(why);
        }
        filling.finish()
    }

    fn topics(&self, topics: &Topics) -> Result<RecordBatch> {
        let mut filling = Filling::new(&TOPICS);
        for row in topics::rows(self.links, self.conversations, topics) {
            let kind = match topics.kinds[row.topic as usize] {
                TopicKind::Tag => "tag",
                TopicKind::Phrase => "phrase",
            };
            filling
                .text(topics.name(row.topic))
                .text(kind)
                .int(row.questions as i64)
                .int(row.unanswered as i64)
                .int(row.recent as i64)
                .int(row.before as i64)
                .float(row.sentiment)
                .time(row.span.map(|(first, _)| first))
                .time(row.span.map(|(_, last)| last))
                .texts(row.latest.iter().map(|number| self.conversations.id(self.links, *number).to_string()));
        }
        filling.finish()
    }

    fn gaps(&self, topics: &Topics, titles: &[Option<String>]) -> Result<RecordBatch> {
        let id = |number: u32| self.conversations.id(self.links, number).to_string();
        let mut filling = Filling::new(&GAPS);
        for gap in gaps::gaps(self.links, self.conversations, topics) {
            filling
                .text(&id(gap.typical))
                .text_or_null(titles[gap.typical as usize].as_deref())
                .texts(topics.of(gap.typical))
                .int(gap.conversations.len() as i64)
                .int(gap.people as i64)
                .int(gap.unanswered as i64)
                .time(gap.span.map(|(first, _)| first))
                .time(gap.span.map(|(_, last)| last))
                .texts(gap.conversations.iter().map(|number| id(*number)));
        }
        filling.finish()
    }

    fn knowledge(&self, titles: &[Option<String>]) -> Result<RecordBatch> {
        let mut filling = Filling::new(&KNOWLEDGE);
        // People are numbered in the order of their ids.
        for (person, area, known) in knowledge::read(self.links, self.conversations, titles) {
            filling
                .text(self.people.id(self.links, person))
                .text(&area)
                .int(known.answered as i64)
                .int(known.thanked as i64)
                .time(known.last);
        }
        filling.finish()
    }

    fn problems(&self, fresh: Vec<(String, Problem)>) -> Result<RecordBatch> {
        type Key = (String, String, Option<i64>, String, String, String);
        let mut all: BTreeSet<Key> = BTreeSet::new();
        for entry in files(self.before, &PROBLEMS) {
            batches(self.tables, entry, None, |batch| {
                let reading = Reading { table: &PROBLEMS, batch: &batch };
                let [source, stage, what, file, detail] =
                    ["source", "stage", "what", "file", "detail"].map(|name| reading.text(name));
                let (source, stage, what, file, detail) = (source?, stage?, what?, file?, detail?);
                let offset = reading.int("offset")?;
                for row in 0..batch.num_rows() {
                    let text = |column: &arrow::array::StringArray| column.value(row).to_owned();
                    let offset = offset.is_valid(row).then(|| offset.value(row));
                    all.insert((text(source), text(file), offset, text(what), text(detail), text(stage)));
                }
                Ok(())
            })?;
        }
        for (source, problem) in fresh {
            let Problem { stage, what, file, offset, detail } = problem;
            all.insert((source, file, offset.map(|at| at as i64), what, detail, stage.as_str().to_owned()));
        }
        let mut filling = Filling::new(&PROBLEMS);
        for (source, file, offset, what, detail, stage) in &all {
            filling.text(source).text(stage).text(what).text(file).int(*offset).text(detail);
        }
        filling.finish()
    }
}
