//! axe-core, which judges pages by the rules of WCAG. It comes from the npm registry into the target folder, is used
//! here alone, and nothing of it is shipped.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use browser::Window;
use serde_json::{Value, json};

/// Runs all its rules on the page at hand and gives what is wrong: rule, impact, what it means, and where.
const RUN: &str = "
const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
   .then(found => done(found.violations.map(violation => ({
       rule: violation.id, help: violation.help,
       where: violation.nodes.slice(0, 3).map(node => node.target.join(' ') + (node.any[0] ? ' (' + node.any[0].message.slice(0, 200) + ')' : '')),
       times: violation.nodes.length })))
   ).catch(error => done([{ rule: 'axe', help: String(error), where: [], times: 1 }]));";

/// Where `npm ci` put it.
fn file() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser/node_modules/axe-core/axe.min.js")
}

/// How to get it, if it is not there.
pub fn missing() -> Option<String> {
    let (file, from) = (file(), concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser"));
    let folder = file.ancestors().nth(3).unwrap_or(&file).display();
    (!file.is_file()).then(|| {
        format!("axe-core not found: mkdir -p {folder} && cp {from}/package*.json {folder} && npm ci --prefix {folder}")
    })
}

/// What is wrong with the page at hand, a line for each rule that it breaks.
pub fn violations(window: &Window) -> Result<Vec<String>> {
    let script = std::fs::read_to_string(file()).context("axe-core cannot be read")?;
    if window.eval("return typeof axe", json!([]))? != "object" {
        window.eval(&script, json!([]))?;
    }
    let found = window.eval_later(RUN, json!([]))?;
    let line = |violation: &Value| {
        let places = violation["where"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let places: Vec<&str> = places.collect();
        let (rule, help) = (violation["rule"].as_str().unwrap_or("?"), violation["help"].as_str().unwrap_or("?"));
        format!("{rule}: {help} ({} times: {})", violation["times"], places.join(" | "))
    };
    Ok(found.as_array().context("axe-core gave no list")?.iter().map(line).collect())
}
