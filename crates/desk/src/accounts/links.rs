//! Links that work once: to set up the first account, to join the team, to choose another password.
//!
//! A link holds 256 random bits and the desk their hash. Of two who use the same one, one wins.

use model::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::{Account, NewAccount, PasswordHash, by_id, make, note, sessions};
use crate::pen::Halt;
use crate::{Desk, DeskError, Result, Role};

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// Making the first account, an administrator's. There is one such link at a time.
    SetUp,
    /// Joining the team.
    Invitation,
    /// Choosing another password.
    Reset,
}

impl LinkKind {
    /// Its word, in the file and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            LinkKind::SetUp => "set-up",
            LinkKind::Invitation => "invitation",
            LinkKind::Reset => "reset",
        }
    }

    /// Where its page is, without the secret.
    pub fn path(self) -> &'static str {
        match self {
            LinkKind::SetUp => "/set-up/",
            LinkKind::Invitation => "/invitations/",
            LinkKind::Reset => "/reset/",
        }
    }
}

/// A link to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLink {
    /// What for.
    pub kind: LinkKind,
    /// The role of whoever joins by it; of no account where it is none.
    pub role: Role,
    /// Whom it is for, as people call them.
    pub name: Option<String>,
    /// Whose password it is about.
    pub account: Option<i64>,
    /// Who makes it.
    pub who: String,
    /// When it ceases to work, microseconds UTC.
    pub expires: Timestamp,
}

/// A link that works, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its number, never used twice.
    pub id: i64,
    /// What for.
    pub kind: LinkKind,
    /// The role of whoever joins by it.
    pub role: Role,
    /// Whom it is for.
    pub name: Option<String>,
    /// Whose password it is about.
    pub account: Option<i64>,
    /// Who made it.
    pub who: String,
    /// When, microseconds UTC.
    pub made: Timestamp,
    /// When it ceases to work.
    pub expires: Timestamp,
}

/// Who joins by a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// The name to sign in with.
    pub sign_in: String,
    /// What they are called.
    pub name: String,
    /// The password that they chose.
    pub password: PasswordHash,
    /// Their time zone by its IANA name.
    pub zone: Option<String>,
}

const WORKS: &str = "SELECT * FROM links WHERE used IS NULL AND expires > ?1";

impl Desk {
    /// Makes a link with 32 bytes of the system's randomness and gives its secret, which cannot be had again.
    ///
    /// # Errors
    ///
    /// [`DeskError::Wrong`] for a set-up where there are accounts, and for a reset of no account.
    pub fn new_link(&mut self, link: &NewLink, at: Timestamp, random: [u8; 32]) -> Result<String> {
        let NewLink { kind, role, name, account, who, expires } = link;
        self.write(|transaction| {
            match kind {
                LinkKind::SetUp => first(transaction)?,
                LinkKind::Reset => drop(owner(transaction, *account)?),
                LinkKind::Invitation => {}
            }
            // Of these, there is one at a time.
            let before = "UPDATE links SET used = ?3 WHERE used IS NULL AND kind = ?1 AND kind <> 'invitation'
                AND account IS ?2";
            transaction.execute(before, params![kind.as_str(), account, at])?;
            let sql = "INSERT INTO links (hash, kind, role, name, account, who, made, expires)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
            let hash = blake3::hash(&random).to_hex();
            let name = name.as_deref().map(super::shown_name).transpose()?;
            let values = params![hash.as_str(), kind.as_str(), role.as_str(), name, account, who, at, expires];
            transaction.execute(sql, values)?;
            let subject = match account {
                Some(_) => owner(transaction, *account)?.name,
                None => name.unwrap_or_else(|| role.to_string()),
            };
            note(transaction, at, who, &format!("made a link ({})", kind.as_str()), &subject)?;
            Ok(blake3::Hash::from_bytes(random).to_hex().to_string())
        })
    }

    /// The link of a secret, if it works at the time `now`. Any text will do.
    pub fn link(&self, secret: &str, now: Timestamp) -> Result<Option<Link>> {
        self.read(|connection| of_secret(connection, secret, now))
    }

    /// Every invitation that works at the time `now`, oldest first.
    pub fn invitations(&self, now: Timestamp) -> Result<Vec<Link>> {
        self.read(|connection| {
            let sql = format!("{WORKS} AND kind = 'invitation' ORDER BY id");
            let mut statement = connection.prepare_cached(&sql)?;
            statement.query_map([now], read)?.collect()
        })
    }

