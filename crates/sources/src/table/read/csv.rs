//! CSV and what is like it: RFC 4180 read as leniently as files are written.
//!
//! Rows are found with `csv-core`, the part of the `csv` crate that does no reading of its own, so that a
//! quote left open costs one row and not the file.

use std::borrow::Cow;
use std::io::Read;

use csv_core::{ReadRecordResult, Reader};
use memchr::{memchr, memchr_iter};

use super::object::{Cell, Columns};
use super::{How, LONGEST_ROW, MOST_COLUMNS, NoRow, Row, decode, delimiter, quotes};
use crate::files::Window;
use crate::table::names;

/// Bytes in which the separator is looked for.
const HEAD: usize = 64 << 10;

/// A table that is open.
pub struct CsvTable<R> {
    window: Window<R>,
    reader: Reader,
    mark: u8,
    columns: Columns,
    /// The latest row's fields, one behind the other, and where each ends.
    fields: Vec<u8>,
    ends: Vec<usize>,
    count: usize,
    /// Bytes of the window that the latest row takes up.
    given: usize,
    /// The line at the window's beginning, from 1.
    line: u64,
    bytes: Vec<u8>,
}

/// A row in the window.
struct Taken {
    length: usize,
    /// Whether the input ended in it.
    at_end: bool,
}

impl<R: Read> CsvTable<R> {
    /// Reads the header of `input`.
    pub fn open(input: R, how: &How) -> Self {
        let mut window = Window::new(input, 0);
        // A reader of a file never fails: it ends.
        while window.bytes().len() < HEAD && window.read_on().unwrap_or(false) {}
        let mut line = 1;
        for _ in 0..how.skip_lines {
            let end = memchr(b'\n', window.bytes()).map_or(usize::MAX, |end| end + 1);
            window.drop_front(end);
            line += 1;
        }
        let told = delimiter::told(window.bytes());
        if let Some((_, length)) = told {
            window.drop_front(length);
            line += 1;
        }
        let whole = window.bytes().len() < HEAD;
        let head = &window.bytes()[..window.bytes().len().min(HEAD)];
        let mark = how.delimiter.or(told.map(|(mark, _)| mark)).unwrap_or_else(|| delimiter::guess(head, whole));
        let mut table = CsvTable {
            window,
            reader: delimiter::reader(mark),
            mark,
            columns: Columns::new(Vec::new()),
            fields: vec![0; 4_096],
            ends: vec![0; 64],
            count: 0,
            given: 0,
            line,
            bytes: Vec::new(),
        };
        if let Some(Ok(Taken { length, .. })) = table.take() {
            let count = table.count.min(MOST_COLUMNS);
            let names = match how.header {
                true => names::columns((0..count).map(|at| table.field(at).0)),
                false => (1..=count).map(|number| number.to_string()).collect(),
            };
            table.columns = Columns::new(names);
            if how.header {
                table.given = length;
            }
        }
        table
    }

    /// What it reads from.
    pub fn get_ref(&self) -> &R {
        self.window.get_ref()
    }

    /// The names of the columns.
    pub fn columns(&self) -> &[String] {
        self.columns.names()
    }

    /// The next row.
    pub fn next_row(&mut self) -> Option<Result<Row, NoRow>> {
        let found = self.take()?;
        let (offset, place) = (self.window.offset(), self.line);
        match found {
            Err(what) => {
                self.pass_line();
                return Some(Err(NoRow { offset, place, what }));
            }
            Ok(taken) if self.is_open_quote(&taken) => {
                self.pass_line();
                return Some(Err(NoRow { offset, place, what: "a quote is left open" }));
            }
            Ok(taken) => self.given = taken.length,
        }
        let columns = self.columns.names().len();
        // Separators behind the last column say nothing.
        while self.count > columns && self.field(self.count - 1).0.trim().is_empty() {
            self.count -= 1;
        }
        let mut odd = (self.count > columns).then_some("row is longer than its header");
        let mut bytes = std::mem::take(&mut self.bytes);
        let cells = (0..self.count).map(|at| {
            let (text, replaced) = self.field(at);
            if replaced {
                odd = Some("text is neither UTF-8 nor Windows-1252");
            }
            Cell::Text(text)
        });
        self.columns.write(cells, &mut bytes);
        self.bytes = bytes;
        Some(Ok(Row { offset, place, odd }))
    }

