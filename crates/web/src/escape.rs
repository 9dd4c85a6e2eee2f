//! The one way in which text gets into a page: harmless as HTML, and showing what is there.
//!
//! `askama.toml` puts every expression of every template through [`Shown`], so that no page can
//! forget it. Messages are written by anybody; a page must stay a page whatever they hold.

use std::fmt::{self, Write};

/// Escapes for HTML text and quoted attributes (the five characters of the HTML standard, 13.1.4 and
/// OWASP's rule 1), and defuses characters that make a reader see what is not there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown;

impl askama::filters::Escaper for Shown {
    fn write_escaped_str<W: Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        let mut clean = 0;
        for (at, c) in text.char_indices() {
            let Some(instead) = instead_of(c) else { continue };
            dest.write_str(&text[clean..at])?;
            dest.write_str(instead)?;
            clean = at + c.len_utf8();
        }
        dest.write_str(&text[clean..])
    }
}

/// What to write in place of `c`, if not itself.
fn instead_of(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        '\t' | '\n' => return None,
        '\r' => "",
        // Embeddings, overrides and isolates of the bidirectional algorithm (UAX #9, 2.1 to 2.4): an
        // override turns `gnp.exe` into `exe.png`. Right-to-left writing needs none of them.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "",
        c if c.is_control() => "\u{fffd}",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use askama::filters::Escaper;
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> String {
        let mut out = String::new();
        Shown.write_escaped_str(&mut out, text).unwrap();
        out
    }

    #[test]
    fn hostile_text_is_harmless() {
        let check = |input: &str, expected: &str| assert_eq!(shown(input), expected);
        check(
            "<script>alert('x' & \"y\")</script>",
            "&lt;script&gt;alert(&#39;x&#39; &amp; &quot;y&quot;)&lt;/script&gt;",
        );
        check("nul\0 bell\x07 esc\x1b[31m", "nul\u{fffd} bell\u{fffd} esc\u{fffd}[31m");
        check("photo\u{202e}gnp.exe\u{2066}", "photognp.exe");
        check("two\r\nlines\tand tab", "two\nlines\tand tab");
        check("שלום, عالم, 世界, 👩🏽‍💻", "שלום, عالم, 世界, 👩🏽‍💻");
        check("", "");
    }

    proptest! {
        #[test]
        fn nothing_dangerous_is_left(text in any::<String>()) {
            let out = shown(&text);
            let dangerous = |c: char| "<>\"'".contains(c) || (c.is_control() && c != '\n' && c != '\t');
            prop_assert!(!out.contains(dangerous), "{out:?}");
        }
    }
}
