//! The anchors that renderers make of headings.
//!
//! GitHub's are those of the npm package `github-slugger`, MkDocs's those of Python-Markdown's extension
//! `toc`, Jekyll's those of kramdown's `auto_ids`, docutils's those of `docutils.nodes.make_id`, and
//! Asciidoctor's as docs.asciidoctor.org has them ("How a section ID is computed").

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How anchors are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Style {
    /// GitHub, Docusaurus, Hugo, mdBook.
    Github,
    /// MkDocs.
    Mkdocs,
    /// Jekyll.
    Kramdown,
    /// docutils and Sphinx.
    Docutils,
    /// Asciidoctor, with what its attributes `idprefix` and `idseparator` say.
    Asciidoctor {
        /// What stands before each anchor.
        prefix: String,
        /// What stands between words.
        separator: String,
    },
    /// Only what is given explicitly.
    Given,
}

impl Style {
    /// Asciidoctor's, as it is when a page says nothing.
    pub fn asciidoctor() -> Style {
        Style::Asciidoctor { prefix: "_".to_owned(), separator: "_".to_owned() }
    }
}

/// The anchors of one page.
pub struct Anchors {
    style: Style,
    /// Each anchor that is taken, and the number that the latest one made of it got.
    taken: FxHashMap<String, usize>,
}

impl Anchors {
    /// None yet.
    pub fn new(style: Style) -> Anchors {
        Anchors { style, taken: FxHashMap::default() }
    }

    /// From now on anchors are made in another style.
    pub fn set_style(&mut self, style: Style) {
        self.style = style;
    }

    /// How anchors are made.
    pub fn style(&self) -> &Style {
        &self.style
    }

    /// The anchor of the next heading, which is empty if the renderer makes none. `given` is one that the
    /// page itself gives it.
    pub fn of(&mut self, heading: &str, given: Option<&str>) -> String {
        if let Some(given) = given.map(str::trim).filter(|given| !given.is_empty()) {
            self.taken.entry(given.to_owned()).or_default();
            return given.to_owned();
        }
        let anchor = match &self.style {
            Style::Given => return String::new(),
            Style::Github => github(heading),
            Style::Mkdocs => mkdocs(heading),
            Style::Kramdown => kramdown(heading),
            Style::Docutils => docutils(heading),
            Style::Asciidoctor { prefix, separator } => asciidoctor(heading, prefix, separator),
        };
        self.unique(anchor)
    }

    fn unique(&mut self, anchor: String) -> String {
        let (stem, between, first) = match &self.style {
            // Whatever the heading says: the counter is the page's.
            Style::Docutils => ("id".to_owned(), "", 1),
            Style::Asciidoctor { separator, .. } => (anchor.clone(), separator.as_str(), 2),
            Style::Mkdocs => (anchor.clone(), "_", 1),
            _ => (anchor.clone(), "-", 1),
        };
        let no_anchor = anchor.is_empty() && matches!(self.style, Style::Docutils | Style::Mkdocs);
        if !no_anchor && !self.taken.contains_key(&anchor) {
            self.taken.insert(anchor.clone(), 0);
            return anchor;
        }
        let mut number = self.taken.get(&stem).copied().unwrap_or_default().max(first - 1);
        let anchor = loop {
            number += 1;
            let anchor = format!("{stem}{between}{number}");
            if !self.taken.contains_key(&anchor) {
                break anchor;
            }
        };
        self.taken.insert(stem, number);
        self.taken.insert(anchor.clone(), 0);
        anchor
    }
}

fn github(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || is_combining_mark(*c) || matches!(c, '_' | '-' | ' ');
    heading.trim().to_lowercase().chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn mkdocs(heading: &str) -> String {
    let kept = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ');
    let ascii: String = heading.nfkd().filter(kept).collect();
    joined(&ascii.trim().to_lowercase(), "-", |c| c == '-' || c == ' ')
}

fn kramdown(heading: &str) -> String {
    let from = heading.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(heading.len());
    let kept = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | ' ');
    let anchor: String = heading[from..].chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect();
    if anchor.is_empty() { "section".to_owned() } else { anchor.to_ascii_lowercase() }
}

