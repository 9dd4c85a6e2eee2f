//! What numbers are in, and how they are said: short beside an axis, longer where somebody points.

/// Hours of a year, of 365 days.
const YEAR: f64 = 8_760.0;

/// What the numbers of a chart are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    /// How many: whole numbers.
    #[default]
    Count,
    /// A part of a whole, 0 to 1, shown in percent.
    Share,
    /// A length of time in hours.
    Hours,
    /// Any other number.
    Number,
}

impl Unit {
    /// For an axis: `1.2k`, `75%`, `6 h`.
    pub(crate) fn short(self, value: f64) -> String {
        match self {
            Unit::Count | Unit::Number => abbreviated(value),
            Unit::Share => format!("{}%", plain(value * 100.0, 1)),
            Unit::Hours => match value.abs() {
                0.0 => "0".to_owned(),
                hours if hours < 1.0 => format!("{} min", plain(value * 60.0, 0)),
                hours if hours < 48.0 => format!("{} h", plain(value, 1)),
                hours if hours < YEAR => format!("{} d", plain(value / 24.0, 0)),
                _ => format!("{} y", plain(value / YEAR, 1)),
            },
        }
    }

    /// For whoever points at it: `1,204`, `75.4%`, `5.5 hours`.
    pub fn long(self, value: f64) -> String {
        match self {
            Unit::Count => grouped(value.round()),
            Unit::Number => plain(value, 2),
            Unit::Share => format!("{}%", plain(value * 100.0, if value.abs() < 0.1 { 1 } else { 0 })),
            Unit::Hours => match value.abs() {
                hours if hours * 60.0 < 1.0 => "under a minute".to_owned(),
                hours if hours < 1.0 => with_word(value * 60.0, 0, "minute"),
                hours if hours < 48.0 => with_word(value, 1, "hour"),
                hours if hours < 2.0 * YEAR => with_word(value / 24.0, 1, "day"),
                _ => with_word(value / YEAR, 1, "year"),
            },
        }
    }
}

fn with_word(value: f64, places: usize, word: &str) -> String {
    let number = plain(value, places);
    let plural = if number == "1" { "" } else { "s" };
    format!("{number} {word}{plural}")
}

/// At most so many places behind the point, without zeros at the end and without a minus before nothing.
fn plain(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn abbreviated(value: f64) -> String {
    const STEPS: [(f64, &str); 5] = [(1e15, "e15"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];
    match STEPS.iter().find(|(from, _)| value.abs() >= *from) {
        Some((from, letter)) => plain(value / from, 1) + letter,
        None => plain(value, 2),
    }
}

/// A whole number with its thousands set apart.
fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut out = String::from(if value < 0.0 && digits != "0" { "-" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_say_them() {
        let check = |unit: Unit, value: f64, short: &str, long: &str| {
            assert_eq!((unit.short(value).as_str(), unit.long(value).as_str()), (short, long));
        };
        check(Unit::Count, 0.0, "0", "0");
        check(Unit::Count, 1_204.0, "1.2k", "1,204");
        check(Unit::Count, -2_500_000.0, "-2.5M", "-2,500,000");
        check(Unit::Number, -0.25, "-0.25", "-0.25");
        check(Unit::Share, 0.754, "75.4%", "75%");
        check(Unit::Share, 0.034, "3.4%", "3.4%");
        check(Unit::Hours, 0.25, "15 min", "15 minutes");
        check(Unit::Hours, 1.0, "1 h", "1 hour");
        check(Unit::Hours, 5.5, "5.5 h", "5.5 hours");
        check(Unit::Hours, 100.0, "4 d", "4.2 days");
        check(Unit::Hours, 21_900.0, "2.5 y", "2.5 years");
        check(Unit::Hours, 0.0, "0", "under a minute");
    }
}
