//! Accounts of the team: who they are and what they may do.
//!
//! What somebody decides is signed with their name, so no two have one. Accounts are disabled, never removed: once
//! there is one, nobody gets in without. Nothing of this crate hands out a password's hash or a second factor's
//! secret, but for the one that is being set up.

mod browsers;
mod factor;
mod failures;
mod links;
mod own;
mod password;
mod recovery;
mod sessions;
mod subjects;
mod team;

#[cfg(test)]
mod tests;

pub use factor::{Begun, FACTOR_STEP};
pub use links::{Join, Link, LinkKind, NewLink};
pub use password::{PASSWORD_LEAST, PASSWORD_MOST, PasswordHash};
pub use recovery::RECOVERY_CODES;
pub use sessions::{HALF_MINUTES, HOURS_MOST, How, NewSession, Session};

use model::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::pen::Halt;
use crate::{Desk, DeskError, Noted, Result, Role};

/// Somebody of the team, without any secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number, never used twice.
    pub id: i64,
    /// The name they sign in with, in lower case.
    pub sign_in: String,
    /// What they are called; what they decide is signed with it.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their time zone by its IANA name; `None` for UTC.
    pub zone: Option<String>,
    /// How many hours a session of theirs lasts.
    pub hours: u32,
    /// Whether they can sign in with a password.
    pub has_password: bool,
    /// Whether they are asked for a code as well.
    pub has_factor: bool,
    /// Recovery codes that they have left.
    pub codes_left: u32,
    /// When it was made, microseconds UTC.
    pub made: Timestamp,
    /// When they last signed in.
    pub seen: Option<Timestamp>,
    /// Since when they are not let in; `None` if they are.
    pub disabled: Option<Timestamp>,
}

/// An account to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// The name to sign in with: see [`sign_in_name`].
    pub sign_in: String,
    /// What they are called.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The hash of their password; without one they sign in somewhere else.
    pub password: Option<PasswordHash>,
    /// Their time zone by its IANA name.
    pub zone: Option<String>,
}

/// All of an account but its secrets.
const ACCOUNT: &str = "SELECT id, sign_in, name, role, zone, hours, made, seen, disabled,
    password IS NOT NULL AS has_password, factor IS NOT NULL AS has_factor,
    (SELECT count(*) FROM recovery_codes WHERE account = accounts.id AND used IS NULL) AS codes_left
    FROM accounts";

impl Desk {
    /// Whether there is any account, disabled ones too: then nobody gets in without.
    pub fn has_accounts(&self) -> Result<bool> {
        self.read(|connection| {
            connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM accounts)")?.query_row([], |row| row.get(0))
        })
    }

    /// Every account, disabled ones too, by name.
    pub fn accounts(&self) -> Result<Vec<Account>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!("{ACCOUNT} ORDER BY lower(name)"))?;
            statement.query_map([], read)?.collect()
        })
    }

    /// An account by its number.
    pub fn account(&self, id: i64) -> Result<Option<Account>> {
        self.read(|connection| by_id(connection, id))
    }

    /// An account by the name to sign in with, in any case.
    pub fn account_by_name(&self, sign_in: &str) -> Result<Option<Account>> {
        let sql = format!("{ACCOUNT} WHERE sign_in = ?1");
        let sign_in = sign_in.trim().to_lowercase();
        self.read(|connection| connection.prepare_cached(&sql)?.query_row([sign_in], read).optional())
    }

    /// Makes an account.
    ///
    /// # Errors
    ///
    /// [`DeskError::Wrong`] if a name cannot be used or is taken.
    pub fn new_account(&mut self, account: &NewAccount, who: &str, at: Timestamp) -> Result<Account> {
        self.write(|transaction| make(transaction, account, who, at))
    }
}