    /// What one of these columns holds in the latest row.
    pub fn text(&self, columns: &[String]) -> Option<Cow<'_, str>> {
        let mut places = self.columns.places(columns).filter(|at| *at < self.count);
        places.find_map(|at| Some(self.field(at).0).filter(|text| !text.trim().is_empty()))
    }

    /// The latest row.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A hash of the latest row.
    pub fn hash(&self) -> blake3::Hash {
        self.columns.hash(self.count, |at| self.field(at).0)
    }

    fn field(&self, at: usize) -> (Cow<'_, str>, bool) {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        decode::text(&self.fields[start..self.ends[at]])
    }

    /// Finds the next row: its fields, and how much of the window it takes up. What is longer than any row
    /// is said to be so, with the window still at its beginning.
    fn take(&mut self) -> Option<Result<Taken, &'static str>> {
        let given = std::mem::take(&mut self.given);
        self.pass(given);
        self.pass_blank_lines();
        self.reader.reset();
        let (mut at, mut written, mut count, mut ended) = (0, 0, 0, false);
        loop {
            let input = &self.window.bytes()[at..];
            let ends = &mut self.ends[count..];
            let (result, read, wrote, found) = self.reader.read_record(input, &mut self.fields[written..], ends);
            at += read;
            written += wrote;
            count += found;
            if at > LONGEST_ROW {
                return Some(Err("row is too long"));
            }
            match result {
                ReadRecordResult::InputEmpty => ended = !self.window.read_on().unwrap_or(false),
                ReadRecordResult::OutputFull => self.fields.resize(self.fields.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if count > MOST_COLUMNS => {
                    return Some(Err("row has too many fields"));
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => {
                    self.count = count;
                    return Some(Ok(Taken { length: at, at_end: ended }));
                }
                ReadRecordResult::End => return None,
            }
        }
    }

    fn pass_blank_lines(&mut self) {
        loop {
            let bytes = self.window.bytes();
            let blank = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let all = blank == bytes.len();
            self.pass(blank);
            if !all || !self.window.read_on().unwrap_or(false) {
                return;
            }
        }
    }

    /// Whether a row goes over several lines only because a quote was left open in the first of them: then
    /// the second line is a row of its own, or the quote is open to the end.
    fn is_open_quote(&self, taken: &Taken) -> bool {
        let row = &self.window.bytes()[..taken.length];
        let Some(end) = memchr(b'\n', row).filter(|end| end + 1 < row.len()) else { return false };
        let columns = self.columns.names().len();
        let in_order = quotes::are_in_order(row, self.mark);
        if in_order && self.count == columns {
            return false;
        }
        let open_to_the_end = taken.at_end && memchr_iter(b'"', row).count() % 2 == 1;
        // What follows is looked at as far as it has been read.
        open_to_the_end || columns > 1 && delimiter::count(&self.window.bytes()[end + 1..], self.mark) == columns
    }

    /// Passes over the window's first line, however long it is.
    fn pass_line(&mut self) {
        loop {
            let end = memchr(b'\n', self.window.bytes());
            self.pass(end.map_or(usize::MAX, |end| end + 1));
            if end.is_some() || !self.window.read_on().unwrap_or(false) {
                return;
            }
        }
    }

    fn pass(&mut self, count: usize) {
        let bytes = self.window.bytes();
        let count = count.min(bytes.len());
        self.line += memchr_iter(b'\n', &bytes[..count]).count() as u64;
        self.window.drop_front(count);
    }
}

/// The columns of a table of which only the beginning is there; none if it is none.
pub fn head_columns(head: &[u8]) -> Vec<String> {
    let how = How { delimiter: None, encoding: None, header: true, skip_lines: 0 };
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    CsvTable::open(head, &how).columns().to_vec()
}
