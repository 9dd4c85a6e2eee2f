//! Numbers as spreadsheets write them.

/// What separates the whole from its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    /// Found out from the value: of `.` and `,` the last one, and a lone `,` before three digits is none.
    Told,
    /// Always this one; the other is left out.
    Is(char),
}

/// A number, and whether a percent sign stood behind it. `Ok(None)` for what stands for nothing: an
/// empty cell, `-`, `n/a`. `Err` for what is no number.
pub fn number(text: &str, decimal: Decimal) -> Result<Option<(f64, bool)>, &'static str> {
    let text = text.trim();
    if is_nothing(text) {
        return Ok(None);
    }
    let (text, percent) = match text.strip_suffix('%') {
        Some(text) => (text.trim_end(), true),
        None => (text, false),
    };
    let mark = match decimal {
        Decimal::Is(mark) => mark,
        Decimal::Told => told(text),
    };
    let mut plain = String::with_capacity(text.len());
    for found in text.chars() {
        match found {
            found if found == mark => plain.push('.'),
            '0'..='9' | '-' | '+' | 'e' | 'E' => plain.push(found),
            '\u{2212}' => plain.push('-'),
            // Thousands: a point or comma that is not the mark, spaces of any width, the Swiss apostrophe.
            '.' | ',' | '\'' | '\u{2019}' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => {}
            _ => return Err("is no number"),
        }
    }
    let value: f64 = plain.parse().map_err(|_| "is no number")?;
    if value.is_finite() { Ok(Some((value, percent))) } else { Err("is no number") }
}

fn is_nothing(text: &str) -> bool {
    ["", "-", "–", "—", "n/a", "na", "nan", "null", "none"].iter().any(|nothing| text.eq_ignore_ascii_case(nothing))
}

fn told(text: &str) -> char {
    match (text.rfind('.'), text.rfind(',')) {
        (Some(point), Some(comma)) => match point < comma {
            true => ',',
            false => '.',
        },
        (None, Some(comma)) => {
            let after = text.len() - comma - 1;
            let thousands = text.matches(',').count() > 1 || after == 3 && comma > 0 && comma <= 4;
            if thousands { '.' } else { ',' }
        }
        // Two points can only part thousands.
        (Some(_), None) if text.matches('.').count() > 1 => ',',
        _ => '.',
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: f64) {
        assert_eq!(number(text, Decimal::Told), Ok(Some((expected, text.contains('%')))), "{text}");
    }

    #[test]
    fn numbers_of_two_worlds() {
        check("12", 12.0);
        check(" -1.5 ", -1.5);
        check("1,234", 1234.0);
        check("1.234", 1.234);
        check("1,5", 1.5);
        check("1.234,5", 1234.5);
        check("1,234.5", 1234.5);
        check("1,234,567", 1_234_567.0);
        check("1.234.567", 1_234_567.0);
        check("1 234,5", 1234.5);
        check("1\u{202f}234", 1234.0);
        check("1'234.50", 1234.5);
        check("12%", 12.0);
        check("1,2 %", 1.2);
        check("1e3", 1000.0);
        check("−7", -7.0);
        assert_eq!(number("1.234", Decimal::Is(',')), Ok(Some((1234.0, false))));
        assert_eq!(number("1,234", Decimal::Is(',')), Ok(Some((1.234, false))));
    }

    #[test]
    fn nothing_and_no_number() {
        for text in ["", " ", "-", "n/a", "NULL", "NaN"] {
            assert_eq!(number(text, Decimal::Told), Ok(None), "{text}");
        }
        for text in ["x", "1.1K", "12 people", "%", "1-2", "e", ".", "inf", "1e999"] {
            assert_eq!(number(text, Decimal::Told), Err("is no number"), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[0-9.,%' eE+-]{0,12}|.{0,8}") {
            let _ = number(&text, Decimal::Told);
        }

        #[test]
        fn what_is_written_is_read(value in -1_000_000_000_i64..1_000_000_000) {
            prop_assert_eq!(number(&value.to_string(), Decimal::Told), Ok(Some((value as f64, false))));
        }
    }
}
