//! What people ask about, and what should be documented.

use std::sync::Arc;

use model::tables::{GAPS, TOPICS};

use crate::columns::{Areas, each_batch, files, known};
use crate::views::{GapView, TopicView};
use crate::{Community, Result};

/// Conversations shown of each.
const SHOWN: usize = 5;

/// Topics without their conversations, and the rows of those.
pub(crate) type Topics = Vec<(TopicView, Vec<u32>)>;
/// Gaps likewise.
pub(crate) type Gaps = Vec<(GapView, Vec<u32>)>;

impl Community {
    /// What people ask about, what they asked about most in the last 90 days first.
    pub fn topics(&self) -> Result<Vec<TopicView>> {
        self.settle(self.topic_rows().and_then(|rows| self.with_conversations_of_topics(rows.iter())))
    }

    /// So many topics after the first `offset` in an order, and how many there are.
    pub fn topics_page(&self, order: TopicOrder, offset: usize, limit: usize) -> Result<(Vec<TopicView>, u64)> {
        self.settle(self.topic_rows().and_then(|rows| {
            let mut rows: Vec<&(TopicView, Vec<u32>)> = rows.iter().filter(|(topic, _)| order.has(topic)).collect();
            rows.sort_by(|(a, _), (b, _)| order.key(b).cmp(&order.key(a)).then(a.topic.cmp(&b.topic)));
            let total = rows.len() as u64;
            let shown = rows.into_iter().skip(offset).take(limit);
            Ok((self.with_conversations_of_topics(shown)?, total))
        }))
    }

    /// Every topic without its conversations, and their rows.
    fn topic_rows(&self) -> Result<Arc<Topics>> {
        self.topics_known.get(|| self.read_topics())
    }

    fn read_topics(&self) -> Result<Topics> {
        let areas = self.areas()?;
        let columns: Vec<&str> = TOPICS.columns.iter().map(|column| column.name).collect();
        let mut topics = Vec::new();
        each_batch(&self.tables, &TOPICS, files(&self.manifest, &TOPICS), &columns, |batch| {
            let text = |name| batch.texts(name);
            let (names, kinds, latest) = (text("topic")?, text("kind")?, batch.lists("conversation_ids")?);
            for row in (0..batch.rows()).filter(|row| self.is_of_here(&areas, names.value(*row))) {
                let rows = latest.at(row).filter_map(|id| self.conversations.find(id)).take(SHOWN).collect();
                let topic = TopicView {
                    topic: names.value(row).to_owned(),
                    kind: kinds.value(row).to_owned(),
                    questions: batch.count("questions", row)?,
                    unanswered: batch.count("unanswered", row)?,
                    recent: batch.count("recent", row)?,
                    before: batch.count("before", row)?,
                    sentiment: batch.float("sentiment", row)?,
                    last: known(batch.times("last_time")?.at(row)),
                    conversations: Vec::new(),
                };
                topics.push((topic, rows));
            }
            Ok(())
        })?;
        topics.sort_by(|(a, _), (b, _)| {
            (b.recent, b.questions).cmp(&(a.recent, a.questions)).then(a.topic.cmp(&b.topic))
        });
        Ok(topics)
    }

