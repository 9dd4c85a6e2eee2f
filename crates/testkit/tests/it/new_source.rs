//! Keeps `docs/writing-a-source.md` true: the source that it builds up is compiled here from the page's own
//! files and does what the page says.

use source::Source;
use testkit::{MemorySink, tell};

mod bulletin;

static BULLETIN: &Source = &bulletin::SOURCE;

const PAGE: &str = include_str!("../../../../docs/writing-a-source.md");

#[test]
fn the_page_shows_what_is_compiled() {
    let parts: Vec<&str> = include_str!("new_source/bulletin.rs").split("\n// --\n").map(str::trim).collect();
    for part in parts {
        assert!(PAGE.contains(part), "docs/writing-a-source.md does not show this part:\n{part}");
    }
}

#[test]
fn the_source_does_what_the_page_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let board =
        "2024-03-01 ada: Who has a spare key?\n2024-03-01 bo: I have.\nnobody said this\n2024-03-02 ada: Thanks!\n";
    std::fs::write(folder.path().join("board.txt"), board).expect("written");
    let context = testkit::context(folder.path(), "path = 'board.txt'");
    let mut sink = MemorySink::new();
    assert_eq!(sink.collect(BULLETIN, &context).expect("it can be read"), 4);
    assert_eq!(sink.collect(BULLETIN, &context).expect("it can be read"), 0);
    let told = tell(&testkit::normalize(BULLETIN, &context, sink.items()));
    let shown = told.lines().filter(|line| !line.starts_with("identity") && !line.starts_with("channel"));
    let shown = shown.collect::<Vec<_>>().join("\n");
    assert!(PAGE.contains(&shown), "docs/writing-a-source.md does not show what comes out:\n{shown}");
}
