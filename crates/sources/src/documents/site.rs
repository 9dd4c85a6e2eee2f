//! What makes a web site of a folder of pages: how it calls them, and how it is known.

use serde::{Deserialize, Serialize};

use super::anchors::Style;
use super::format::Format;

/// A program that makes web pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Site {
    /// Antora, for AsciiDoc.
    Antora,
    /// Docusaurus.
    Docusaurus,
    /// Files shown where they lie, as GitHub, GitLab and Forgejo do.
    #[default]
    Files,
    /// Hugo.
    Hugo,
    /// Jekyll, as on GitHub Pages.
    Jekyll,
    /// mdBook.
    Mdbook,
    /// MkDocs.
    Mkdocs,
    /// Sphinx, for reStructuredText.
    Sphinx,
}

/// How its configuration is called, and the folder beside it that is the top of the site.
const KNOWN_BY: &[(&str, Site, &str)] = &[
    ("_config.yml", Site::Jekyll, ""),
    ("antora.yml", Site::Antora, ""),
    ("book.toml", Site::Mdbook, "src/"),
    ("conf.py", Site::Sphinx, ""),
    ("docusaurus.config.js", Site::Docusaurus, ""),
    ("docusaurus.config.ts", Site::Docusaurus, ""),
    ("hugo.toml", Site::Hugo, "content/"),
    ("hugo.yaml", Site::Hugo, "content/"),
    ("mkdocs.yaml", Site::Mkdocs, "docs/"),
    ("mkdocs.yml", Site::Mkdocs, "docs/"),
];

impl Site {
    /// The site that a file of this relative name configures, and its top.
    pub fn configured_by(name: &str) -> Option<(Site, String)> {
        let (folder, base) = match name.rsplit_once('/') {
            Some((folder, base)) => (format!("{folder}/"), base),
            None => (String::new(), name),
        };
        let (_, site, top) = KNOWN_BY.iter().find(|(known, _, _)| *known == base)?;
        Some((*site, folder + top))
    }

    /// What a person calls it.
    pub fn title(self) -> &'static str {
        match self {
            Site::Antora => "Antora",
            Site::Docusaurus => "Docusaurus",
            Site::Files => "no",
            Site::Hugo => "Hugo",
            Site::Jekyll => "Jekyll",
            Site::Mdbook => "mdBook",
            Site::Mkdocs => "MkDocs",
            Site::Sphinx => "Sphinx",
        }
    }

    /// How an address ends; `None` keeps the file's own name.
    pub fn ending(self) -> Option<&'static str> {
        match self {
            Site::Files => None,
            Site::Antora | Site::Jekyll | Site::Mdbook | Site::Sphinx => Some(".html"),
            Site::Hugo | Site::Mkdocs => Some("/"),
            Site::Docusaurus => Some(""),
        }
    }

    /// How it makes anchors of the headings of a page in `format`.
    pub fn style(self, format: Format) -> Style {
        match (format, self) {
            (Format::Html, _) => Style::Given,
            (Format::Asciidoc, _) => Style::asciidoctor(),
            (Format::Rst, _) | (_, Site::Sphinx) => Style::Docutils,
            (_, Site::Mkdocs) => Style::Mkdocs,
            (_, Site::Jekyll) => Style::Kramdown,
            _ => Style::Github,
        }
    }
}
