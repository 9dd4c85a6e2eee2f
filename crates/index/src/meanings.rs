//! What openings and pages mean, as vectors, in one file beside the index: which ones point where a text points.
//!
//! All of them are compared: of a few by 192 products of small numbers each, of many by their signs first
//! ([`crate::signs`]), which takes milliseconds for hundreds of thousands. The file is derived: one that is missing, damaged or of another version is
//! made again by the next update.
//!
//! Its layout: [`MAGIC`], the head's length in bytes (u32, little endian), the head in JSON, then the 10 bytes of
//! each id and then the 192 signed bytes of each vector, partition after partition.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use archive::{Manifest, Tables};
use arrow::array::{Array, StringArray};
use model::Id;
use model::tables::SIGNALS;
use serde::{Deserialize, Serialize};
use text::{DIMENSIONS, Meaning};

use crate::document::column;
use crate::query::Index;
use crate::signs::Signs;
use crate::state::{changed, partitions};
use crate::{IndexError, Result};

/// How the file begins; another number for another layout.
const MAGIC: &[u8; 8] = b"SBMEAN01";
const NAME: &str = "meanings";
/// Bytes of an id.
const ID: usize = 10;
/// From so many vectors on their signs are compared first, and a second thread is worth starting: comparing them takes some
/// milliseconds.
const MANY: usize = 50_000;
/// Likenesses are kept as whole numbers of these.
const MILLIONTHS: f32 = 1e6;

/// Which openings and pages may be found, by their ids.
pub type Takes<'a> = dyn Fn(Id) -> bool + Sync + 'a;

/// A text that points about where another one does.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// The opening message's id, which is its conversation's too, or that of a page or of a section.
    pub id: Id,
    /// The cosine of the angle between them, up to 1.
    pub likeness: f32,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Head {
    partitions: BTreeMap<String, Rows>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Rows {
    hash: String,
    rows: usize,
}

impl Head {
    /// Rows of all partitions; none if there cannot be so many.
    fn rows(&self) -> Option<usize> {
        self.partitions.values().try_fold(0_usize, |sum, rows| sum.checked_add(rows.rows))
    }
}

/// The file, read.
#[derive(Debug, Default)]
pub(crate) struct Meanings {
    head: Head,
    ids: Vec<u8>,
    /// Signed bytes, as they are in the file.
    vectors: Vec<u8>,
    /// One over the length of each vector, 0 for one without.
    scales: Vec<f32>,
    /// Rows in the order of their ids.
    by_id: Vec<u32>,
    /// Of many vectors only.
    signs: Option<Signs>,
}

/// Brings the file in `folder` to the `signals` of `manifest`.
pub(crate) fn update(folder: &Path, tables: &Tables, manifest: &Manifest) -> Result<()> {
    if is_current(folder, manifest) {
        return Ok(());
    }
    let old = read(folder).unwrap_or_default();
    let wanted = partitions(manifest, &SIGNALS);
    let stale = changed_of(&old.head, &wanted);
    let mut new = Meanings::default();
    let mut kept = old.partitions();
    for (name, partition) in &wanted {
        let before = new.rows();
        match kept.remove(name.as_str()).filter(|_| !stale.contains(name)) {
            Some((ids, vectors)) => {
                new.ids.extend_from_slice(ids);
                new.vectors.extend_from_slice(vectors);
            }
            None => {
                for file in &partition.files {
                    new.read_table(tables, file)?;
                }
            }
        }
        let rows = Rows { hash: partition.hash.clone(), rows: new.rows() - before };
        new.head.partitions.insert(name.clone(), rows);
    }
    new.write(folder)
}

/// Whether the file is whole and was made from exactly the signals of `manifest`. Reads its head only.
pub(crate) fn is_current(folder: &Path, manifest: &Manifest) -> bool {
    read_head(folder).is_some_and(|(head, _)| changed_of(&head, &partitions(manifest, &SIGNALS)).is_empty())
}

fn changed_of(head: &Head, wanted: &BTreeMap<String, crate::state::Partition<'_>>) -> Vec<String> {
    let hashes = head.partitions.iter().map(|(name, rows)| (name.clone(), rows.hash.clone())).collect();
    changed(&hashes, wanted).into_iter().map(str::to_owned).collect()
}

fn path(folder: &Path) -> PathBuf {
    folder.join(NAME)
}

/// The head in a file's first bytes, and how many bytes it and what is before it take.
fn head(bytes: &[u8]) -> Option<(Head, usize)> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let length = u32::from_le_bytes(rest.get(..4)?.try_into().ok()?) as usize;
    let head = serde_json::from_slice(rest.get(4..)?.get(..length)?).ok()?;
    Some((head, MAGIC.len() + 4 + length))
}

