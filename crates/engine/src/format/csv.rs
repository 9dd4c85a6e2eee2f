//! Comma-separated values, RFC 4180.

use std::io::Write;

use crate::format::Written;
use crate::format::values::{Values, json_options};
use crate::{Answer, Result};

pub(super) fn write(answer: Answer, out: &mut impl Write) -> Result<Written> {
    let schema = answer.schema();
    let mut line = String::new();
    for (place, field) in schema.fields().iter().enumerate() {
        push(&mut line, place, field.name(), false);
    }
    end(&mut line, out)?;
    let (options, mut value, mut rows) = (json_options(), String::new(), 0);
    for batch in answer {
        let batch = batch?;
        let mut columns = Values::of(&schema, &batch, &options)?;
        for row in 0..batch.num_rows() {
            for (place, column) in columns.iter_mut().enumerate() {
                let some = column.read(row, &mut value)?;
                push(&mut line, place, &value, some && value.is_empty());
            }
            end(&mut line, out)?;
        }
        rows += batch.num_rows() as u64;
    }
    Ok(Written { rows, more: false })
}

/// Adds a field. Quotes it where RFC 4180 wants that, and where `quoted` says so.
fn push(line: &mut String, place: usize, value: &str, quoted: bool) {
    if place > 0 {
        line.push(',');
    }
    if !quoted && !value.contains(['"', ',', '\r', '\n']) {
        return line.push_str(value);
    }
    line.push('"');
    for (part, text) in value.split('"').enumerate() {
        if part > 0 {
            line.push_str("\"\"");
        }
        line.push_str(text);
    }
    line.push('"');
}

fn end(line: &mut String, out: &mut impl Write) -> Result<()> {
    line.push_str("\r\n");
    out.write_all(line.as_bytes())?;
    line.clear();
    Ok(())
}
