//! How often one may try to sign in.
//!
//! What is slowed down is a pair (this name, from this network), a network, and a browser that is known; never an account
//! as a whole: whoever guesses at somebody's password keeps nobody out but themselves. A browser from which somebody has
//! signed in before counts for itself alone (OWASP, “Device Cookies”). Every try counts before it is made, so that many at
//! once are no way around it; those that were right are taken back. Counts are kept in memory, and are read from the desk
//! when the server starts.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use desk::Desk;
use model::Timestamp;
use model::time::{DAY, SECOND};

use crate::caller::Caller;

/// Counts kept at once: some ten megabytes.
const MOST: usize = 50_000;

/// What tries are counted by, and how they are slowed down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    /// Nothing can be read from it.
    id: String,
    /// So many may fail at once.
    free: u32,
    /// After those the wait doubles with each, from one second up to so many.
    longest: i64,
    /// Whether one success forgives all.
    forgiving: bool,
}

#[derive(Debug, Clone, Copy)]
struct Count {
    failures: u32,
    last: Timestamp,
}

/// Counts of tries.
#[derive(Debug, Default)]
pub(crate) struct Limits(Mutex<Option<HashMap<String, Count>>>);

/// How many seconds to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wait(pub u64);

impl Key {
    fn new(kind: &str, parts: [&str; 2], free: u32, longest: i64, forgiving: bool) -> Key {
        let mut hasher = blake3::Hasher::new_derive_key("switchboard 2026 sign-in limits");
        for part in [kind, parts[0], parts[1]] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        Key { id: hasher.finalize().to_hex()[..32].to_owned(), free, longest, forgiving }
    }

    /// Those of somebody who signs in as `name`. A quarter of an hour at most: some hundred tries a day.
    pub(crate) fn of(caller: &Caller, name: &str, known: bool) -> Vec<Key> {
        if let Some(browser) = caller.browser.as_deref().filter(|_| known) {
            return vec![Key::new("browser", [browser, ""], 10, 900, true)];
        }
        let pair = Key::new("pair", [name, &caller.network], 8, 900, true);
        // Behind one address there may be a whole company.
        vec![pair, Key::new("network", [&caller.network, ""], 30, 60, false)]
    }

    /// Codes of the second factor from browsers that are not known, wherever they are: only who has the password gets
    /// as far as this. A hundred a day out of a million, of which three are right (RFC 6238, section 5.2).
    pub(crate) fn codes(account: i64) -> Key {
        Key::new("codes", [&account.to_string(), ""], 20, 900, true)
    }

    /// The password of whoever is signed in, asked once more.
    pub(crate) fn again(account: i64) -> Key {
        Key::new("again", [&account.to_string(), ""], 8, 900, true)
    }
}

impl Limits {
    /// Counts a try, if it may be made at the time `now` (microseconds UTC).
    pub(crate) fn attempt(&self, desk: &Desk, keys: &[Key], now: Timestamp) -> Result<(), Wait> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = counts.get_or_insert_with(|| load(desk, now));
        make_room(counts, now);
        let waits = keys.iter().map(|key| counts.get(&key.id).map_or(0, |count| wait(key, *count, now)));
        match waits.max().unwrap_or(0) {
            0 => {}
            seconds => return Err(Wait(seconds)),
        }
        for key in keys {
            let count = counts.entry(key.id.clone()).or_insert(Count { failures: 0, last: now });
            *count = Count { failures: count.failures.saturating_add(1), last: now };
        }
        Ok(())
    }

    /// Takes back a try that was right.
    pub(crate) fn passed(&self, keys: &[Key]) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(counts) = counts.as_mut() else { return };
        for key in keys {
            match counts.get_mut(&key.id) {
                Some(count) if !key.forgiving => count.failures = count.failures.saturating_sub(1),
                Some(_) => drop(counts.remove(&key.id)),
                None => {}
            }
        }
    }

    /// Notes on the desk that a try was wrong. That it could not be noted is no reason to let somebody in or not.
    pub(crate) fn failed(&self, desk: &mut Desk, keys: &[Key], now: Timestamp) {
        let ids: Vec<String> = keys.iter().map(|key| key.id.clone()).collect();
        if let Err(error) = desk.note_failure(&ids, now) {
            tracing::warn!("a failed sign-in could not be noted: {error}");
        }
    }
}

