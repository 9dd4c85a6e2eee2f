//! Where text goes: results to stdout, everything else to stderr.

use std::fmt::Arguments;
use std::io::{IsTerminal, Write, stderr, stdout};

/// A line of the result.
pub(crate) fn result(line: Arguments<'_>) {
    // A reader that has gone away is no reason to fail.
    let _ = writeln!(stdout(), "{line}");
}

/// A line about what is going on.
pub(crate) fn note(line: Arguments<'_>) {
    let _ = writeln!(stderr(), "{line}");
}

/// A line that the next one overwrites; only on a terminal.
pub(crate) fn progress(line: Arguments<'_>) {
    if stderr().is_terminal() {
        let _ = write!(stderr(), "\r\x1b[K{line}");
    }
}
