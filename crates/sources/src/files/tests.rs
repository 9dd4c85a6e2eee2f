use std::fs;
use std::io::{Read, Write};

use super::*;

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).expect("in memory");
    encoder.finish().expect("in memory")
}

/// Finds everything below a folder holding `files`; gives the names and the problems as `file: what`.
fn names(files: &[&str], glob: Option<&str>) -> (Vec<String>, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    for name in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        fs::write(path, name).expect("a file");
    }
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret"), "x").expect("a file");
    std::os::unix::fs::symlink(outside.path().join("secret"), folder.path().join("out")).expect("a link");
    std::os::unix::fs::symlink(outside.path(), folder.path().join("out-folder")).expect("a link");
    std::os::unix::fs::symlink("nowhere", folder.path().join("dangling")).expect("a link");
    std::os::unix::fs::symlink(".", folder.path().join("loop")).expect("a link");
    let mut problems = Vec::new();
    let found = find(folder.path(), glob, &mut |problem| problems.push(format!("{}: {}", problem.file, problem.what)));
    let found = found.expect("the folder is there");
    problems.sort();
    (found.into_iter().map(|file| file.name).collect(), problems)
}

#[test]
fn a_folder_is_walked_in_order_and_never_left() {
    let (found, problems) = names(&["b.txt", "a/2.txt", "a/1.gz", "a.txt"], None);
    assert_eq!(found, ["a.txt", "a/1.gz", "a/2.txt", "b.txt"]);
    let out = ["dangling: link leads nowhere", "out-folder: link leads out of the folder"];
    assert_eq!(problems, [out[0], out[1], "out: link leads out of the folder"]);
}

#[test]
fn a_glob_that_fits_nothing_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(find(folder.path(), Some("*.log"), &mut |_| {}).expect("an empty folder is none").is_empty());
    std::fs::write(folder.path().join("a.txt"), "x").expect("written");
    let error = find(folder.path(), Some("*.log"), &mut |_| {}).expect_err("nothing fits").to_string();
    assert!(error.contains("fits the glob `*.log`; 1 files are there"), "{error}");
}

#[test]
fn a_glob_chooses() {
    assert_eq!(names(&["b.txt", "a/2.txt", "a/1.gz"], Some("*.txt")).0, ["a/2.txt", "b.txt"]);
    assert_eq!(names(&["b.txt", "a/2.txt", "a/1.gz"], Some("a/*")).0, ["a/1.gz", "a/2.txt"]);
    let error = find(Path::new("/"), Some("a{"), &mut |_| {}).expect_err("no glob");
    assert!(error.to_string().contains("a{"));
}

#[test]
fn a_missing_path_is_an_error_and_a_file_is_found_by_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("one.mbox.gz");
    assert!(find(&path, None, &mut |_| {}).is_err());
    fs::write(&path, "x").expect("a file");
    let found = find(&path, None, &mut |_| {}).expect("it is there");
    assert_eq!((found[0].name.as_str(), found[0].plain_name()), ("one.mbox.gz", "one.mbox"));
    assert_eq!(found[0].stamp.size, 1);
}

/// Reads a file of these bytes from `offset`: what it gives, and the problem at the end.
fn read(bytes: &[u8], offset: u64) -> (Vec<u8>, Option<(String, u64)>) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("f"), bytes).expect("a file");
    let found = find(folder.path(), None, &mut |_| {}).expect("the folder is there");
    let mut reader = found[0].try_open(offset, 100_000).expect("it opens");
    let mut data = Vec::new();
    reader.read_to_end(&mut data).expect("never fails");
    assert!(reader.consumed() <= bytes.len() as u64 + offset);
    let problem = reader.problem().map(|problem| (problem.what, problem.offset.unwrap_or_default()));
    (data, problem)
}

#[test]
fn files_are_decompressed_by_what_they_hold() {
    let two_members = [gzip(b"one "), gzip(b"two")].concat();
    let zstd = zstd::encode_all(&b"one two"[..], 1).expect("in memory");
    for bytes in [b"one two".as_slice(), &two_members, &zstd] {
        assert_eq!(read(bytes, 0), (b"one two".to_vec(), None));
        assert_eq!(read(bytes, 4), (b"two".to_vec(), None));
        assert_eq!(read(bytes, 7), (Vec::new(), None));
    }
    assert_eq!(read(b"", 0), (Vec::new(), None));
    assert_eq!(read(b"x", 0), (b"x".to_vec(), None));
}

