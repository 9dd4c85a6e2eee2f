//! Which part of labelled data a text belongs to.

use text::linear::{HASH_OF_NOTHING, hash};

/// Parts of every set of labelled texts. Part [`TEST`] is never fitted to.
pub const PARTS: u64 = 5;
/// The part that is measured on.
pub const TEST: u64 = 0;

/// The part of a text: its letters and digits in lower case, hashed, so that one text labelled twice is in one part
/// however it is spaced.
pub fn part(text: &str) -> u64 {
    let mut encoded = [0; 4];
    let letters = text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric());
    let hashed = letters.fold(HASH_OF_NOTHING, |begun, c| hash(begun, c.encode_utf8(&mut encoded).as_bytes()));
    (hashed >> 32) % PARTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_case_do_not_matter() {
        assert_eq!(part("It works."), part(" it\nWORKS!"));
        let test = (0..1000).filter(|number| part(&format!("text {number}")) == TEST).count();
        assert!((150..250).contains(&test));
    }
}
