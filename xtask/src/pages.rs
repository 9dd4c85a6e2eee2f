//! The pages as the running server has them: where it listens, which there are, and where their links lead.

use std::io::BufReader;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::bench::process::Running;

/// A server, and every page it has.
pub(crate) struct Served {
    /// Ends when this goes out of scope.
    pub(crate) running: Running,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// The address of every page, with its parts in braces.
    pub(crate) patterns: Vec<String>,
}

/// Serves a workspace on a free port.
pub(crate) fn serve(binary: &Path, workspace: &Path) -> Result<Served> {
    let mut child = Command::new(binary)
        .args(["-C", &workspace.to_string_lossy(), "--json", "--quiet", "serve", "--listen", "127.0.0.1:0"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .with_context(|| format!("cannot start {}", binary.display()))?;
    let out = BufReader::new(child.stdout.take().context("the server has no output")?);
    let running = Running(child);
    let mut said = serde_json::Deserializer::from_reader(out).into_iter::<serde_json::Value>();
    let ready = said.next().context("the server ended before it was ready")??;
    let address = ready["listening"].as_str().and_then(|url| url.split_once("//")).map(|(_, address)| address);
    let address = address.context("the server does not say where it listens")?.parse()?;
    let patterns = ready["pages"].as_array().into_iter().flatten();
    let patterns = patterns.filter_map(|page| page.as_str().map(str::to_owned)).collect();
    Ok(Served { running, address, patterns })
}

/// The addresses on this site that a page's links lead to, without what stands behind `?` and `#`.
pub(crate) fn links(html: &str) -> Vec<String> {
    let found = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let ours = found.filter(|link| link.starts_with('/') && !link.starts_with("/assets/"));
    ours.map(|link| link.split(['?', '#']).next().unwrap_or_default().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_a_page() {
        let html = r##"<a href="/desk?x=1">x</a><a href="https://example.org/">y</a><link href="/assets/s.css"><a href="/people/p1#a">"##;
        assert_eq!(links(html), ["/desk", "/people/p1"]);
    }
}
