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
        // What is cut off in the middle comes from every crash and every full disk.
        for bytes in [&bytes[..], &bytes[..bytes.len() * 2 / 3]] {
            let fine = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(bytes))).is_ok();
            assert!(fine, "{} fails", file.display());
        }
    }
}

#[test]
fn files() {
    replay("collect", |bytes| testkit::fuzz::collect(SOURCES, bytes));
}

/// Writes an item of each kind that the worked examples hold into the corpus of `normalize`.
fn seed() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/normalize");
    fs::create_dir_all(&corpus).expect("made");
    for source in SOURCES {
        let scratch = tempfile::tempdir().expect("a folder");
        let mut sink = testkit::MemorySink::new();
        sink.collect(source, &testkit::example(source, scratch.path())).expect("it can be read");
        let mut seen = std::collections::BTreeMap::<&str, usize>::new();
        for item in sink.items().iter().filter(|item| item.bytes.len() < 4_000 && !item.kind.contains(' ')) {
            let count = seen.entry(&item.kind).or_default();
            *count += 1;
            if *count <= 2 {
                let bytes = [source.kind.as_bytes(), b" ", item.kind.as_bytes(), b"\n", &item.bytes].concat();
                fs::write(corpus.join(format!("{}-{}-{count}", source.kind, item.kind)), bytes).expect("written");
            }
        }
    }
}

#[test]
fn items() {
    if std::env::var_os("UPDATE_CORPUS").is_some() {
        seed();
    }
    replay("normalize", |bytes| testkit::fuzz::normalize(SOURCES, bytes));
}

#[test]
fn json() {
    replay("pieces", sources::json::cut_anything);
}
