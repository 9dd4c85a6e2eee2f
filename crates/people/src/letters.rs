//! Letters without what differs from writer to writer: case, marks, ligatures.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer names are cut: nobody is called so, and time stays linear.
const LONGEST: usize = 120;

/// Lower case, without marks; of scripts that have neither, as it is. At most 120 letters.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(LONGEST));
    let bare = text.chars().take(LONGEST).nfkd().filter(|letter| !is_combining_mark(*letter));
    for letter in bare.nfc().take(2 * LONGEST) {
        match letter {
            'ß' | 'ẞ' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'þ' | 'Þ' => out.push_str("th"),
            'ı' => out.push('i'),
            letter => out.extend(letter.to_lowercase().filter(|letter| !is_combining_mark(*letter))),
        }
    }
    out
}

/// How many letters a text has.
pub(crate) fn count(text: &str) -> usize {
    text.chars().count()
}

/// The first letter, as text.
pub(crate) fn initial(text: &str) -> &str {
    text.char_indices().nth(1).map_or(text, |(end, _)| &text[..end])
}

/// Whether one letter is a whole syllable or word: then two of them are a full name.
pub(crate) fn is_ideographic(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_case_go() {
        for (text, expected) in [
            ("Łukasz Żółć", "lukasz zolc"),
            ("STRAßE", "strasse"),
            ("Åsa Ærø", "asa aero"),
            ("İpek", "ipek"),
            ("Нина", "нина"),
        ] {
            assert_eq!(plain(text), expected);
        }
        assert_eq!((initial("éa"), initial(""), initial("x")), ("é", "", "x"));
    }
}
