//! What `doctor` finds and how it says what to do.

use std::path::PathBuf;

use crate::common::{Place, files};

/// A place after two syncs, so that there are two segments.
fn synced() -> Place {
    let place = Place::with_list();
    place.w(&["sync"]);
    let more = crate::common::three_mails().replace("@example.org>", ".b@example.org>");
    place.write("mail/list.mbox", crate::common::three_mails() + &more);
    place.w(&["sync"]);
    place
}

/// What `doctor` finds wrong, as `what: fault`, one per line; nothing else may be wrong.
fn faults(place: &Place) -> String {
    let run = place.run(&["-C", "w", "--json", "doctor"]);
    let checks: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let mut faults = String::new();
    for check in checks.as_array().expect("a list") {
        for fault in check["wrong"].as_array().expect("a list") {
            let folder = place.path().display().to_string();
            let fault = fault.as_str().expect("text").replace(&folder, "…");
            faults += &format!("{}: {fault}\n", check["what"].as_str().expect("text"));
        }
    }
    assert_eq!(run.code, Some(i32::from(!faults.is_empty())), "{faults}{}", run.err);
    faults
}

/// The one file below `folder` whose path contains `part`.
fn file(place: &Place, folder: &str, part: &str) -> PathBuf {
    let found = files(&place.path().join(folder)).into_iter().map(|(path, _)| path);
    found.into_iter().find(|path| path.to_string_lossy().contains(part)).expect("such a file")
}

fn damage(path: &std::path::Path) {
    let mut bytes = std::fs::read(path).expect("there");
    let middle = bytes.len() / 3;
    bytes[middle..middle + 4].iter_mut().for_each(|byte| *byte ^= 0x5a);
    std::fs::write(path, bytes).expect("ours");
}

#[test]
fn a_whole_workspace_has_no_faults() {
    assert_eq!(faults(&synced()), "");
}

#[test]
fn a_missing_segment_is_named() {
    let place = synced();
    std::fs::remove_file(place.path().join("w/archive/list/00000001.parquet")).expect("there");
    insta::assert_snapshot!(faults(&place), @"archive list: segment 1 is missing; restore the archive folder from a backup");
}

#[test]
fn a_damaged_segment_is_named() {
    let place = synced();
    damage(&place.path().join("w/archive/list/00000002.parquet"));
    let faults = faults(&place);
    assert!(faults.starts_with("archive list: segment 2 of `list` is damaged"), "{faults}");
    std::fs::write(place.path().join("w/archive/list/00000002.parquet"), "PAR1").expect("ours");
    let said = place.run(&["-C", "w", "sync"]).fails(1);
    assert!(said.contains("segment 2 of `list` is damaged"), "{said}");
}

#[test]
fn a_damaged_table_is_named_and_mended_by_a_rebuild() {
    let place = synced();
    damage(&file(&place, "w/tables", "people"));
    let said = faults(&place);
    assert!(said.contains("its bytes changed") && said.contains("rebuild"), "{said}");
    place.w(&["rebuild"]);
    assert_eq!(faults(&place), "");
}

#[test]
fn a_damaged_index_is_named_and_mended_by_a_rebuild() {
    let place = synced();
    damage(&file(&place, "w/index", ".store"));
    let said = faults(&place);
    assert!(said.starts_with("full text: ") && said.contains("rebuild"), "{said}");
    place.w(&["rebuild"]);
    assert_eq!(faults(&place), "");
}

#[test]
fn an_index_of_other_tables_is_named_and_mended_by_a_sync() {
    let place = synced();
    let more = crate::common::three_mails().replace("@example.org>", ".c@example.org>");
    place.write("mail/more.mbox", more);
    place.w(&["add", "mbox", "more", "--path", "mail/more.mbox"]);
    place.w(&["sync", "--until", "tables"]);
    insta::assert_snapshot!(faults(&place), @"full text: it was made from other tables; `switchboard sync` brings it up to them");
    place.w(&["sync"]);
    assert_eq!(faults(&place), "");
}

#[test]
fn a_desk_that_is_none_is_named() {
    let place = synced();
    place.write("w/desk.sqlite", "this is no database, however long it may be");
    let said = faults(&place);
    assert!(said.starts_with("desk: "), "{said}");
}

#[test]
fn a_source_that_is_gone_is_named() {
    let place = synced();
    std::fs::remove_file(place.path().join("mail/list.mbox")).expect("there");
    let said = faults(&place);
    assert!(said.starts_with("configuration: `list` collects from …/mail/list.mbox"), "{said}");
}
