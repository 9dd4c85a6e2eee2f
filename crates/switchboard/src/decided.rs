//! What people decided, from the desk and the configuration to what tables are derived from.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use derive::Decided;
use desk::{Desk, Kind, WhoIsWho};
use insight::people::STAFF;
use model::Id;

use crate::config::Config;
use crate::session;

/// Reads what was decided up to now. Without a desk nothing was; an older one is brought up to date first.
pub fn read(desk: &Path, config: &Config) -> Result<Decided> {
    let (offered, promises) = (config.offered.clone(), Some(config.support.promises()));
    let mut decided = Decided { offered, promises, ..Decided::default() };
    if desk.exists() {
        let desk = Desk::open(desk)?;
        let WhoIsWho { same, refused, apart, locked } = desk.who_is_who(session::now())?;
        decided = Decided { same, refused, apart, locked, ..decided };
        decided.asked = by_id(desk.tiers(Kind::AskedTier)?);
        decided.observed = by_id(desk.tiers(Kind::ObservedTier)?);
        let staff = desk.people_tags()?.into_iter().filter(|(_, tags)| tags.contains(STAFF));
        decided.staff = staff.map(|(person, _)| person).collect();
        let answers = desk.answers()?.into_iter();
        decided.answers = by_id(answers.map(|(line, to)| (line, to.as_deref().and_then(Id::parse))));
    }
    Ok(decided)
}

/// Decisions on what is no id are of no use, whoever wrote them.
fn by_id<T>(decisions: impl IntoIterator<Item = (String, T)>) -> BTreeMap<Id, T> {
    decisions.into_iter().filter_map(|(id, value)| Some((Id::parse(&id)?, value))).collect()
}
