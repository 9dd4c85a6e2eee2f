//! What people ask about, and what should be documented.

use model::tables::{GAPS, TOPICS};

use crate::columns::{Areas, each_batch, files, known};
use crate::views::{GapView, TopicView};
use crate::{Community, Result};

/// Conversations shown of each.
const SHOWN: usize = 5;

impl Community {
    /// What people ask about, what they asked about most in the last 90 days first.
    pub fn topics(&self) -> Result<Vec<TopicView>> {
        self.settle(self.read_topics())
    }

    fn read_topics(&self) -> Result<Vec<TopicView>> {
        let areas = self.areas()?;
        let columns: Vec<&str> = TOPICS.columns.iter().map(|column| column.name).collect();
        let mut topics = Vec::new();
        each_batch(&self.tables, &TOPICS, files(&self.manifest, &TOPICS), &columns, |batch| {
            let text = |name| batch.texts(name);
            let (names, kinds, latest) = (text("topic")?, text("kind")?, batch.lists("conversation_ids")?);
            for row in (0..batch.rows()).filter(|row| self.is_of_here(&areas, names.value(*row))) {
                let rows = latest.at(row).filter_map(|id| self.conversations.find(id)).take(SHOWN);
                let rows: Vec<u32> = rows.collect();
                let details = self.details(rows.iter().copied())?;
                topics.push(TopicView {
                    topic: names.value(row).to_owned(),
                    kind: kinds.value(row).to_owned(),
                    questions: batch.count("questions", row)?,
                    unanswered: batch.count("unanswered", row)?,
                    recent: batch.count("recent", row)?,
                    before: batch.count("before", row)?,
                    sentiment: batch.float("sentiment", row)?,
                    last: known(batch.times("last_time")?.at(row)),
                    conversations: rows.iter().map(|row| details.conversation(*row)).collect(),
                });
            }
            Ok(())
        })?;
        topics.sort_by(|a, b| (b.recent, b.questions).cmp(&(a.recent, a.questions)).then(a.topic.cmp(&b.topic)));
        Ok(topics)
    }

    /// Whether a topic is one of the conversations that are seen: the table of topics is about all of them.
    pub(crate) fn is_of_here(&self, areas: &Areas, topic: &str) -> bool {
        !self.tables.hides_any() || areas.has(topic)
    }

    /// Questions asked again and again that no page answers, most asked first.
    pub fn gaps(&self) -> Result<Vec<GapView>> {
        self.settle(self.read_gaps())
    }

    fn read_gaps(&self) -> Result<Vec<GapView>> {
        let columns: Vec<&str> = GAPS.columns.iter().map(|column| column.name).collect();
        let mut gaps = Vec::new();
        each_batch(&self.tables, &GAPS, files(&self.manifest, &GAPS), &columns, |batch| {
            let (ids, topics) = (batch.lists("conversation_ids")?, batch.lists("topics")?);
            let gap =
                |row: &usize| batch.texts("gap_id").is_ok_and(|ids| self.conversations.find(ids.value(*row)).is_some());
            for row in (0..batch.rows()).filter(|row| !self.tables.hides_any() || gap(row)) {
                let rows: Vec<u32> = ids.at(row).filter_map(|id| self.conversations.find(id)).take(SHOWN).collect();
                let details = self.details(rows.iter().copied())?;
                let mut answers = Vec::new();
                for row in &rows {
                    answers.extend(self.best_answer(*row)?.map(|words| (details.conversation(*row), words)));
                }
                gaps.push(GapView {
                    id: batch.texts("gap_id")?.value(row).to_owned(),
                    title: batch.text("title", row)?.unwrap_or_default().to_owned(),
                    topics: topics.at(row).map(str::to_owned).collect(),
                    questions: batch.count("questions", row)?,
                    people: batch.count("people", row)?,
                    unanswered: batch.count("unanswered", row)?,
                    first: known(batch.times("first_time")?.at(row)),
                    last: known(batch.times("last_time")?.at(row)),
                    conversations: rows.iter().map(|row| details.conversation(*row)).collect(),
                    answers,
                });
            }
            Ok(())
        })?;
        gaps.sort_by(|a, b| (b.questions, b.last, &a.id).cmp(&(a.questions, a.last, &b.id)));
        Ok(gaps)
    }
}
