//! The lines of a body and what every judge asks about them.

/// Lines of a body with what is known of each beforehand.
pub(super) struct Lines<'a> {
    all: Vec<&'a str>,
    /// For each line the number of the next one that is not blank, itself included.
    next: Vec<usize>,
    /// Python's prompts are no quotes in this body.
    prompts: bool,
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
        Lines { all, next, prompts }
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
        // Some programs indent the mark by a space.
        let line = line.strip_prefix(' ').unwrap_or(line);
        line.starts_with('>') && !(self.prompts && is_prompt(line))
    }
}

fn is_prompt(line: &str) -> bool {
    line.strip_prefix(">>>").is_some_and(|rest| rest.starts_with([' ', '\n', '\r']) || rest.is_empty())
}
