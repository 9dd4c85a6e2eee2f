//! Hashes by which somebody is recognized who was erased: nobody can be read from them.

/// The hash of one id, address, account or nick, under a random key.
pub type Mark = [u8; 16];

/// What a mark is of: the same text as an address and as a nick are two things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Of {
    /// An identity's id.
    Id = 0,
    /// A mail address.
    Address = 1,
    /// An account as other sources see it too: `SITE/NAME`.
    Account = 2,
    /// A nick, or an account's name.
    Nick = 3,
}

/// The mark of a text, whatever the case of its letters.
pub fn mark(key: &[u8; 32], of: Of, text: &str) -> Mark {
    let mut hasher = blake3::Hasher::new_keyed(key);
    hasher.update(&[of as u8]);
    hasher.update(text.to_lowercase().as_bytes());
    let mut mark = Mark::default();
    hasher.finalize_xof().fill(&mut mark);
    mark
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_of_one_text_of_one_sort_under_one_key() {
        let of = |key: u8, of, text| mark(&[key; 32], of, text);
        assert_eq!(of(1, Of::Nick, "Ada"), of(1, Of::Nick, "ada"));
        for other in [of(2, Of::Nick, "ada"), of(1, Of::Account, "ada"), of(1, Of::Nick, "ad")] {
            assert_ne!(of(1, Of::Nick, "ada"), other);
        }
    }
}
