//! Instants, as the tables hold them.

/// Microseconds since 1970-01-01T00:00:00Z (UTC, leap seconds smeared away as POSIX does).
pub type Timestamp = i64;

/// One second in the unit of [`Timestamp`].
pub const SECOND: Timestamp = 1_000_000;
/// One day in the unit of [`Timestamp`].
pub const DAY: Timestamp = 86_400 * SECOND;

/// The earliest instant a message may claim: 1971-01-01. Nobody's archive is older than the first
/// network mail (1971); what claims to be is a clock that was never set (the epoch itself) or a typo.
pub const EARLIEST: Timestamp = 365 * DAY;

/// Whether `time` can be when something was said, given an upper bound (when it was collected, plus
/// a day for clocks and zones that are off).
pub fn is_plausible(time: Timestamp, collected: Timestamp) -> bool {
    (EARLIEST..=collected.saturating_add(DAY)).contains(&time)
}

/// The UTC month of an instant as `YYYY-MM`, the name of a partition. Out-of-range instants give the
/// month of the epoch.
pub fn month(time: Timestamp) -> String {
    let moment = jiff::Timestamp::from_microsecond(time).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let date = moment.to_zoned(jiff::tz::TimeZone::UTC);
    format!("{:04}-{:02}", date.year(), date.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_bounds() {
        assert_eq!(month(0), "1970-01");
        assert_eq!(month(1_583_020_799 * SECOND), "2020-02");
        assert_eq!(month(1_583_020_800 * SECOND), "2020-03");
        assert_eq!(month(i64::MAX), "1970-01");
        assert!(!is_plausible(-785_000_000 * SECOND, 1_600_000_000 * SECOND));
        assert!(!is_plausible(4_102_444_800 * SECOND, 1_600_000_000 * SECOND));
    }
}
