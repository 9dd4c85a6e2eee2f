//! Story leads: messages of the last year in which somebody tells how they use the project.

use model::tables::{MESSAGES, SIGNALS};
use model::time::{DAY, month};
use rustc_hash::FxHashMap;

use crate::columns::{NEVER, each_batch, files, text_at};
use crate::views::{Stories, StoryLead};
use crate::{Community, Result};

/// How far back leads are looked for, in days.
const BACK: i64 = 365;
/// As on Today: who says less only says that they use it.
const WORDS: i64 = 30;
/// Leads kept, the latest.
const KEPT: usize = 1_000;

/// A lead, as small as it gets.
#[derive(Debug)]
struct Lead {
    message: String,
    conversation: u32,
    person: u32,
    time: i64,
    words: String,
}

/// The leads of the last year, the latest first.
#[derive(Debug, Default)]
pub(crate) struct Leads {
    found: Vec<Lead>,
    total: u64,
}

impl Community {
    /// Story leads, latest first: at most `limit` after the first `offset`. Bots tell none.
    pub fn stories(&self, offset: usize, limit: usize) -> Result<Stories> {
        self.settle(self.page_of_leads(offset, limit))
    }

    fn page_of_leads(&self, offset: usize, limit: usize) -> Result<Stories> {
        let now = self.now().time;
        let leads = self.leads(now, || self.find_leads(now))?;
        let shown: Vec<&Lead> = leads.found.iter().skip(offset).take(limit).collect();
        let details = self.details(shown.iter().map(|lead| lead.conversation))?;
        let view = |lead: &&Lead| StoryLead {
            message: lead.message.clone(),
            conversation: details.conversation(lead.conversation),
            person: self.person_ref(lead.person),
            time: lead.time,
            lead: lead.words.clone(),
        };
        Ok(Stories { total: leads.total, offset: offset as u64, leads: shown.iter().map(view).collect() })
    }

    fn find_leads(&self, now: i64) -> Result<Leads> {
        let from = now.saturating_sub(BACK * DAY);
        let months = month(from)..=month(now);
        let touched = |entry: &&archive::FileEntry| entry.month.as_ref().is_some_and(|month| months.contains(month));
        let mut stories = FxHashMap::<String, String>::default();
        let columns = ["message_id", "story", "words", "lead"];
        each_batch(
            &self.tables,
            &SIGNALS,
            files(&self.manifest, &SIGNALS).iter().filter(touched),
            &columns,
            |batch| {
                let (ids, marks) = (batch.texts("message_id")?, batch.bools("story")?);
                let (words, leads) = (batch.ints("words")?, batch.texts("lead")?);
                let told = (0..batch.rows()).filter(|row| marks.value(*row) && words.value(*row) >= WORDS);
                stories.extend(told.map(|row| (ids.value(row).to_owned(), leads.value(row).to_owned())));
                Ok(())
            },
        )?;
        let mut found = Vec::new();
        if stories.is_empty() {
            return Ok(Leads::default());
        }
        let columns = ["message_id", "conversation_id", "identity_id", "time"];
        each_batch(
            &self.tables,
            &MESSAGES,
            files(&self.manifest, &MESSAGES).iter().filter(touched),
            &columns,
            |batch| {
                let (ids, conversations) = (batch.texts("message_id")?, batch.texts("conversation_id")?);
                let (identities, times) = (batch.texts("identity_id")?, batch.times("time")?);
                for row in 0..batch.rows() {
                    let Some(words) = stories.get(ids.value(row)) else { continue };
                    let (person, time) = (self.people.of_identity(text_at(identities, row)), times.at(row));
                    let Some(conversation) = self.conversations.find(conversations.value(row)) else { continue };
                    if time != NEVER && time > from && time <= now && !self.people.is_bot(person) {
                        let (message, words) = (ids.value(row).to_owned(), words.clone());
                        found.push(Lead { message, conversation, person, time, words });
                    }
                }
                Ok(())
            },
        )?;
        found.sort_by(|a, b| (b.time, &a.message).cmp(&(a.time, &b.message)));
        let total = found.len() as u64;
        found.truncate(KEPT);
        Ok(Leads { found, total })
    }
}
