//! An answer as rows of values, as many as are wanted: for other programs.

use arrow::datatypes::Schema;
use arrow::json::writer::{NullableEncoder, make_encoder};
use arrow::record_batch::RecordBatch;
use serde_json::Value;

use crate::format::layout;
use crate::format::values::json_options;
use crate::{Answer, Result};

/// Some rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// Name and Arrow type of each column.
    pub columns: Vec<(String, String)>,
    /// The rows, each with a value per column. Instants are texts (RFC 3339, UTC), lists are arrays.
    pub rows: Vec<Vec<Value>>,
    /// Whether there are more.
    pub more: bool,
}

/// Reads at most `most` rows, and of those no more than come to `bytes` as JSON. The query is stopped there.
pub fn rows(answer: Answer, most: usize, bytes: usize) -> Result<Rows> {
    let schema = answer.schema();
    let columns = schema.fields().iter().map(|field| (field.name().clone(), field.data_type().to_string())).collect();
    let mut all = Rows { columns, rows: Vec::new(), more: false };
    let mut left = bytes;
    for batch in answer {
        if !take(&schema, &batch?, most, &mut left, &mut all.rows)? {
            all.more = true;
            break;
        }
    }
    Ok(all)
}

/// False if not all rows of the batch had room.
fn take(
    schema: &Schema,
    batch: &RecordBatch,
    most: usize,
    left: &mut usize,
    rows: &mut Vec<Vec<Value>>,
) -> Result<bool> {
    let options = json_options();
    let columns = schema.fields().iter().zip(batch.columns());
    let encoders = columns.map(|(field, array)| make_encoder(field, array, &options).map_err(layout));
    let mut encoders = encoders.collect::<Result<Vec<NullableEncoder<'_>>>>()?;
    let mut bytes = Vec::new();
    for row in 0..batch.num_rows() {
        if rows.len() >= most {
            return Ok(false);
        }
        let mut values = Vec::with_capacity(encoders.len());
        for encoder in &mut encoders {
            bytes.clear();
            if encoder.is_null(row) {
                values.push(Value::Null);
                continue;
            }
            encoder.encode(row, &mut bytes);
            if bytes.len() > *left {
                return Ok(false);
            }
            *left -= bytes.len();
            values.push(serde_json::from_slice(&bytes).map_err(layout)?);
        }
        rows.push(values);
    }
    Ok(true)
}
