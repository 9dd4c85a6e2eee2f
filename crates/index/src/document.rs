//! From a row of the table to a document of the index.

use arrow::array::{Array, ArrayRef, ListArray, RecordBatch, StringArray, TimestampMicrosecondArray};
use model::Id;
use tantivy::TantivyDocument;

use crate::facts::{Fact, Holds, held};
use crate::known::print;
use crate::schema::{Fields, IdFields};
use crate::{IndexError, Result};

/// Bytes of a message that are looked at. What goes on longer is a log or a file, not a question;
/// and as many messages wait in the writer's queue, this bounds its memory.
const LONGEST: usize = 32 << 10;

/// The columns of a batch that are indexed.
pub(crate) struct Rows<'a> {
    message: &'a StringArray,
    conversation: &'a StringArray,
    source: &'a StringArray,
    channel: &'a StringArray,
    kind: &'a StringArray,
    author: &'a StringArray,
    time: &'a TimestampMicrosecondArray,
    subject: &'a StringArray,
    body: &'a StringArray,
    attachments: &'a ListArray,
}

impl<'a> Rows<'a> {
    /// Their names.
    pub(crate) const COLUMNS: &'static [&'static str] = &[
        "message_id",
        "conversation_id",
        "source",
        "channel",
        "kind",
        "identity_id",
        "time",
        "subject",
        "body",
        "attachments",
    ];

    pub(crate) fn of(batch: &'a RecordBatch, path: &str) -> Result<Rows<'a>> {
        Ok(Rows {
            message: column(batch, path, "message_id")?,
            conversation: column(batch, path, "conversation_id")?,
            source: column(batch, path, "source")?,
            channel: column(batch, path, "channel")?,
            kind: column(batch, path, "kind")?,
            author: column(batch, path, "identity_id")?,
            time: column(batch, path, "time")?,
            subject: column(batch, path, "subject")?,
            body: column(batch, path, "body")?,
            attachments: column(batch, path, "attachments")?,
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.message.len()
    }

    /// The message's id as bits; none if it is none.
    pub(crate) fn message_bits(&self, row: usize) -> Option<u128> {
        Some(Id::parse(self.message.value(row))?.to_bits())
    }

    /// What tells this state of the message from another.
    pub(crate) fn print(&self, row: usize) -> u64 {
        let text = |column: &'a StringArray| if column.is_valid(row) { column.value(row).as_bytes() } else { &[] };
        let time = if self.time.is_valid(row) { self.time.value(row) } else { i64::MIN };
        print(&[
            text(self.conversation),
            text(self.source),
            text(self.channel),
            text(self.kind),
            text(self.author),
            &time.to_le_bytes(),
            text(self.subject),
            text(self.body),
            &[u8::from(self.has_attachments(row))],
        ])
    }

    /// The document; none if an id is none.
    pub(crate) fn document(&self, fields: &Fields, partition: &str, row: usize) -> Option<TantivyDocument> {
        let (message, conversation) = (self.message.value(row), self.conversation.value(row));
        let mut document = TantivyDocument::default();
        add_id(&mut document, fields.message, message)?;
        add_id(&mut document, fields.conversation, conversation)?;
        document.add_text(fields.partition, partition);
        document.add_u64(fields.print, self.print(row));
        if self.time.is_valid(row) {
            document.add_i64(fields.time, self.time.value(row));
        }
        if self.subject.is_valid(row) {
            let subject = beginning(self.subject.value(row));
            let times = if message == conversation { 2 } else { usize::from(!text::subject_key(subject).reply) };
            (0..times).for_each(|_| document.add_text(fields.text, subject));
        }
        let own = text::own_words(beginning(self.body.value(row)));
        for fact in self.facts(row, &own) {
            document.add_text(fields.facts, fact.term());
        }
        if !own.is_empty() {
            document.add_text(fields.text, &own);
            document.add_text(fields.own, own);
        }
        Some(document)
    }

    fn facts(&self, row: usize, own: &str) -> Vec<Fact> {
        let mut facts: Vec<Fact> = held(own).into_iter().map(Fact::Has).collect();
        facts.push(Fact::Place(self.source.value(row).to_owned(), self.channel.value(row).to_owned()));
        if self.author.is_valid(row) {
            facts.push(Fact::Author(self.author.value(row).to_owned()));
        }
        facts.push(Fact::Kind(self.kind.value(row).to_owned()));
        if self.has_attachments(row) {
            facts.push(Fact::Has(Holds::Attachment));
        }
        facts
    }

    fn has_attachments(&self, row: usize) -> bool {
        self.attachments.is_valid(row) && self.attachments.value_length(row) > 0
    }
}

/// A column of a batch, by name and type.
pub(crate) fn column<'a, A: 'static>(batch: &'a RecordBatch, path: &str, column: &'static str) -> Result<&'a A> {
    let array = batch.column_by_name(column).map(ArrayRef::as_any).and_then(|any| any.downcast_ref());
    array.ok_or_else(|| IndexError::Column { path: path.to_owned(), column })
}

fn add_id(document: &mut TantivyDocument, fields: IdFields, text: &str) -> Option<()> {
    let bits = Id::parse(text)?.to_bits();
    document.add_u64(fields.high, (bits >> 16) as u64);
    document.add_u64(fields.low, (bits & 0xffff) as u64);
    Some(())
}

/// The first [`LONGEST`] bytes of a text, whole characters only.
pub(crate) fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}
