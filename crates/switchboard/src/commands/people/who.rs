//! Finding whom a person means: by id, address, account, nick or name.

use anyhow::{Result, bail};
use engine::Engine;
use serde::{Deserialize, Serialize};

use super::export::rows;
use crate::show;

/// How many are named where several are meant.
const CANDIDATES: usize = 8;

/// One identity, as told to whoever decides.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Identity {
    /// Its id.
    pub identity_id: String,
    /// The person's.
    pub person_id: String,
    /// Where it is.
    pub source: String,
    /// What it is.
    pub kind: String,
    /// What makes it this one.
    pub value: String,
    /// The name shown with it.
    pub name: Option<String>,
    /// Its address.
    pub email: Option<String>,
    /// Its account.
    pub account: Option<String>,
}

/// Somebody meant: one identity, or a person by one of theirs.
#[derive(Debug, Clone)]
pub struct Who {
    /// The identity that was named, else the person's first.
    pub identity: Identity,
    /// Whether that one was meant, and not only the person.
    pub exact: bool,
}

const COLUMNS: &str = "SELECT identity_id, person_id, source, kind, \"value\", name, email, account FROM identities";
const ORDER: &str = "ORDER BY first_seen NULLS LAST, identity_id";

/// Whom `text` means. Fails if nobody or several people.
pub fn find(engine: &Engine, text: &str) -> Result<Who> {
    let text = text.trim();
    let quoted = text.to_lowercase().replace('\'', "''");
    let query = format!(
        "{COLUMNS} WHERE identity_id = '{quoted}' OR lower(\"value\") = '{quoted}' OR lower(email) = '{quoted}' \
         OR lower(account) = '{quoted}' OR lower(name) = '{quoted}' {ORDER}"
    );
    let found: Vec<Identity> = rows(engine, &query)?;
    if let Some(exact) = found.iter().find(|one| one.identity_id == text) {
        return Ok(Who { identity: exact.clone(), exact: true });
    }
    let [first, others @ ..] = found.as_slice() else {
        bail!("nobody is called `{}`; name an id, an address, an account, a nick or a whole name", show::clean(text));
    };
    if others.iter().any(|other| other.person_id != first.person_id) {
        let mut people: Vec<&Identity> = Vec::new();
        for one in &found {
            if !people.iter().any(|known| known.person_id == one.person_id) {
                people.push(one);
            }
        }
        let lines: Vec<String> = people.iter().take(CANDIDATES).map(|one| format!("\n  {}", line(one))).collect();
        bail!("{} people are called `{}`; name one by id:{}", people.len(), show::clean(text), lines.concat());
    }
    Ok(Who { identity: first.clone(), exact: others.is_empty() })
}

/// A person's identities, the first seen first.
pub fn identities(engine: &Engine, person: &str) -> Result<Vec<Identity>> {
    rows(engine, &format!("{COLUMNS} WHERE person_id = '{}' {ORDER}", person.replace('\'', "''")))
}

/// Every identity of everybody.
pub fn everybody(engine: &Engine) -> Result<Vec<Identity>> {
    rows(engine, &format!("{COLUMNS} {ORDER}"))
}

/// An identity in a line: `i… Ada Lovelace, email ada@example.org on list`.
pub fn line(one: &Identity) -> String {
    let Identity { identity_id, source, kind, value, name, .. } = one;
    let name = name.as_deref().filter(|name| name != value).map_or(String::new(), |name| format!("{name}, "));
    format!("{identity_id} {}", show::clean(&format!("{name}{kind} {value} on {source}")))
}

/// What to call an identity in a sentence.
pub fn called(one: &Identity) -> String {
    show::clean(one.name.as_deref().unwrap_or(&one.value)).into_owned()
}
