//! Passwords: Argon2id with the parameters of OWASP's Password Storage Cheat Sheet (19 MiB, two passes, one lane), and
//! NIST SP 800-63B's rules (length counts, nothing about kinds of characters).

use argon2::password_hash::phc::PasswordHash as Phc;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use rusqlite::OptionalExtension;

use super::Account;
use crate::{Desk, DeskError, Result};

/// Characters of a password, at least.
pub const PASSWORD_LEAST: usize = 12;

/// Characters of a password, at most: hashing more would only cost time.
pub const PASSWORD_MOST: usize = 200;

/// What is verified where there is no such account or no password, so that it takes as long as where there is. The
/// hash of 32 random bytes that nobody kept.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGlzIGhlcmUh$1Cfv0e9b1OrJNbJNAvZYqh0p0T+AMhhMlCHXLUcSRno";

/// The hash of a password, as a PHC string. Prints stars.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(***)")
    }
}

impl PasswordHash {
    /// Hashes a password that somebody chose, with 16 bytes of the system's randomness. Takes some 25 ms and 19 MiB.
    ///
    /// # Errors
    ///
    /// [`DeskError::Wrong`] if it is too short, too long, or too easy to guess.
    pub fn new(password: &str, sign_in: &str, salt: [u8; 16]) -> Result<PasswordHash> {
        check(password, sign_in)?;
        let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
        // Only a lack of memory makes it fail.
        let hash = hash.map_err(|_| DeskError::Wrong("the password could not be hashed; try again".to_owned()))?;
        Ok(PasswordHash(hash.to_string()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

fn check(password: &str, sign_in: &str) -> Result<()> {
    let wrong = |text: String| Err(DeskError::Wrong(text));
    let length = password.chars().count();
    if !(PASSWORD_LEAST..=PASSWORD_MOST).contains(&length) {
        return wrong(format!("a password has {PASSWORD_LEAST} to {PASSWORD_MOST} characters; choose another"));
    }
    let mut characters: Vec<char> = password.chars().collect();
    characters.sort_unstable();
    characters.dedup();
    let lower = password.to_lowercase();
    let is_name = sign_in.len() > 3 && lower.replace(sign_in, "").chars().count() < 6;
    if characters.len() < 5 || is_name || lower.contains("password1234") || lower.starts_with("123456789") {
        return wrong(
            "that password is among the first to be guessed; three or four words that nobody puts together \
                      make a good one"
                .to_owned(),
        );
    }
    Ok(())
}

impl Desk {
    /// The account that this name and password belong to, if they let in. Whatever is wrong with them, the answer is
    /// the same and takes as long.
    pub fn check_password(&self, sign_in: &str, password: &str) -> Result<Option<Account>> {
        let account = self.account_by_name(sign_in)?.filter(|account| account.disabled.is_none());
        let stored = match &account {
            Some(account) => self.read(|connection| {
                let sql = "SELECT password FROM accounts WHERE id = ?1";
                connection.query_row(sql, [account.id], |row| row.get::<_, Option<String>>(0)).optional()
            })?,
            None => None,
        };
        let stored = stored.flatten();
        let fits = verify(stored.as_deref().unwrap_or(NOBODY), password) && stored.is_some();
        Ok(account.filter(|_| fits))
    }

    /// Whether this is the password of an account that is let in.
    pub fn is_password_of(&self, account: i64, password: &str) -> Result<bool> {
        let Some(account) = self.account(account)? else { return Ok(false) };
        Ok(self.check_password(&account.sign_in, password)?.is_some())
    }
}

fn verify(stored: &str, password: &str) -> bool {
    // Nobody has a longer one, and hashing it would cost more than others do.
    let password = if password.chars().nth(PASSWORD_MOST).is_some() { "" } else { password };
    Phc::new(stored).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_easy_to_guess_is_refused() {
        let fine = |password: &str| check(password, "ada.king").is_ok();
        for password in ["harbour otter lantern", "ünïcödé is fine", "aB3$aB3$xy99"] {
            assert!(fine(password), "{password}");
        }
        let long = "ab cd ef".repeat(26);
        for password in ["", "short", "aaaaaaaaaaaaaaaa", "ada.king12345", "Password1234", "1234567890123", &long] {
            assert!(!fine(password), "{password}");
        }
    }

    #[test]
    fn a_hash_says_how_it_was_made_and_prints_stars() {
        let hash = PasswordHash::new("harbour otter lantern", "ada", [7; 16]).unwrap();
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.as_str());
        assert_eq!(format!("{hash:?}"), "PasswordHash(***)");
        assert!(verify(hash.as_str(), "harbour otter lantern"));
        assert!(!verify(hash.as_str(), "harbour otter lanterN"));
        // It takes as long because it is as good a hash as any.
        assert!(Phc::new(NOBODY).unwrap().hash.is_some());
        assert!(!verify(NOBODY, "") && !verify("nonsense", ""));
    }
}
