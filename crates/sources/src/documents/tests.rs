//! A small tree of every format in, pages and sections out.

use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use model::{Item, Rows};
use source::Context;
use testkit::{MemorySink, tell};

use super::SOURCE;
use crate::files;

mod hostile;

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/documents/fixtures/example")
}

fn context(path: &Path) -> Context {
    testkit::context("/", &format!("path = '{}'\nurl = 'https://example.org/'", path.display()))
}

fn collected(path: &Path) -> MemorySink {
    let mut sink = MemorySink::new();
    sink.collect(&SOURCE, &context(path)).expect("it can be read");
    sink
}

/// The rows of the pages whose name ends like this.
fn rows(ending: &str) -> Rows {
    let items: Vec<Item> =
        collected(&example()).items().iter().filter(|item| item.id.ends_with(ending)).cloned().collect();
    testkit::normalize(&SOURCE, &context(&example()), &items)
}

/// The rows of one page of this name and text, with these options.
fn page(name: &str, text: &[u8], options: &str) -> Rows {
    let item = Item { id: name.to_owned(), kind: "page".to_owned(), bytes: text.to_vec(), ..Item::default() };
    testkit::normalize(&SOURCE, &testkit::context("/", &format!("path = 'x'\n{options}")), &[item])
}

/// A page as `title | text`, and a line for each section with its address.
fn outline(rows: &Rows) -> String {
    let line = |message: &model::Message| {
        let url = message.url.as_deref().unwrap_or("-");
        format!("{} | {} | {url}", message.subject.as_deref().unwrap_or_default(), message.body.replace('\n', "⏎"))
    };
    rows.messages.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_there_is_kept_or_said() {
    let sink = collected(&example());
    let kept: Vec<String> = sink.items().iter().map(|item| format!("{} {}", item.id, item.origin)).collect();
    assert_snapshot!(kept.join("\n"), @r#"
    2024-03-01-news.md {"file":"2024-03-01-news.md"}
    docs/guide/install.md {"file":"docs/guide/install.md","site":"mkdocs","top":"docs/"}
    docs/index.md {"file":"docs/index.md","site":"mkdocs","top":"docs/"}
    manual/reactor.adoc {"file":"manual/reactor.adoc"}
    notes.txt {"file":"notes.txt"}
    rule.md {"file":"rule.md"}
    site/old.html {"file":"site/old.html"}
    sphinx/index.rst {"file":"sphinx/index.rst","site":"sphinx","top":"sphinx/"}
    "#);
    let problems: Vec<_> =
        sink.problems().iter().map(|one| format!("{}: {} {}", one.file, one.what, one.detail)).collect();
    assert_snapshot!(problems.join("\n"), @"
    *.css: is no page 1 file
    *.py: is no page 1 file
    *.yml: is no page 1 file
    empty.md: file is empty
    ");
}

#[test]
fn markdown_with_front_matter() {
    assert_snapshot!(tell(&rows("install.md")), @r#"
    channel "demo" (documents) title "https://example.org/"
    identity "ada@example.org" (email) name "Ada Example" email "ada@example.org" seen 2024-03-01T10:00:00Z
    identity "bo" (name) name "Bo" seen 2024-03-01T10:00:00Z
    page "docs/guide/install.md" in "demo" by ada@example.org at 2024-03-01T10:00:00Z
        subject "How to install"
        "Install\n\nBefore you begin, read the notes <https://example.org/notes>."
        tags setup, linux
        https://example.org/guide/install/
    page "docs/guide/install.md#package" in "demo" by nobody at 2024-03-01T10:00:00Z
        answers "docs/guide/install.md"
        subject "How to install › From a package"
        "    # no heading\n    reactor --install\n\nsystem\tcommand\nLinux\t`apt`\nothers\tnone"
        tags setup, linux
        https://example.org/guide/install/#package
    page "docs/guide/install.md#from-source" in "demo" by nobody at 2024-03-01T10:00:00Z
        answers "docs/guide/install.md"
        subject "How to install › From source"
        "Get the sources."
        tags setup, linux
        https://example.org/guide/install/#from-source
    page "docs/guide/install.md#options" in "demo" by nobody at 2024-03-01T10:00:00Z
        answers "docs/guide/install.md"
        subject "How to install › From source › Options"
        "- `--fast`\n- `--slow`\n\n> Options\n>\n> within a quote cut nothing"
        tags setup, linux
        https://example.org/guide/install/#options
    page "docs/guide/install.md#options_2" in "demo" by nobody at 2024-03-01T10:00:00Z
        answers "docs/guide/install.md"
        subject "How to install › Options"
        "Use the <script> tag & friends[1].\n\n[1]:\n\nA footnote."
        tags setup, linux
        https://example.org/guide/install/#options_2
    page "docs/guide/install.md#empty-one" in "demo" by nobody at 2024-03-01T10:00:00Z
        answers "docs/guide/install.md"
        subject "How to install › Empty one"
        ""
        tags setup, linux
        https://example.org/guide/install/#empty-one
    page "docs/guide/install.md#_1" in "demo" by nobody at 2024-03-01T10:00:00Z
        answers "docs/guide/install.md"
        subject "How to install"
        ""
        tags setup, linux
        https://example.org/guide/install/#_1
    co_authored "docs/guide/install.md" in "demo" by bo at 2024-03-01T10:00:00Z: "How to install"
    "#);
    assert_snapshot!(tell(&rows("news.md")), @r#"
    channel "demo" (documents) title "https://example.org/"
    identity "cy@example.org" (email) name "Cy" email "cy@example.org" seen 2024-03-01T00:00:00Z
    page "2024-03-01-news.md" in "demo" by cy@example.org at 2024-03-01T00:00:00Z
        subject "News"
        ""
        tags news
        https://example.org/2024-03-01-news.md
    page "2024-03-01-news.md#march" in "demo" by nobody at 2024-03-01T00:00:00Z
        answers "2024-03-01-news.md"
        subject "News › March"
        "It works."
        tags news
        https://example.org/2024-03-01-news.md#march
    page "2024-03-01-news.md#april" in "demo" by nobody at 2024-03-01T00:00:00Z
        answers "2024-03-01-news.md"
        subject "News › April"
        "It still works."
        tags news
        https://example.org/2024-03-01-news.md#april
    "#);
}

#[test]
fn what_looks_like_front_matter_stays() {
    assert_snapshot!(outline(&rows("rule.md")), @"A line above and a line below make no front matter | ________________________________⏎⏎café | https://example.org/rule.md");
    assert_snapshot!(outline(&page("a.md", b"---\na: [\n---\n# A\nx", "")), @"A | x | -");
    assert_snapshot!(outline(&page("a.md", b"---\nno end", "")), @"a | ________________________________⏎⏎no end | -");
}

#[test]
fn restructured_text() {
    assert_snapshot!(tell(&rows("index.rst")), @r#"
    channel "demo" (documents) title "https://example.org/"
    identity "dee" (name) name "Dee" seen 2024-03-02T00:00:00Z
    page "sphinx/index.rst" in "demo" by dee at 2024-03-02T00:00:00Z
        subject "Reactor"
        ":Author: Dee\n:Date: 2024-03-02\n\nSee the guide <https://example.org/guide>, notes <https://example.org/notes> and the end.\n\n.. _notes: https://example.org/notes"
        https://example.org/index.html
    page "sphinx/index.rst#installing" in "demo" by nobody at 2024-03-02T00:00:00Z
        answers "sphinx/index.rst"
        subject "Reactor › Installing"
        ".. code-block:: sh\n\n   reactor --install\n\nCall `reactor.run` or `reactor.stop()`."
        https://example.org/index.html#installing
    page "sphinx/index.rst#options" in "demo" by nobody at 2024-03-02T00:00:00Z
        answers "sphinx/index.rst"
        subject "Reactor › Installing › Options"
        "* one\n* two"
        https://example.org/index.html#options
    page "sphinx/index.rst#the-very-end" in "demo" by nobody at 2024-03-02T00:00:00Z
        answers "sphinx/index.rst"
        subject "Reactor › Installing › Options"
        "+-----+-----+\n| a   | b   |\n+=====+=====+\n| 1   | 2   |\n+-----+-----+\n\n----\n\nLast words::\n\n    Not a title\n    ==========="
        https://example.org/index.html#the-very-end
    "#);
}

#[test]
fn asciidoc_pages() {
    assert_snapshot!(tell(&rows("reactor.adoc")), @r#"
    channel "demo" (documents) title "https://example.org/"
    identity "ada@example.org" (email) name "Ada Example" email "ada@example.org" seen 2024-03-03T00:00:00Z
    identity "bo@example.org" (email) name "Bo" email "bo@example.org" seen 2024-03-03T00:00:00Z
    page "manual/reactor.adoc" in "demo" by ada@example.org at 2024-03-03T00:00:00Z
        subject "Reactor Manual"
        "See the guide <https://example.org/guide>, others and the end."
        tags reactor, manual
        https://example.org/manual/reactor.adoc
    page "manual/reactor.adoc#_installing" in "demo" by nobody at 2024-03-03T00:00:00Z
        answers "manual/reactor.adoc"
        subject "Reactor Manual › Installing"
        "----\n== no title\nreactor --install\n----"
        tags reactor, manual
        https://example.org/manual/reactor.adoc#_installing
    page "manual/reactor.adoc#end" in "demo" by nobody at 2024-03-03T00:00:00Z
        answers "manual/reactor.adoc"
        subject "Reactor Manual › Installing › The end"
        "NOTE: Stop it."
        tags reactor, manual
        https://example.org/manual/reactor.adoc#end
    page "manual/reactor.adoc#options" in "demo" by nobody at 2024-03-03T00:00:00Z
        answers "manual/reactor.adoc"
        subject "Reactor Manual › Options"
        ""
        tags reactor, manual
        https://example.org/manual/reactor.adoc#options
    page "manual/reactor.adoc#_options" in "demo" by nobody at 2024-03-03T00:00:00Z
        answers "manual/reactor.adoc"
        subject "Reactor Manual › Options"
        ""
        tags reactor, manual
        https://example.org/manual/reactor.adoc#_options
    page "manual/reactor.adoc#_old_form" in "demo" by nobody at 2024-03-03T00:00:00Z
        answers "manual/reactor.adoc"
        subject "Reactor Manual › Options › Old form"
        "Still read."
        tags reactor, manual
        https://example.org/manual/reactor.adoc#_old_form
    co_authored "manual/reactor.adoc" in "demo" by bo@example.org at 2024-03-03T00:00:00Z: "Reactor Manual"
    "#);
}

#[test]
fn html_pages() {
    assert_snapshot!(tell(&rows("old.html")), @r#"
    channel "demo" (documents) title "https://example.org/"
    identity "dee" (name) name "Dee" seen 2012-05-06T07:08:09Z
    page "site/old.html" in "demo" by dee at 2012-05-06T07:08:09Z
        subject "Old pages & more"
        "Before all."
        https://example.org/site/old.html
    page "site/old.html#first" in "demo" by nobody at 2012-05-06T07:08:09Z
        answers "site/old.html"
        subject "Old pages & more › First"
        "One link <https://example.org/x>."
        https://example.org/site/old.html#first
    page "site/old.html#second" in "demo" by nobody at 2012-05-06T07:08:09Z
        answers "site/old.html"
        subject "Old pages & more › Second"
        "a\n  b"
        https://example.org/site/old.html#second
    page "site/old.html#third" in "demo" by nobody at 2012-05-06T07:08:09Z
        answers "site/old.html"
        subject "Old pages & more › Second › Third"
        ""
        https://example.org/site/old.html#third
    page "site/old.html#~4" in "demo" by nobody at 2012-05-06T07:08:09Z
        answers "site/old.html"
        subject "Old pages & more › No anchor"
        "text"
        https://example.org/site/old.html
    "#);
}

#[test]
fn titles() {
    for (name, text, expected) in [
        ("a/b.md", "text", "b | text | -"),
        ("b.md", "## Only\ntext", "Only | text | -"),
        ("b.md", "## One\nx\n## Two\ny", "b |  | -\nb › One | x | -\nb › Two | y | -"),
        ("b.md", "# One\nx\n# Two\ny", "One | x | -\nOne › Two | y | -"),
        ("b.md", "before\n\n# One\nx", "One | before⏎⏎x | -"),
        ("b.md", "---\ntitle: T\n---\n# One\nx", "T | One⏎⏎x | -"),
        ("b.md", "---\ntitle: T\n---\n# T\nx", "T | x | -"),
        ("b.md", "---\ntitle: T\n---\n## One\nx", "T |  | -\nT › One | x | -"),
        ("b.html", "<title>T</title><p>x", "T | x | -"),
        ("b.html", "<title>T</title><h1>H</h1>x", "H | x | -"),
        ("README", "x", "README | x | -"),
        ("april.html.md", "x", "april | x | -"),
        ("b.md", "# T\n#### Deep\n## Up\n### Down", "T |  | -\nT › Deep |  | -\nT › Up |  | -\nT › Up › Down |  | -"),
    ] {
        assert_eq!(outline(&page(name, text.as_bytes(), "")), expected, "{text}");
    }
}

#[test]
fn addresses_and_anchors_by_site() {
    let text = b"# T\n## What's new?\n## What's new?\n## Mine { #own }\n## Other {: #own2 .wide}\n## /users/{id}\n";
    let of = |options: &str| {
        let rows = page("docs/guide/index.md", text, &format!("url = 'https://e.org/x/'\n{options}"));
        let urls: Vec<&str> = rows.messages.iter().filter_map(|message| message.url.as_deref()).collect();
        urls.join("\n")
    };
    assert_snapshot!(of(""), @"
    https://e.org/x/docs/guide/index.md
    https://e.org/x/docs/guide/index.md#whats-new
    https://e.org/x/docs/guide/index.md#whats-new-1
    https://e.org/x/docs/guide/index.md#own
    https://e.org/x/docs/guide/index.md#own2
    https://e.org/x/docs/guide/index.md#usersid
    ");
    assert_snapshot!(of("site = 'mkdocs'\ntop = '/docs'"), @"
    https://e.org/x/guide/
    https://e.org/x/guide/#whats-new
    https://e.org/x/guide/#whats-new_1
    https://e.org/x/guide/#own
    https://e.org/x/guide/#own2
    https://e.org/x/guide/#usersid
    ");
    assert_snapshot!(of("site = 'jekyll'\nending = ''"), @"
    https://e.org/x/docs/guide
    https://e.org/x/docs/guide#whats-new
    https://e.org/x/docs/guide#whats-new-1
    https://e.org/x/docs/guide#own
    https://e.org/x/docs/guide#own2
    https://e.org/x/docs/guide#usersid
    ");
}

#[test]
fn the_nearest_site_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("mkdocs.yml", "a: b"),
        ("docs/a.md", "# A"),
        ("b.md", "# B"),
        ("sub/conf.py", ""),
        ("sub/x/c.rst", "C\n=\n"),
        ("node_modules/d.md", "# D"),
        (".git/e.md", "# E"),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("below")).expect("made");
        fs::write(path, text).expect("written");
    }
    let sink = collected(folder.path());
    let rows = testkit::normalize(&SOURCE, &context(folder.path()), sink.items());
    assert_snapshot!(outline(&rows), @"
    B |  | https://example.org/b.md
    A |  | https://example.org/a/
    C |  | https://example.org/x/c.html
    ");
    let look = files::look(folder.path()).expect("it can be read");
    assert_snapshot!(format!("{:?}", (SOURCE.recognize)(&look).map(|seen| (seen.sure, seen.what))), @r#"Some((85, "documentation: 3 pages, published by MkDocs"))"#);
}

#[test]
fn encodings() {
    let utf16: Vec<u8> = "\u{feff}# é".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes, title) in [
        ("a.md", &b"\xef\xbb\xbf# \xc3\xa9"[..], "é"),
        ("a.md", b"# \xe9", "é"),
        ("a.md", &utf16, "é"),
        ("a.html", b"<meta charset='windows-1251'><h1>\xe9</h1>", "й"),
        ("a.md", b"# \xc3\xa9\xe2\x82", "é\u{fffd}"),
    ] {
        let rows = page(name, bytes, "");
        assert_eq!(rows.messages.first().and_then(|message| message.subject.as_deref()), Some(title), "{name}");
    }
    assert_eq!(page("a.md", b"\0\x01", "").problems.len(), 1);
}

#[test]
fn a_folder_without_pages_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = MemorySink::new().collect(&SOURCE, &context(folder.path())).expect_err("nothing is there");
    assert!(error.to_string().contains("holds no pages"), "{error}");
}
