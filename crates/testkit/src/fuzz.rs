//! What the fuzz targets in `fuzz/` try, and the tests replay with their corpora: input of any bytes must
//! neither panic nor be read differently the second time.
//!
//! The first line of an input says what the rest is: `KIND NAME`, the kind of source, and the name of the file
//! or of the item's kind. What names no kind that there is is passed over.

use std::path::Path;

use model::{Item, Rows};
use source::{Context, Source};

use crate::{MemorySink, context};

/// Collects a file called as the first line says, and turns what was kept into rows.
///
/// # Panics
/// If a second run adds anything, or a normalizer is not a function.
pub fn collect(sources: &[&'static Source], input: &[u8]) {
    let Some((source, name, bytes)) = head(sources, input) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(name);
    std::fs::create_dir_all(file.parent().expect("in the folder")).expect("made");
    std::fs::write(&file, bytes).expect("written");
    // A git repository is a folder; every other kind takes a file as well.
    let path = if name.contains('/') { folder.path().to_owned() } else { file };
    let context = options(source, &path);
    let mut sink = MemorySink::new();
    // That nothing there is of its kind is an error, as it should be.
    if sink.collect(source, &context).is_err() {
        return;
    }
    assert_eq!(sink.collect(source, &context).expect("it could be read before"), 0, "{} adds again", source.kind);
    rows(source, &context, sink.items());
}

/// Turns an item of the kind that the first line says into rows.
///
/// # Panics
/// If a normalizer is not a function.
pub fn normalize(sources: &[&'static Source], input: &[u8]) {
    let Some((source, kind, bytes)) = head(sources, input) else { return };
    let item = Item {
        id: "x/1".to_owned(),
        version: "1".to_owned(),
        kind: kind.to_owned(),
        origin: r#"{"file":"x","offset":0}"#.to_owned(),
        bytes: bytes.to_vec(),
    };
    rows(source, &options(source, Path::new("/nowhere")), &[item]);
}

fn rows(source: &Source, context: &Context, items: &[Item]) {
    let Ok(normalizer) = (source.normalizer)(context) else { return };
    let all = || {
        let mut rows = Rows::default();
        items.iter().for_each(|item| normalizer(item, &mut rows));
        rows
    };
    // Compared as text: what is no number is not equal to itself.
    assert!(format!("{:?}", all()) == format!("{:?}", all()), "{} is no function", source.kind);
}

/// The example's options with another path: some kinds cannot do without the others.
fn options(source: &Source, path: &Path) -> Context {
    let mut context = context("/", source.example);
    context.options.insert("path".to_owned(), path.to_string_lossy().into_owned().into());
    context.options.remove("glob");
    context
}

fn head<'a>(sources: &[&'static Source], input: &'a [u8]) -> Option<(&'static Source, &'a str, &'a [u8])> {
    let end = input.iter().take(200).position(|byte| *byte == b'\n')?;
    let (kind, name) = std::str::from_utf8(&input[..end]).ok()?.split_once(' ')?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./#".contains(&byte);
    let sound = !name.is_empty()
        && name.bytes().all(plain)
        && name.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
    let source = sources.iter().copied().find(|source| source.kind == kind)?;
    sound.then_some((source, name, &input[end + 1..]))
}
