//! Who was asked to help, with what and when: so that nobody is asked too often.

use std::collections::HashMap;

use model::Timestamp;
use rusqlite::params;

use crate::{Desk, DeskError, Result};

impl Desk {
    /// Records that `who` asked a person to help with a conversation. It is on the disk when this returns.
    pub fn asked(&mut self, person: &str, conversation: &str, who: &str, at: Timestamp) -> Result<()> {
        let sql = "INSERT INTO asked (at, who, person, conversation) VALUES (?1, ?2, ?3, ?4)";
        let added = self.connection.execute(sql, params![at, who, person, conversation]);
        added.map(drop).map_err(|error| DeskError::sqlite(&self.path, error))
    }

    /// When each person was asked since `time`, itself included, earliest first; by the person's id.
    pub fn asks_since(&self, time: Timestamp) -> Result<HashMap<String, Vec<Timestamp>>> {
        let query = || {
            let mut asks = HashMap::<String, Vec<Timestamp>>::new();
            let sql = "SELECT person, at FROM asked WHERE at >= ?1 ORDER BY at, id";
            let mut statement = self.connection.prepare_cached(sql)?;
            for row in statement.query_map([time], |row| Ok((row.get(0)?, row.get(1)?)))? {
                let (person, at) = row?;
                asks.entry(person).or_default().push(at);
            }
            Ok::<_, rusqlite::Error>(asks)
        };
        query().map_err(|error| DeskError::sqlite(&self.path, error))
    }

    /// Who was asked to help with a conversation, and when, earliest first.
    pub fn asked_about(&self, conversation: &str) -> Result<Vec<(String, Timestamp)>> {
        let query = || {
            let sql = "SELECT person, at FROM asked WHERE conversation = ?1 ORDER BY at, id";
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map([conversation], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()
        };
        query().map_err(|error| DeskError::sqlite(&self.path, error))
    }
}
