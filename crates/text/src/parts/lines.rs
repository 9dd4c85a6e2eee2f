//! The lines of a body and what every judge asks about them.

/// Lines of a body with what is known of each beforehand.
pub(super) struct Lines<'a> {
    all: Vec<&'a str>,
    /// For each line the number of the next one that is not blank, itself included.
    next: Vec<usize>,
    /// Python's prompts are no quotes in this body.
    prompts: bool,
    /// What marks quotes beside `>` in this body: `| `, `: `, or initials as in `JD> `.
    mark: Option<&'a str>,
    /// Where what machines put at the end begins.
    tail: usize,
    /// The last line that is marked as quoted.
    last_quote: Option<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(body: &'a str) -> Self {
        let all: Vec<&str> = body.split_inclusive('\n').collect();
        let mut next = vec![all.len(); all.len()];
        for at in (0..all.len()).rev() {
            let after = next.get(at + 1).copied().unwrap_or(all.len());
            next[at] = if all[at].trim().is_empty() { after } else { at };
        }
        // Somebody who quotes at depth three quotes at depth one as well; somebody who shows a
        // session in Python does not.
        let prompts = all.iter().all(|line| !line.starts_with('>') || is_prompt(line));
        let mut lines = Lines { tail: all.len(), all, next, prompts, mark: None, last_quote: None };
        lines.mark = other_mark(&lines);
        lines.tail = super::footer::tail(&lines);
        lines.last_quote = (0..lines.len()).rfind(|line| lines.is_quote(*line));
        lines
    }

    /// Whether a marked quote stands at line `at` or below it.
    pub(super) fn has_quote_from(&self, at: usize) -> bool {
        self.last_quote.is_some_and(|last| at <= last)
    }

    /// The first line of what machines put at the end of the body; `len()` if they did not.
    pub(super) fn tail(&self) -> usize {
        self.tail
    }

    /// Every line with its end.
    pub(super) fn all(&self) -> &[&'a str] {
        &self.all
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// A line, trimmed; empty past the end.
    pub(super) fn text(&self, at: usize) -> &'a str {
        self.all.get(at).map(|line| line.trim()).unwrap_or_default()
    }

    /// A line without its end; empty past the end.
    pub(super) fn raw(&self, at: usize) -> &'a str {
        self.all.get(at).map(|line| line.trim_end_matches(['\n', '\r'])).unwrap_or_default()
    }

    /// The number of the first line from `at` on that is not blank; `len()` if there is none.
    pub(super) fn next(&self, at: usize) -> usize {
        self.next.get(at).copied().unwrap_or(self.len())
    }

    /// Whether a line is marked as quoted.
    pub(super) fn is_quote(&self, at: usize) -> bool {
        let Some(line) = self.all.get(at) else { return false };
        // Some programs indent the mark.
        let indent = line.bytes().take(MOST_INDENT).take_while(|byte| *byte == b' ').count();
        let line = &line[indent..];
        line.starts_with('>') && !(self.prompts && is_prompt(line))
            || line.starts_with("&gt;")
            || self.mark.is_some_and(|mark| line.starts_with(mark))
    }
}

/// A mark is indented by no more than this many spaces, as in Markdown.
const MOST_INDENT: usize = 3;
/// Initials before a `>` are at most this many letters.
const MOST_INITIALS: usize = 3;

fn is_prompt(line: &str) -> bool {
    line.strip_prefix(">>>").is_some_and(|rest| rest.starts_with([' ', '\n', '\r']) || rest.is_empty())
}

/// Another mark than `>`, where an attribution stands above the first line that has it.
fn other_mark<'a>(lines: &Lines<'a>) -> Option<&'a str> {
    let mut above = "";
    for line in &lines.all {
        let text = line.trim();
        if text.is_empty() {
            continue;
        }
        if above.strip_suffix(':').is_some_and(super::attribution::ends_with_verb)
            && let Some(mark) = mark(line)
        {
            return Some(mark);
        }
        above = text;
    }
    None
}

/// The mark that a line begins with, if it is none of the usual ones.
fn mark(line: &str) -> Option<&str> {
    let letters = line.bytes().take_while(u8::is_ascii_uppercase).count();
    if (1..=MOST_INITIALS).contains(&letters) && line[letters..].starts_with("> ") {
        return line.get(..=letters);
    }
    (line.starts_with("| ") || line.starts_with(": ")).then(|| &line[..1])
}
