//! Tables, full text and desk.

use archive::{Manifest, Tables};

use super::Check;
use crate::show;
use crate::workspace::Workspace;

/// What mends everything derived.
const REBUILD: &str = "`switchboard rebuild` makes it again";

/// Checks all three.
pub fn check(workspace: &Workspace) -> Vec<Check> {
    let tables = Tables::new(&workspace.tables());
    let (manifest, tables) = check_tables(&tables);
    let index = check_index(workspace, manifest.as_ref());
    vec![tables, index, check_desk(workspace)]
}

fn check_tables(tables: &Tables) -> (Option<Manifest>, Check) {
    let mut check = Check::new("tables");
    let manifest = match tables.manifest() {
        Ok(Some(manifest)) => manifest,
        Ok(None) => {
            check.found = "nothing derived yet".to_owned();
            return (None, check);
        }
        Err(error) => {
            check.wrong(format_args!("{error} ({REBUILD})"));
            return (None, check);
        }
    };
    let files: Vec<_> = manifest.tables.values().flatten().collect();
    let bytes = files.iter().map(|file| file.bytes).sum();
    check.found = format!("{}, {}", show::counted(files.len() as u64, "file"), show::bytes(bytes));
    tables.verify(&manifest).iter().for_each(|error| check.wrong(format_args!("{error} ({REBUILD})")));
    (Some(manifest), check)
}

fn check_index(workspace: &Workspace, manifest: Option<&Manifest>) -> Check {
    let mut check = Check::new("full text");
    let Some(manifest) = manifest else {
        check.found = "nothing to index yet".to_owned();
        return check;
    };
    let folder = workspace.index();
    match index::Index::open(&folder) {
        Ok(index) => check.found = show::counted(index.documents(), "message"),
        Err(error) => {
            check.wrong(error);
            return check;
        }
    }
    match index::check(&folder) {
        Ok(damaged) => damaged.iter().for_each(|file| {
            check.wrong(format_args!("{} changed since it was written; {REBUILD}", file.display()));
        }),
        Err(error) => check.wrong(error),
    }
    if !index::is_current(&folder, manifest) {
        check.wrong("it was made from other tables; `switchboard sync` brings it up to them");
    }
    check
}

fn check_desk(workspace: &Workspace) -> Check {
    let mut check = Check::new("desk");
    let file = workspace.desk();
    if !file.exists() {
        check.found = "nothing decided yet".to_owned();
        return check;
    }
    let faults = desk::Desk::open_read_only(&file).and_then(|desk| desk.check());
    match faults {
        Ok(faults) if faults.is_empty() => check.found = "whole".to_owned(),
        Ok(faults) => faults.iter().for_each(|fault| check.wrong(format_args!("{fault}; restore it from a backup"))),
        Err(error) => check.wrong(error),
    }
    check
}
