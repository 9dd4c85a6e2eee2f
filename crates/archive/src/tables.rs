//! Derived tables: immutable Parquet files named by their content, and one manifest that says which
//! of them count. The manifest changes by one atomic rename, so readers see one state or the other.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use arrow::array::RecordBatch;
use model::tables::Table;
use parquet::arrow::ArrowWriter;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use serde::{Deserialize, Serialize};

use crate::hidden::{Hidden, TableRows};
use crate::store::sync;
use crate::{ArchiveError, Result};

/// Rows of one row group: small enough that looking up one conversation reads little.
const GROUP_ROWS: usize = 16_384;
/// Rows and bytes of one page, the least that is decompressed to look something up.
const PAGE_ROWS: usize = 1024;
const PAGE_BYTES: usize = 128 << 10;
/// A dictionary larger than this is given up: it must be read whole for one value, and a column that
/// needs it hardly repeats. The people of a large community fit. (Looking up ten conversations among
/// 250,000 took 60 % of the time it took with Parquet's defaults, and files are 2 % smaller.)
const DICTIONARY_BYTES: usize = 256 << 10;
const MANIFEST: &str = "manifest.json";

/// Which files make up the tables, and what they were made from. Holds no time and no machine: the
/// same archive and decisions give the same manifest, byte for byte.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// What the tables were made from, in the derive steps' own words.
    pub made_from: serde_json::Value,
    /// Files by table name, sorted by path.
    pub tables: BTreeMap<String, Vec<FileEntry>>,
}

/// One file of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileEntry {
    /// Path relative to the tables' folder, with `/`.
    pub path: String,
    /// Its source, for partitioned tables.
    pub source: Option<String>,
    /// Its month, for partitioned tables.
    pub month: Option<String>,
    /// Rows in it.
    pub rows: u64,
    /// Its size in bytes.
    pub bytes: u64,
    /// BLAKE3 of its bytes, hexadecimal.
    pub hash: String,
}

/// The folder of derived tables.
#[derive(Debug, Clone)]
pub struct Tables {
    folder: PathBuf,
    /// The places that are left out.
    pub(crate) hidden: Hidden,
}

/// A table's file being written. Dropped before [`TableFile::finish`], it leaves only a temporary file.
pub struct TableFile {
    folder: PathBuf,
    temporary: PathBuf,
    name: TableName,
    rows: u64,
    writer: ArrowWriter<Hashed>,
}

struct TableName {
    table: &'static str,
    partition: Option<(String, String)>,
}

