//! The fields of a document, and opening or making an index that has exactly them.

use std::path::Path;

use tantivy::directory::MmapDirectory;
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{IndexReader, ReloadPolicy};

use crate::directory::Folder;
use crate::guard::guard;
use crate::words;
use crate::{IndexError, Result};

/// Raised whenever a field, the splitting into words or what is indexed changes: an index of another
/// version is made anew.
pub(crate) const VERSION: u32 = 1;

/// The fields by name. Ids are 80 bits, kept in two fast columns: read in nanoseconds, and a third of
/// the size that a dictionary of random texts would have.
#[derive(Clone, Copy)]
pub(crate) struct Fields {
    pub partition: Field,
    pub subject: Field,
    pub body: Field,
    pub time: Field,
    pub message: IdFields,
    pub conversation: IdFields,
}

/// The two columns of one id.
#[derive(Clone, Copy)]
pub(crate) struct IdFields {
    pub high: Field,
    pub low: Field,
}

/// Names of the columns of an id, high 64 bits and low 16 bits.
pub(crate) const MESSAGE: [&str; 2] = ["message_high", "message_low"];
pub(crate) const CONVERSATION: [&str; 2] = ["conversation_high", "conversation_low"];
pub(crate) const TIME: &str = "time";

/// An index with the fields of this version, ready to read.
pub(crate) struct Opened {
    pub index: tantivy::Index,
    pub reader: IndexReader,
    pub fields: Fields,
}

fn layout() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let raw = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    let words = TextFieldIndexing::default().set_tokenizer(words::NAME).set_index_option(IndexRecordOption::WithFreqs);
    let partition = builder.add_text_field("partition", TextOptions::default().set_indexing_options(raw));
    let subject = builder.add_text_field("subject", TextOptions::default().set_indexing_options(words.clone()));
    let body = builder.add_text_field("body", TextOptions::default().set_indexing_options(words));
    let time = builder.add_i64_field(TIME, FAST);
    let mut id = |[high, low]: [&str; 2]| IdFields {
        high: builder.add_u64_field(high, FAST),
        low: builder.add_u64_field(low, FAST),
    };
    let (message, conversation) = (id(MESSAGE), id(CONVERSATION));
    (builder.build(), Fields { partition, subject, body, time, message, conversation })
}

/// Opens the index in `folder`. Damage that shows in a header or a missing file shows here.
pub(crate) fn open(folder: &Path) -> Result<Opened> {
    let failed = |error| IndexError::tantivy(folder, error);
    if !folder.join("meta.json").is_file() {
        return Err(IndexError::Missing(folder.to_owned()));
    }
    let directory = MmapDirectory::open(folder).map_err(|error| failed(error.into()))?;
    let index = guard(folder, || tantivy::Index::open(Folder(directory)).map_err(failed))?;
    let (schema, fields) = layout();
    if index.schema() != schema {
        return Err(IndexError::Outdated(folder.to_owned()));
    }
    guard(folder, || ready(index, fields).map_err(failed))
}

/// Makes an empty index in `folder`, in place of whatever index is there.
pub(crate) fn create(folder: &Path) -> Result<Opened> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(IndexError::io(folder, error)),
        _ => std::fs::create_dir_all(folder).map_err(|error| IndexError::io(folder, error))?,
    }
    let failed = |error| IndexError::tantivy(folder, error);
    let (schema, fields) = layout();
    let directory = MmapDirectory::open(folder).map_err(|error| failed(error.into()))?;
    let index = tantivy::Index::builder().schema(schema).open_or_create(directory).map_err(failed)?;
    ready(index, fields).map_err(failed)
}

fn ready(index: tantivy::Index, fields: Fields) -> tantivy::Result<Opened> {
    index.tokenizers().register(words::NAME, words::analyzer());
    // Whoever asks decides when to see the next state: no thread watches the folder.
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Ok(Opened { index, reader, fields })
}
