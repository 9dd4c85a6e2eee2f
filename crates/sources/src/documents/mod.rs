//! Documentation: pages of Markdown, reStructuredText, AsciiDoc, HTML and plain text.
//!
//! [`collect`] keeps each file; [`normalize`] cuts it at its headings into a page and its sections, which
//! are what questions are answered from before a person has to.

use source::{Look, Place, Seen, Source};

mod address;
mod anchors;
mod asciidoc;
mod collect;
mod config;
mod format;
mod front;
mod html;
mod markdown;
mod normalize;
mod page;
mod rst;
mod site;
#[cfg(test)]
mod tests;

use format::{Format, is_not_written};
use site::Site;

/// The `documents` source.
pub static SOURCE: Source = Source {
    kind: "documents",
    title: "documentation as a folder of Markdown, reStructuredText, AsciiDoc, HTML or text: pages and their sections",
    place: Place::Documents,
    about: ABOUT,
    example: EXAMPLE,
    recognize,
    version: 2,
    takes_back: true,
    collect: collect::collect,
    normalizer: normalize::normalizer,
};

const EXAMPLE: &str = r#"path = "../website/docs"               # a folder, a working copy, a zip or tar of one, or a single page
# glob = "guides/**/*.md"              # only these files
# url = "https://docs.example.org"     # where the pages are published; without it there are no links
# site = "mkdocs"                      # what publishes them: antora, docusaurus, files, hugo, jekyll, mdbook, mkdocs, sphinx
# top = "docs"                         # the folder that is the top of the web site
# ending = ".html"                     # how addresses end: "/", ".html", "" or "keep"
"#;

const ABOUT: &str = "\
Reads pages as they are written or as they are published: Markdown (`.md`, `.markdown`, `.mdx` …), reStructuredText
(`.rst`), AsciiDoc (`.adoc`), HTML (`.html`, `.htm`), plain text (`.txt`, `README` …). A folder, the working copy of a
repository, and a zip or tar of either will do; what lies in `.git` and `node_modules` is passed over.

**What becomes what**

| in the folder | becomes |
|---|---|
| a file | a page: its title, and the text before its first section |
| a section below a heading | a page below that one, called `Title › Heading › Heading below` |
| front matter (YAML, TOML), AsciiDoc's header, fields at the top of reStructuredText, HTML's `meta` | title, date, tags; who wrote it as the author of the page, more of them as `co_authored` |
| a file's name as `2024-03-01-news.md` | the date, if the page says none |
| other files | a problem for each ending that says how many there are |

A page's title is what its front matter says, else its first heading, if that is of the first level or the only one so
high, else HTML's `<title>`, else the file's name. Text is told as plain text: a link's target follows its text in
`<…>`, code is indented or between backticks, tables are told cell by cell. Comments and scripts are left out, and of
HTML that has a `<main>` or one `<article>` all that stands outside it.

**Links to pages**: with `url`, an address is that, the file's path below `top`, and `ending`. What publishes the pages
is known by its configuration, if that lies in the folder too; else name it as `site`:

| `site` | address of `top/guide/install.md` | anchors |
|---|---|---|
| `files` (if nothing is known) | `guide/install.md` | GitHub's, so `url = \"https://github.com/OWNER/NAME/blob/main\"` fits |
| `mkdocs`, `hugo` | `guide/install/` | MkDocs's; GitHub's |
| `jekyll`, `mdbook` | `guide/install.html` | kramdown's; GitHub's |
| `docusaurus` | `guide/install`, numbers before names left out | GitHub's |
| `sphinx`, `antora` | `guide/install.html` | docutils's; Asciidoctor's |

A path in the front matter (`permalink`, `url` or `slug` that begins with `/`) goes before. Anchors that the page gives
itself count everywhere: `{#id}`, `.. _id:`, `[[id]]`, `[#id]`, `id=` and `name=`. Docutils numbers equal headings
together with footnotes, which are not counted here: the second heading of a name may get a link to the top only.

**Limits**: includes are not followed, variables and shortcodes not filled in. Pages without a date have none: when a
file was changed last says when it was copied. A section that is taken out of a page is gone; a page that is deleted
stays. Bare repositories are not read: give a working copy. A page is cut into 5,000 sections at most.
";

/// Pages by their names, surest where what publishes them is there too.
fn recognize(look: &Look) -> Option<Seen> {
    let pages = |format| {
        look.files.iter().filter(move |file| !is_not_written(&file.name) && Format::of(&file.name) == Some(format))
    };
    let site = look.files.iter().find_map(|file| Site::configured_by(&file.name)).map(|(site, _)| site);
    let marked = [Format::Markdown, Format::Rst, Format::Asciidoc].map(|format| pages(format).count());
    let (html, text) = (pages(Format::Html).count(), pages(Format::Text).count());
    let count = marked.iter().sum::<usize>() + html + text;
    let sure = match (marked.iter().sum::<usize>(), html) {
        (0, 0) if text == 0 => return None,
        // Logs and mails are called so too.
        (0, 0) => 15,
        (0, _) => 35,
        _ if site.is_some() => 85,
        (marked, _) if marked * 2 >= look.files.len() => 60,
        _ => 40,
    };
    let made_by = site.map(|site| format!(", published by {}", site.title())).unwrap_or_default();
    let pages = if count == 1 { "page" } else { "pages" };
    Some(Seen::new(sure, format!("documentation: {count} {pages}{made_by}")))
}
