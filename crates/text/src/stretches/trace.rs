//! Stack traces of Python, Java and its kin, JavaScript, C#, Go, Rust, Ruby, PHP and gdb.

/// A trace that goes on from line to line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trace {
    /// Python's, which began so far to the right.
    Python {
        /// Bytes of white space before `Traceback`.
        indent: usize,
    },
    /// Python's, after the line that says what went wrong.
    Ended,
    /// Go's and Rust's: to the next blank line, and on where the shape is a trace's.
    Block,
}

/// What only a trace's first line holds.
const HEADS: &[&str] = &["goroutine ", "panic: ", "fatal error: ", "stack backtrace:", "Stack trace:", "Call Trace:"];
/// What stands between frames.
const BETWEEN: &[&str] = &[
    "During handling of the above exception",
    "The above exception was the direct cause",
    "--- <exception caught",
    "--- End of ",
    "Caused by: ",
    "Suppressed: ",
    "note: run with `RUST_BACKTRACE",
    "note: Some details are omitted",
];

/// Reads a line: whether it belongs to a trace.
pub(super) fn read(open: &mut Option<Trace>, line: &str, after: &str) -> bool {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    if text.is_empty() {
        // Python and Go part what belongs together by a blank line, and say how it goes on.
        let next = after.trim_start();
        let goes_on = is_between(next) || next.starts_with("goroutine ") || is_traceback(next);
        if open.is_some() && !goes_on && !matches!(open, Some(Trace::Python { .. })) {
            *open = None;
        }
        return open.is_some() && goes_on;
    }
    if is_traceback(text) {
        *open = Some(Trace::Python { indent });
        return true;
    }
    match *open {
        Some(Trace::Python { indent: least }) => {
            if indent > least || text.starts_with("File \"") || is_between(text) {
                return true;
            }
            // The line that says what went wrong is the last, unless another trace follows.
            *open = is_exception(text).then_some(Trace::Ended);
            if open.is_some() {
                return true;
            }
        }
        Some(Trace::Ended) if is_between(text) => return true,
        Some(Trace::Ended) => *open = None,
        Some(Trace::Block) => return true,
        None => {}
    }
    if is_head(text, after) {
        *open = Some(Trace::Block);
        return true;
    }
    is_frame(text, indent)
        || is_between(text) && is_frame(after.trim_start(), 1)
        || is_exception(text) && is_frame(after.trim_start(), 1)
}

fn is_traceback(text: &str) -> bool {
    text.contains("Traceback (most recent call last)")
}

fn is_between(text: &str) -> bool {
    BETWEEN.iter().any(|word| text.starts_with(word))
}

fn is_head(text: &str, after: &str) -> bool {
    text.starts_with("goroutine ") && text.ends_with("]:")
        || HEADS[1..].iter().any(|head| text.starts_with(head))
            && (after.is_empty() || after.starts_with(['\t', ' ', '#', '[', 'g']))
        || text.starts_with("thread '") && text.contains("' panicked at ")
}

/// `builtins.ValueError: no`, `java.lang.IllegalStateException`, `Exception in thread "main" x.y.Z`.
fn is_exception(text: &str) -> bool {
    let text = text.strip_prefix("Uncaught ").unwrap_or(text);
    if text.starts_with("Exception in thread ") || text.starts_with("Unhandled ") {
        return true;
    }
    let name = text.split([':', ' ']).next().unwrap_or_default();
    let named = |end: &str| name.ends_with(end);
    let last = name.rsplit('.').next().unwrap_or_default();
    !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '$'))
        && ([
            "Error",
            "Exception",
            "Warning",
            "Failure",
            "Interrupt",
            "Exit",
            "Throwable",
            "Timeout",
            "Lost",
            "Refused",
        ]
        .into_iter()
        .any(named)
            || name.contains('.') && last.starts_with(char::is_uppercase) && text.len() > name.len())
}

/// A frame of any of them.
fn is_frame(text: &str, indent: usize) -> bool {
    is_at(text, indent) || is_numbered(text) || is_of_ruby(text) || is_of_python(text) || is_rest(text)
}

/// Java's `at org.example.Main.main(Main.java:3)`, JavaScript's `at run (file.js:3:4)`, C#'s `at A.B(C) in file:line 3`.
fn is_at(text: &str, indent: usize) -> bool {
    let Some(rest) = text.strip_prefix("at ") else { return false };
    let call = rest.contains('(') && rest.contains(')') && (rest.contains('.') || rest.contains(':'));
    let place = !rest.contains(' ') && rest.contains(':') && rest.ends_with(|c: char| c.is_ascii_digit());
    let first = rest.split([' ', '(']).next().unwrap_or_default();
    let dotted = first.contains('.')
        || first.contains('/')
        || first == "async"
        || first == "new"
        || rest.contains(".js:")
        || rest.contains("<anonymous>");
    place || call && (dotted || indent > 0)
}

/// gdb's `#0  0x00 in main () at a.c:3`, PHP's `#0 /a.php(3): f()`, Rust's `3: core::panicking`.
fn is_numbered(text: &str) -> bool {
    let (hash, rest) = text.strip_prefix('#').map_or((false, text), |rest| (true, rest));
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 3 {
        return false;
    }
    let rest = &rest[digits..];
    match hash {
        true => {
            rest.starts_with(' ')
                && (rest.contains("0x") || rest.contains(" (") || rest.contains("(): ") || rest.contains(".php("))
        }
        false => rest.strip_prefix(": ").is_some_and(|rest| {
            let name = rest.trim_start();
            name.starts_with("0x") || name.contains("::") && !name.contains(' ')
        }),
    }
}

/// ``a.rb:3:in `run': no (RuntimeError)``, `from a.rb:3`.
fn is_of_ruby(text: &str) -> bool {
    text.contains(".rb:") && (text.contains(":in `") || text.contains(":in '") || text.starts_with("from "))
}

/// `File "a.py", line 3, in run`.
fn is_of_python(text: &str) -> bool {
    text.starts_with("File \"") && text.contains("\", line ")
}

/// `... 12 more`, `Caused by: …` below frames.
fn is_rest(text: &str) -> bool {
    text.strip_prefix("... ")
        .is_some_and(|rest| rest.trim_end().ends_with(" more") && rest.starts_with(|c: char| c.is_ascii_digit()))
}
