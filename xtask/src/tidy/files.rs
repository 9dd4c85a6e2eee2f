//! Files: small enough to read, introduced by a sentence, and without a trace of the machine they were
//! written on.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::Findings;
use super::graph::Graph;

/// Lines of Rust in a file: more than the first number is a warning, more than the second an error.
const LINES: (usize, usize) = (400, 600);

/// Folders that are the same on every machine: a checkout below them gives nothing away.
const COMMON: &[&str] = &["/", "/app", "/build", "/home", "/mnt", "/opt", "/src", "/srv", "/tmp", "/usr", "/var/tmp"];

/// Gives the number of files looked at.
pub(crate) fn check(root: &Path, graph: &Graph, findings: &mut Findings) -> Result<usize> {
    let files = tracked(root)?;
    let private = private_paths(root);
    for file in &files {
        let Ok(bytes) = std::fs::read(root.join(file)) else { continue };
        let text = String::from_utf8_lossy(&bytes);
        if file.extension().is_some_and(|extension| extension == "rs") {
            length(file, text.lines().count(), findings);
        }
        for (number, line) in text.lines().enumerate() {
            if private.iter().any(|path| line.contains(path.as_str())) {
                let place = format!("{}:{}", file.display(), number + 1);
                findings.errors.push(format!("{place}: a path of this machine; say it relative to the checkout"));
            }
        }
    }
    for (name, one) in graph.ours() {
        for entry in &one.entries {
            let text = std::fs::read_to_string(entry).with_context(|| format!("cannot read {}", entry.display()))?;
            introduction(name, entry, &text, findings);
        }
    }
    Ok(files.len())
}

/// What git tracks, and what it would if one said `git add`.
fn tracked(root: &Path) -> Result<Vec<PathBuf>> {
    let listing = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .context("cannot run git; tidy needs it to know which files are ours")?;
    ensure!(listing.status.success(), "git ls-files failed; is this a checkout?");
    let names = String::from_utf8_lossy(&listing.stdout);
    Ok(names.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).collect())
}

/// Paths that nobody else has: of the home, of the checkout, and of the folder it lies in.
fn private_paths(root: &Path) -> Vec<String> {
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let paths = [Some(root), root.parent(), home.as_deref()];
    let paths = paths.into_iter().flatten().map(|path| path.to_string_lossy().trim_end_matches('/').to_owned());
    paths.filter(|path| !path.is_empty() && !COMMON.contains(&path.as_str())).map(|path| path + "/").collect()
}

fn length(file: &Path, lines: usize, findings: &mut Findings) {
    let text = format!("{}: {lines} lines; split it by what it does", file.display());
    if lines > LINES.1 {
        findings.errors.push(text);
    } else if lines > LINES.0 {
        findings.warnings.push(text);
    }
}

fn introduction(name: &str, file: &Path, text: &str, findings: &mut Findings) {
    let first = text.lines().next().unwrap_or_default();
    let words = first.strip_prefix("//! ").unwrap_or_default();
    if words.is_empty() || words == "placeholder" {
        let file = file.file_name().unwrap_or_default().to_string_lossy();
        findings.errors.push(format!("{name}: {file} does not open with `//!` and what the crate is for"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_files_are_named() {
        let mut findings = Findings::default();
        for lines in [400, 401, 601] {
            length(Path::new("a.rs"), lines, &mut findings);
        }
        assert_eq!(findings.warnings, ["a.rs: 401 lines; split it by what it does"]);
        assert_eq!(findings.errors, ["a.rs: 601 lines; split it by what it does"]);
    }

    #[test]
    fn crates_introduce_themselves() {
        let mut findings = Findings::default();
        introduction("good", Path::new("lib.rs"), "//! What it is.\n", &mut findings);
        assert_eq!(findings, Findings::default());
        for text in ["", "//! placeholder\n", "mod a;\n", "//!\n"] {
            introduction("bad", Path::new("src/lib.rs"), text, &mut findings);
        }
        assert_eq!(findings.errors.len(), 4);
        assert_eq!(findings.errors[0], "bad: lib.rs does not open with `//!` and what the crate is for");
    }

    #[test]
    fn only_paths_of_this_machine_are_private() {
        let paths = private_paths(Path::new("/tmp/checkout"));
        assert!(paths.contains(&"/tmp/checkout/".to_owned()));
        assert!(!paths.contains(&"/tmp/".to_owned()));
    }
}
