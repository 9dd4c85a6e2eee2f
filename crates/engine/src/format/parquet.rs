//! A Parquet file.

use std::io::Write;

use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use crate::format::{Written, layout};
use crate::{Answer, EngineError, Result};

/// Rows of a row group: what a reader must hold at once is bounded.
const GROUP_ROWS: usize = 64 << 10;

pub(super) fn write(answer: Answer, out: &mut (impl Write + Send)) -> Result<Written> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3).map_err(layout)?))
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .set_created_by("switchboard".to_owned())
        .build();
    let mut writer = ArrowWriter::try_new(out, answer.schema(), Some(properties)).map_err(failed)?;
    let mut rows = 0;
    for batch in answer {
        let batch = batch?;
        rows += batch.num_rows() as u64;
        writer.write(&batch).map_err(failed)?;
    }
    writer.close().map_err(failed)?;
    Ok(Written { rows, more: false })
}

fn failed(error: ParquetError) -> EngineError {
    match error {
        ParquetError::External(inner) => match inner.downcast::<std::io::Error>() {
            Ok(error) => EngineError::Write(*error),
            Err(other) => layout(other),
        },
        other => layout(other),
    }
}