/// What an explicit target or a heading is called in docutils; empty if nothing of it is left.
pub fn docutils(heading: &str) -> String {
    // Letters that NFKD does not take apart: those of docutils's table that are in use today.
    let plain = |c: char| match c {
        'ø' => "o",
        'đ' => "d",
        'ł' => "l",
        'ı' => "i",
        'ß' => "sz",
        'æ' => "ae",
        'œ' => "oe",
        _ => "",
    };
    let mut ascii = String::new();
    for c in heading.to_lowercase().chars() {
        match plain(c) {
            "" => ascii.extend(c.nfkd().filter(char::is_ascii)),
            letters => ascii.push_str(letters),
        }
    }
    let id = joined(&ascii, "-", |c| !c.is_ascii_alphanumeric());
    let id = id.trim_start_matches(|c: char| c == '-' || c.is_ascii_digit());
    id.trim_end_matches('-').to_owned()
}

fn asciidoctor(heading: &str, prefix: &str, separator: &str) -> String {
    let word = |c: char| c.is_alphanumeric() || is_combining_mark(c) || c == '_';
    let kept = |c: &char| word(*c) || matches!(c, ' ' | '-' | '.');
    let words: String = heading.to_lowercase().chars().filter(kept).collect();
    let gap = |c: char| matches!(c, ' ' | '-' | '.') || separator.contains(c);
    let anchor = joined(&words, separator, gap);
    let anchor = if separator.is_empty() { &anchor } else { anchor.trim_end_matches(separator) };
    let anchor = if prefix.is_empty() && !separator.is_empty() { anchor.trim_start_matches(separator) } else { anchor };
    if prefix.ends_with(separator) && !separator.is_empty() {
        return format!("{prefix}{}", anchor.trim_start_matches(separator));
    }
    format!("{prefix}{anchor}")
}

/// Puts `between` for each stretch of characters that are `gap`.
fn joined(text: &str, between: &str, gap: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open = false;
    for c in text.chars() {
        if !gap(c) {
            out.push(c);
        } else if !open {
            out.push_str(between);
        }
        open = gap(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(style: Style, expected: &[(&str, &str)]) {
        let mut anchors = Anchors::new(style);
        for (heading, anchor) in expected {
            assert_eq!(anchors.of(heading, None), *anchor, "{heading}");
        }
    }

    #[test]
    fn of_github() {
        check(
            Style::Github,
            &[
                ("Install", "install"),
                ("Install", "install-1"),
                ("Install 1", "install-1-1"),
                ("Install", "install-2"),
                ("What's `new` in 2.0?", "whats-new-in-20"),
                ("a & b", "a--b"),
                ("Привет, мир", "привет-мир"),
                ("snake_case-word", "snake_case-word"),
                ("🎉 Party", "-party"),
                ("???", ""),
                ("!!!", "-1"),
            ],
        );
    }

    #[test]
    fn of_mkdocs_and_kramdown() {
        check(
            Style::Mkdocs,
            &[
                ("Install it", "install-it"),
                ("Install it", "install-it_1"),
                ("Café – 1.0", "cafe-10"),
                ("Привет", "_1"),
            ],
        );
        check(
            Style::Kramdown,
            &[
                ("1. Install it", "install-it"),
                ("Install it!", "install-it-1"),
                ("Привет", "section"),
                ("2", "section-1"),
            ],
        );
    }

    #[test]
    fn of_docutils() {
        check(
            Style::Docutils,
            &[
                ("Install it", "install-it"),
                ("Install: it!", "id1"),
                ("1.2 Größe & Ähnlich", "grosze-ahnlich"),
                ("Привет", "id2"),
                ("foo_bar", "foo-bar"),
            ],
        );
    }

    #[test]
    fn of_asciidoctor() {
        check(
            Style::asciidoctor(),
            &[
                ("Wiley & Sons, Inc.", "_wiley_sons_inc"),
                ("Install it", "_install_it"),
                ("Install-it", "_install_it_2"),
                ("Install it", "_install_it_3"),
            ],
        );
        let dashes = Style::Asciidoctor { prefix: String::new(), separator: "-".to_owned() };
        check(dashes, &[("Install  it.now", "install-it-now"), ("- x", "x")]);
    }

    #[test]
    fn explicit_ones_are_taken_as_they_are() {
        let mut anchors = Anchors::new(Style::Github);
        assert_eq!(anchors.of("Install", Some("Setup")), "Setup");
        assert_eq!(anchors.of("Install", None), "install");
        assert_eq!(anchors.of("Install", Some("install")), "install");
    }
}
