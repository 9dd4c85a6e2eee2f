//! Prints what would have been suggested for every question of a workspace, as JSON Lines, to choose weights by:
//! `cargo run --example rehearse -- WORKSPACE [same]`.

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
        as_of: None,
    };
    let tables = Tables::new(&workspace.join("tables"));
    let community = Community::open(&tables, &workspace.join("index"), &workspace.join("desk.sqlite"), settings)?;
    let mut out = std::io::stdout().lock();
    if arguments.get(2).is_some_and(|what| what == "same") {
        for line in std::io::stdin().lines() {
            let id = line?;
            let found = community.rehearse_same(&id)?.unwrap_or_default();
            let found: Vec<_> = found.iter().map(|one| (&one.id, one.words, one.meaning)).collect();
            writeln!(out, "{}", serde_json::to_string(&(id, found))?)?;
        }
        return Ok(());
    }
    for one in community.rehearse(&[0.0, SPREAD, 1.0])? {
        let line = (&one.id, one.opened, &one.helped, &one.suggested, &one.spread, &one.busiest, &one.busiest_there);
        writeln!(out, "{}", serde_json::to_string(&line)?)?;
    }
    Ok(())
}
