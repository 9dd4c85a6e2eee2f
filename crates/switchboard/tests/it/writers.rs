//! One writer at a time, and none where nothing may be written.

use std::fs::{File, OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::{BINARY, Place, Run, files};

/// The lock of the workspace `w`, held by this process.
fn held(place: &Place) -> File {
    let path = place.path().join("w/.lock");
    let mut file = OpenOptions::new().create(true).write(true).truncate(true).open(path).expect("a file");
    file.try_lock().expect("free");
    file.write_all(br#"{"pid":4711,"command":"sync","since":0}"#).expect("written");
    file
}

#[test]
fn a_second_writer_says_who_is_writing() {
    let place = Place::with_list();
    let lock = held(&place);
    for arguments in [&["sync", "--no-wait"] as &[&str], &["sync", "--wait", "0"], &["rebuild", "--wait", "1"]] {
        let said = place.run(&[&["-C", "w"], arguments].concat()).fails(1);
        assert!(said.contains("process 4711 (switchboard sync, since 1970-01-01 00:00 UTC) is writing"), "{said}");
    }
    let status = place.run(&["-C", "w", "status"]);
    assert!(status.err.contains("process 4711") && status.code == Some(0), "{}", status.err);
    drop(lock);
    place.w(&["sync", "--no-wait"]);
}

#[test]
fn a_second_writer_waits() {
    let place = Place::with_list();
    let lock = held(&place);
    let mut sync = place.command(&["-C", "w", "sync"]);
    let sync = sync.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    // It cannot end before we let go.
    std::thread::sleep(std::time::Duration::from_millis(400));
    drop(lock);
    let run: Run = sync.wait_with_output().expect("it ends").into();
    assert!(run.err.contains("waiting for it to end") && run.err.contains("4 new items"), "{}", run.err);
}

#[test]
fn many_syncs_at_once_give_one_archive() {
    let place = Place::with_list();
    let start = |_| {
        let mut sync = place.command(&["-C", "w", "sync"]);
        sync.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts")
    };
    for sync in (0..4).map(start).collect::<Vec<_>>() {
        Run::from(sync.wait_with_output().expect("it ends")).ok();
    }
    let alone = Place::with_list();
    alone.w(&["sync"]);
    assert_eq!(place.json(&["status"])[0]["items"], 4);
    assert_eq!(files(&place.path().join("w/archive")).len(), files(&alone.path().join("w/archive")).len());
    place.w(&["doctor"]);
}

#[test]
fn a_full_disk_is_an_error_and_leaves_the_archive_whole() {
    let place = Place::with_list();
    place.w(&["sync"]);
    let before = files(&place.path().join("w/archive"));
    let body =
        "Words that do not repeat: ".to_owned() + &(0..40_000).map(|number| format!("{number} ")).collect::<String>();
    place.write(
        "mail/list.mbox",
        crate::common::three_mails() + &crate::common::three_mails().replace("<", "<x").replace("Call", &body),
    );
    // No file may grow beyond 64 blocks of 512 bytes; without the trap the system would kill us for it.
    let script = format!("trap '' XFSZ; ulimit -f 64; exec {BINARY} -C w sync");
    let output = Command::new("sh").args(["-c", &script]).current_dir(place.path()).output().expect("it starts");
    let said = Run::from(output).fails(1);
    assert!(said.contains("File too large") && said.contains("free space"), "{said}");
    assert_eq!(files(&place.path().join("w/archive")), before);
    place.w(&["sync"]);
    place.w(&["doctor"]);
    assert_eq!(place.json(&["status"])[0]["items"], 8);
}

#[test]
fn what_a_killed_process_left_is_removed_by_the_next_sync() {
    let place = Place::with_list();
    place.w(&["sync"]);
    let left = place.write("w/archive/list/00000002.parquet.4711.partial#1", "half");
    assert!(place.w(&["doctor"]).contains("00000002.parquet.4711.partial#1 was left"));
    place.w(&["sync"]);
    assert!(!left.exists());
}

/// Calls `each` with every file and folder in `folder`, and with the folder itself.
fn walk(folder: &Path, each: &dyn Fn(&Path)) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { walk(&path, each) } else { each(&path) }
    }
    each(folder);
}

fn permit(path: &Path, mode: u32) {
    std::fs::set_permissions(path, Permissions::from_mode(mode)).expect("ours");
}

/// Somebody without any rights.
const NOBODY: u32 = 65_534;

#[test]
fn a_read_only_workspace_can_be_read_and_not_written() {
    let place = Place::with_list();
    place.w(&["sync"]);
    // Root may write anywhere, so nobody has to try, with a program that nobody can reach.
    let copy = tempfile::tempdir().expect("a folder");
    permit(copy.path(), 0o755);
    let program = copy.path().join("switchboard");
    std::fs::copy(BINARY, &program).expect("a copy");
    let root = place.path().metadata().expect("there").uid() == 0;
    walk(&place.path(), &|path| {
        if root {
            std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).expect("root may");
        }
        permit(path, if path.is_dir() { 0o555 } else { 0o444 });
    });
    let run = |arguments: &[&str]| -> Run {
        let mut command = Command::new(&program);
        command.args(["-C", "w"]).args(arguments).current_dir(place.path()).stdin(Stdio::null());
        if root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.output().expect("it starts").into()
    };
    for arguments in [&["sync"] as &[&str], &["rebuild"], &["add", "mbox", "x", "--path", "mail"]] {
        let said = run(arguments).fails(1);
        assert!(said.contains("cannot write to the workspace"), "{said}");
    }
    for arguments in
        [&["status"] as &[&str], &["desk"], &["ask", "stop the reactor"], &["sql", "select 1 as x"], &["doctor"]]
    {
        run(arguments).ok();
    }
    walk(&place.path(), &|path| permit(path, 0o755));
}
