//! Where a page is on the web.

use super::format::{Format, base, stem};
use super::site::Site;

/// How paths become addresses.
#[derive(Debug, Clone)]
pub struct Address {
    /// Where the pages are published, without a slash at its end.
    pub url: String,
    /// What makes the pages.
    pub site: Site,
    /// The folder that is the top of the site; empty, or with a slash at its end.
    pub top: String,
    /// How an address ends; `None` keeps the file's own name.
    pub ending: Option<String>,
}

/// Names of the pages that stand for their folder.
const INDEX: [&str; 3] = ["index", "_index", "readme"];

impl Address {
    /// The address of the page in the file `name`; `path` is one that the page gives itself.
    pub fn of(&self, name: &str, path: Option<&str>) -> String {
        let path = match path {
            Some(path) => path.trim_start_matches('/').to_owned(),
            None => self.path(name.strip_prefix(&self.top).unwrap_or(name)),
        };
        format!("{}/{}", self.url, escaped(&path))
    }

    fn path(&self, name: &str) -> String {
        let Some(ending) = &self.ending else { return name.to_owned() };
        let name = match self.site {
            Site::Antora => antora(name),
            Site::Docusaurus => name.split('/').map(unnumbered).collect::<Vec<_>>().join("/"),
            Site::Hugo => name.to_lowercase(),
            Site::Jekyll => post(name).unwrap_or_else(|| name.to_owned()),
            _ => name.to_owned(),
        };
        let stem = if Format::of(&name).is_some() { stem(&name) } else { &name };
        let (folder, last) = stem.rsplit_once('/').map_or(("", stem), |(folder, last)| (folder, last));
        if !INDEX.contains(&last.to_ascii_lowercase().as_str()) {
            return format!("{stem}{ending}");
        }
        match (folder, ending.as_str()) {
            ("", "" | "/") => String::new(),
            (folder, "" | "/") => format!("{folder}{ending}"),
            ("", ending) => format!("index{ending}"),
            (folder, ending) => format!("{folder}/index{ending}"),
        }
    }
}

/// `modules/install/pages/x.adoc` is `install/x.adoc`, and what is in `ROOT` is at the top.
fn antora(name: &str) -> String {
    let cut = name.split_once("modules/").and_then(|(_, rest)| rest.split_once("/pages/"));
    match cut {
        Some(("ROOT", page)) => page.to_owned(),
        Some((module, page)) => format!("{module}/{page}"),
        None => name.to_owned(),
    }
}

/// `02-install.md` is `install.md`.
fn unnumbered(part: &str) -> &str {
    let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
    let cut = rest.trim_start_matches(['-', '_', '.', ' ']);
    if rest.len() < part.len() && cut.len() < rest.len() && Format::of(part) == Format::of(cut) { cut } else { part }
}

/// `_posts/2024-03-01-news.md` is `2024/03/01/news.md`.
fn post(name: &str) -> Option<String> {
    let post = name.split_once("_posts/")?.1;
    let (year, month, day) = (post.get(..4)?, post.get(5..7)?, post.get(8..10)?);
    dated(post)?;
    Some(format!("{year}/{month}/{day}/{}", post.get(11..)?))
}

/// The day that a file's name begins with: `2024-03-01-news.md`.
pub fn dated(name: &str) -> Option<&str> {
    let base = base(name);
    let day = base.get(..10).filter(|day| day.parse::<jiff::civil::Date>().is_ok())?;
    base[10..].starts_with(['-', '_', '.']).then_some(day)
}

/// A path as it stands in an address (RFC 3986, section 3.3).
fn escaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';'
            | b'=' | b':' | b'@' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_each_site_has_them() {
        for (site, top, name, path, expected) in [
            (Site::Files, "", "docs/a b.md", None, "docs/a%20b.md"),
            (Site::Mkdocs, "docs/", "docs/guide/install.md", None, "guide/install/"),
            (Site::Mkdocs, "docs/", "docs/guide/index.md", None, "guide/"),
            (Site::Mkdocs, "docs/", "docs/index.md", None, ""),
            (Site::Docusaurus, "", "docs/02-guide/01-install.mdx", None, "docs/guide/install"),
            (Site::Docusaurus, "", "docs/02.md", None, "docs/02"),
            (Site::Docusaurus, "", "docs/x.md", Some("/y"), "y"),
            (Site::Hugo, "content/", "content/Docs/_index.md", None, "docs/"),
            (Site::Jekyll, "", "_posts/2024-03-01-news.md", None, "2024/03/01/news.html"),
            (Site::Jekyll, "", "april.html.md", None, "april.html"),
            (Site::Sphinx, "docs/", "docs/ref/index.rst", None, "ref/index.html"),
            (Site::Antora, "", "modules/ROOT/pages/a.adoc", None, "a.html"),
            (Site::Antora, "", "modules/ops/pages/a.adoc", None, "ops/a.html"),
            (Site::Mdbook, "src/", "src/README.md", None, "index.html"),
            (Site::Mkdocs, "", "é.md", None, "%C3%A9/"),
        ] {
            let ending = site.ending().map(str::to_owned);
            let address = Address { url: "https://e.org".to_owned(), site, top: top.to_owned(), ending };
            assert_eq!(address.of(name, path), format!("https://e.org/{expected}"), "{name}");
        }
    }
}
