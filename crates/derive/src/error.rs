//! What can stop a derive.

/// Why the tables could not be made. The ones from before still stand.
#[derive(Debug, thiserror::Error)]
pub enum DeriveError {
    /// Storage.
    #[error(transparent)]
    Archive(#[from] archive::ArchiveError),
    /// A source's options.
    #[error(transparent)]
    Options(#[from] source::OptionsError),
    /// Arrow data did not fit together.
    #[error("cannot lay out rows: {0}")]
    Arrow(#[from] arrow::error::ArrowError),
    /// Parquet could not be read.
    #[error("cannot read a table: {0}; run `switchboard rebuild`")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// The temporary file for rows that do not fit in memory.
    #[error("cannot write a temporary file: {0}; check free space")]
    Spill(#[from] std::io::Error),
    /// A table is not what the manifest says.
    #[error("table {table} has no fitting column {column}; run `switchboard rebuild`")]
    Column {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// An activity known from one source came from a source before it: see `Links::count_activity`.
    #[error("an activity came from an earlier source after a later one; run `switchboard rebuild`")]
    OutOfOrder,
    /// A thread that normalizes ended early.
    #[error("a thread that normalizes stopped; run the command again with --verbose")]
    WorkerGone,
}

/// Shorthand.
pub type Result<T> = std::result::Result<T, DeriveError>;
