//! People of the simulation, where many are called Dave.

use anyhow::{Context, Result};
use serde::Deserialize;
use simulate::Settings;

use super::{Known, Person};

/// Large enough that names are shared.
const MESSAGES: u64 = 10_000;

#[derive(Deserialize)]
struct Line {
    identities: Vec<IdentityLine>,
}

#[derive(Deserialize)]
struct IdentityLine {
    source: String,
    kind: String,
    value: String,
    name: String,
}

/// Everybody who was seen, with what they were seen as.
pub(crate) fn people() -> Result<Vec<Person>> {
    let folder = tempfile::tempdir()?;
    let community = folder.path().join("community");
    simulate::write(&Settings::new(MESSAGES), &community, &mut |_| {})?;
    let text =
        std::fs::read_to_string(community.join("truth/people.jsonl")).context("the simulation tells no truth")?;
    let person = |line: &str| -> Result<Person> {
        let line: Line = serde_json::from_str(line)?;
        Ok(Person { identities: line.identities.into_iter().map(known).collect() })
    };
    text.lines().map(person).collect()
}

fn known(line: IdentityLine) -> Known {
    let IdentityLine { source, kind, value, name } = line;
    let mut known = Known { place: source, name: Some(name), ..Known::default() };
    match kind.as_str() {
        "email" => known.email = Some(value),
        "nick" => known.handle = Some(value),
        _ => {}
    }
    known
}
