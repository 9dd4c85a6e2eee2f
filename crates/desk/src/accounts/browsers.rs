//! Browsers from which somebody has signed in before (OWASP, “Device Cookies”): strangers' failures do not slow those
//! down, so that guessing at an account keeps its owner out of nothing.

use model::Timestamp;
use model::time::DAY;
use rusqlite::params;

use crate::{Desk, Result};

/// How long a browser is known that nobody signs in from.
const KEPT: Timestamp = 400 * DAY;

impl Desk {
    /// Remembers a browser with 32 bytes of the system's randomness and gives what its cookie is to hold.
    pub fn know_browser(&mut self, account: i64, at: Timestamp, random: [u8; 32]) -> Result<String> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM known_browsers WHERE used < ?1", [at.saturating_sub(KEPT)])?;
            let sql = "INSERT INTO known_browsers (hash, account, used) VALUES (?1, ?2, ?3)";
            transaction.execute(sql, params![blake3::hash(&random).to_hex().as_str(), account, at])?;
            Ok(blake3::Hash::from_bytes(random).to_hex().to_string())
        })
    }

    /// Whether somebody has signed in from this browser under this name. Any texts will do.
    pub fn knows_browser(&self, secret: &str, sign_in: &str) -> Result<bool> {
        let Ok(random) = blake3::Hash::from_hex(secret) else { return Ok(false) };
        let hash = blake3::hash(random.as_bytes()).to_hex();
        let sql = "SELECT EXISTS (SELECT 1 FROM known_browsers JOIN accounts ON accounts.id = known_browsers.account
            WHERE hash = ?1 AND sign_in = ?2)";
        let sign_in = sign_in.trim().to_lowercase();
        self.read(|connection| {
            connection.prepare_cached(sql)?.query_row(params![hash.as_str(), sign_in], |row| row.get(0))
        })
    }
}
