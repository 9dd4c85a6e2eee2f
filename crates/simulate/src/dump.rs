//! The XML of a Stack Exchange data dump: one file a table, one `row` a line, everything in attributes
//! (<https://meta.stackexchange.com/questions/2677>).

use std::path::Path;

use crate::clock::{Seconds, dump_date, put};
use crate::files::Out;
use crate::rng::mix;
use crate::settings::SimulateError;

/// One table.
#[derive(Debug)]
pub(crate) struct Table {
    out: Out,
    name: &'static str,
}

impl Table {
    pub(crate) fn create(folder: &Path, file: &str, name: &'static str) -> Result<Table, SimulateError> {
        let mut out = Out::create(folder.join(file))?;
        // With a byte order mark and CRLF, as the real dumps have them.
        out.write(format!("\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<{name}>\r\n").as_bytes())?;
        Ok(Table { out, name })
    }

    pub(crate) fn row(&mut self, row: &Row) -> Result<(), SimulateError> {
        self.out.write(row.0.as_bytes())?;
        self.out.write(b" />\r\n")
    }

    pub(crate) fn finish(mut self) -> Result<(), SimulateError> {
        self.out.write(format!("</{}>", self.name).as_bytes())?;
        self.out.finish()
    }
}

/// One row, attribute by attribute.
#[derive(Debug)]
pub(crate) struct Row(String);

impl Row {
    pub(crate) fn new(id: i64) -> Row {
        Row(format!("  <row Id=\"{id}\""))
    }

    pub(crate) fn number(mut self, name: &str, value: i64) -> Row {
        put(&mut self.0, format_args!(" {name}=\"{value}\""));
        self
    }

    pub(crate) fn text(mut self, name: &str, value: &str) -> Row {
        put(&mut self.0, format_args!(" {name}=\""));
        escape(&mut self.0, value);
        self.0.push('"');
        self
    }

    /// The dumps have milliseconds; ours come from `salt`.
    pub(crate) fn date(mut self, name: &str, time: Seconds, salt: u64) -> Row {
        put(&mut self.0, format_args!(" {name}=\""));
        dump_date(&mut self.0, time, mix(salt) % 1_000);
        self.0.push('"');
        self
    }

    /// Only the day, as votes have it.
    pub(crate) fn day(self, name: &str, time: Seconds) -> Row {
        let midnight = time - time.rem_euclid(crate::clock::DAY);
        let mut row = self;
        put(&mut row.0, format_args!(" {name}=\""));
        dump_date(&mut row.0, midnight, 0);
        row.0.push('"');
        row
    }
}

fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#xA;"),
            _ => out.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_escaped() {
        let row =
            Row::new(7).number("Score", -2).text("Body", "<p>a \"b\" & c</p>\n").day("CreationDate", 1_722_526_486);
        insta::assert_snapshot!(row.0, @r#"  <row Id="7" Score="-2" Body="&lt;p&gt;a &quot;b&quot; &amp; c&lt;/p&gt;&#xA;" CreationDate="2024-08-01T00:00:00.000""#);
    }
}
