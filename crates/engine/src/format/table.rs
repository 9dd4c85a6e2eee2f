//! Aligned text for a terminal.

use std::io::Write;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::format::Written;
use crate::format::values::{Values, is_number, json_options};
use crate::{Answer, Result};

/// Rows that are looked at before the first is written, to know how wide the columns are.
const MEASURED: usize = 1_000;
const GAP: &str = "  ";

/// A column's width and side.
struct Column {
    width: usize,
    right: bool,
}

pub(super) fn write(mut answer: Answer, cell: usize, limit: Option<u64>, out: &mut impl Write) -> Result<Written> {
    let schema = answer.schema();
    let header: Vec<String> = schema.fields().iter().map(|field| shown(field.name(), cell)).collect();
    let limit = limit.unwrap_or(u64::MAX);
    let mut waiting = vec![header];
    let mut columns: Option<Vec<Column>> = None;
    let (mut rows, mut more) = (0, false);
    let options = json_options();
    while let Some(batch) = answer.next().transpose()? {
        let mut values = Values::of(&schema, &batch, &options)?;
        for row in 0..batch.num_rows() {
            if rows == limit {
                more = true;
                break;
            }
            waiting.push(cells(&mut values, row, cell)?);
            rows += 1;
            if waiting.len() > MEASURED {
                flush(&mut waiting, &mut columns, &schema, out)?;
            }
        }
        if more {
            break;
        }
    }
    flush(&mut waiting, &mut columns, &schema, out)?;
    Ok(Written { rows, more })
}

fn cells(values: &mut [Values], row: usize, cell: usize) -> Result<Vec<String>> {
    let mut value = String::new();
    let one = |column: &mut Values| {
        // A null leaves its place empty.
        column.read(row, &mut value)?;
        Ok(shown(&value, cell))
    };
    values.iter_mut().map(one).collect()
}

/// Writes what waits. The first time, that is the header and the rows that tell the widths.
fn flush(
    waiting: &mut Vec<Vec<String>>,
    columns: &mut Option<Vec<Column>>,
    schema: &arrow::datatypes::Schema,
    out: &mut impl Write,
) -> Result<()> {
    if columns.is_none() {
        let measured: Vec<Column> = measure(schema, waiting);
        let rule = measured.iter().map(|column| "-".repeat(column.width)).collect();
        waiting.insert(1, rule);
        *columns = Some(measured);
    }
    let columns = columns.as_deref().unwrap_or_default();
    for row in waiting.drain(..) {
        writeln!(out, "{}", line(&row, columns))?;
    }
    Ok(())
}

fn measure(schema: &arrow::datatypes::Schema, rows: &[Vec<String>]) -> Vec<Column> {
    let column = |(place, field): (usize, &arrow::datatypes::FieldRef)| Column {
        width: rows.iter().map(|row| row[place].width()).max().unwrap_or_default(),
        right: is_number(field.data_type()),
    };
    schema.fields().iter().enumerate().map(column).collect()
}

/// A row without blanks at its end. A later cell that is wider than all that were measured moves the
/// rest of its line rather than being cut.
fn line(row: &[String], columns: &[Column]) -> String {
    let mut line = String::new();
    for (place, (cell, column)) in row.iter().zip(columns).enumerate() {
        if place > 0 {
            line.push_str(GAP);
        }
        let blanks = " ".repeat(column.width.saturating_sub(cell.width()));
        let (left, right) = if column.right { (blanks.as_str(), "") } else { ("", blanks.as_str()) };
        line.extend([left, cell, right]);
    }
    line.truncate(line.trim_end().len());
    line
}

/// A value on one line, at most `cell` wide.
fn shown(value: &str, cell: usize) -> String {
    let mut shown = String::new();
    let mut width = 0;
    for letter in value.chars() {
        width += match spelt(letter) {
            Some(text) => {
                shown.push_str(&text);
                text.len()
            }
            None => {
                shown.push(letter);
                letter.width().unwrap_or_default()
            }
        };
        // The second bound is for marks without a width, piled up.
        if width > cell || shown.len() > 64 + 8 * cell {
            return cut(shown, cell);
        }
    }
    shown
}

/// What would break the line, steer the terminal or turn the direction of writing is spelt out: the
/// text of a message must not be able to.
fn spelt(letter: char) -> Option<String> {
    match letter {
        '\n' => Some("\\n".to_owned()),
        '\t' => Some("\\t".to_owned()),
        '\r' => Some("\\r".to_owned()),
        letter if letter.is_control() || turns_direction(letter) => Some(letter.escape_unicode().to_string()),
        _ => None,
    }
}

fn cut(mut shown: String, cell: usize) -> String {
    while shown.width() + 1 > cell.max(1) {
        shown.pop();
    }
    shown.push('…');
    shown
}

/// Unicode's bidirectional controls (UAX 9).
fn turns_direction(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stay_on_one_line_and_within_their_width() {
        let check = |value: &str, cell: usize, expected: &str| assert_eq!(shown(value, cell), expected, "{value:?}");
        check("plain", 10, "plain");
        check("exactly10!", 10, "exactly10!");
        check("eleven wide", 10, "eleven wi…");
        check("two\nlines\t", 20, "two\\nlines\\t");
        check("\u{1b}[2J", 20, "\\u{1b}[2J");
        check("a\u{202e}b", 20, "a\\u{202e}b");
        check("日本語の長い文", 7, "日本語…");
        check("e\u{301}e\u{301}", 2, "e\u{301}e\u{301}");
        check("long", 0, "…");
        check("", 0, "");
    }
}
