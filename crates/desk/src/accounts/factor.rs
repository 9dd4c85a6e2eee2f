//! The second factor: one-time codes by time (RFC 6238, SHA-1, six digits, 30 seconds: what every app understands).
//!
//! A code counts once (section 5.2): the desk remembers the step of the latest one and takes only later ones. One step
//! before and after now counts too, for clocks that are off.

use model::Timestamp;
use model::time::SECOND;
use rusqlite::{Connection, OptionalExtension, params};
use totp_rs::{Builder, Totp};

use super::{by_id, note, recovery};
use crate::pen::Halt;
use crate::{Desk, Result};

/// Seconds for which one code stands.
pub const FACTOR_STEP: u64 = 30;

/// A second factor that waits for its first code.
#[derive(Clone, PartialEq, Eq)]
pub struct Begun {
    /// The secret in base 32, to be typed into an app.
    pub secret: String,
    /// The same as an `otpauth:` address, to be scanned.
    pub address: String,
}

impl std::fmt::Debug for Begun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Begun(***)")
    }
}

impl Desk {
    /// Begins to set up a second factor with 20 bytes of the system's randomness (RFC 4226, section 4); one that was
    /// begun before is forgotten. It counts from [`Desk::confirm_factor`] on.
    pub fn begin_factor(&mut self, account: i64, random: [u8; 20]) -> Result<()> {
        let sql = "UPDATE accounts SET factor_begun = ?2 WHERE id = ?1";
        self.write(|transaction| Ok(transaction.execute(sql, params![account, random]).map(drop)?))
    }

    /// What was begun, to be shown to its owner as `issuer`'s; `None` if nothing was.
    pub fn begun_factor(&self, account: i64, issuer: &str) -> Result<Option<Begun>> {
        let found = self.read(|connection| {
            let sign_in = by_id(connection, account)?.map(|account| account.sign_in);
            Ok(sign_in.zip(secret(connection, "factor_begun", account)?))
        })?;
        let Some((sign_in, secret)) = found else { return Ok(None) };
        // A colon would end the issuer's name.
        let issuer: String = issuer.chars().filter(|c| *c != ':' && !c.is_control()).take(60).collect();
        let builder = Builder::new().with_secret(secret).with_account_name(sign_in).with_issuer(Some(issuer));
        let totp = builder.build_noncompliant();
        Ok(totp.to_url().ok().map(|address| Begun { secret: totp.secret().to_base32(), address }))
    }

    /// Turns the second factor on if `code` is right: from now on it is asked for. Gives the recovery codes, made of
    /// `random`, which cannot be had again; `None` if the code is wrong.
    pub fn confirm_factor(
        &mut self,
        account: i64,
        code: &str,
        at: Timestamp,
        random: [u8; recovery::RANDOM],
    ) -> Result<Option<Vec<String>>> {
        self.write(|transaction| {
            let Some(secret) = secret(transaction, "factor_begun", account)? else {
                return Err(Halt::wrong("no second factor was begun; begin again"));
            };
            let Some(step) = step_of(&secret, code, at, None) else { return Ok(None) };
            let sql = "UPDATE accounts SET factor = factor_begun, factor_begun = NULL, factor_step = ?2 WHERE id = ?1";
            transaction.execute(sql, params![account, step])?;
            let codes = recovery::make(transaction, account, random)?;
            if let Some(account) = by_id(transaction, account)? {
                note(transaction, at, &account.name, "turned their second factor on", &account.name)?;
            }
            Ok(Some(codes))
        })
    }

    /// Whether this is a code of the account that was not used before. It is used up by asking.
    pub fn use_factor(&mut self, account: i64, code: &str, at: Timestamp) -> Result<bool> {
        self.write(|transaction| {
            let Some(secret) = secret(transaction, "factor", account)? else { return Ok(false) };
            let sql = "SELECT factor_step FROM accounts WHERE id = ?1";
            let last: Option<i64> = transaction.query_row(sql, [account], |row| row.get(0))?;
            let Some(step) = step_of(&secret, code, at, last) else { return Ok(false) };
            transaction.execute("UPDATE accounts SET factor_step = ?2 WHERE id = ?1", params![account, step])?;
            Ok(true)
        })
    }

    /// Turns the second factor off, with its recovery codes. False if it was off.
    pub fn turn_factor_off(&mut self, account: i64, who: &str, at: Timestamp) -> Result<bool> {
        self.write(|transaction| {
            let sql = "UPDATE accounts SET factor = NULL, factor_begun = NULL WHERE id = ?1 AND factor IS NOT NULL";
            let was_on = transaction.execute(sql, [account])? > 0;
            transaction.execute("DELETE FROM recovery_codes WHERE account = ?1", [account])?;
            if let Some(account) = by_id(transaction, account)?.filter(|_| was_on) {
                note(transaction, at, who, "turned the second factor off", &account.name)?;
            }
            Ok(was_on)
        })
    }
}

fn secret(connection: &Connection, column: &'static str, account: i64) -> rusqlite::Result<Option<Vec<u8>>> {
    let sql = format!("SELECT {column} FROM accounts WHERE id = ?1 AND disabled IS NULL");
    let secret = connection.query_row(&sql, [account], |row| row.get::<_, Option<Vec<u8>>>(0));
    secret.optional().map(Option::flatten)
}

/// The step that a code belongs to, if it is right at the time `at` and later than `last`. Blanks in it do not count.
fn step_of(secret: &[u8], code: &str, at: Timestamp, last: Option<i64>) -> Option<i64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).take(12).collect();
    let seconds = u64::try_from(at.div_euclid(SECOND)).ok()?;
    let totp: Totp = Builder::new().with_secret(secret.to_vec()).with_step_duration(FACTOR_STEP).build_noncompliant();
    let step = i64::try_from(totp.check(&code, seconds)?).ok()?;
    last.is_none_or(|last| step > last).then_some(step)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// RFC 6238, appendix B, cut to six digits.
    #[test]
    fn codes_of_the_standard() {
        let check = |seconds: i64, code: &str| {
            let step = step_of(b"12345678901234567890", code, seconds * SECOND, None);
            assert_eq!(step, Some(seconds / 30), "{seconds}");
        };
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (2_000_000_000, "279037")]
        {
            check(seconds, code);
        }
        check(59, " 287 082 ");
    }

    #[test]
    fn one_step_before_and_after_counts_and_each_once() {
        let step = |seconds: i64, last| step_of(b"12345678901234567890", "287082", seconds * SECOND, last);
        let found: Vec<Option<i64>> = [29, 30, 60, 89, 90].map(|seconds| step(seconds, None)).into();
        assert_eq!(found, [Some(1), Some(1), Some(1), Some(1), None]);
        assert_eq!((step(59, Some(0)), step(59, Some(1)), step(59, Some(2))), (Some(1), None, None));
        assert_eq!(step(-1, None), None);
    }

    proptest! {
        #[test]
        fn any_text_is_no_reason_to_fall_over(text in any::<String>(), at in any::<i64>()) {
            let _ = step_of(b"12345678901234567890", &text, at, None);
        }
    }
}