    /// Takes an invitation back. False if there is none of that number that works.
    pub fn withdraw_invitation(&mut self, id: i64, who: &str, at: Timestamp) -> Result<bool> {
        self.write(|transaction| {
            let sql = "UPDATE links SET used = ?2 WHERE id = ?1 AND used IS NULL AND kind = 'invitation'";
            let withdrawn = transaction.execute(sql, params![id, at])? > 0;
            if withdrawn {
                let name: Option<String> =
                    transaction.query_row("SELECT name FROM links WHERE id = ?1", [id], |row| row.get(0))?;
                note(transaction, at, who, "took an invitation back", name.as_deref().unwrap_or("somebody"))?;
            }
            Ok(withdrawn)
        })
    }

    /// Makes the account of whoever uses the link of a set-up or an invitation.
    ///
    /// # Errors
    ///
    /// [`DeskError::LinkGone`] if it does not work (any more), [`DeskError::Wrong`] if a name cannot be used: then the
    /// link still works.
    pub fn join(&mut self, secret: &str, join: &Join, at: Timestamp) -> Result<Account> {
        self.write(|transaction| {
            let link = spend(transaction, secret, at)?;
            let role = match link.kind {
                LinkKind::SetUp => first(transaction).map(|()| Role::Administrator)?,
                LinkKind::Invitation => link.role,
                LinkKind::Reset => return Err(DeskError::LinkGone.into()),
            };
            let Join { sign_in, name, password, zone } = join.clone();
            let account = NewAccount { sign_in, name, role, password: Some(password), zone };
            make(transaction, &account, "", at)
        })
    }

    /// Gives the account of a reset another password, and ends its sessions.
    ///
    /// # Errors
    ///
    /// [`DeskError::LinkGone`] if the link does not work (any more).
    pub fn reset_password(&mut self, secret: &str, password: &PasswordHash, at: Timestamp) -> Result<Account> {
        self.write(|transaction| {
            let link = spend(transaction, secret, at)?;
            if link.kind != LinkKind::Reset {
                return Err(DeskError::LinkGone.into());
            }
            let account = owner(transaction, link.account)?;
            let sql = "UPDATE accounts SET password = ?2 WHERE id = ?1";
            transaction.execute(sql, params![account.id, password.as_str()])?;
            sessions::end_all(transaction, account.id, None)?;
            note(transaction, at, &account.name, "chose another password by a link", &account.name)?;
            Ok(account)
        })
    }
}

/// Refuses where there is an account already.
fn first(connection: &Connection) -> std::result::Result<(), Halt> {
    if connection.query_row("SELECT EXISTS (SELECT 1 FROM accounts)", [], |row| row.get(0))? {
        return Err(Halt::wrong("there are accounts already; an administrator invites others"));
    }
    Ok(())
}

fn owner(connection: &Connection, account: Option<i64>) -> std::result::Result<Account, Halt> {
    let found = account.map(|id| by_id(connection, id)).transpose()?.flatten();
    let found = found.filter(|account| account.disabled.is_none());
    found.ok_or_else(|| Halt::wrong("there is no such account that is let in; look at the list of the team"))
}

/// Uses a link up, unless the transaction fails.
fn spend(transaction: &Transaction<'_>, secret: &str, at: Timestamp) -> std::result::Result<Link, Halt> {
    let link = of_secret(transaction, secret, at)?.ok_or(DeskError::LinkGone)?;
    transaction.execute("UPDATE links SET used = ?2 WHERE id = ?1", params![link.id, at])?;
    Ok(link)
}

fn of_secret(connection: &Connection, secret: &str, now: Timestamp) -> rusqlite::Result<Option<Link>> {
    let Ok(random) = blake3::Hash::from_hex(secret) else { return Ok(None) };
    let hash = blake3::hash(random.as_bytes()).to_hex();
    let mut statement = connection.prepare_cached(&format!("{WORKS} AND hash = ?2"))?;
    statement.query_row(params![now, hash.as_str()], read).optional()
}

fn read(row: &Row<'_>) -> rusqlite::Result<Link> {
    let (kind, role): (String, Option<String>) = (row.get("kind")?, row.get("role")?);
    let kind = [LinkKind::SetUp, LinkKind::Reset].into_iter().find(|known| known.as_str() == kind);
    Ok(Link {
        id: row.get("id")?,
        kind: kind.unwrap_or(LinkKind::Invitation),
        role: role.and_then(|role| role.parse().ok()).unwrap_or(Role::Viewer),
        name: row.get("name")?,
        account: row.get("account")?,
        who: row.get("who")?,
        made: row.get("made")?,
        expires: row.get("expires")?,
    })
}
