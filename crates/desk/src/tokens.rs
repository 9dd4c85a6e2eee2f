//! Tokens: what programs and assistants show to be let in, and what each may do.
//!
//! The desk holds the hash of a secret only. The secret is 256 random bits, so that a plain hash is enough
//! and looking it up by its hash tells nobody anything by the time that it takes.

use std::fmt;
use std::str::FromStr;

use model::Timestamp;
use model::time::DAY;
use rusqlite::{ErrorCode, OptionalExtension, Row, params};

use crate::{Desk, DeskError, Result};

/// How every secret begins, for people and for programs that look for leaked ones.
const PREFIX: &str = "sb_";

/// What a token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Ask everything but SQL, mail addresses left out.
    Read,
    /// Change what stands on the desk.
    Write,
    /// See mail addresses and accounts.
    Addresses,
    /// Ask the tables in SQL.
    Sql,
}

impl Scope {
    /// Every scope.
    pub const ALL: &'static [Scope] = &[Scope::Read, Scope::Write, Scope::Addresses, Scope::Sql];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Write => "write",
            Scope::Addresses => "addresses",
            Scope::Sql => "sql",
        }
    }
}

impl FromStr for Scope {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Scope, String> {
        let found = Scope::ALL.iter().copied().find(|scope| scope.as_str() == text);
        found.ok_or_else(|| format!("`{text}` is no scope; take read, write, addresses or sql"))
    }
}

/// Some scopes. To read is in every token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scopes(u8);

impl Scopes {
    /// Reading only.
    pub const READ: Scopes = Scopes(0);

    /// These, and reading.
    pub fn of(scopes: impl IntoIterator<Item = Scope>) -> Scopes {
        Scopes(scopes.into_iter().fold(0, |all, scope| all | 1 << scope as u8))
    }

    /// Whether this scope is among them.
    pub fn has(self, scope: Scope) -> bool {
        scope == Scope::Read || self.0 & 1 << scope as u8 != 0
    }
}

impl fmt::Display for Scopes {
    /// `read write`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> =
            Scope::ALL.iter().filter(|scope| self.has(**scope)).map(|scope| scope.as_str()).collect();
        f.write_str(&names.join(" "))
    }
}

/// A token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its number in this desk, never used twice.
    pub id: i64,
    /// What people call it.
    pub name: String,
    /// What it may do.
    pub scopes: Scopes,
    /// Who made it.
    pub who: String,
    /// When it was made, microseconds UTC.
    pub made: Timestamp,
    /// From when on it is not let in; never if there is none.
    pub expires: Option<Timestamp>,
    /// When it was taken back.
    pub revoked: Option<Timestamp>,
    /// The beginning of the UTC day on which it was last used.
    pub last_used: Option<Timestamp>,
}

/// A token to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// What people will call it; no other token that is let in has this name.
    pub name: String,
    /// What it may do.
    pub scopes: Scopes,
    /// Who makes it.
    pub who: String,
    /// When, microseconds UTC.
    pub made: Timestamp,
    /// From when on it is not let in.
    pub expires: Option<Timestamp>,
}

impl Desk {
    /// Makes a token from 32 bytes of the system's randomness and gives its secret, which cannot be had again.
    ///
    /// # Errors
    ///
    /// [`DeskError::NameTaken`] if a token of that name is let in already.
    pub fn new_token(&mut self, token: &NewToken, random: [u8; 32]) -> Result<String> {
        let sql = "INSERT INTO tokens (name, hash, scopes, who, made, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let NewToken { name, scopes, who, made, expires } = token;
        let hash = blake3::hash(&random).to_hex();
        let written =
            self.connection.execute(sql, params![name, hash.as_str(), scopes.to_string(), who, made, expires]);
        match written {
            Ok(_) => Ok(format!("{PREFIX}{}", blake3::Hash::from_bytes(random).to_hex())),
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                Err(DeskError::NameTaken(name.clone()))
            }
            Err(error) => Err(DeskError::sqlite(&self.path, error)),
        }
    }

    /// Every token ever made, oldest first.
    pub fn tokens(&self) -> Result<Vec<Token>> {
        let query = || {
            let mut statement = self.connection.prepare_cached("SELECT * FROM tokens ORDER BY id")?;
            statement.query_map([], read)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        query().map_err(|error| DeskError::sqlite(&self.path, error))
    }

    /// The token that this is the secret of, if it is let in at the time `now` (microseconds UTC). Any text will
    /// do: what is no secret is nobody's.
    pub fn token(&self, secret: &str, now: Timestamp) -> Result<Option<Token>> {
        let Some(random) = secret.strip_prefix(PREFIX).and_then(|hex| blake3::Hash::from_hex(hex).ok()) else {
            return Ok(None);
        };
        let hash = blake3::hash(random.as_bytes()).to_hex();
        let query = || {
            let mut statement = self.connection.prepare_cached("SELECT * FROM tokens WHERE hash = ?1")?;
            statement.query_row([hash.as_str()], read).optional()
        };
        let token = query().map_err(|error| DeskError::sqlite(&self.path, error))?;
        let lets_in = |token: &Token| token.revoked.is_none() && token.expires.is_none_or(|expires| now < expires);
        Ok(token.filter(lets_in))
    }

    /// Takes a token back by its name: from now on it is not let in. False if none of that name was.
    pub fn revoke_token(&mut self, name: &str, at: Timestamp) -> Result<bool> {
        let sql = "UPDATE tokens SET revoked = ?2 WHERE name = ?1 AND revoked IS NULL";
        let changed = self.connection.execute(sql, params![name, at]);
        changed.map(|rows| rows > 0).map_err(|error| DeskError::sqlite(&self.path, error))
    }

    /// Notes the day of `at` (microseconds UTC) as that of a token's latest use. Writes once a day at most.
    pub fn token_used(&mut self, id: i64, at: Timestamp) -> Result<()> {
        let sql = "UPDATE tokens SET last_day = ?2 WHERE id = ?1 AND (last_day IS NULL OR last_day < ?2)";
        let changed = self.connection.execute(sql, params![id, at.div_euclid(DAY)]);
        changed.map(drop).map_err(|error| DeskError::sqlite(&self.path, error))
    }
}

