//! What separates the columns of a file.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// What it may be. Where two do equally well, the one that is rarer in texts comes first.
const CANDIDATES: [u8; 4] = [b'\t', b'|', b';', b','];
/// Rows that are looked at.
const ROWS: usize = 20;

/// Reads the fields of the first rows of `head` and says which separator makes them most alike. `whole` says
/// that the last row is not cut.
pub fn guess(head: &[u8], whole: bool) -> u8 {
    let score = |mark: &u8| {
        let counts = counts(head, *mark, whole);
        let columns = counts.first().copied().unwrap_or_default();
        let alike = counts.iter().filter(|count| **count == columns).count();
        // One column is what every separator makes of what it does not separate.
        if columns < 2 { (0, 0) } else { (alike * 100 / counts.len(), columns) }
    };
    let mut best = (b',', (0, 0));
    for mark in CANDIDATES {
        let score = score(&mark);
        if score > best.1 {
            best = (mark, score);
        }
    }
    best.0
}

/// Excel's own word in the first line, `sep=;`: the separator, and how long the line is.
pub fn told(head: &[u8]) -> Option<(u8, usize)> {
    let line = head.split(|byte| *byte == b'\n').next()?;
    let mark = line.trim_ascii().strip_prefix(b"\"").unwrap_or(line.trim_ascii_start());
    let mark = mark.get(..4).filter(|start| start.eq_ignore_ascii_case(b"sep=")).and_then(|_| mark.get(4).copied())?;
    let fits = line.trim_ascii_end().len() <= 7 && !matches!(mark, b'\r' | b'"');
    fits.then_some((mark, line.len() + 1))
}

/// How many fields each of the first rows has; not the last one, if it may be cut.
fn counts(head: &[u8], mark: u8, whole: bool) -> Vec<usize> {
    let mut reader = reader(mark);
    let (mut at, mut open, mut counts) = (0, 0, Vec::new());
    let mut out = vec![0; head.len()];
    let mut ends = vec![0; 4_096];
    while counts.len() < ROWS {
        let (result, read, _, fields) = reader.read_record(&head[at..], &mut out, &mut ends);
        at += read;
        match result {
            ReadRecordResult::Record => counts.push(std::mem::take(&mut open) + fields),
            // An empty input ends the last row.
            ReadRecordResult::InputEmpty if (whole || counts.is_empty()) && read > 0 => open += fields,
            _ => break,
        }
    }
    counts
}

/// How many fields the first row of `bytes` has.
pub fn count(bytes: &[u8], mark: u8) -> usize {
    let mut reader = reader(mark);
    let (mut at, mut count) = (0, 0);
    let mut out = [0; 1_024];
    let mut ends = [0; 64];
    loop {
        let (result, read, _, fields) = reader.read_record(&bytes[at..], &mut out, &mut ends);
        at += read;
        count += fields;
        match result {
            ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {}
            // At the end of the bytes the row ends.
            ReadRecordResult::InputEmpty if read > 0 => {}
            _ => return count,
        }
    }
}

/// A reader of rows that are separated so.
pub fn reader(mark: u8) -> Reader {
    ReaderBuilder::new().delimiter(mark).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_seen() {
        let guess = |head: &[u8]| guess(head, true);
        assert_eq!(guess(b"a,b,c\n1,2,3\n"), b',');
        assert_eq!(guess(b"a;b\n1,5;2,5\n1,6;2,7\n"), b';');
        assert_eq!(guess(b"Name\tJoined, on\nAda\t1, 2\nBo\t3"), b'\t');
        assert_eq!(guess(b"a|b\n\"1,2,3\"|2\n"), b'|');
        assert_eq!(guess(b"alone\n1\n"), b',');
        assert_eq!(guess(b"a;b;c"), b';');
        assert_eq!(guess(b""), b',');
        assert_eq!(told(b"sep=;\r\na;b"), Some((b';', 7)));
        assert_eq!(told(b"SEP=\t\na"), Some((b'\t', 6)));
        assert_eq!(told(b"\"sep=,\"\na"), Some((b',', 8)));
        assert_eq!((told(b"separator,b"), told(b"")), (None, None));
        assert_eq!((count(b"1,\"2\n3\",4\n5", b','), count(b"", b','), count(b"1", b',')), (3, 0, 1));
    }
}
