//! `cargo xtask screenshots`: a picture of every page, in both themes, on a phone and on paper, to be looked at one by one.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use browser::{Driver, Look, Window, tour};
use clap::Args;

use crate::bench::{build, process};
use crate::pages::serve;
use crate::print;

/// Make pictures of every page: light, dark, at 360 pixels, printed
///
/// With an `index.html` beside them that shows them all. Needs Chromium: apt-get install chromium chromium-driver
#[derive(Args)]
pub(crate) struct Screenshots {
    /// The community to show [default: the demonstration community, made for it]
    #[arg(long, value_name = "DIR")]
    workspace: Option<PathBuf>,
    /// Where to put the pictures
    #[arg(long, value_name = "DIR", default_value = "screenshots")]
    out: PathBuf,
    /// Show the pages of this binary instead of building one
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
    /// Only pages whose address has this in it
    #[arg(long, value_name = "TEXT", default_value = "")]
    only: String,
}

/// How each page is looked at.
const LOOKS: [(&str, Look); 4] = [
    ("light", Look { width: 1280, height: 900, dark: false, printed: false, scripts: true }),
    ("dark", Look { width: 1280, height: 900, dark: true, printed: false, scripts: true }),
    ("phone", Look { width: 360, height: 740, dark: false, printed: false, scripts: true }),
    // A4 without its margins, at 96 pixels an inch.
    ("print", Look { width: 718, height: 1047, dark: false, printed: true, scripts: true }),
];

impl Screenshots {
    pub(crate) fn run(&self) -> Result<()> {
        let binary = match &self.binary {
            Some(binary) => binary.canonicalize().with_context(|| format!("there is no {}", binary.display()))?,
            None => build()?,
        };
        let made;
        let workspace = match &self.workspace {
            Some(workspace) => workspace,
            None => {
                made = tempfile::tempdir()?;
                let folder = made.path().join("demo");
                process::run(&binary, &["demo", "--no-serve", "--folder", &folder.to_string_lossy()])?;
                &made.path().join("demo")
            }
        };
        let served = serve(&binary, workspace)?;
        let driver = Driver::start()?;
        let window = driver.open(&format!("http://{}", served.address), &Look::default())?;
        let mut shown = Vec::new();
        for (page, address) in tour(&window, &served.patterns)? {
            let Some(address) = address.filter(|_| page.contains(&self.only)) else {
                print::note(format_args!("{page}: no link leads there"));
                continue;
            };
            print::note(format_args!("{page}"));
            let name = name(&page);
            self.pictures(&window, &name, &address).with_context(|| page.clone())?;
            shown.push((page, name));
        }
        let index = self.out.join("index.html");
        std::fs::write(&index, contents(&shown)).with_context(|| format!("cannot write {}", index.display()))?;
        print::result(format_args!(
            "{} pages, {} pictures: {}",
            shown.len(),
            shown.len() * LOOKS.len(),
            index.display()
        ));
        Ok(())
    }

    fn pictures(&self, window: &Window, name: &str, address: &str) -> Result<()> {
        for (how, look) in LOOKS {
            window.look(&look)?;
            window.goto(address)?;
            window.picture(&self.out.join(file(name, how)))?;
        }
        Ok(())
    }
}

/// A page's address as the name of a file.
fn name(page: &str) -> String {
    let words: Vec<&str> = page.split(['/', '{', '}']).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "today".to_owned() } else { words.join("-") }
}

fn file(name: &str, how: &str) -> String {
    format!("{name}.{how}.png")
}

/// A page that shows all pictures.
fn contents(shown: &[(String, String)]) -> String {
    let mut html = String::from("<!doctype html><meta charset=utf-8><title>Every page</title>\n");
    for (page, name) in shown {
        // Writing into a String cannot fail.
        let _ = write!(html, "<h2>{page}</h2>\n<p>");
        for (how, look) in LOOKS {
            let (file, width) = (Path::new(&file(name, how)).display().to_string(), look.width / 3);
            let _ =
                write!(html, "<a href=\"{file}\"><img src=\"{file}\" alt=\"{how}\" width={width} loading=lazy></a> ");
        }
        html.push_str("</p>\n");
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_names() {
        let check = |page, expected| assert_eq!(name(page), expected);
        check("/", "today");
        check("/people", "people");
        check("/people/{id}", "people-id");
    }
}
