//! One value as text.

use arrow::array::Array;
use arrow::buffer::NullBuffer;
use arrow::datatypes::{DataType, FieldRef, Schema};
use arrow::json::writer::{EncoderOptions, NullableEncoder, make_encoder};
use arrow::record_batch::RecordBatch;
use arrow::util::display::{ArrayFormatter, FormatOptions};

use crate::Result;
use crate::format::layout;

/// Instants without a time zone are UTC here; the `Z` says so (RFC 3339).
pub(crate) const INSTANT: &str = "%Y-%m-%dT%H:%M:%S%.fZ";

const OPTIONS: FormatOptions = FormatOptions::new()
    .with_display_error(false)
    .with_timestamp_format(Some(INSTANT))
    .with_datetime_format(Some(INSTANT));

/// How JSON spells the same.
pub(crate) fn json_options() -> EncoderOptions {
    EncoderOptions::default().with_timestamp_format(INSTANT.to_owned()).with_datetime_format(INSTANT.to_owned())
}

/// A column of a batch, ready to give its values.
pub(crate) enum Values<'a> {
    Plain(Option<NullBuffer>, ArrayFormatter<'a>),
    /// Lists and what else has an inside.
    Json(NullableEncoder<'a>),
}

impl<'a> Values<'a> {
    /// The columns of `batch`, in order.
    pub(crate) fn of(
        schema: &'a Schema,
        batch: &'a RecordBatch,
        options: &'a EncoderOptions,
    ) -> Result<Vec<Values<'a>>> {
        schema
            .fields()
            .iter()
            .zip(batch.columns())
            .map(|(field, array)| Values::column(field, array, options))
            .collect()
    }

    fn column(field: &'a FieldRef, array: &'a dyn Array, options: &'a EncoderOptions) -> Result<Values<'a>> {
        if field.data_type().is_nested() {
            return Ok(Values::Json(make_encoder(field, array, options).map_err(layout)?));
        }
        Ok(Values::Plain(array.logical_nulls(), ArrayFormatter::try_new(array, &OPTIONS).map_err(layout)?))
    }

    /// Puts the value of `row` into `out`, which is emptied first; false for a null.
    pub(crate) fn read(&mut self, row: usize, out: &mut String) -> Result<bool> {
        out.clear();
        match self {
            Values::Plain(Some(nulls), _) if nulls.is_null(row) => return Ok(false),
            Values::Json(encoder) if encoder.is_null(row) => return Ok(false),
            Values::Plain(_, formatter) => formatter.value(row).write(out).map_err(layout)?,
            Values::Json(encoder) => {
                let mut bytes = Vec::new();
                encoder.encode(row, &mut bytes);
                out.push_str(std::str::from_utf8(&bytes).map_err(layout)?);
            }
        }
        Ok(true)
    }
}

/// Whether values of this type are aligned to the right.
pub(crate) fn is_number(kind: &DataType) -> bool {
    kind.is_numeric()
}
