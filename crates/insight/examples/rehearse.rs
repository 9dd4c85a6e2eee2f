//! Replays a workspace's past as JSON Lines, for `cargo xtask eval` and to choose weights by:
//! `cargo run --example rehearse -- WORKSPACE` prints an [`insight::Rehearsal`] for every question, with the load
//! not spread, spread as by default, and as much as possible; `… WORKSPACE same` reads ids of conversations, one a
//! line, and prints each with the conversations found for it.

use std::error::Error;
use std::io::Write;
use std::path::Path;

use archive::Tables;
use insight::support::Support;
use insight::{Community, SPREAD, Settings};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let workspace = Path::new(arguments.get(1).ok_or("which workspace?")?);
    let settings = Settings {
        community: String::new(),
        simulated: false,
        support: Support::default_with(0),
        spread: SPREAD,
        levels: Default::default(),
        as_of: None,
    };
    let tables = Tables::new(&workspace.join("tables"));
    let community = Community::open(&tables, &workspace.join("index"), &workspace.join("desk.sqlite"), settings)?;
    let mut out = std::io::stdout().lock();
    if arguments.get(2).is_some_and(|what| what == "same") {
        for line in std::io::stdin().lines() {
            let id = line?;
            let found = community.rehearse_same(&id)?;
            writeln!(out, "{}", serde_json::to_string(&(id, found.unwrap_or_default()))?)?;
        }
        return Ok(());
    }
    for one in community.rehearse(&[0.0, SPREAD, 1.0])? {
        writeln!(out, "{}", serde_json::to_string(&one)?)?;
    }
    Ok(())
}
