//! The archive: is every segment whole, is none missing, and can collecting go on after the last.

use anyhow::Result;
use archive::Archive;

use super::Check;
use crate::config::Config;
use crate::lock::Lock;
use crate::printer::Printer;
use crate::workspace::Workspace;
use crate::{session, show};

/// What to do about a segment that is gone or damaged.
const RESTORE: &str = "restore the archive folder from a backup";
/// Clocks differ; a segment from further ahead than this means that one of them is wrong.
const CLOCKS: model::Timestamp = 3600 * model::time::SECOND;

/// Checks each source of the archive, and that nothing else lies in it.
pub fn check(workspace: &Workspace, config: Option<&Config>, printer: &Printer) -> Vec<Check> {
    let folder = workspace.archive();
    let mut whole = Check::new("archive");
    if !folder.is_dir() {
        whole.found = "nothing collected yet".to_owned();
        return vec![whole];
    }
    let archive = Archive::open_existing(&folder);
    let sources = archive.and_then(|archive| archive.sources().map(|sources| (archive, sources)));
    let (archive, sources) = match sources {
        Ok(both) => both,
        Err(error) => {
            whole.wrong(error);
            return vec![whole];
        }
    };
    whole.found = show::counted(sources.len() as u64, "source");
    leftovers(&archive, &mut whole, workspace);
    let mut checks = vec![whole];
    for source in &sources {
        let mut line = printer.progress(source);
        let mut check = Check::new(format!("archive {source}"));
        let seen = check_source(&archive, source, &mut check, &mut |done, total| line.set(done, total, String::new));
        if let Err(error) = seen {
            check.wrong(error);
        }
        if let Some(config) = config {
            check_kind(&archive, source, config, &mut check);
        }
        checks.push(check);
    }
    checks
}

fn check_source(archive: &Archive, source: &str, check: &mut Check, progress: &mut dyn FnMut(u64, u64)) -> Result<()> {
    let numbers = archive.numbers(source)?;
    let (mut items, mut bytes) = (0, 0);
    for (place, number) in numbers.iter().enumerate() {
        progress(place as u64, numbers.len() as u64);
        let segment = match archive.segment(source, *number) {
            Ok(segment) => segment,
            Err(error) => {
                check.wrong(format_args!("{error} ({RESTORE})"));
                continue;
            }
        };
        match segment.verify() {
            Ok(found) => items += found,
            Err(error) => check.wrong(format_args!("{error} ({RESTORE})")),
        }
        bytes += segment.head().bytes;
        if segment.head().collected_at > session::now().saturating_add(CLOCKS) {
            let when = show::time(segment.head().collected_at);
            check.wrong(format_args!(
                "segment {number} says it was collected at {when}, which is to come; set the clock"
            ));
        }
    }
    let missing = (1..).zip(&numbers).find(|(expected, number)| expected != *number);
    if let Some((expected, _)) = missing {
        check.wrong(format_args!("segment {expected} is missing; {RESTORE}"));
    }
    let segments = show::counted(numbers.len() as u64, "segment");
    check.found = format!("{segments}, {}, {}", show::counted(items, "item"), show::bytes(bytes));
    Ok(())
}

/// A source that changed its kind cannot go on from its cursor.
fn check_kind(archive: &Archive, source: &str, config: &Config, check: &mut Check) {
    let Some(configured) = config.sources.iter().find(|configured| configured.name() == source) else {
        check.note("it is not in switchboard.toml: nothing of it is in the tables");
        return;
    };
    let Ok(Some(last)) = archive.last(source) else { return };
    let (was, is) = (&last.head().kind, configured.source.kind);
    if was != is {
        check.wrong(format_args!(
            "it was collected as `{was}` and is configured as `{is}`; give the new one another name"
        ));
    }
}

/// Segments that were being written when a process was killed.
fn leftovers(archive: &Archive, check: &mut Check, workspace: &Workspace) {
    if Lock::holder(workspace).is_some() {
        return;
    }
    match archive.leftovers() {
        Ok(files) => files.iter().for_each(|file| {
            check.note(format_args!(
                "{} was left by a process that was killed; the next sync removes it",
                file.display()
            ));
        }),
        Err(error) => check.wrong(error),
    }
}
