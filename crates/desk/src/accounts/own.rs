//! What people change about their own account.

use model::Timestamp;
use rusqlite::params;

use super::{Account, HOURS_MOST, PasswordHash, by_id, known_zone, name_is_free, note, sessions, shown_name};
use crate::pen::Halt;
use crate::{Desk, DeskError, Result};

impl Desk {
    /// Calls an account something else. What was decided under the name of before stays signed with it.
    ///
    /// # Errors
    ///
    /// [`DeskError::Wrong`] if somebody else is called that.
    pub fn rename_account(&mut self, account: i64, name: &str, at: Timestamp) -> Result<Account> {
        self.write(|transaction| {
            let (before, name) = (present(transaction, account)?, shown_name(name)?);
            name_is_free(transaction, &name, account)?;
            if before.name != name {
                transaction.execute("UPDATE accounts SET name = ?2 WHERE id = ?1", params![account, name])?;
                note(transaction, at, &before.name, &format!("is called {name} from now on"), &before.name)?;
            }
            present(transaction, account)
        })
    }

    /// Sets the time zone of an account (its IANA name; `None` for UTC) and the hours that its sessions last, 1 to
    /// [`HOURS_MOST`]. Sessions that have begun end when they would have.
    pub fn set_habits(&mut self, account: i64, zone: Option<&str>, hours: u32) -> Result<()> {
        if !(1..=HOURS_MOST).contains(&hours) {
            return Err(DeskError::Wrong(format!("a session lasts 1 to {HOURS_MOST} hours; write another number")));
        }
        let zone = zone.map(known_zone).transpose()?;
        self.write(|transaction| {
            let sql = "UPDATE accounts SET zone = ?2, hours = ?3 WHERE id = ?1";
            Ok(transaction.execute(sql, params![account, zone, hours]).map(drop)?)
        })
    }

    /// Gives an account another password, and ends all its sessions but one.
    pub fn set_password(
        &mut self,
        account: i64,
        password: &PasswordHash,
        but: Option<i64>,
        at: Timestamp,
    ) -> Result<()> {
        self.write(|transaction| {
            let owner = present(transaction, account)?;
            let sql = "UPDATE accounts SET password = ?2 WHERE id = ?1";
            transaction.execute(sql, params![account, password.as_str()])?;
            sessions::end_all(transaction, account, but)?;
            Ok(note(transaction, at, &owner.name, "chose another password", &owner.name)?)
        })
    }
}

/// An account that is let in.
pub(super) fn present(connection: &rusqlite::Connection, account: i64) -> std::result::Result<Account, Halt> {
    let found = by_id(connection, account)?.filter(|account| account.disabled.is_none());
    found.ok_or_else(|| Halt::wrong("there is no such account that is let in; look at the list of the team"))
}
