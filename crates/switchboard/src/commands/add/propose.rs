//! What lies at a path, and how it could be called.

use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};
use serde_json::json;
use source::{Seen, Source};
use sources::Candidate;

use super::ask::Ask;
use crate::printer::{BOLD, FAINT};
use crate::session::Session;

/// As sure as this a kind is taken without asking …
const SURE: u8 = 60;
/// … if it is so much surer than the next.
const AHEAD: u8 = 10;
/// As sure as this a kind is what somebody means, whatever else lies there: a repository holds anything.
const CERTAIN: u8 = 98;
/// Files and folders within a folder that are looked at one by one.
const WITHIN: usize = 40;

/// The kind that reads what lies at `path`. Asks if there is somebody to ask; takes the surest one if it may
/// (`take`) and it is sure enough; else says what could be added, and gives nothing.
pub fn choose(
    path: &Path,
    session: &Session,
    ask: Option<&Ask<'_>>,
    take: bool,
) -> Result<Option<(&'static Source, Seen)>> {
    let mut candidates = sources::recognize(path)?;
    if candidates.is_empty() {
        return nothing(path, session);
    }
    let next = candidates.get(1).map_or(0, |candidate| candidate.seen.sure);
    let clear = match candidates[0].seen.sure {
        CERTAIN.. => next < CERTAIN,
        sure => sure >= SURE && sure >= next.saturating_add(AHEAD),
    };
    let chosen = match ask {
        _ if take && clear => 0,
        Some(ask) => {
            print(&candidates, path, session)?;
            match candidates.len() {
                1 if !ask.yes("Add it")? => return Ok(None),
                1 => 0,
                count => ask.number(count)? - 1,
            }
        }
        None => {
            print(&candidates, path, session)?;
            let why = if clear { "add a name, or --yes" } else { "name one of these kinds" };
            session.printer.note(format_args!("nothing was added: {why}"));
            return Ok(None);
        }
    };
    let Candidate { kind, seen } = candidates.swap_remove(chosen);
    Ok(Some((super::source(kind)?, seen)))
}

fn print(candidates: &[Candidate], path: &Path, session: &Session) -> Result<()> {
    if session.printer.json {
        let list = candidates.iter().map(|candidate| {
            let Candidate { kind, seen: Seen { sure, what, options } } = candidate;
            json!({ "kind": kind, "sure": sure, "what": what, "options": options, "name": name(path, kind, &|_| true) })
        });
        session.printer.json(&list.collect::<Vec<_>>())?;
        return Ok(());
    }
    session.printer.data(|out| {
        for (number, candidate) in candidates.iter().enumerate() {
            let Candidate { kind, seen } = candidate;
            writeln!(out, "{}. {BOLD}{kind}{BOLD:#}: {}", number + 1, seen.what)?;
            let set: String = seen.options.iter().map(|(key, value)| format!(" --set '{key}={value}'")).collect();
            let (name, path) = (name(path, kind, &|_| true), path.display());
            writeln!(out, "   {FAINT}switchboard add {kind} {name} --path {path}{set}{FAINT:#}")?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Nothing is known of what lies there; perhaps of what lies in it.
fn nothing(path: &Path, session: &Session) -> Result<Option<(&'static Source, Seen)>> {
    let mut within: Vec<_> =
        std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    within.sort();
    let known = |path: &std::path::PathBuf| Some((path.clone(), sources::recognize(path).ok()?.into_iter().next()?));
    let known: Vec<_> = within.iter().take(WITHIN).filter_map(known).collect();
    let place = path.display();
    if known.is_empty() {
        bail!(
            "nothing that a source reads was found at {place}; `switchboard sources` says what each kind reads, \
             `switchboard add KIND NAME --path {place}` adds it all the same"
        );
    }
    for (path, Candidate { kind, seen }) in &known {
        session.printer.note(format_args!("{}: {kind}, {}", path.display(), seen.what));
    }
    session.printer.note(format_args!("{place} holds several things; add them one by one: switchboard add PATH"));
    Ok(None)
}

/// A name for what lies at `path` that nobody has yet: the file's or folder's own, else the kind's.
pub fn name(path: &Path, kind: &str, free: &dyn Fn(&str) -> bool) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let stem = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = stem.trim_start_matches('.');
    let stem = ENDINGS.iter().find_map(|ending| stem.strip_suffix(ending)).unwrap_or(stem);
    let mut name = String::new();
    for letter in stem.chars().take(40) {
        match letter.to_ascii_lowercase() {
            letter if letter.is_ascii_alphanumeric() || letter == '_' => name.push(letter),
            _ if name.ends_with('-') => {}
            _ => name.push('-'),
        }
    }
    let name = name.trim_matches('-');
    let name = if name.is_empty() { kind } else { name };
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| free(name)).unwrap_or_default()
}

/// Endings that say nothing about what is in a file.
const ENDINGS: &[&str] = &[
    ".tar.gz",
    ".tar.zst",
    ".json.gz",
    ".jsonl.gz",
    ".txt.gz",
    ".mbox.gz",
    ".xml.gz",
    ".tgz",
    ".tar",
    ".zip",
    ".git",
    ".jsonl",
    ".json",
    ".mbox",
    ".csv",
    ".tsv",
    ".parquet",
    ".txt",
    ".xml",
    ".ics",
    ".gz",
    ".zst",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_files() {
        let name = |path: &str| name(Path::new(path), "mbox", &|name| name != "taken");
        for (path, expected) in [
            ("/a/Demo Slack export Jan 1 2024.zip", "demo-slack-export-jan-1-2024"),
            ("/a/list.mbox.gz", "list"),
            ("/a/project.git", "project"),
            ("/a/.mailmap", "mailmap"),
            ("/a/é", "mbox"),
            ("/a/taken", "taken-2"),
            ("/", "mbox"),
        ] {
            assert_eq!(name(path), expected, "{path}");
        }
    }
}