/// The head, and where what follows it begins; none if the file is not as long as the head says.
fn read_head(folder: &Path) -> Option<(Head, u64)> {
    use std::io::Read;
    let mut file = std::fs::File::open(path(folder)).ok()?;
    let size = file.metadata().ok()?.len();
    let mut start = vec![0; MAGIC.len() + 4];
    file.read_exact(&mut start).ok()?;
    let length = u32::from_le_bytes(start.get(MAGIC.len()..)?.try_into().ok()?);
    file.take(u64::from(length)).read_to_end(&mut start).ok()?;
    let (head, length) = head(&start)?;
    let bytes = head.rows()?.checked_mul(ID + DIMENSIONS)?.checked_add(length)?;
    (u64::try_from(bytes).ok()? == size).then_some((head, length as u64))
}

/// The file; none where there is none, or none that is whole. Nothing of it is held twice, not for a moment: it is most of
/// what a server needs.
fn read(folder: &Path) -> Option<Meanings> {
    use std::io::{Read, Seek, SeekFrom};
    let (head, start) = read_head(folder)?;
    let rows = head.rows()?;
    let mut file = std::fs::File::open(path(folder)).ok()?;
    file.seek(SeekFrom::Start(start)).ok()?;
    let mut piece = |bytes: usize| {
        let mut piece = vec![0; bytes];
        file.read_exact(&mut piece).ok().map(|()| piece)
    };
    let (ids, vectors) = (piece(rows.checked_mul(ID)?)?, piece(rows.checked_mul(DIMENSIONS)?)?);
    let scales = vectors.chunks_exact(DIMENSIONS).map(scale).collect();
    let signs = (rows >= MANY).then(|| Signs::of(&vectors));
    let by_id = (0..u32::try_from(rows).ok()?).collect();
    let mut meanings = Meanings { head, ids, vectors, scales, by_id, signs };
    let mut by_id = std::mem::take(&mut meanings.by_id);
    by_id.sort_unstable_by_key(|row| (meanings.bits(*row as usize), *row));
    meanings.by_id = by_id;
    Some(meanings)
}

fn scale(vector: &[u8]) -> f32 {
    let square: i32 = vector.iter().map(|value| i32::from(*value as i8).pow(2)).sum();
    if square > 0 { 1.0 / (square as f32).sqrt() } else { 0.0 }
}

impl Meanings {
    fn rows(&self) -> usize {
        self.ids.len() / ID
    }

    /// Ids and vectors by partition.
    fn partitions(&self) -> BTreeMap<&str, (&[u8], &[u8])> {
        let mut start = 0;
        let partition = |(name, rows): (&'_ String, &Rows)| {
            let (from, to) = (start, start + rows.rows);
            start = to;
            let part = (self.ids.get(from * ID..to * ID)?, self.vectors.get(from * DIMENSIONS..to * DIMENSIONS)?);
            Some((name.clone(), part))
        };
        let parts: Vec<_> = self.head.partitions.iter().filter_map(partition).collect();
        let name = |name: &String| self.head.partitions.get_key_value(name).map(|(name, _)| name.as_str());
        parts.into_iter().filter_map(|(own, part)| Some((name(&own)?, part))).collect()
    }

    fn read_table(&mut self, tables: &Tables, file: &archive::FileEntry) -> Result<()> {
        for batch in tables.read(file, Some(&["message_id", "meaning"]))? {
            let batch = batch.map_err(archive::ArchiveError::from)?;
            let ids: &StringArray = column(&batch, &file.path, "message_id")?;
            let meanings: &StringArray = column(&batch, &file.path, "meaning")?;
            for row in (0..batch.num_rows()).filter(|row| meanings.is_valid(*row)) {
                let (id, meaning) = (Id::parse(ids.value(row)), Meaning::from_text(meanings.value(row)));
                if let (Some(id), Some(meaning)) = (id, meaning) {
                    self.ids.extend_from_slice(&id.to_bits().to_le_bytes()[..ID]);
                    self.vectors.extend(meaning.values().map(|value| value as u8));
                }
            }
        }
        Ok(())
    }

    /// Writes the file beside the old one, then puts it in its place.
    fn write(&self, folder: &Path) -> Result<()> {
        let (path, temporary) = (path(folder), folder.join(".meanings.tmp"));
        let failed = |error| IndexError::io(&temporary, error);
        let head = serde_json::to_vec(&self.head).map_err(|error| failed(error.into()))?;
        let length = u32::try_from(head.len()).map_err(|error| failed(std::io::Error::other(error)))?;
        let mut file = std::io::BufWriter::new(std::fs::File::create(&temporary).map_err(failed)?);
        let mut write = |bytes: &[u8]| file.write_all(bytes).map_err(failed);
        write(MAGIC)?;
        write(&length.to_le_bytes())?;
        write(&head)?;
        write(&self.ids)?;
        write(&self.vectors)?;
        let file = file.into_inner().map_err(|error| failed(error.into_error()))?;
        file.sync_all().map_err(failed)?;
        std::fs::rename(&temporary, &path).map_err(|error| IndexError::io(&path, error))
    }