/// Makes an account and notes who did; `who` is empty for whoever made it for themselves.
fn make(
    transaction: &Transaction<'_>,
    account: &NewAccount,
    who: &str,
    at: Timestamp,
) -> std::result::Result<Account, Halt> {
    let (sign_in, name) = (sign_in_name(&account.sign_in)?, shown_name(&account.name)?);
    let zone = account.zone.as_deref().map(known_zone).transpose()?;
    let taken = "SELECT EXISTS (SELECT 1 FROM accounts WHERE sign_in = ?1)";
    if transaction.query_row(taken, [&sign_in], |row| row.get(0))? {
        return Err(Halt::wrong("somebody signs in with that name already; take another"));
    }
    name_is_free(transaction, &name, 0)?;
    let sql = "INSERT INTO accounts (sign_in, name, role, password, zone, made) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let password = account.password.as_ref().map(PasswordHash::as_str);
    transaction.execute(sql, params![sign_in, name, account.role.as_str(), password, zone, at])?;
    let id = transaction.last_insert_rowid();
    let who = if who.is_empty() { name.as_str() } else { who };
    note(transaction, at, who, &format!("came to the team as {}", account.role), &name)?;
    by_id(transaction, id)?.ok_or_else(|| Halt::wrong("the account could not be read back; try again"))
}

fn by_id(connection: &Connection, id: i64) -> rusqlite::Result<Option<Account>> {
    connection.prepare_cached(&format!("{ACCOUNT} WHERE id = ?1"))?.query_row([id], read).optional()
}

fn read(row: &Row<'_>) -> rusqlite::Result<Account> {
    let role: String = row.get("role")?;
    Ok(Account {
        id: row.get("id")?,
        sign_in: row.get("sign_in")?,
        name: row.get("name")?,
        // What a later program calls a role, this one does not know, and gives the least.
        role: role.parse().unwrap_or(Role::Viewer),
        zone: row.get("zone")?,
        hours: row.get("hours")?,
        has_password: row.get("has_password")?,
        has_factor: row.get("has_factor")?,
        codes_left: row.get("codes_left")?,
        made: row.get("made")?,
        seen: row.get("seen")?,
        disabled: row.get("disabled")?,
    })
}

/// Notes a change of the team, in the transaction that makes it.
fn note(connection: &Connection, at: Timestamp, who: &str, what: &str, name: &str) -> rusqlite::Result<()> {
    crate::audit::insert(connection, &Noted { at, who, area: "team", what, subject: Some(name) })
}

/// A name to sign in with, in lower case: 1 to 64 of the letters `a` to `z`, digits and `.`, `_`, `-`, `+`, `@`. No
/// others, so that no two names look the same.
///
/// # Errors
///
/// [`DeskError::Wrong`] for anything else.
pub fn sign_in_name(text: &str) -> Result<String> {
    let name = text.trim().to_lowercase();
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-' | '+' | '@');
    if (1..=64).contains(&name.len()) && name.chars().all(fine) {
        return Ok(name);
    }
    let text = "a name to sign in with has up to 64 letters from a to z, digits, and the signs . _ - + @; take another";
    Err(DeskError::Wrong(text.to_owned()))
}

/// The name to be called by: one line of 1 to 80 characters.
fn shown_name(text: &str) -> Result<String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if (1..=80).contains(&name.chars().count()) && !name.chars().any(char::is_control) {
        return Ok(name);
    }
    Err(DeskError::Wrong("a name has 1 to 80 characters in one line; write another".to_owned()))
}

/// Decisions are signed with names: no other account may have this one.
fn name_is_free(connection: &Connection, name: &str, own: i64) -> std::result::Result<(), Halt> {
    let sql = "SELECT EXISTS (SELECT 1 FROM accounts WHERE lower(name) = lower(?1) AND id <> ?2)";
    if connection.query_row(sql, params![name, own], |row| row.get(0))? {
        return Err(Halt::wrong("somebody of the team is called that already; add to the name"));
    }
    Ok(())
}

/// A time zone that there is.
fn known_zone(name: &str) -> Result<String> {
    match jiff::tz::TimeZone::get(name.trim()) {
        Ok(_) => Ok(name.trim().to_owned()),
        Err(_) => Err(DeskError::Wrong("there is no such time zone; write it as Europe/Berlin".to_owned())),
    }
}
