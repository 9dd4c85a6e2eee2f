//! The fields of a document, and opening or making an index that has exactly them.

use std::path::Path;

use tantivy::directory::MmapDirectory;
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::{IndexReader, ReloadPolicy};

use crate::directory::Folder;
use crate::guard::guard;
use crate::words;
use crate::{IndexError, Result};

/// Raised whenever a field, the splitting into words or what is indexed changes: an index of another
/// version is made anew.
pub(crate) const VERSION: u32 = 2;

/// The fields by name. Ids are 80 bits, kept in two fast columns: read in nanoseconds, and a third of
/// the size that a dictionary of random texts would have.
#[derive(Clone, Copy)]
pub(crate) struct Fields {
    pub partition: Field,
    /// The writer's own words, and the subject: of an opening twice, so that it counts twice (as in BM25F, where
    /// a field's weight multiplies how often a term stands in it), of a reply once.
    pub text: Field,
    /// The writer's own words as they are, to quote from: looking ten of them up in ten partitions of the tables
    /// takes longer than all else.
    pub own: Field,
    /// What can be filtered by, see [`crate::facts`].
    pub facts: Field,
    pub time: Field,
    pub message: IdFields,
    pub conversation: IdFields,
    /// Two hashes in one number, see [`crate::known`].
    pub print: Field,
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
pub(crate) const PRINT: &str = "print";

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
    let words = TextFieldIndexing::default()
        .set_tokenizer(words::NAME)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let raw = TextOptions::default().set_indexing_options(raw);
    let partition = builder.add_text_field("partition", raw.clone());
    let text = builder.add_text_field("text", TextOptions::default().set_indexing_options(words));
    let own = builder.add_text_field("own", STORED);
    let facts = builder.add_text_field("facts", raw);
    let time = builder.add_i64_field(TIME, FAST);
    let mut id = |[high, low]: [&str; 2]| IdFields {
        high: builder.add_u64_field(high, FAST),
        low: builder.add_u64_field(low, FAST),
    };
    let (message, conversation) = (id(MESSAGE), id(CONVERSATION));
    let print = builder.add_u64_field(PRINT, FAST);
    (builder.build(), Fields { partition, text, own, facts, time, message, conversation, print })
}

/// Opens the index in `folder`. Damage that shows in a header or a missing file shows here.
pub(crate) fn open(folder: &Path) -> Result<Opened> {
    let index = open_bare(folder)?;
    let (schema, fields) = layout();
    if index.schema() != schema {
        return Err(IndexError::Outdated(folder.to_owned()));
    }
    guard(folder, || ready(index, fields).map_err(|error| IndexError::tantivy(folder, error)))
}

/// Opens it without a reader, of whatever version.
pub(crate) fn open_bare(folder: &Path) -> Result<tantivy::Index> {
    let failed = |error| IndexError::tantivy(folder, error);
    if !folder.join("meta.json").is_file() {
        return Err(IndexError::Missing(folder.to_owned()));
    }
    let directory = MmapDirectory::open(folder).map_err(|error| failed(error.into()))?;
    guard(folder, || tantivy::Index::open(Folder(directory)).map_err(failed))
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
