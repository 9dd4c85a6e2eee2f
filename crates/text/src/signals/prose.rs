//! A message's prose: without code, sessions, traces and addresses on the web.

/// What [`prose`] gives.
pub(super) struct Prose {
    /// The prose, line by line.
    pub(super) text: String,
    /// Whether code was taken out.
    pub(super) code: bool,
}

/// Takes code and URLs out of a text.
pub(super) fn prose(own: &str) -> Prose {
    let mut prose = Prose { text: String::with_capacity(own.len()), code: false };
    let mut fenced = false;
    let mut after_blank = true;
    for line in own.lines() {
        let fence = line.trim_start().starts_with("```");
        let code = fence || fenced || is_code(line, after_blank);
        fenced ^= fence;
        // In an indented block every line is code, though only its first follows a blank line.
        after_blank = line.trim().is_empty() || code && !fenced && is_indented(line);
        if code {
            prose.code = true;
        } else {
            push_without_code(line, &mut prose);
            prose.text.push('\n');
        }
    }
    prose
}

fn is_indented(line: &str) -> bool {
    (line.starts_with("    ") || line.starts_with('\t')) && !line.trim().is_empty()
}

/// Whether a line by itself, or as part of an indented block after a blank line, is code.
fn is_code(line: &str, after_blank: bool) -> bool {
    let text = line.trim();
    if text.is_empty() {
        return false;
    }
    const STARTS: &[&str] = &[
        ">>> ",
        "$ ",
        "# include",
        "#include",
        "Traceback (most recent",
        "File \"",
        "at org.",
        "at java.",
        "at com.",
        "diff --git",
        "--- a/",
        "+++ b/",
        "@@ -",
        "Exception in thread",
        "Caused by: ",
        "import ",
        "In [",
        "Out[",
    ];
    let import = |text: &str| text.starts_with("from ") && text.contains(" import ");
    let starts = STARTS.iter().any(|start| text.starts_with(start)) || import(text);
    let ends = text.ends_with([';', '{', '}']) || text.ends_with("):") || text.ends_with("/>");
    starts && !ends_like_prose(text)
        || ends && !text.ends_with(" ;")
        || is_indented(line) && after_blank && !is_item(text)
}

/// `import duties are high.` is prose.
fn ends_like_prose(text: &str) -> bool {
    text.ends_with(['.', ',', '?']) && text.split(' ').count() > 3
}

/// A point of a list is often indented.
fn is_item(text: &str) -> bool {
    text.starts_with(['*', '-', '•', '+']) || text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(". ")
}

/// Copies a line without URLs and what stands between two backticks.
fn push_without_code(line: &str, prose: &mut Prose) {
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('`')
        && let Some((inside, behind)) = after.split_once('`')
    {
        prose.code |= inside.len() > 1;
        push_without_urls(before, &mut prose.text);
        prose.text.push('`');
        rest = behind;
    }
    push_without_urls(rest, &mut prose.text);
}

fn push_without_urls(text: &str, prose: &mut String) {
    for word in text.split_inclusive(' ') {
        match word.contains("://") || word.starts_with("www.") {
            true => prose.push(' '),
            false => prose.push_str(word),
        }
    }
}
