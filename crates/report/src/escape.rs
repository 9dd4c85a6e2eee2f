//! What strangers wrote, made harmless in Markdown.

/// Characters that mean something to Markdown anywhere in a line (CommonMark 0.31, section 2.4, and tables).
const SPECIAL: &[char] = &['\\', '`', '*', '_', '[', ']', '<', '>', '&', '#', '~', '|'];

/// A text on one line of at most 300 characters, with nothing in it that Markdown would obey, and no mail address.
pub fn markdown(text: &str) -> String {
    let line = notify::one_line(text);
    let line = text::without_addresses(&line);
    let mut out = String::with_capacity(line.len() + 8);
    // What begins a list, a heading or a line of its own does so only at the beginning.
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    for (at, c) in line.chars().enumerate() {
        // A number with a point is a list only if nothing follows the point at once: 5.7 is none.
        let numbers = at == digits
            && digits > 0
            && matches!(c, '.' | ')')
            && line.chars().nth(at + 1).is_none_or(char::is_whitespace);
        let begins = at == 0 && matches!(c, '-' | '+' | '=' | ':') || numbers;
        if begins || SPECIAL.contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Words that are made harmless at a time, so that none is cut.
const WORDS: usize = 30;

/// As [`markdown`], however long the text is: one paragraph.
pub fn whole(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.chunks(WORDS).map(|words| markdown(&words.join(" "))).collect::<Vec<_>>().join(" ")
}

/// As [`whole`], with the text's paragraphs kept apart.
pub fn prose(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let paragraphs = text.split("\n\n").map(whole).filter(|paragraph| !paragraph.is_empty());
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    fn check(text: &str, expected: &str) {
        assert_eq!(markdown(text), expected);
    }

    #[test]
    fn names_are_only_names() {
        check("Ada Lovelace", "Ada Lovelace");
        check("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))");
        check("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>");
        check("a\r\n# Heading", "a \\# Heading");
        check("1. one", "1\\. one");
        check("5.7 hours", "5.7 hours");
        check("- point", "\\- point");
        check("a|b", "a\\|b");
        check("ada@example.org", "(address)");
        check("\u{202e}gpj.exe", "gpj.exe");
    }

    #[test]
    fn longer_texts_keep_their_paragraphs() {
        let text = "We moved.\r\n\r\n# It *works*\n- yes";
        assert_eq!(prose(text), "We moved.\n\n\\# It \\*works\\* - yes");
        assert_eq!(whole(text), "We moved. \\# It \\*works\\* - yes");
        let long = "word ".repeat(100);
        assert_eq!(prose(&long).split_whitespace().count(), 100);
        assert_eq!(Document::read(&prose(&long)).blocks.len(), 1);
    }

    proptest::proptest! {
        /// Whatever the text, the document has one paragraph that says the same in plain words.
        #[test]
        fn nothing_is_obeyed(text in "(?s)[-+=:#>*_`~!\\[\\]()<>&|\\\\0-9.) a-zé\n\t\"'/;@]{1,60}") {
            let escaped = markdown(&text);
            let read = Document::read(&format!("x {escaped}"));
            let said = format!("x {}", text::without_addresses(&notify::one_line(&text)));
            assert_eq!(read.plain().trim(), said.trim());
            let alone = Document::read(&escaped);
            assert!(alone.blocks.len() <= 1, "{alone:?}");
            assert_eq!(alone.plain().trim(), said.strip_prefix("x ").unwrap_or_default().trim());
        }
    }
}