struct Hashed {
    file: std::io::BufWriter<File>,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.hasher.update(&bytes[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

impl Tables {
    /// The tables in a folder, which need not exist yet.
    pub fn new(folder: &Path) -> Tables {
        Tables { folder: folder.to_owned(), hidden: Hidden::default() }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The manifest; `None` when nothing was derived yet.
    pub fn manifest(&self) -> Result<Option<Manifest>> {
        let path = self.folder.join(MANIFEST);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(ArchiveError::io(path, error)),
        };
        serde_json::from_str(&text).map(Some).map_err(|error| ArchiveError::damaged(path.display().to_string(), error))
    }

    /// Starts a file of `table`, for one source and month if it is partitioned.
    pub fn create(&self, table: &'static Table, partition: Option<(&str, &str)>) -> Result<TableFile> {
        let temporary_folder = self.folder.join(".tmp");
        let io = |error| ArchiveError::io(&temporary_folder, error);
        std::fs::create_dir_all(&temporary_folder).map_err(io)?;
        let (file, temporary) = tempfile::Builder::new()
            .tempfile_in(&temporary_folder)
            .map_err(io)?
            .keep()
            .map_err(|error| io(error.error))?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .set_data_page_row_count_limit(PAGE_ROWS)
            .set_data_page_size_limit(PAGE_BYTES)
            .set_write_batch_size(PAGE_ROWS / 4)
            .set_dictionary_page_size_limit(DICTIONARY_BYTES)
            // Without the writer's version in it, files stay the same when the library is updated.
            .set_created_by("switchboard".to_owned())
            .build();
        let file = std::io::BufWriter::with_capacity(1 << 16, file);
        let sink = Hashed { file, hasher: blake3::Hasher::new(), bytes: 0 };
        let partition = partition.map(|(source, month)| (source.to_owned(), month.to_owned()));
        Ok(TableFile {
            folder: self.folder.clone(),
            temporary,
            name: TableName { table: table.name, partition },
            rows: 0,
            writer: ArrowWriter::try_new(sink, table.schema(), Some(properties))?,
        })
    }

    /// Reads a file of the manifest in batches, `columns` (all if `None`), in the order of the schema. Where places are
    /// left out, there may be columns more.
    pub fn read(&self, entry: &FileEntry, columns: Option<&[&str]>) -> Result<TableRows> {
        let columns = columns.map(|columns| self.hidden.columns(columns));
        Ok(TableRows { reader: self.read_all(entry, columns.as_deref())?, hidden: self.hidden.clone() })
    }

    /// The same with every row.
    pub(crate) fn read_all(&self, entry: &FileEntry, columns: Option<&[&str]>) -> Result<ParquetRecordBatchReader> {
        let path = self.folder.join(&entry.path);
        let damaged = |error| ArchiveError::damaged(path.display().to_string(), error);
        let file = File::open(&path).map_err(|error| ArchiveError::io(&path, error))?;
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(damaged)?;
        let builder = match columns {
            Some(columns) => {
                let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
                builder.with_projection(mask)
            }
            None => builder,
        };
        builder.with_batch_size(GROUP_ROWS).build().map_err(damaged)
    }

    /// Makes `manifest` the one that counts, then removes every file it does not name.
    pub fn publish(&self, manifest: &Manifest) -> Result<()> {
        let text =
            serde_json::to_string_pretty(manifest).map_err(|error| ArchiveError::damaged("the manifest", error))?;
        let path = self.folder.join(MANIFEST);
        let io = |error| ArchiveError::io(&path, error);
        std::fs::create_dir_all(&self.folder).map_err(io)?;
        let mut file = tempfile::Builder::new().prefix(".manifest").tempfile_in(&self.folder).map_err(io)?;
        file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(io)?;
        file.persist(&path).map_err(|error| io(error.error))?;
        sync(&self.folder)?;
        self.sweep(manifest)
    }

    /// Checks that every file is there with the bytes the manifest says, for `doctor`: gives what is wrong.
    pub fn verify(&self, manifest: &Manifest) -> Vec<ArchiveError> {
        let check = |entry: &FileEntry| {
            let path = self.folder.join(&entry.path);
            let hash = File::open(&path)
                .and_then(|file| blake3::Hasher::new().update_reader(file).map(|hasher| hasher.finalize()))
                .map_err(|error| ArchiveError::io(&path, error))?;
            if hash.to_hex().as_str() != entry.hash {
                let message = "its bytes changed since it was written (`switchboard rebuild` makes it again)";
                return Err(ArchiveError::damaged(path.display().to_string(), message));
            }
            Ok(())
        };
        manifest.tables.values().flatten().filter_map(|entry| check(entry).err()).collect()
    }

    fn sweep(&self, manifest: &Manifest) -> Result<()> {
        let named: std::collections::BTreeSet<PathBuf> =
            manifest.tables.values().flatten().map(|entry| self.folder.join(&entry.path)).collect();
        let _ = std::fs::remove_dir_all(self.folder.join(".tmp"));
        sweep_folder(&self.folder, &named).map_err(|error| ArchiveError::io(&self.folder, error))?;
        Ok(())
    }
}

/// Removes Parquet files that are not in `named`, and folders left empty. True if `folder` is empty now.
fn sweep_folder(folder: &Path, named: &std::collections::BTreeSet<PathBuf>) -> std::io::Result<bool> {
    let mut empty = true;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let removed = if entry.file_type()?.is_dir() {
            sweep_folder(&path, named)? && std::fs::remove_dir(&path).is_ok()
        } else {
            let stale = path.extension().is_some_and(|extension| extension == "parquet") && !named.contains(&path);
            stale && std::fs::remove_file(&path).is_ok()
        };
        empty &= removed;
    }
    Ok(empty)
}

impl TableFile {
    /// Adds rows, which must come in the table's order and schema.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        self.rows += batch.num_rows() as u64;
        Ok(self.writer.write(batch)?)
    }

    /// Ends the file and gives its entry for the manifest; `None` if no rows were written.
    pub fn finish(self) -> Result<Option<FileEntry>> {
        let TableFile { folder, temporary, name, rows, writer } = self;
        let io = |error| ArchiveError::io(&temporary, error);
        let mut sink = writer.into_inner()?;
        sink.flush().map_err(io)?;
        if rows == 0 {
            std::fs::remove_file(&temporary).map_err(io)?;
            return Ok(None);
        }
        sink.file.get_ref().sync_all().map_err(io)?;
        let hash = sink.hasher.finalize().to_hex().to_string();
        let path = match &name.partition {
            Some((source, month)) => format!("{}/source={source}/month={month}/{}.parquet", name.table, &hash[..16]),
            None => format!("{}/{}.parquet", name.table, &hash[..16]),
        };
        let target = folder.join(&path);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent).map_err(|error| ArchiveError::io(parent, error))?;
        }
        std::fs::rename(&temporary, &target).map_err(|error| ArchiveError::io(&target, error))?;
        let (source, month) = name.partition.unzip();
        Ok(Some(FileEntry { path, source, month, rows, bytes: sink.bytes, hash }))
    }
}
