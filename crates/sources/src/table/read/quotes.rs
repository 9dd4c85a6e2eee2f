//! Quotes that were left open.

use memchr::memchr_iter;

/// Whether every quote that is closed is followed by a separator or a line's end, as RFC 4180 has it. Where
/// one is not, a quote may have been left open before it.
pub fn are_in_order(row: &[u8], mark: u8) -> bool {
    let mut begins = true;
    let mut at = 0;
    while let Some(byte) = row.get(at) {
        if begins && *byte == b'"' {
            match closed(&row[at + 1..]) {
                None => return false,
                Some(length) => at += 1 + length,
            }
            match row.get(at) {
                None | Some(b'\r' | b'\n') => {}
                Some(next) if *next == mark => {}
                Some(_) => return false,
            }
            begins = false;
            continue;
        }
        begins = *byte == mark || matches!(byte, b'\n' | b'\r');
        at += 1;
    }
    true
}

/// How long a quoted field is, its closing quote included.
fn closed(field: &[u8]) -> Option<usize> {
    let mut quotes = memchr_iter(b'"', field).peekable();
    while let Some(at) = quotes.next() {
        if quotes.next_if_eq(&(at + 1)).is_none() {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_of_quotes() {
        for row in ["a,b", "\"a\",\"b\"", "\"a\n\"\"x\"\"\",b\r\n", "a \"b\" c,d", "\"\""] {
            assert!(are_in_order(row.as_bytes(), b','), "{row}");
        }
        for row in ["\"a", "\"a\nb,\"c\"", "\"a\" b,c", "x,\"\"\""] {
            assert!(!are_in_order(row.as_bytes(), b','), "{row}");
        }
    }
}
