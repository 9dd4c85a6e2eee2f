//! Reads the logs of #ubuntu and what people said answers what in them.
//!
//! J. Kummerfeld et al., A Large-Scale Corpus for Conversation Disentanglement, ACL 2019.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use untangle::Line;

/// Where the logs lie within the data.
const FOLDER: &str = "irc/ubuntu";
/// Microseconds in a minute.
const MINUTE: i64 = 60_000_000;
/// Minutes in a day.
const DAY: i64 = 24 * 60;

/// One log.
pub(crate) struct Log {
    /// `2004-12-25.train-c`: the day, and which group of people labelled it how.
    pub(crate) name: String,
    pub(crate) lines: Vec<Spoken>,
    /// What each labelled line answers; itself where it opens a conversation. Its earliest line comes first.
    pub(crate) links: BTreeMap<u64, Vec<u64>>,
}

/// One line of a log.
pub(crate) struct Spoken {
    time: i64,
    author: String,
    text: String,
    pub(crate) system: bool,
}

impl Spoken {
    pub(crate) fn line(&self) -> Line<'_> {
        Line { time: self.time, author: &self.author, text: &self.text, system: self.system, addressed: &[] }
    }
}

/// Reads every log, by name.
pub(crate) fn read(data: &Path) -> Result<Vec<Log>> {
    let folder = data.join(FOLDER);
    let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".raw.txt").map(str::to_owned));
    }
    names.sort();
    ensure!(!names.is_empty(), "no logs in {}", folder.display());
    names.into_iter().map(|name| log(&folder, name)).collect()
}

fn log(folder: &Path, name: String) -> Result<Log> {
    let file = |kind: &str| {
        let path = folder.join(format!("{name}.{kind}.txt"));
        fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let (raw, labels) = (file("raw")?, file("annotation")?);
    let lines = lines(&String::from_utf8_lossy(&raw));
    let mut links: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for label in String::from_utf8_lossy(&labels).lines() {
        let numbers: Vec<u64> = label.split_whitespace().filter_map(|number| number.parse().ok()).collect();
        let [one, other] = numbers[..] else { continue };
        links.entry(one.max(other)).or_default().push(one.min(other));
    }
    links.values_mut().for_each(|links| links.sort_unstable());
    Ok(Log { name, lines, links })
}

/// The lines of a raw log. It knows only the time of day: an earlier one than before is the next day's.
fn lines(raw: &str) -> Vec<Spoken> {
    let (mut day, mut last) = (0, 0);
    let mut lines = Vec::new();
    for line in raw.split('\n') {
        let spoken = spoken(line);
        if let Some((minute, _, _)) = spoken {
            day += if minute + DAY / 2 < last { DAY } else { 0 };
            last = minute;
        }
        let time = (day + last) * MINUTE;
        lines.push(match spoken {
            Some((_, author, text)) => Spoken { time, author: author.to_owned(), text: text.to_owned(), system: false },
            None => Spoken { time, author: String::new(), text: line.to_owned(), system: true },
        });
    }
    if raw.ends_with('\n') {
        lines.pop();
    }
    lines
}

/// `[HH:MM] <nick> text` or `[HH:MM] * nick action`: the minute of the day, the nick, the text.
fn spoken(line: &str) -> Option<(i64, &str, &str)> {
    let (time, rest) = line.strip_prefix('[')?.split_once("] ")?;
    let (hours, minutes) = time.split_once(':')?;
    let minute = hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?;
    if let Some(rest) = rest.strip_prefix('<') {
        let (nick, text) = rest.split_once('>')?;
        return Some((minute, nick, text.trim()));
    }
    let action = rest.trim_start().strip_prefix("* ").unwrap_or(rest);
    let (nick, text) = action.trim_start().split_once(' ').unwrap_or((action, ""));
    Some((minute, nick, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log() {
        let lines = lines("[23:59] <ann> hello\n=== bob has joined\n[00:01] <bob> ann: hi\n[00:02]  * ann waves\n");
        let read: Vec<_> =
            lines.iter().map(|line| (line.time / MINUTE, &line.author[..], &line.text[..], line.system)).collect();
        let expected = [
            (1439, "ann", "hello", false),
            (1439, "", "=== bob has joined", true),
            (1441, "bob", "ann: hi", false),
            (1442, "ann", "waves", false),
        ];
        assert_eq!(read, expected);
    }
}