    /// The nearest, at most `limit`, that are at least `least` alike. Large communities are looked through by two threads.
    fn nearest(&self, meaning: &Meaning, limit: usize, least: f32, takes: &Takes<'_>) -> Vec<Near> {
        let rows = self.rows();
        let half = if rows < MANY { rows } else { rows / 2 };
        let (mut kept, others) = std::thread::scope(|scope| {
            let others = scope.spawn(|| self.nearest_of(half..rows, meaning, limit, least, takes));
            (self.nearest_of(0..half, meaning, limit, least, takes), others.join().unwrap_or_default())
        });
        kept.extend(others);
        kept.sort_unstable_by_key(|(likeness, row)| (Reverse(*likeness), *row));
        kept.truncate(limit);
        kept.into_iter()
            .map(|(likeness, row)| Near { id: self.id(row), likeness: likeness as f32 / MILLIONTHS })
            .collect()
    }

    /// Of some rows the nearest, in no order: likeness in millionths, since whole numbers have an order, and row.
    fn nearest_of(
        &self,
        rows: Range<usize>,
        meaning: &Meaning,
        limit: usize,
        least: f32,
        takes: &Takes<'_>,
    ) -> Vec<(i32, usize)> {
        let bytes = meaning.values().map(|value| value as u8);
        let (wanted, own) = (meaning.values().map(i16::from), scale(&bytes));
        let vectors = self.vectors.as_chunks().0;
        // The worst of those kept is on top.
        let mut kept = BinaryHeap::with_capacity(limit.min(rows.len()) + 1);
        let mut least = (least.max(0.0) * MILLIONTHS) as i32;
        let mut weigh = |row: usize| {
            let (Some(vector), Some(scale)) = (vectors.get(row), self.scales.get(row)) else { return };
            let likeness = (dot(vector, &wanted) as f32 * scale * own * MILLIONTHS) as i32;
            if likeness <= least || !takes(self.id(row)) {
                return;
            }
            kept.push(Reverse((likeness, Reverse(row))));
            if kept.len() > limit {
                kept.pop();
            }
            if kept.len() == limit {
                least = kept.peek().map_or(least, |worst| worst.0.0);
            }
        };
        match &self.signs {
            Some(signs) => signs.likely(&bytes, rows).into_iter().for_each(weigh),
            None => rows.for_each(&mut weigh),
        }
        kept.into_iter().map(|Reverse((likeness, Reverse(row)))| (likeness, row)).collect()
    }

    fn bits(&self, row: usize) -> u128 {
        let bytes = self.ids.get(row * ID..(row + 1) * ID).unwrap_or_default();
        bytes.iter().rev().fold(0, |bits, byte| bits << 8 | u128::from(*byte))
    }

    fn id(&self, row: usize) -> Id {
        Id::message_from_bits(self.bits(row))
    }

    fn likeness(&self, id: Id, meaning: &Meaning) -> Option<f32> {
        let bits = id.to_bits();
        let after = self.by_id.partition_point(|row| self.bits(*row as usize) <= bits);
        let row = *self.by_id.get(after.checked_sub(1)?)? as usize;
        if self.bits(row) != bits {
            return None;
        }
        let vector = self.vectors.as_chunks().0.get(row)?;
        let product = dot(vector, &meaning.values().map(i16::from));
        Some(product as f32 * self.scales.get(row)? * scale(&meaning.values().map(|value| value as u8)))
    }
}

/// The products of two vectors, added up. Of arrays, so that the compiler knows how many there are.
fn dot(vector: &[u8; DIMENSIONS], wanted: &[i16; DIMENSIONS]) -> i32 {
    vector.iter().zip(wanted).map(|(a, b)| i32::from(i16::from(*a as i8)) * i32::from(*b)).sum()
}

impl Index {
    /// The openings, pages and sections that point where `meaning` does, nearest first, at most `limit`, of those
    /// that are more than `least` alike and that `takes` takes. None where the meanings could not be read: the next
    /// update makes them again.
    pub fn nearest(&self, meaning: &Meaning, limit: usize, least: f32, takes: &Takes<'_>) -> Vec<Near> {
        if limit == 0 || meaning.is_nothing() {
            return Vec::new();
        }
        self.meanings().nearest(meaning, limit, least, takes)
    }

    /// How alike the opening or page `id` is to `meaning`, as [`Near::likeness`]; none if its meaning is not known.
    pub fn likeness(&self, id: Id, meaning: &Meaning) -> Option<f32> {
        self.meanings().likeness(id, meaning)
    }

    /// How many openings and pages [`Index::nearest`] knows.
    pub fn meanings_known(&self) -> usize {
        self.meanings().rows()
    }

    fn meanings(&self) -> Arc<Meanings> {
        let mut held = self.meanings.lock().unwrap_or_else(PoisonError::into_inner);
        held.get_or_insert_with(|| Arc::new(read(&self.folder).unwrap_or_default())).clone()
    }

    pub(crate) fn forget_meanings(&self) {
        *self.meanings.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Whether the file is whole, for `doctor`.
pub(crate) fn is_whole(folder: &Path) -> bool {
    read(folder).is_some()
}
