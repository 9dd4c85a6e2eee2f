//! Unified diffs, as `git diff`, `svn diff` and `diff -u` write them.

/// Lines of a hunk that are left: of the old file and of the new one. Both 0: between hunks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Hunk {
    old: u32,
    new: u32,
}

/// What stands above and between hunks.
const HEADERS: &[&str] = &[
    "diff --git ",
    "diff -",
    "index ",
    "new file mode ",
    "deleted file mode ",
    "old mode ",
    "new mode ",
    "similarity index ",
    "rename from ",
    "rename to ",
    "Binary files ",
    "Index: ",
    "=====",
    "--- ",
    "+++ ",
    "\\ No newline",
];

/// Reads a line: what is open after it, or `None` where it belongs to no diff.
pub(super) fn read(open: Option<Hunk>, line: &str, after: &str) -> Option<Hunk> {
    // Some tools indent what they pass on.
    let text = if open.is_none() { line.trim_start() } else { line };
    if let Some(hunk) = hunk(text) {
        return Some(hunk);
    }
    match open {
        None => begins(text, after.trim_start()).then(Hunk::default),
        Some(Hunk { old: 0, new: 0 }) => HEADERS.iter().any(|header| line.starts_with(header)).then(Hunk::default),
        Some(Hunk { old, new }) => {
            let (old, new) = match line.as_bytes().first() {
                Some(b'+') => (old, new.saturating_sub(1)),
                Some(b'-') => (old.saturating_sub(1), new),
                // A blank line of context may have lost its space.
                Some(b' ' | b'\t') | None => (old.saturating_sub(1), new.saturating_sub(1)),
                Some(b'\\') => (old, new),
                Some(_) => return None,
            };
            Some(Hunk { old, new })
        }
    }
}

fn begins(text: &str, after: &str) -> bool {
    text.starts_with("diff --git ")
        || text.starts_with("Index: ") && after.starts_with("====")
        || text.starts_with("--- ") && (after.starts_with("+++ ") || after.starts_with("@@ -"))
}

/// `@@ -1,2 +3,4 @@`: how many lines of each file follow.
fn hunk(text: &str) -> Option<Hunk> {
    let (old, rest) = text.strip_prefix("@@ -")?.split_once(" +")?;
    let (new, _) = rest.split_once(" @@")?;
    let count = |range: &str| match range.split_once(',') {
        Some((_, count)) => count.parse::<u32>().ok(),
        None => range.parse::<u32>().ok().map(|_| 1),
    };
    Some(Hunk { old: count(old)?, new: count(new)? })
}
