//! Failed sign-ins of the last day, so that a restart forgets none of them.

use model::Timestamp;
use model::time::DAY;
use rusqlite::params;

use crate::{Desk, Result};

/// As many are kept; of more, the oldest go.
const MOST: i64 = 20_000;

impl Desk {
    /// Notes a failure under each of `keys`, from which neither name nor address can be read.
    pub fn note_failure(&mut self, keys: &[String], at: Timestamp) -> Result<()> {
        self.write(|transaction| {
            let old = "DELETE FROM sign_in_failures WHERE at < ?1 OR id <= (SELECT max(id) FROM sign_in_failures) - ?2";
            transaction.execute(old, params![at.saturating_sub(DAY), MOST])?;
            let mut statement = transaction.prepare_cached("INSERT INTO sign_in_failures (at, key) VALUES (?1, ?2)")?;
            for key in keys {
                statement.execute(params![at, key])?;
            }
            Ok(())
        })
    }

    /// Failures since a time, oldest first: when, and the key.
    pub fn failures(&self, since: Timestamp) -> Result<Vec<(Timestamp, String)>> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT at, key FROM sign_in_failures WHERE at >= ?1 ORDER BY id")?;
            statement.query_map([since], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })
    }
}
