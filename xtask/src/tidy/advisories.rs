//! Known weaknesses of dependencies, as far as a tool and its database are on this machine: nothing is
//! downloaded.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::Findings;

/// A tool, where it keeps its database below cargo's home, and how it is asked without the network.
const TOOLS: &[(&str, &str, &[&str])] = &[
    ("cargo-deny", "advisory-dbs", &["deny", "--offline", "check", "advisories", "--disable-fetch"]),
    ("cargo-audit", "advisory-db", &["audit", "--no-fetch", "--stale"]),
];

/// Gives a few words on what was done.
pub(crate) fn check(root: &Path, findings: &mut Findings) -> String {
    for (tool, database, arguments) in TOOLS {
        let home = cargo_home();
        if !home.join(database).is_dir() || !on_path(tool) {
            continue;
        }
        let Ok(output) = Command::new("cargo").args(*arguments).current_dir(root).output() else { continue };
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            findings.errors.push(format!("{tool} found an advisory or could not check:\n{}", said.trim_end()));
        }
        return format!("advisories checked by {tool}");
    }
    "advisories NOT checked (neither cargo-deny nor cargo-audit with a database is here)".to_owned()
}

fn cargo_home() -> PathBuf {
    let fallback = || std::env::var_os("HOME").map_or_else(PathBuf::new, PathBuf::from).join(".cargo");
    std::env::var_os("CARGO_HOME").map_or_else(fallback, PathBuf::from)
}

fn on_path(tool: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(tool).is_file())
}
