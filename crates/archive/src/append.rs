//! Adding items: they are gathered into columns here and compressed on a second thread.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use arrow::array::{ArrayRef, BinaryBuilder, RecordBatch, StringBuilder};
use model::Timestamp;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use rustc_hash::FxHashMap;
use std::sync::Arc;

use crate::segment::{FORMAT, HEAD_KEY, Head, schema};
use crate::{Archive, ArchiveError, Result};

/// When a segment is full.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of items.
    pub bytes: u64,
    /// Items.
    pub items: u64,
    /// Time since its first item: bounds what a kill can cost to collect again.
    pub age: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { bytes: 64 << 20, items: 250_000, age: Duration::from_secs(60) }
    }
}

/// Bytes of items handed to the compressing thread at once: a Parquet row group.
const GROUP: usize = 8 << 20;

/// Adds items to one source. Nothing is in the archive before a [`Appender::cut`] said so.
pub struct Appender {
    archive: Archive,
    source: String,
    kind: String,
    limits: Limits,
    now: Timestamp,
    /// Hash of each id in the archive → hash of its latest version; filled when first needed.
    known: Option<FxHashMap<u64, u64>>,
    next_number: u64,
    cut_items: u64,
    open: Option<Open>,
}

/// The segment being filled.
pub(crate) struct Open {
    pub(crate) items: u64,
    pub(crate) bytes: u64,
    columns: Columns,
    since: Instant,
    groups: SyncSender<RecordBatch>,
    writer: JoinHandle<Result<ArrowWriter<Vec<u8>>>>,
}

struct Columns {
    texts: [StringBuilder; 4],
    bytes: BinaryBuilder,
    size: usize,
}

impl Appender {
    pub(crate) fn start(archive: Archive, source: &str, kind: &str, limits: Limits) -> Result<Appender> {
        let next_number = archive.numbers(source)?.last().map_or(1, |last| last + 1);
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Ok(Appender {
            archive,
            source: source.to_owned(),
            kind: kind.to_owned(),
            limits,
            now: now.as_micros() as Timestamp,
            known: None,
            next_number,
            cut_items: 0,
            open: None,
        })
    }

    /// Keeps one item: id, version, kind, origin, bytes. False if the archive has this version already.
    pub fn item(&mut self, id: &str, version: &str, kind: &str, origin: &str, bytes: &[u8]) -> Result<bool> {
        let (id_hash, version_hash) = (hash(id), hash(version));
        if self.known()?.get(&id_hash) == Some(&version_hash) {
            return Ok(false);
        }
        self.known()?.insert(id_hash, version_hash);
        if self.open.is_none() {
            self.open = Some(Open::start()?);
        }
        let open = self.open.as_mut().ok_or(ArchiveError::WriterGone)?;
        if !open.add([id, version, kind, origin], bytes)? {
            return Err(self.open.take().map_or(ArchiveError::WriterGone, Open::failure));
        }
        Ok(true)
    }

    /// Items kept so far, those not yet in the archive included.
    pub fn items(&self) -> u64 {
        self.cut_items + self.open.as_ref().map_or(0, |open| open.items)
    }

    /// Whether the archive has this version of the item already, as its latest.
    pub fn has(&mut self, id: &str, version: &str) -> Result<bool> {
        Ok(self.known()?.get(&hash(id)) == Some(&hash(version)))
    }

    /// Whether the segment is full and [`Appender::cut`] is due.
    pub fn is_due(&self) -> bool {
        self.open.as_ref().is_some_and(|open| {
            open.bytes >= self.limits.bytes
                || open.items >= self.limits.items
                || open.since.elapsed() >= self.limits.age
        })
    }

    /// Puts what was kept since the last cut into the archive, with the cursor after it. When nothing
    /// was kept, a segment is only written if the cursor moved.
    pub fn cut(&mut self, cursor: serde_json::Value) -> Result<()> {
        if self.open.is_none() {
            let before = self.archive.last(&self.source)?.map(|segment| segment.head().cursor.clone());
            if before.unwrap_or_default() == cursor {
                return Ok(());
            }
        }
        let open = match self.open.take() {
            Some(open) => open,
            None => Open::start()?,
        };
        let head = Head {
            format: FORMAT,
            kind: self.kind.clone(),
            collected_at: self.now,
            items: open.items,
            bytes: open.bytes,
            cursor,
        };
        let cut = head.items;
        let bytes = open.finish(&head)?;
        self.archive.put(&self.source, self.next_number, bytes)?;
        self.next_number += 1;
        self.cut_items += cut;
        Ok(())
    }

