//! When to try again what failed.

use std::time::Duration;

/// Minutes after each failed try: the later steps of the schedule that Standard Webhooks recommends
/// (spec, “Deliverability and reliability”: 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h), after one minute.
const MINUTES: [u64; 9] = [1, 5, 30, 120, 300, 600, 840, 1200, 1440];

/// Tries until it is given up: over about three days, so that a weekend's outage loses nothing.
pub const ATTEMPTS: u32 = MINUTES.len() as u32 + 1;

/// How long to wait after so many failed tries (1 or more); none when it is time to give up.
pub fn retry_after(attempts: u32) -> Option<Duration> {
    let minutes = MINUTES.get(usize::try_from(attempts.checked_sub(1)?).ok()?)?;
    Some(Duration::from_secs(minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let waits: Vec<u64> = (1..).map_while(retry_after).map(|wait| wait.as_secs() / 60).collect();
        assert_eq!(waits, MINUTES);
        assert_eq!(waits.len() as u32 + 1, ATTEMPTS);
        assert_eq!([retry_after(0), retry_after(u32::MAX)], [None, None]);
    }
}
