//! Ready-made goals: the aims that communities usually have, to pick from and change; and a goal's questions as lines that
//! people write.

use std::fmt::Write;

use desk::{Goal, Narrowed, Question, Target};

/// Our sets, alphabetical: each file is a goal as the desk keeps it.
const SETS: &[(&str, &str)] = &[
    ("newcomers_become_contributors", include_str!("../goals/newcomers_become_contributors.toml")),
    ("people_get_answers", include_str!("../goals/people_get_answers.toml")),
    ("people_know_about_us", include_str!("../goals/people_know_about_us.toml")),
    ("work_is_spread", include_str!("../goals/work_is_spread.toml")),
];

/// The ready-made goals with their names. Nobody owns them yet, and none has a day.
pub fn ready_made() -> impl Iterator<Item = (&'static str, Goal)> {
    // What cannot be read is left out; a test holds every file to be readable.
    SETS.iter().filter_map(|(name, text)| Some((*name, toml::from_str(text).ok()?)))
}

/// A goal's questions as people write them: a question a line, and below it, further in, each metric that answers it, with
/// what it should reach and of what it is measured: `answered_share 0.9; source=list`.
pub fn question_lines(questions: &[Question]) -> String {
    let mut text = String::new();
    for question in questions {
        text += &question.text;
        text.push('\n');
        for target in &question.metrics {
            text += "  ";
            text += &target.metric;
            // Writing into a text cannot fail.
            if let Some(value) = target.target {
                let _ = write!(text, " {value}");
            }
            for (name, value) in narrowed(&target.only) {
                let _ = write!(text, "; {name}={value}");
            }
            text.push('\n');
        }
    }
    text
}

/// Reads what [`question_lines`] writes.
///
/// # Errors
///
/// The first line that cannot be read, and what to write.
pub fn questions_of(text: &str) -> Result<Vec<Question>, String> {
    let mut questions: Vec<Question> = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        if !line.starts_with([' ', '\t']) {
            questions.push(Question { text: line.trim().to_owned(), metrics: Vec::new() });
            continue;
        }
        let target = target(line).map_err(|wrong| format!("line {number}: {wrong}"))?;
        let first = || format!("line {number}: a metric stands below its question; write the question above it");
        questions.last_mut().ok_or_else(first)?.metrics.push(target);
    }
    Ok(questions)
}

/// Every part that a number is narrowed to, with its name.
pub(crate) fn narrowed(only: &Narrowed) -> Vec<(&'static str, String)> {
    let Narrowed { source, channel, tier, organization } = only.clone();
    let tier = tier.map(|tier| tier.to_string());
    let all = [("source", source), ("channel", channel), ("tier", tier), ("organization", organization)];
    all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

fn target(line: &str) -> Result<Target, String> {
    let mut parts = line.split(';').map(str::trim);
    let mut first = parts.next().unwrap_or_default().split_whitespace();
    let mut target = Target { metric: first.next().unwrap_or_default().to_owned(), ..Target::default() };
    if let Some(value) = first.next() {
        let number = value.parse::<f64>().ok().filter(|number| number.is_finite());
        let wrong = || format!("`{value}` is no number; after the metric stands what it should reach, as 0.9");
        target.target = Some(number.ok_or_else(wrong)?);
    }
    if let Some(more) = first.next() {
        return Err(format!("`{more}` is too much; write `; source=NAME` to narrow it"));
    }
    for part in parts.filter(|part| !part.is_empty()) {
        let known = || format!("`{part}` is not known; write source=, channel=, tier= or organization= and a name");
        let (name, value) = part.split_once('=').ok_or_else(known)?;
        let value = value.trim().to_owned();
        match name.trim() {
            "source" => target.only.source = Some(value),
            "channel" => target.only.channel = Some(value),
            "organization" => target.only.organization = Some(value),
            "tier" => {
                let tier = value.parse().ok().filter(|tier| *tier <= 4);
                target.only.tier = Some(tier.ok_or_else(|| format!("`{value}` is no tier; they are 0 to 4"))?);
            }
            _ => return Err(known()),
        }
    }
    Ok(target)
}

#[cfg(test)]
mod tests {
    use desk::Record;

    use super::*;
    use crate::Catalogue;

    #[test]
    fn every_set_is_a_goal_of_metrics_that_there_are() {
        let sets: Vec<_> = ready_made().collect();
        assert_eq!(sets.len(), SETS.len());
        for (name, goal) in sets {
            goal.check().unwrap();
            assert!(!goal.why.is_empty() && !goal.for_whom.is_empty(), "{name}");
            for target in goal.metrics() {
                assert!(Catalogue::shipped().named(&target.metric).is_some(), "{name}: {}", target.metric);
            }
        }
    }

    #[test]
    fn every_file_is_in_the_list() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("goals");
        let entries = std::fs::read_dir(folder).unwrap();
        let mut files: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().replace(".toml", "")).collect();
        files.sort();
        assert_eq!(files, SETS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    }

    #[test]
    fn questions_are_written_and_read() {
        for (name, goal) in ready_made() {
            assert_eq!(questions_of(&question_lines(&goal.questions)), Ok(goal.questions), "{name}");
        }
        let text = "Soon?\n  first_response_median 24; source=list; tier=2; organization=Two Words\n";
        assert_eq!(question_lines(&questions_of(text).unwrap()), text);
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(questions_of(text).unwrap_err(), expected);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        check(" answered_share", "line 1: a metric stands below its question; write the question above it");
        check("Q\n a soon", "line 2: `soon` is no number; after the metric stands what it should reach, as 0.9");
        check("Q\n a 1 2", "line 2: `2` is too much; write `; source=NAME` to narrow it");
        check("Q\n\n a; tier=9", "line 3: `9` is no tier; they are 0 to 4");
        check(
            "Q\n a; moon=1",
            "line 2: `moon=1` is not known; write source=, channel=, tier= or organization= and a name",
        );
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(text in "(?s)( |\n|;|=|tier|source|[a-z0-9.é-]){0,60}") {
            let _ = questions_of(&text);
        }
    }
}
