//! One JSON object per line.

use std::io::Write;

use arrow::json::WriterBuilder;
use arrow::json::writer::LineDelimited;

use crate::format::values::INSTANT;
use crate::format::{Written, layout_or_write};
use crate::{Answer, Result};

pub(super) fn write(answer: Answer, out: &mut impl Write) -> Result<Written> {
    let mut writer = WriterBuilder::new()
        .with_explicit_nulls(true)
        .with_timestamp_format(INSTANT.to_owned())
        .with_datetime_format(INSTANT.to_owned())
        .build::<_, LineDelimited>(out);
    let mut rows = 0;
    for batch in answer {
        let batch = batch?;
        rows += batch.num_rows() as u64;
        writer.write(&batch).map_err(layout_or_write)?;
    }
    writer.finish().map_err(layout_or_write)?;
    Ok(Written { rows, more: false })
}
