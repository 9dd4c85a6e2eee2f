//! Sessions: from signing in to signing out.
//!
//! The cookie holds 256 random bits and the desk their hash, so that whoever reads the desk cannot sign in. A session
//! ends after the hours that its owner chose, however much it is used.

use model::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use super::{Account, by_id};
use crate::pen::Halt;
use crate::{Desk, Result};

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;

/// How long whoever gave the password may take for the second factor.
pub const HALF_MINUTES: i64 = 10;

/// Hours that a session lasts, at most: thirty days.
pub const HOURS_MOST: u32 = 720;

/// Sessions of one account at once; the one that was not used for longest makes room.
const AT_ONCE: i64 = 50;

/// How exactly it is known when a session was last used.
const NOTED_EVERY: i64 = 5 * MINUTE;

/// How somebody signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// With a password here.
    Password,
    /// With an account somewhere else, whose second factor is that one's business.
    Elsewhere,
}

impl How {
    fn as_str(self) -> &'static str {
        match self {
            How::Password => "password",
            How::Elsewhere => "elsewhere",
        }
    }
}

/// A session to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// Whose.
    pub account: i64,
    /// How they signed in.
    pub how: How,
    /// False while the second factor is still to come: then it lasts [`HALF_MINUTES`] and lets nobody in.
    pub passed: bool,
    /// Which browser, in a few words, for the list of sessions.
    pub browser: String,
}

/// Somebody's session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its number, never used twice.
    pub id: i64,
    /// Whose. Read anew each time: what they may do is what they may do now.
    pub account: Account,
    /// How they signed in.
    pub how: How,
    /// False while the second factor is still to come: nobody is let in by it.
    pub passed: bool,
    /// Whether their role needs a second factor that they do not have yet.
    pub lacks_factor: bool,
    /// Which browser, in a few words.
    pub browser: String,
    /// When it began, microseconds UTC.
    pub made: Timestamp,
    /// When it was last used, to five minutes.
    pub used: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
}

const SESSION: &str = "SELECT id, account, how, passed, browser, made, used, expires FROM sessions";

impl Desk {
    /// Begins a session with 32 bytes of the system's randomness and gives what the cookie is to hold.
    ///
    /// # Errors
    ///
    /// [`crate::DeskError::Wrong`] if the account is not let in.
    pub fn begin_session(&mut self, new: &NewSession, at: Timestamp, random: [u8; 32]) -> Result<String> {
        let browser: String = new.browser.chars().filter(|c| !c.is_control()).take(100).collect();
        self.write(|transaction| {
            let account = by_id(transaction, new.account)?.filter(|account| account.disabled.is_none());
            let account = account.ok_or_else(|| Halt::wrong("this account is not let in; ask an administrator"))?;
            let lasts = if new.passed { i64::from(account.hours) * HOUR } else { HALF_MINUTES * MINUTE };
            transaction.execute("DELETE FROM sessions WHERE expires <= ?1", [at])?;
            let crowd = "DELETE FROM sessions WHERE account = ?1 AND id NOT IN
                (SELECT id FROM sessions WHERE account = ?1 ORDER BY used DESC LIMIT ?2)";
            transaction.execute(crowd, params![new.account, AT_ONCE - 1])?;
            let sql = "INSERT INTO sessions (hash, account, how, passed, browser, made, used, expires)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)";
            let hash = blake3::hash(&random).to_hex();
            let values = params![
                hash.as_str(),
                new.account,
                new.how.as_str(),
                new.passed,
                browser,
                at,
                at.saturating_add(lasts)
            ];
            transaction.execute(sql, values)?;
            if new.passed {
                transaction.execute("UPDATE accounts SET seen = ?2 WHERE id = ?1", params![new.account, at])?;
            }
            Ok(blake3::Hash::from_bytes(random).to_hex().to_string())
        })
    }

