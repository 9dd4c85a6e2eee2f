//! Replays the corpora of the fuzz targets: see `fuzz/` and CONTRIBUTING.md, "Fuzzing".

use std::fs;
use std::path::Path;

use sources::SOURCES;

fn replay(target: &str, run: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut files: Vec<_> =
        fs::read_dir(&folder).expect("a corpus").map(|entry| entry.expect("listed").path()).collect();
    files.sort();
    assert!(files.len() > 3, "the corpus of {target} is nearly empty");
    for file in files {
        let bytes = fs::read(&file).expect("read");
        println!("{}", file.display());
        run(&bytes);
        // What is cut off in the middle comes from every crash and every full disk.
        run(&bytes[..bytes.len() * 2 / 3]);
    }
}

#[test]
fn files() {
    replay("collect", |bytes| testkit::fuzz::collect(SOURCES, bytes));
}

#[test]
fn items() {
    replay("normalize", |bytes| testkit::fuzz::normalize(SOURCES, bytes));
}

#[test]
fn json() {
    replay("pieces", sources::json::cut_anything);
}