/// What failed within the last day, before this server started.
fn load(desk: &Desk, now: Timestamp) -> HashMap<String, Count> {
    let failures = desk.failures(now.saturating_sub(DAY)).unwrap_or_else(|error| {
        tracing::warn!("failed sign-ins of the last day could not be read: {error}");
        Vec::new()
    });
    let mut counts: HashMap<String, Count> = HashMap::new();
    for (at, id) in failures {
        let count = counts.entry(id).or_insert(Count { failures: 0, last: at });
        *count = Count { failures: count.failures.saturating_add(1), last: at };
    }
    counts
}

/// Seconds until a key may be tried again.
fn wait(key: &Key, count: Count, now: Timestamp) -> u64 {
    let Some(over) = count.failures.checked_sub(key.free) else { return 0 };
    // A clock that was set back makes nobody wait for longer.
    let since = now.saturating_sub(count.last).max(0);
    let wait = (1_i64 << over.min(30)).min(key.longest) * SECOND;
    if since >= DAY { 0 } else { u64::try_from(wait.saturating_sub(since).max(0)).unwrap_or(0).div_ceil(SECOND as u64) }
}

/// Forgets what is a day old; where that is not enough, whoever failed least.
fn make_room(counts: &mut HashMap<String, Count>, now: Timestamp) {
    if counts.len() < MOST {
        return;
    }
    counts.retain(|_, count| now.saturating_sub(count.last) < DAY);
    let mut least = 1;
    while counts.len() >= MOST {
        counts.retain(|_, count| count.failures > least);
        least += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cookies::Cookies;

    fn caller(network: &str, browser: Option<&str>) -> Caller {
        Caller {
            cookies: Cookies { https: false, port: 1 },
            network: network.to_owned(),
            browser: browser.map(str::to_owned),
            agent: String::new(),
            origin: String::new(),
        }
    }

    fn desk() -> (tempfile::TempDir, Desk) {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::open(&folder.path().join("desk.sqlite")).unwrap();
        (folder, desk)
    }

    /// As many tries as a machine can make within so many seconds.
    fn tries(limits: &Limits, desk: &Desk, keys: &[Key], seconds: i64) -> usize {
        (0..seconds * 4).filter(|quarter| limits.attempt(desk, keys, quarter * SECOND / 4).is_ok()).count()
    }

    #[test]
    fn a_day_of_guessing_is_some_hundred_guesses() {
        let (_folder, desk) = desk();
        let stranger = Key::of(&caller("203.0.113.9", None), "ada", false);
        let made = tries(&Limits::default(), &desk, &stranger, 86_400);
        assert!((90..130).contains(&made), "{made}");
        let codes = tries(&Limits::default(), &desk, &[Key::codes(1)], 86_400);
        assert!((90..130).contains(&codes), "{codes}");
    }

    #[test]
    fn a_stranger_keeps_nobody_out_but_themselves() {
        let (_folder, desk) = desk();
        let limits = Limits::default();
        let stranger = Key::of(&caller("203.0.113.9", None), "ada", false);
        tries(&limits, &desk, &stranger, 3_600);
        let now = 3_600 * SECOND;
        assert!(limits.attempt(&desk, &stranger, now).is_err());
        let elsewhere = Key::of(&caller("198.51.100.1", None), "ada", false);
        assert_eq!(limits.attempt(&desk, &elsewhere, now), Ok(()));
        let neighbour = Key::of(&caller("203.0.113.9", Some("b1")), "ada", true);
        assert_eq!(limits.attempt(&desk, &neighbour, now), Ok(()));
    }

    #[test]
    fn whoever_is_right_starts_anew_and_a_restart_forgets_nothing() {
        let (_folder, mut desk) = desk();
        let limits = Limits::default();
        let keys = Key::of(&caller("203.0.113.9", None), "ada", false);
        for at in 0..8 {
            assert_eq!(limits.attempt(&desk, &keys, at), Ok(()));
            limits.failed(&mut desk, &keys, at);
        }
        assert_eq!(limits.attempt(&desk, &keys, 9), Err(Wait(1)));
        assert_eq!(Limits::default().attempt(&desk, &keys, 9), Err(Wait(1)));
        limits.passed(&keys);
        assert_eq!(limits.attempt(&desk, &keys, 9), Ok(()));
    }

    #[test]
    fn there_is_room_for_so_many_and_no_more() {
        let mut counts: HashMap<String, Count> =
            (0..MOST).map(|n| (n.to_string(), Count { failures: n as u32 % 3 + 1, last: 0 })).collect();
        make_room(&mut counts, 1);
        assert!(counts.len() < MOST && counts.values().all(|count| count.failures > 1), "{}", counts.len());
    }
}