fn read(row: &Row) -> rusqlite::Result<Token> {
    let (scopes, last_day): (String, Option<i64>) = (row.get("scopes")?, row.get("last_day")?);
    Ok(Token {
        id: row.get("id")?,
        name: row.get("name")?,
        // What a later program allows, this one does not know, and does not allow.
        scopes: Scopes::of(scopes.split_whitespace().filter_map(|scope| scope.parse().ok())),
        who: row.get("who")?,
        made: row.get("made")?,
        expires: row.get("expires")?,
        revoked: row.get("revoked")?,
        last_used: last_day.map(|day| day.saturating_mul(DAY)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desk() -> (tempfile::TempDir, Desk) {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::open(&folder.path().join("desk.sqlite")).unwrap();
        (folder, desk)
    }

    fn token(name: &str, expires: Option<Timestamp>) -> NewToken {
        let scopes = Scopes::of([Scope::Write, Scope::Sql]);
        NewToken { name: name.to_owned(), scopes, who: "ada".to_owned(), made: 1, expires }
    }

    #[test]
    fn a_secret_lets_in_until_it_expires_or_is_taken_back() {
        let (_folder, mut desk) = desk();
        let secret = desk.new_token(&token("notebook", Some(100)), [7; 32]).unwrap();
        assert!(secret.starts_with("sb_") && secret.len() == 67, "{secret}");
        let found = desk.token(&secret, 99).unwrap().unwrap();
        assert_eq!((found.name.as_str(), found.scopes.to_string().as_str()), ("notebook", "read write sql"));
        assert_eq!(desk.token(&secret, 100).unwrap(), None);
        assert!(desk.revoke_token("notebook", 50).unwrap());
        assert!(!desk.revoke_token("notebook", 51).unwrap());
        assert_eq!(desk.token(&secret, 60).unwrap(), None);
        assert_eq!(desk.tokens().unwrap()[0].revoked, Some(50));
    }

    #[test]
    fn the_secret_is_not_in_the_file() {
        let (folder, mut desk) = desk();
        let secret = desk.new_token(&token("notebook", None), [7; 32]).unwrap();
        drop(desk);
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            assert!(!bytes.windows(16).any(|part| part == &secret.as_bytes()[3..19] || part == [7; 16]));
        }
    }

    #[test]
    fn names_are_of_one_token_at_a_time() {
        let (_folder, mut desk) = desk();
        desk.new_token(&token("notebook", None), [1; 32]).unwrap();
        let error = desk.new_token(&token("notebook", None), [2; 32]).unwrap_err();
        assert!(matches!(&error, DeskError::NameTaken(name) if name == "notebook"), "{error}");
        desk.revoke_token("notebook", 5).unwrap();
        desk.new_token(&token("notebook", None), [3; 32]).unwrap();
        assert_eq!(desk.tokens().unwrap().len(), 2);
    }

    #[test]
    fn what_is_no_secret_is_nobody_s() {
        let (_folder, mut desk) = desk();
        let secret = desk.new_token(&token("notebook", None), [1; 32]).unwrap();
        let long = "sb_".to_owned() + &"a".repeat(100_000);
        for wrong in ["", "sb_", &secret[3..], &secret[..66], &long, "sb_' OR 1=1 --", "sb_é"] {
            assert_eq!(desk.token(wrong, 1).unwrap(), None);
        }
    }

    #[test]
    fn the_last_day_of_use_is_known() {
        let (_folder, mut desk) = desk();
        desk.new_token(&token("notebook", None), [1; 32]).unwrap();
        for at in [3 * DAY + 5, 3 * DAY + 9, 2 * DAY] {
            desk.token_used(1, at).unwrap();
        }
        assert_eq!(desk.tokens().unwrap()[0].last_used, Some(3 * DAY));
    }
}
