//! What people like to be asked about, how often, and how else they like to help.

use std::collections::HashMap;

use model::Timestamp;
use rusqlite::{Row, params};

use crate::decision::insert;
use crate::{Decision, Desk, DeskError, Kind, Result};

/// One person's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Knowledge areas they like to be asked about, as `tls` or `tag:tls`.
    pub likes: Vec<String>,
    /// Knowledge areas they do not want to be asked about.
    pub dislikes: Vec<String>,
    /// How often in seven days they want to be asked at most.
    pub per_week: Option<u32>,
    /// Languages they help in, as `en` (ISO 639-1); none: nobody knows.
    pub languages: Vec<String>,
    /// Their time zone, a name of the IANA database.
    pub zone: Option<String>,
    /// Willing to speak.
    pub speak: bool,
    /// Willing to mentor.
    pub mentor: bool,
    /// Willing to review.
    pub review: bool,
    /// Not there until then, microseconds UTC.
    pub away_until: Option<Timestamp>,
    /// Not to be asked at all ([`Kind::DoNotAsk`]).
    pub never: bool,
}

impl Desk {
    /// Everybody's, by the person's id.
    pub fn preferences(&self) -> Result<HashMap<String, Preferences>> {
        let sql = "SELECT * FROM preferences AS this
            WHERE id = (SELECT max(id) FROM preferences AS other WHERE other.person = this.person)";
        let query = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map([], read)?.collect::<rusqlite::Result<HashMap<_, _>>>()
        };
        let mut all = query().map_err(|error| DeskError::sqlite(&self.path, error))?;
        for person in self.do_not_ask()? {
            all.entry(person).or_default().never = true;
        }
        Ok(all)
    }

    /// Writes down what a person prefers, in place of what was written down before (which stays in the file).
    pub fn prefer(&mut self, person: &str, preferences: &Preferences, who: &str, at: Timestamp) -> Result<()> {
        let never = self.do_not_ask()?.contains(person);
        let Preferences { per_week, zone, speak, mentor, review, away_until, .. } = preferences;
        let lines = |list: &[String]| list.join("\n");
        let (likes, dislikes) = (lines(&preferences.likes), lines(&preferences.dislikes));
        let languages = lines(&preferences.languages);
        let mut write = || {
            let transaction = self.connection.transaction()?;
            let sql = "INSERT INTO preferences (at, who, person, likes, dislikes, per_week, languages, zone, speak,
                mentor, review, away_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
            let values =
                params![at, who, person, likes, dislikes, per_week, languages, zone, speak, mentor, review, away_until];
            transaction.execute(sql, values)?;
            if never != preferences.never {
                let kind = if preferences.never { Kind::DoNotAsk } else { Kind::MayAsk };
                insert(&transaction, &Decision::new(at, who, person, kind))?;
            }
            transaction.commit()
        };
        write().map_err(|error| DeskError::sqlite(&self.path, error))
    }
}

fn read(row: &Row) -> rusqlite::Result<(String, Preferences)> {
    let lines = |name: &str| {
        let text = row.get_ref(name)?.as_str()?;
        Ok::<Vec<String>, rusqlite::Error>(text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect())
    };
    let preferences = Preferences {
        likes: lines("likes")?,
        dislikes: lines("dislikes")?,
        per_week: row.get("per_week")?,
        languages: lines("languages")?,
        zone: row.get("zone")?,
        speak: row.get("speak")?,
        mentor: row.get("mentor")?,
        review: row.get("review")?,
        away_until: row.get("away_until")?,
        never: false,
    };
    Ok((row.get("person")?, preferences))
}