    fn with_conversations_of_topics<'a>(
        &self,
        rows: impl Iterator<Item = &'a (TopicView, Vec<u32>)> + Clone,
    ) -> Result<Vec<TopicView>> {
        let details = self.details(rows.clone().flat_map(|(_, rows)| rows.iter().copied()))?;
        let view = |(topic, rows): &(TopicView, Vec<u32>)| TopicView {
            conversations: rows.iter().map(|row| details.conversation(*row)).collect(),
            ..topic.clone()
        };
        Ok(rows.map(view).collect())
    }

    /// Whether a topic is one of the conversations that are seen: the table of topics is about all of them.
    pub(crate) fn is_of_here(&self, areas: &Areas, topic: &str) -> bool {
        !self.tables.hides_any() || areas.has(topic)
    }

    /// Questions asked again and again that no page answers, most asked first.
    pub fn gaps(&self) -> Result<Vec<GapView>> {
        self.settle(self.gap_rows().and_then(|rows| self.with_answers(&rows)))
    }

    /// So many gaps after the first `offset`, most asked first, and how many there are.
    pub fn gaps_page(&self, offset: usize, limit: usize) -> Result<(Vec<GapView>, u64)> {
        self.settle(self.gap_rows().and_then(|rows| {
            let shown = offset.min(rows.len())..offset.saturating_add(limit).min(rows.len());
            Ok((self.with_answers(&rows[shown])?, rows.len() as u64))
        }))
    }

    /// Every gap without its conversations, and their rows.
    fn gap_rows(&self) -> Result<Arc<Gaps>> {
        self.gaps_known.get(|| self.read_gaps())
    }

    fn read_gaps(&self) -> Result<Gaps> {
        let columns: Vec<&str> = GAPS.columns.iter().map(|column| column.name).collect();
        let mut gaps = Vec::new();
        each_batch(&self.tables, &GAPS, files(&self.manifest, &GAPS), &columns, |batch| {
            let (ids, topics) = (batch.lists("conversation_ids")?, batch.lists("topics")?);
            let gap =
                |row: &usize| batch.texts("gap_id").is_ok_and(|ids| self.conversations.find(ids.value(*row)).is_some());
            for row in (0..batch.rows()).filter(|row| !self.tables.hides_any() || gap(row)) {
                let rows = ids.at(row).filter_map(|id| self.conversations.find(id)).take(SHOWN).collect();
                let gap = GapView {
                    id: batch.texts("gap_id")?.value(row).to_owned(),
                    title: batch.text("title", row)?.unwrap_or_default().to_owned(),
                    topics: topics.at(row).map(str::to_owned).collect(),
                    questions: batch.count("questions", row)?,
                    people: batch.count("people", row)?,
                    unanswered: batch.count("unanswered", row)?,
                    first: known(batch.times("first_time")?.at(row)),
                    last: known(batch.times("last_time")?.at(row)),
                    conversations: Vec::new(),
                    answers: Vec::new(),
                };
                gaps.push((gap, rows));
            }
            Ok(())
        })?;
        gaps.sort_by(|(a, _), (b, _)| (b.questions, b.last, &a.id).cmp(&(a.questions, a.last, &b.id)));
        Ok(gaps)
    }

    fn with_answers(&self, rows: &[(GapView, Vec<u32>)]) -> Result<Vec<GapView>> {
        let details = self.details(rows.iter().flat_map(|(_, rows)| rows.iter().copied()))?;
        let view = |(gap, rows): &(GapView, Vec<u32>)| {
            let mut answers = Vec::new();
            for row in rows {
                answers.extend(self.best_answer(*row)?.map(|words| (details.conversation(*row), words)));
            }
            let conversations = rows.iter().map(|row| details.conversation(*row)).collect();
            Ok(GapView { conversations, answers, ..gap.clone() })
        };
        rows.iter().map(view).collect()
    }
}

/// In which order topics come, and which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TopicOrder {
    /// Asked most in the last 90 days first.
    #[default]
    Asked,
    /// Asked more in the last 90 days than in those before, by how much more.
    Growing,
    /// Asked less, by how much less.
    Fading,
    /// With questions that nobody has answered, by how many.
    Unanswered,
}

impl TopicOrder {
    /// Every order with its name.
    pub const ALL: &'static [(TopicOrder, &'static str)] = &[
        (TopicOrder::Asked, "asked"),
        (TopicOrder::Growing, "growing"),
        (TopicOrder::Fading, "fading"),
        (TopicOrder::Unanswered, "unanswered"),
    ];

    /// The order of this name.
    pub fn parse(name: &str) -> Option<TopicOrder> {
        TopicOrder::ALL.iter().find(|(_, other)| *other == name).map(|(order, _)| *order)
    }

    fn has(self, topic: &TopicView) -> bool {
        match self {
            TopicOrder::Asked => true,
            TopicOrder::Growing => topic.recent > topic.before,
            TopicOrder::Fading => topic.recent < topic.before,
            TopicOrder::Unanswered => topic.unanswered > 0,
        }
    }

    fn key(self, topic: &TopicView) -> (u64, u64) {
        match self {
            TopicOrder::Asked => (topic.recent, topic.questions),
            TopicOrder::Growing | TopicOrder::Fading => (topic.recent.abs_diff(topic.before), topic.questions),
            TopicOrder::Unanswered => (topic.unanswered, topic.questions),
        }
    }
}
