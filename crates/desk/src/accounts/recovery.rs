//! Recovery codes: let in once each, for whoever lost what makes the second factor's codes.
//!
//! Each is 80 random bits, so that a plain hash of it is enough.

use model::Timestamp;
use rusqlite::{Transaction, params};
use totp_rs::Secret;

use super::{by_id, note};
use crate::pen::Halt;
use crate::{Desk, Result};

/// How many codes somebody has.
pub const RECOVERY_CODES: usize = 10;

/// Bytes of randomness of one code.
const EACH: usize = 10;

/// Bytes of the system's randomness for all of them.
pub(super) const RANDOM: usize = RECOVERY_CODES * EACH;

impl Desk {
    /// Makes other recovery codes of the system's randomness; those of before are worth nothing any more. The new ones
    /// cannot be had again.
    pub fn new_recovery_codes(&mut self, account: i64, at: Timestamp, random: [u8; RANDOM]) -> Result<Vec<String>> {
        self.write(|transaction| {
            let owner = by_id(transaction, account)?.filter(|account| account.has_factor);
            let owner = owner.ok_or_else(|| Halt::wrong("recovery codes need a second factor; set it up first"))?;
            note(transaction, at, &owner.name, "made other recovery codes", &owner.name)?;
            Ok(make(transaction, account, random)?)
        })
    }

    /// Whether this is one of the account's codes that was not used before. It is used up by asking.
    pub fn use_recovery_code(&mut self, account: i64, code: &str, at: Timestamp) -> Result<bool> {
        let Some(code) = plain(code) else { return Ok(false) };
        self.write(|transaction| {
            let sql = "UPDATE recovery_codes SET used = ?3 WHERE account = ?1 AND hash = ?2 AND used IS NULL";
            let used = transaction.execute(sql, params![account, hash(&code), at])? > 0;
            if let Some(account) = by_id(transaction, account)?.filter(|_| used) {
                note(transaction, at, &account.name, "signed in with a recovery code", &account.name)?;
            }
            Ok(used)
        })
    }
}

/// Puts new codes in place of all there are.
pub(super) fn make(transaction: &Transaction<'_>, account: i64, random: [u8; RANDOM]) -> rusqlite::Result<Vec<String>> {
    transaction.execute("DELETE FROM recovery_codes WHERE account = ?1", [account])?;
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for part in random.chunks_exact(EACH) {
        let code = Secret::from(part.to_vec()).to_base32().to_lowercase();
        transaction
            .execute("INSERT INTO recovery_codes (account, hash) VALUES (?1, ?2)", params![account, hash(&code)])?;
        codes.push(grouped(&code));
    }
    Ok(codes)
}

fn hash(code: &str) -> String {
    blake3::hash(code.as_bytes()).to_hex().to_string()
}

/// `abcd-efgh-jklm-nopq`.
fn grouped(code: &str) -> String {
    let characters: Vec<char> = code.chars().collect();
    characters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// A code without what people put between its letters; `None` for what is none.
fn plain(text: &str) -> Option<String> {
    // The alphabet of base 32 has neither: whoever types them means these.
    let letter = |c: char| match c.to_ascii_lowercase() {
        '0' => 'o',
        '1' => 'l',
        c => c,
    };
    let kept = text.chars().take(100).filter(|c| !c.is_whitespace() && *c != '-').map(letter);
    let code: String = kept.collect();
    (code.len() == 16 && code.chars().all(|c| c.is_ascii_alphanumeric())).then_some(code)
}
