//! Pages that were made to hurt, and pages of which nobody knows what they are.

use proptest::prelude::*;

use super::page;
use crate::documents::anchors::Anchors;
use crate::documents::format::Format;
use crate::documents::front::Meta;
use crate::documents::site::Site;
use crate::documents::{asciidoc, front, html, markdown, rst};

#[test]
fn hostile_pages_are_bounded() {
    let long = "x".repeat(1 << 20);
    for (name, text) in [
        ("a.md", "# a\n".repeat(20_000)),
        ("a.rst", "a\n==\n\n".repeat(20_000)),
        ("a.adoc", "== a\n".repeat(20_000)),
        ("a.html", "<h2>a</h2>".repeat(20_000)),
        ("a.md", format!("# {long}\n## {long}\n### {long}\n#### {long}\n")),
        ("a.html", "<a href=\"".repeat(100_000)),
        ("a.html", "<h1 id=a>".repeat(100_000)),
        ("a.rst", ":a:`".repeat(100_000)),
        ("a.rst", "`<".repeat(100_000)),
        ("a.adoc", "<<a,".repeat(100_000)),
        ("a.adoc", "https://a[".repeat(100_000)),
        ("a.md", "> ".repeat(50_000)),
        ("a.md", "[".repeat(50_000)),
        ("a.md", format!("---\na: {}\n---\n", "[".repeat(100_000))),
        ("a.md", format!("+++\na = {}\n+++\n", "[".repeat(100_000))),
    ] {
        let rows = page(name, text.as_bytes(), "url = 'https://e.org'");
        assert!(!rows.messages.is_empty() && rows.messages.len() <= 5_001, "{name} {}", &text[..20]);
        let bytes: usize = rows.messages.iter().map(|message| message.subject.as_ref().map_or(0, String::len)).sum();
        assert!(bytes < 2 << 20, "{name} {}", &text[..20]);
    }
}

/// The words that a reader sees of a text without markup.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Headings and bodies of all pieces.
fn said(format: Format, text: &str) -> String {
    let (mut meta, mut anchors) = (Meta::default(), Anchors::new(Site::Files.style(format)));
    let pieces = match format {
        Format::Markdown => markdown::parse(text, &mut anchors),
        Format::Rst => rst::parse(text, &mut meta, &mut anchors),
        Format::Asciidoc => asciidoc::parse(text, &mut meta, &mut anchors),
        _ => html::parse(text, &mut meta, &mut anchors),
    };
    // The line below AsciiDoc's title is who wrote it.
    let authors = meta.authors.into_iter().filter_map(|author| author.name);
    let pieces = pieces.done().into_iter().map(|piece| format!("{}\n{}", piece.heading, piece.body));
    pieces.chain(authors).collect::<Vec<_>>().join("\n")
}

/// Lines of words, of signs, and of both, as pages have them; none that a format leaves out on purpose.
fn prose() -> impl Strategy<Value = String> {
    let line = "[a-z]{1,8}( [a-z]{1,8}){0,3}|=+|-{1,6}|~{2,5}|[*+]{1,5}|\\.{3,5}|`{1,4}|\\|===|(=|#|-|\\*|>) [a-z]{1,5}|  {1,4}[a-z]{1,5}||_[a-z]{1,4}_ `[a-z]{1,4}`";
    proptest::collection::vec(line, 0..20).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn no_word_is_lost(text in prose()) {
        for format in [Format::Markdown, Format::Rst, Format::Asciidoc, Format::Html] {
            let sorted = |text: &str| {
            let mut words = words(text);
            words.sort_unstable();
            words
        };
            prop_assert_eq!(sorted(&said(format, &text)), sorted(&text), "{:?}", format);
        }
    }

    #[test]
    fn anything_will_do(text in "(?s)(=|-|\n|#| |\\[|\\]|<|>|h1|\"|`|:|_|/|\\{|\\}|a|é|.){0,60}", ending in "(md|rst|adoc|html|txt)") {
        front::split(&text);
        page(&format!("a.{ending}"), text.as_bytes(), "url = 'https://e.org'");
    }
}
