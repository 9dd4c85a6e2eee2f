//! The worked example of each kind of source: what the reference shows and the tests of all sources try.

use std::path::{Path, PathBuf};

use source::{Context, Source};

use crate::{TestRepository, example_inbox};

/// A source of this kind that reads its worked example: the folder `fixtures/example` in the kind's own
/// folder, or one made below `scratch` for those that no folder in a repository can hold.
///
/// # Panics
/// If there is no such example.
pub fn example(source: &Source, scratch: &Path) -> Context {
    let path = match source.kind {
        "git" => repository(scratch),
        "public-inbox" => inbox(scratch),
        kind => fixtures(kind),
    };
    let more = example_options(source);
    crate::context("/", &format!("path = '{}'\n{more}", path.display()))
}

/// The folder of a kind's worked example in the crate `sources`.
///
/// # Panics
/// If it is not there.
pub fn fixtures(kind: &str) -> PathBuf {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sources/src");
    let folder = sources.join(kind.replace('-', "_")).join("fixtures/example");
    folder.canonicalize().unwrap_or_else(|_| panic!("put a worked example of `{kind}` into {}", folder.display()))
}

/// What an example needs beside its path.
pub fn example_options(source: &Source) -> &'static str {
    match source.kind {
        // What its configuration's example says, but for the path.
        "table" => source.example.split_once('\n').map_or("", |(_, rest)| rest),
        "irc-log" => "channel = '#garden'",
        "zulip-export" => "url = 'https://chat.example.org'",
        _ => "",
    }
}

/// Three commits: one by its author alone, one applied by another, one merged.
fn repository(scratch: &Path) -> PathBuf {
    let repository = TestRepository::new(scratch.join("project.git"));
    let ada = "Ada Example <ada@example.org> 1588672800 +0000";
    let bo = "Bo Example <bo@example.com> 1588680000 +0200";
    let first = repository.commit(&[], ada, ada, "Stop the reactor in its own thread\n");
    let trailers =
        "Fix the timeout\n\nReported-by: Cy Example <cy@example.org>\nReviewed-by: Ada Example <ada@example.org>\n";
    let second = repository.commit(&[&first], "Cy Example <cy@example.org> 1588676400 +0000", bo, trailers);
    let merge = repository.commit(&[&first, &second], bo, bo, "Merge the fix of the timeout\n");
    repository.branch("main", &merge);
    repository.folder().to_owned()
}

/// A thread in two epochs, and what moderators did.
fn inbox(scratch: &Path) -> PathBuf {
    let folder = scratch.join("dev");
    example_inbox(&folder);
    folder
}