    fn known(&mut self) -> Result<&mut FxHashMap<u64, u64>> {
        if self.known.is_none() {
            let mut known = FxHashMap::default();
            for number in self.archive.numbers(&self.source)? {
                let segment = self.archive.segment(&self.source, number)?;
                segment.keys(|id, version| {
                    known.insert(hash(id), hash(version));
                })?;
            }
            self.known = Some(known);
        }
        self.known.as_mut().ok_or(ArchiveError::WriterGone)
    }
}

impl Open {
    pub(crate) fn start() -> Result<Open> {
        // Two groups in flight: one being compressed, one waiting.
        let (groups, receiver) = sync_channel(1);
        let writer = std::thread::spawn(move || compress(&receiver));
        Ok(Open { items: 0, bytes: 0, columns: Columns::default(), since: Instant::now(), groups, writer })
    }

    /// Adds an item; false where the thread that compresses is gone ([`Open::failure`] says why).
    pub(crate) fn add(&mut self, texts: [&str; 4], bytes: &[u8]) -> Result<bool> {
        self.columns.push(texts, bytes);
        self.items += 1;
        self.bytes += bytes.len() as u64;
        if self.columns.size < GROUP {
            return Ok(true);
        }
        let group = self.columns.finish()?;
        Ok(self.groups.send(group).is_ok())
    }

    /// The bytes of the whole segment.
    pub(crate) fn finish(mut self, head: &Head) -> Result<Vec<u8>> {
        if self.columns.size > 0 || self.columns.bytes_len() > 0 {
            let group = self.columns.finish()?;
            if self.groups.send(group).is_err() {
                return Err(self.failure());
            }
        }
        drop(self.groups);
        let mut writer = self.writer.join().map_err(|_| ArchiveError::WriterGone)??;
        let text = serde_json::to_string(head).map_err(|error| ArchiveError::damaged("the cursor", error))?;
        writer.append_key_value_metadata(KeyValue::new(HEAD_KEY.to_owned(), text));
        Ok(writer.into_inner()?)
    }

    /// Why the thread that compresses ended early.
    pub(crate) fn failure(self) -> ArchiveError {
        drop(self.groups);
        match self.writer.join() {
            Ok(Err(error)) => error,
            _ => ArchiveError::WriterGone,
        }
    }
}

fn compress(groups: &Receiver<RecordBatch>) -> Result<ArrowWriter<Vec<u8>>> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        // Bodies hardly repeat as a whole, and nobody looks for one by its bytes.
        .set_dictionary_enabled(false)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_max_row_group_row_count(None)
        .build();
    let mut writer = ArrowWriter::try_new(Vec::new(), schema(), Some(properties))?;
    for group in groups {
        writer.write(&group)?;
        writer.flush()?;
    }
    Ok(writer)
}

impl Default for Columns {
    fn default() -> Self {
        Columns { texts: std::array::from_fn(|_| StringBuilder::new()), bytes: BinaryBuilder::new(), size: 0 }
    }
}

impl Columns {
    fn push(&mut self, texts: [&str; 4], bytes: &[u8]) {
        for (column, text) in self.texts.iter_mut().zip(texts) {
            column.append_value(text);
            self.size += text.len() + 8;
        }
        self.bytes.append_value(bytes);
        self.size += bytes.len() + 8;
    }

    fn bytes_len(&self) -> usize {
        arrow::array::ArrayBuilder::len(&self.bytes)
    }

    fn finish(&mut self) -> Result<RecordBatch> {
        self.size = 0;
        let mut columns: Vec<ArrayRef> = self.texts.iter_mut().map(|column| Arc::new(column.finish()) as _).collect();
        columns.push(Arc::new(self.bytes.finish()));
        Ok(RecordBatch::try_new(schema(), columns)?)
    }
}

/// 64 bits to tell ids and versions apart within one source. A chance collision of both an id and its
/// version would lose an item; at 10^8 items of one source that is a matter of 2^-75.
fn hash(text: &str) -> u64 {
    let hash = blake3::hash(text.as_bytes());
    hash.as_bytes()[..8].iter().fold(0, |bits, byte| bits << 8 | u64::from(*byte))
}