    /// The session of a cookie, if it lasts at the time `now` and its account is let in. Any text will do.
    pub fn session(&self, secret: &str, now: Timestamp) -> Result<Option<Session>> {
        let Ok(random) = blake3::Hash::from_hex(secret) else { return Ok(None) };
        let hash = blake3::hash(random.as_bytes()).to_hex();
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!("{SESSION} WHERE hash = ?1 AND expires > ?2"))?;
            let found = statement.query_row(params![hash.as_str(), now], |row| Ok((row.get("account")?, read(row)?)));
            let Some((account, unowned)) = found.optional()? else { return Ok(None) };
            let account = by_id(connection, account)?.filter(|account| account.disabled.is_none());
            let Some(account) = account else { return Ok(None) };
            let lacks_factor = unowned.how == How::Password
                && !account.has_factor
                && super::team::required(connection)?.contains(&account.role);
            Ok(Some(unowned.of(account, lacks_factor)))
        })
    }

    /// Somebody's sessions that last at the time `now`, the one last used first.
    pub fn sessions(&self, account: &Account, now: Timestamp) -> Result<Vec<Session>> {
        let sql = format!("{SESSION} WHERE account = ?1 AND expires > ?2 AND passed = 1 ORDER BY used DESC, id DESC");
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let rows = statement.query_map(params![account.id, now], read)?;
            rows.map(|row| Ok(row?.of(account.clone(), false))).collect()
        })
    }

    /// Notes that a session is used, unless that was noted within five minutes.
    pub fn session_used(&mut self, id: i64, at: Timestamp) -> Result<()> {
        let sql = "UPDATE sessions SET used = ?2 WHERE id = ?1 AND used <= ?2 - ?3";
        self.write(|transaction| Ok(transaction.execute(sql, params![id, at, NOTED_EVERY]).map(drop)?))
    }

    /// Ends a session of an account: the cookie is worth nothing from now on. False if there is none.
    pub fn end_session(&mut self, account: i64, id: i64) -> Result<bool> {
        let sql = "DELETE FROM sessions WHERE id = ?1 AND account = ?2";
        self.write(|transaction| Ok(transaction.execute(sql, params![id, account])? > 0))
    }

    /// Ends every session of an account but one, and forgets its browsers. Gives how many ended.
    pub fn end_sessions(&mut self, account: i64, but: Option<i64>) -> Result<u64> {
        self.write(|transaction| Ok(end_all(transaction, account, but)?))
    }
}

impl Session {
    /// Whether it is time to note that it is used.
    pub fn is_to_be_noted(&self, now: Timestamp) -> bool {
        now.saturating_sub(self.used) >= NOTED_EVERY
    }
}

/// Ends sessions, and forgets browsers, whose knowledge outlives them.
pub(super) fn end_all(connection: &rusqlite::Connection, account: i64, but: Option<i64>) -> rusqlite::Result<u64> {
    connection.execute("DELETE FROM known_browsers WHERE account = ?1", [account])?;
    let sql = "DELETE FROM sessions WHERE account = ?1 AND id IS NOT ?2";
    connection.execute(sql, params![account, but]).map(|ended| ended as u64)
}

/// A row of the table.
struct Unowned {
    id: i64,
    how: How,
    passed: bool,
    browser: String,
    times: [Timestamp; 3],
}

fn read(row: &Row<'_>) -> rusqlite::Result<Unowned> {
    let how = if row.get::<_, String>("how")? == "elsewhere" { How::Elsewhere } else { How::Password };
    Ok(Unowned {
        id: row.get("id")?,
        how,
        passed: row.get("passed")?,
        browser: row.get("browser")?,
        times: [row.get("made")?, row.get("used")?, row.get("expires")?],
    })
}

impl Unowned {
    fn of(self, account: Account, lacks_factor: bool) -> Session {
        let Unowned { id, how, passed, browser, times: [made, used, expires] } = self;
        Session { id, account, how, passed, lacks_factor, browser, made, used, expires }
    }
}