#[test]
fn a_file_cut_short_gives_what_came_before() {
    let text: Vec<u8> = (0..500_000u32).flat_map(|number| number.to_string().into_bytes()).collect();
    for whole in [gzip(&text), zstd::encode_all(text.as_slice(), 1).expect("in memory")] {
        let (data, problem) = read(&whole[..whole.len() / 2], 0);
        assert!(!data.is_empty() && text.starts_with(&data));
        assert_eq!(problem, Some(("file is cut short".into(), data.len() as u64)));
    }
    let mut garbage = gzip(b"good");
    garbage.extend(b"trailing garbage");
    let (data, problem) = read(&garbage, 0);
    assert_eq!(
        (data.as_slice(), problem.map(|problem| problem.0).as_deref()),
        (&b"good"[..], Some("compressed data is damaged"))
    );
}

#[test]
fn a_bomb_is_stopped() {
    let (data, problem) = read(&gzip(&vec![0; 10_000_000]), 0);
    assert!(data.len() < 5_000_000, "{}", data.len());
    assert_eq!(problem.map(|problem| problem.0).as_deref(), Some("decompresses without end"));
}

#[test]
fn lines_are_cut_at_the_limit() {
    let mut lines = Lines::new(&b"one\r\n\n12345\n123456\nend"[..], 5);
    let mut seen = Vec::new();
    while let Some(line) = lines.next_line().expect("in memory") {
        let text = String::from_utf8_lossy(line.bytes).into_owned();
        seen.push((line.number, line.offset, text, line.cut, line.ended));
    }
    let row = |number, offset, text: &str, cut, ended| (number, offset, text.to_owned(), cut, ended);
    let expected = [
        row(0, 0, "one", false, true),
        row(1, 5, "", false, true),
        row(2, 6, "12345", false, true),
        row(3, 12, "12345", true, true),
        row(4, 19, "end", false, false),
    ];
    assert_eq!(seen, expected);
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = ::tar::Header::new_gnu();
        // Written as it is: the crate itself would refuse a name that climbs out.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_mtime(1_700_000_000);
        header.set_mode(0o600);
        header.set_cksum();
        builder.append(&header, *bytes).expect("written");
    }
    builder.into_inner().expect("ended")
}

#[test]
fn files_in_a_tar_are_found_and_read_compressed_or_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let inner = gzip(b"three");
    let bytes = tar(&[("a/one.json", b"one"), ("../two", b"no"), ("three.json.gz", &inner), ("empty", b"")]);
    for (name, bytes) in [("plain.tar", bytes.clone()), ("small.tar.gz", gzip(&bytes)), ("odd.bin", gzip(&bytes))] {
        let path = folder.path().join(name);
        std::fs::write(&path, &bytes).expect("written");
        let mut problems = Vec::new();
        let found = find(&path, None, &mut |problem| problems.push(problem.what)).expect("there");
        let names: Vec<&str> = found.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["a/one.json", "empty", "three.json.gz"], "{name}");
        let read = |file: &FoundFile, offset| {
            let mut text = String::new();
            file.open_at(offset).expect("opens").read_to_string(&mut text).expect("text");
            text
        };
        assert_eq!(found.iter().map(|file| read(file, 0)).collect::<String>(), "onethree", "{name}");
        assert_eq!((read(&found[0], 2), read(&found[2], 3)), ("e".to_owned(), "ee".to_owned()), "{name}");
        assert_eq!(problems, ["path leads out of the tar"], "{name}");
    }
    let cut = folder.path().join("cut.tar.gz");
    let small = gzip(&bytes);
    std::fs::write(&cut, &small[..small.len() * 2 / 3]).expect("written");
    let mut problems = Vec::new();
    let found = find(&cut, None, &mut |problem| problems.push(problem.what)).expect("there");
    assert!(!found.is_empty() && !problems.is_empty(), "{problems:?}");
    // In a folder, those that hold others are told by their names.
    std::fs::remove_file(&cut).expect("there");
    let all = find(folder.path(), Some("*one.json"), &mut |_| {}).expect("there");
    let names: Vec<&str> = all.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["plain.tar/a/one.json", "small.tar.gz/a/one.json"]);
}

#[test]
fn a_look_sees_names_and_beginnings() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("deep")).expect("made");
    std::fs::write(folder.path().join("deep/a.txt"), "below").expect("written");
    std::fs::write(folder.path().join("z.json.gz"), gzip(&[b'x'; 10_000])).expect("written");
    let look = super::look(folder.path()).expect("there");
    let seen: Vec<(&str, usize)> = look.files.iter().map(|file| (file.name.as_str(), file.head.len())).collect();
    assert_eq!((seen, look.total), (vec![("z.json", 4096), ("deep/a.txt", 5)], 2));
}
