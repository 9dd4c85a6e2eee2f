//! Who is who, as people decided it: what was said, and what of it stands.
//!
//! Of one pair the last word counts. Whoever was taken apart after a merge is out of it. A decision that was
//! taken back is as if it had never been, so that the state before it is there again, whatever it was.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use model::Timestamp;

use crate::decision::read;
use crate::{Decision, Desk, DeskError, Kind, Result};

/// The kinds that are about who is who.
const KINDS: &[Kind] =
    &[Kind::SamePerson, Kind::NotSamePerson, Kind::PutOff, Kind::Apart, Kind::Locked, Kind::TakenBack];

/// A decision and its number, by which it can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// Its number, larger than those of all before it.
    pub number: i64,
    /// The decision.
    pub decision: Decision,
    /// Whether another one took it back.
    pub taken_back: bool,
}

/// What stands of all decisions on who is who. Everything is named by identities' ids, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WhoIsWho {
    /// Pairs that are one person's.
    pub same: Vec<(String, String)>,
    /// Pairs that are not to be suggested, for good or for now.
    pub refused: Vec<(String, String)>,
    /// Identities that nothing but a later decision merges with others.
    pub apart: Vec<String>,
    /// The identities of each person that is as it should be.
    pub locked: Vec<Vec<String>>,
}

impl Desk {
    /// Every decision on who is who, oldest first.
    pub fn people_log(&self) -> Result<Vec<Numbered>> {
        let kinds = KINDS.iter().map(|kind| format!("'{}'", kind.as_str())).collect::<Vec<_>>().join(", ");
        let sql = format!("SELECT * FROM decisions WHERE kind IN ({kinds}) ORDER BY id");
        let query = || {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let rows = statement.query_map([], |row| Ok((row.get("id")?, read(row)?)))?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        let rows = query().map_err(|error| DeskError::sqlite(&self.path, error))?;
        let known = rows.into_iter().filter_map(|(number, decision)| Some((number, decision.ok()?)));
        let mut log: Vec<Numbered> =
            known.map(|(number, decision)| Numbered { number, decision, taken_back: false }).collect();
        let back = log.iter().filter(|one| one.decision.kind == Kind::TakenBack);
        let back: HashSet<i64> = back.filter_map(|one| one.decision.value.as_deref()?.parse().ok()).collect();
        log.iter_mut().for_each(|one| one.taken_back = back.contains(&one.number));
        Ok(log)
    }

    /// What of it stands at the time `now`.
    pub fn who_is_who(&self, now: Timestamp) -> Result<WhoIsWho> {
        let log = self.people_log()?;
        Ok(standing(log.iter().filter(|one| !one.taken_back), now))
    }
}

/// What decisions, none of them taken back, oldest first, come to.
fn standing<'a>(decisions: impl Iterator<Item = &'a Numbered>, now: Timestamp) -> WhoIsWho {
    let mut pairs: BTreeMap<(String, String), (i64, Kind, Timestamp)> = BTreeMap::new();
    let mut together: Vec<((String, String), i64)> = Vec::new();
    let mut apart: BTreeMap<String, i64> = BTreeMap::new();
    let mut locked: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Numbered { number, decision, .. } in decisions {
        let subject = decision.subject.clone();
        let words: Vec<&str> = decision.value.iter().flat_map(|value| value.split_whitespace()).collect();
        match decision.kind {
            Kind::SamePerson | Kind::NotSamePerson | Kind::PutOff => {
                let Some(other) = words.first().filter(|other| **other != subject) else { continue };
                let until = words.get(1).and_then(|until| until.parse().ok()).unwrap_or(Timestamp::MAX);
                pairs.insert(sorted(&subject, other), (*number, decision.kind, until));
            }
            Kind::Apart => {
                together.extend(words.windows(2).map(|two| (sorted(two[0], two[1]), *number)));
                apart.insert(subject, *number);
            }
            Kind::Locked => {
                locked.insert(subject, words.iter().map(|word| (*word).to_owned()).collect());
            }
            _ => {}
        }
    }
    let stands = |(a, b): &(String, String), number: i64| {
        [a, b].into_iter().all(|one| apart.get(one).is_none_or(|apart| *apart < number))
    };
    let said = pairs.iter().filter(|(pair, (number, kind, _))| *kind == Kind::SamePerson && stands(pair, *number));
    let stayed = together.iter().filter(|(pair, number)| stands(pair, *number));
    let same: BTreeSet<_> = said.map(|(pair, _)| pair.clone()).chain(stayed.map(|(pair, _)| pair.clone())).collect();
    let refused = pairs.iter().filter(|(_, (_, kind, until))| match kind {
        Kind::PutOff => *until > now,
        kind => *kind == Kind::NotSamePerson,
    });
    WhoIsWho {
        same: same.into_iter().collect(),
        refused: refused.map(|(pair, _)| pair.clone()).collect(),
        apart: apart.into_keys().collect(),
        locked: locked.into_values().collect(),
    }
}

fn sorted(a: &str, b: &str) -> (String, String) {
    (a.min(b).to_owned(), a.max(b).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decisions as `kind subject value…`, and what stands: `a=b` one person, `a|b` refused, `-a` apart, `[a b]`
    /// locked.
    fn check(said: &[&str], expected: &str) {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Desk::open(&folder.path().join("desk.sqlite")).unwrap();
        for line in said {
            let mut words = line.splitn(3, ' ');
            let (kind, subject) = (Kind::parse(words.next().unwrap()).unwrap(), words.next().unwrap());
            let decision = Decision::new(1, "me", subject, kind);
            desk.decide(&words.next().map_or(decision.clone(), |value| decision.with(value))).unwrap();
        }
        let WhoIsWho { same, refused, apart, locked } = desk.who_is_who(1_000).unwrap();
        let mut lines: Vec<String> = same.iter().map(|(a, b)| format!("{a}={b}")).collect();
        lines.extend(refused.iter().map(|(a, b)| format!("{a}|{b}")));
        lines.extend(apart.iter().map(|one| format!("-{one}")));
        lines.extend(locked.iter().map(|all| format!("[{}]", all.join(" "))));
        assert_eq!(lines.join(" "), expected, "{said:?}");
    }

    #[test]
    fn of_a_pair_the_last_word_counts() {
        check(&[], "");
        check(&["same_person b a"], "a=b");
        check(&["same_person a b", "not_same_person b a"], "a|b");
        check(&["not_same_person a b", "same_person a b"], "a=b");
        check(&["put_off a b 2000"], "a|b");
        check(&["put_off a b 500"], "");
        check(&["same_person a a"], "");
    }

    #[test]
    fn who_is_apart_is_out_of_what_was_said_before() {
        check(&["same_person a b", "apart a"], "-a");
        check(&["apart a", "same_person a b"], "a=b -a");
        check(&["same_person a c", "apart a b c"], "b=c -a");
        check(&["apart a b c", "apart b c"], "-a -b");
    }

    #[test]
    fn what_is_taken_back_had_never_been() {
        check(&["same_person a b", "taken_back a 1"], "");
        check(&["not_same_person a b", "same_person a b", "taken_back a 2"], "a|b");
        check(&["same_person a b", "apart a b", "taken_back a 2"], "a=b");
        check(&["locked a a b", "locked c c"], "[a b] [c]");
        check(&["locked a a b", "taken_back a 1"], "");
    }
}
