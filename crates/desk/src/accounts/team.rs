//! What administrators change about others, and what holds for all. There is always an administrator who is let in.

use std::collections::BTreeSet;

use model::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::own::present;
use super::{Account, note, sessions};
use crate::pen::Halt;
use crate::{Desk, Result, Role};

impl Desk {
    /// Gives somebody another role, from their next click on.
    ///
    /// # Errors
    ///
    /// [`crate::DeskError::Wrong`] if nobody would be an administrator any more.
    pub fn set_role(&mut self, account: i64, role: Role, who: &str, at: Timestamp) -> Result<Account> {
        self.write(|transaction| {
            let before = present(transaction, account)?;
            if before.role != role {
                transaction.execute("UPDATE accounts SET role = ?2 WHERE id = ?1", params![account, role.as_str()])?;
                someone_decides(transaction)?;
                note(transaction, at, who, &format!("made them {role} (was {})", before.role), &before.name)?;
            }
            present(transaction, account)
        })
    }

    /// Lets somebody in no more, from now on: their sessions end. What they decided stays.
    ///
    /// # Errors
    ///
    /// [`crate::DeskError::Wrong`] if nobody would be an administrator any more.
    pub fn disable_account(&mut self, account: i64, who: &str, at: Timestamp) -> Result<Account> {
        self.write(|transaction| {
            let owner = present(transaction, account)?;
            transaction.execute("UPDATE accounts SET disabled = ?2 WHERE id = ?1", params![account, at])?;
            let links = "UPDATE links SET used = ?2 WHERE account = ?1 AND used IS NULL";
            transaction.execute(links, params![account, at])?;
            someone_decides(transaction)?;
            sessions::end_all(transaction, account, None)?;
            note(transaction, at, who, "lets them in no more", &owner.name)?;
            Ok(owner)
        })
    }

    /// Lets somebody in again who was not.
    pub fn enable_account(&mut self, account: i64, who: &str, at: Timestamp) -> Result<Account> {
        self.write(|transaction| {
            let sql = "UPDATE accounts SET disabled = NULL WHERE id = ?1 AND disabled IS NOT NULL";
            let changed = transaction.execute(sql, [account])? > 0;
            let owner = present(transaction, account)?;
            if changed {
                note(transaction, at, who, "lets them in again", &owner.name)?;
            }
            Ok(owner)
        })
    }

    /// The roles that need a second factor.
    pub fn factor_roles(&self) -> Result<BTreeSet<Role>> {
        self.read(required)
    }

    /// Says which roles need a second factor. Whoever of them has none sets it up before anything else.
    pub fn require_factor(&mut self, roles: &BTreeSet<Role>, who: &str, at: Timestamp) -> Result<()> {
        self.write(|transaction| {
            if required(transaction)? == *roles {
                return Ok(());
            }
            let names: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
            let sql = "INSERT INTO team_settings (name, value) VALUES ('second_factor', ?1)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value";
            transaction.execute(sql, [names.join(" ")])?;
            let what = if names.is_empty() { "nobody".to_owned() } else { names.join(", ") };
            Ok(note(transaction, at, who, "changed who needs a second factor", &what)?)
        })
    }
}

/// The roles that need a second factor.
pub(super) fn required(connection: &Connection) -> rusqlite::Result<BTreeSet<Role>> {
    let sql = "SELECT value FROM team_settings WHERE name = 'second_factor'";
    let value: Option<String> = connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?;
    Ok(value.iter().flat_map(|value| value.split_whitespace()).filter_map(|role| role.parse().ok()).collect())
}

/// Refuses what would leave the team without an administrator.
fn someone_decides(transaction: &Transaction<'_>) -> std::result::Result<(), Halt> {
    let sql = "SELECT EXISTS (SELECT 1 FROM accounts WHERE role = ?1 AND disabled IS NULL)";
    if transaction.query_row(sql, [Role::Administrator.as_str()], |row| row.get(0))? {
        return Ok(());
    }
    Err(Halt::wrong("nobody would be an administrator any more; make somebody else one first"))
}
