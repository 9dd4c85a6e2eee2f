//! The messages of a conversation, looked up in the partitions where they can lie.

use archive::FileEntry;
use model::tables::MESSAGES;
use model::time::month;
use rustc_hash::FxHashMap;

use crate::columns::{Batch, NEVER, files, known};
use crate::{Community, InsightError, Result};

/// Messages of one conversation that are looked at; what is longer is cut off at the end.
pub(crate) const MOST: usize = 500;
/// The partition of messages without a time.
const UNKNOWN: &str = "unknown";

/// A message as pages and rankings need it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Message {
    pub(crate) id: String,
    /// [`crate::columns::NOBODY`] if unknown.
    pub(crate) person: u32,
    pub(crate) time: Option<i64>,
    pub(crate) time_estimated: bool,
    pub(crate) position: i64,
    pub(crate) subject: Option<String>,
    pub(crate) body: String,
    pub(crate) attachments: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) url: Option<String>,
    pub(crate) seen_in: Vec<String>,
}

/// How much of a message is read: every column costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    /// Id, person, time, position and body.
    Words,
    /// Everything.
    All,
}

impl Read {
    fn columns(self) -> &'static [&'static str] {
        const ALL: &[&str] = &[
            "message_id",
            "conversation_id",
            "identity_id",
            "time",
            "position",
            "body",
            "time_estimated",
            "subject",
            "attachments",
            "tags",
            "url",
            "seen_in",
        ];
        match self {
            Read::Words => &ALL[..6],
            Read::All => ALL,
        }
    }
}

impl Community {
    /// A conversation's messages, oldest first, those without a time last; at most [`MOST`].
    pub(crate) fn messages(&self, row: u32, read: Read) -> Result<Vec<Message>> {
        self.messages_up_to(row, read, MOST)
    }

    /// The same, at most `most`.
    pub(crate) fn messages_up_to(&self, row: u32, read: Read, most: usize) -> Result<Vec<Message>> {
        let id = self.conversations.ids[row as usize].to_string();
        let expected = self.conversations.messages[row as usize] as usize;
        let mut messages = Vec::new();
        let mut reading = None;
        for file in self.files_of(row) {
            // Months are read as a whole: a mail thread may lie in the archives of several sources.
            if messages.len() >= expected || (messages.len() >= most && reading != Some(&file.month)) {
                break;
            }
            reading = Some(&file.month);
            // They come in the order of time: of one file, more than the first `most` are never shown.
            let until = messages.len() + most;
            self.read_messages(file, &[&id], read, |_, message| {
                if messages.len() < until {
                    messages.push(message);
                }
            })?;
        }
        messages.sort_by_key(|message| (message.time.unwrap_or(i64::MAX), message.position));
        messages.truncate(most);
        Ok(messages)
    }

    /// The opening messages of some conversations; none for those that have none where it should be.
    pub(crate) fn opening_messages(&self, rows: &[u32]) -> Result<FxHashMap<u32, Message>> {
        let mut by_place = FxHashMap::<(&str, String), Vec<u32>>::default();
        for row in rows {
            let month = known(self.conversations.opened[*row as usize]).map_or_else(|| UNKNOWN.to_owned(), month);
            by_place.entry((self.conversations.place(*row).0, month)).or_default().push(*row);
        }
        let mut openings = FxHashMap::default();
        for file in files(&self.manifest, &MESSAGES) {
            let (Some(source), Some(month)) = (&file.source, &file.month) else { continue };
            let Some(rows) = by_place.get(&(source.as_str(), month.clone())) else { continue };
            let ids: Vec<&str> = rows.iter().map(|row| self.conversations.ids[*row as usize].as_str()).collect();
            self.read_messages(file, &ids, Read::All, |conversation, message| {
                if message.id == conversation
                    && let Some(row) = self.conversations.find(conversation)
                {
                    openings.insert(row, message);
                }
            })?;
        }
        Ok(openings)
    }

    /// The partitions in which a conversation's messages can lie: of every source, by month, its own
    /// source first within a month, the partitions without a time last.
    pub(crate) fn files_of(&self, row: u32) -> Vec<&FileEntry> {
        let conversations = &self.conversations;
        let (opened, last) = (conversations.opened[row as usize], conversations.latest(row));
        let first = if opened == NEVER { last } else { opened };
        let months = known(first).map(|first| month(first)..=month(last));
        let can_hold = |file: &&FileEntry| match (file.month.as_deref(), &months) {
            (Some(UNKNOWN) | None, _) => true,
            (Some(month), Some(months)) => months.start().as_str() <= month && month <= months.end().as_str(),
            _ => false,
        };
        let mut found: Vec<&FileEntry> = files(&self.manifest, &MESSAGES).iter().filter(can_hold).collect();
        let own = conversations.place(row).0;
        // Letters sort after digits: `unknown` comes last.
        found.sort_by_key(|file| (&file.month, file.source.as_deref() != Some(own)));
        found
    }

    /// Reads the messages of conversations (ids) from one partition; gives each with its conversation's id.
    fn read_messages(
        &self,
        file: &FileEntry,
        ids: &[&str],
        read: Read,
        mut take: impl FnMut(&str, Message),
    ) -> Result<()> {
        for batch in self.tables.read_where_in(file, "conversation_id", ids, read.columns())? {
            let batch = Batch { table: &MESSAGES, batch };
            let conversations = batch.texts("conversation_id")?;
            for row in 0..batch.rows() {
                let mut message = self.words(&batch, row)?;
                if read == Read::All {
                    complete(&mut message, &batch, row)?;
                    message.seen_in.retain(|place| {
                        let (source, channel) = place.split_once('/').unwrap_or((place, ""));
                        !self.tables.hides(source, channel)
                    });
                }
                take(conversations.value(row), message);
            }
        }
        Ok(())
    }

    fn words(&self, batch: &Batch, row: usize) -> Result<Message> {
        let text = |name| Ok::<_, InsightError>(batch.text(name, row)?.unwrap_or_default().to_owned());
        Ok(Message {
            id: text("message_id")?,
            person: self.people.of_identity(batch.text("identity_id", row)?),
            time: known(batch.times("time")?.at(row)),
            position: batch.ints("position")?.value(row),
            body: text("body")?,
            ..Message::default()
        })
    }
}

fn complete(message: &mut Message, batch: &Batch, row: usize) -> Result<()> {
    let text = |name| Ok::<_, InsightError>(batch.text(name, row)?.map(str::to_owned));
    let list = |name| Ok::<_, InsightError>(batch.lists(name)?.at(row).map(str::to_owned).collect());
    message.time_estimated = batch.bools("time_estimated")?.value(row);
    message.subject = text("subject")?;
    message.attachments = list("attachments")?;
    message.tags = list("tags")?;
    message.url = text("url")?;
    message.seen_in = list("seen_in")?;
    Ok(())
}
