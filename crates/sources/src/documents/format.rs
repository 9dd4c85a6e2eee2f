//! Which files are pages, and what they are written in.

/// What a page is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CommonMark and GitHub's tables, footnotes and task lists; MDX as far as it is Markdown.
    Markdown,
    /// reStructuredText.
    Rst,
    /// AsciiDoc.
    Asciidoc,
    /// HTML.
    Html,
    /// Text without markup.
    Text,
}

const ENDINGS: &[(&str, Format)] = &[
    ("adoc", Format::Asciidoc),
    ("asc", Format::Asciidoc),
    ("asciidoc", Format::Asciidoc),
    ("htm", Format::Html),
    ("html", Format::Html),
    ("markdown", Format::Markdown),
    ("md", Format::Markdown),
    ("mdown", Format::Markdown),
    ("mdx", Format::Markdown),
    ("mkd", Format::Markdown),
    ("rest", Format::Rst),
    ("rst", Format::Rst),
    ("text", Format::Text),
    ("txt", Format::Text),
    ("xhtml", Format::Html),
];

/// Files that are pages though their name has no ending.
const BARE: [&str; 8] = ["CHANGELOG", "CHANGES", "CONTRIBUTING", "FAQ", "HACKING", "INSTALL", "NEWS", "README"];

/// Folders that are no part of what people wrote.
const NOT_WRITTEN: [&str; 4] = [".git", ".hg", ".svn", "node_modules"];

impl Format {
    /// What a file of this name is written in; `None` if it is no page.
    pub fn of(name: &str) -> Option<Format> {
        let base = base(name);
        let Some((_, ending)) = base.rsplit_once('.') else {
            return BARE.contains(&base).then_some(Format::Text);
        };
        let known = ENDINGS.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending));
        known.map(|(_, format)| *format)
    }
}

/// A name without its folders.
pub fn base(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// Whether a file lies in a folder that a program keeps for itself.
pub fn is_not_written(name: &str) -> bool {
    name.split('/').any(|part| NOT_WRITTEN.contains(&part))
}

/// A page's name without its ending; of two (`april.html.md`, as Middleman has them) neither is left.
pub fn stem(name: &str) -> &str {
    let once = |name: &'_ str| match name.rsplit_once('.') {
        Some((stem, _)) if Format::of(name).is_some() && !base(stem).is_empty() => stem.len(),
        _ => name.len(),
    };
    let stem = &name[..once(name)];
    if stem.ends_with(".html") { &stem[..once(stem)] } else { stem }
}
