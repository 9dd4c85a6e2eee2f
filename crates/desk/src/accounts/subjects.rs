//! Accounts somewhere else that sign in as one here (OpenID Connect: an issuer and its subject).

use model::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{Account, by_id, note};
use crate::pen::Halt;
use crate::{Desk, Result};

impl Desk {
    /// The account that a subject of an issuer signs in as, if it is let in.
    pub fn account_of_subject(&self, issuer: &str, subject: &str) -> Result<Option<Account>> {
        self.read(|connection| {
            let sql = "SELECT account FROM account_subjects WHERE issuer = ?1 AND subject = ?2";
            let account: Option<i64> =
                connection.prepare_cached(sql)?.query_row([issuer, subject], |row| row.get(0)).optional()?;
            let account = account.map(|id| by_id(connection, id)).transpose()?.flatten();
            Ok(account.filter(|account| account.disabled.is_none()))
        })
    }

    /// Lets a subject of an issuer sign in as an account.
    ///
    /// # Errors
    ///
    /// [`crate::DeskError::Wrong`] if it signs in as another one.
    pub fn link_subject(&mut self, account: i64, issuer: &str, subject: &str, who: &str, at: Timestamp) -> Result<()> {
        self.write(|transaction| {
            let owner = by_id(transaction, account)?;
            let owner = owner.ok_or_else(|| Halt::wrong("there is no such account; look at the list of the team"))?;
            let sql = "INSERT INTO account_subjects (issuer, subject, account) VALUES (?1, ?2, ?3)
                ON CONFLICT DO NOTHING";
            if transaction.execute(sql, params![issuer, subject, account])? > 0 {
                return Ok(note(transaction, at, who, "linked an account of another place", &owner.name)?);
            }
            let sql = "SELECT account = ?3 FROM account_subjects WHERE issuer = ?1 AND subject = ?2";
            match transaction.query_row(sql, params![issuer, subject, account], |row| row.get(0))? {
                true => Ok(()),
                false => Err(Halt::wrong("that account signs in as somebody else already; sign in as them")),
            }
        })
    }
}
