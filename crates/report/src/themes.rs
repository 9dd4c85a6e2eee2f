//! What changes are about, by how their first lines begin: Conventional Commits' types (conventionalcommits.org 1.0.0),
//! or the verb that most projects begin with.

use std::collections::BTreeMap;

use insight::views::CommitView;

use crate::facts::{Changes, Theme};

/// Subjects shown of one theme.
const SHOWN: usize = 25;

/// Themes in the order in which people look for them, with the words that begin such a change.
const THEMES: &[(&str, &[&str])] = &[
    ("New", &["feat", "feature", "add", "added", "adds", "new", "implement", "introduce", "support", "allow"]),
    (
        "Fixed",
        &["fix", "fixed", "fixes", "bug", "bugfix", "correct", "repair", "handle", "avoid", "prevent", "resolve"],
    ),
    (
        "Removed or deprecated",
        &["remove", "removed", "removes", "drop", "dropped", "delete", "deprecate", "deprecated"],
    ),
    ("Faster", &["perf", "speed", "optimize", "optimise", "faster", "performance"]),
    ("Documents", &["docs", "doc", "document", "documentation", "readme", "typo", "spelling"]),
    ("Tests and building", &["test", "tests", "ci", "build", "travis", "tox", "lint", "chore", "release", "bump"]),
    ("Other changes", &[]),
];

/// Commits (the latest first), sorted into themes.
pub(crate) fn changes(commits: &[CommitView]) -> Changes {
    let mut by_theme: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for commit in commits {
        let subjects = by_theme.entry(theme(&commit.subject)).or_default();
        // The same change on two branches is one change.
        if !subjects.contains(&commit.subject.as_str()) {
            subjects.push(&commit.subject);
        }
    }
    let theme = |(at, subjects): (usize, Vec<&str>)| Theme {
        name: THEMES.get(at).map(|(name, _)| (*name).to_owned()).unwrap_or_default(),
        more: subjects.len().saturating_sub(SHOWN),
        subjects: subjects.into_iter().take(SHOWN).map(str::to_owned).collect(),
    };
    Changes {
        commits: commits.len(),
        themes: by_theme.into_iter().map(theme).collect(),
        people: names(commits.iter()),
        first: names(commits.iter().filter(|commit| commit.first)),
    }
}

fn theme(subject: &str) -> usize {
    let subject = subject.to_lowercase();
    // `#1234: `, `[area] ` and `area: ` stand before what was done.
    let after = subject.split_once(": ").map_or("", |(_, after)| after);
    let begins = [subject.as_str(), after].map(|text| {
        let letters = |c: char| !c.is_alphabetic();
        text.split(letters).find(|word| !word.is_empty()).unwrap_or_default().to_owned()
    });
    let found = |begin: &String| THEMES.iter().position(|(_, words)| words.contains(&begin.as_str()));
    begins.iter().find_map(found).unwrap_or(THEMES.len() - 1)
}

/// Names, each once, as a dictionary sorts them.
fn names<'a>(commits: impl Iterator<Item = &'a CommitView>) -> Vec<String> {
    let mut names: Vec<String> = commits.filter_map(|commit| Some(commit.person.as_ref()?.name.clone())).collect();
    names.sort_by_cached_key(|name| (name.to_lowercase(), name.clone()));
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(subject: &str, expected: &str) {
        assert_eq!(THEMES[theme(subject)].0, expected, "{subject}");
    }

    #[test]
    fn subjects_have_themes() {
        check("feat(web): dark pages", "New");
        check("Fix the crash in TLS", "Fixed");
        check("#9876: Add a resolver", "New");
        check("[conch] remove Python 2", "Other changes");
        check("conch: remove Python 2", "Removed or deprecated");
        check("docs: how to begin", "Documents");
        check("", "Other changes");
        check("日本語", "Other changes");
    }
}
