//! Dates in file names and in lines, however they are written.

use jiff::civil::Date;

/// Years that a chat log can be of: IRC began in 1988.
const YEARS: std::ops::Range<i16> = 1988..2100;
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The last date in a file's relative name: `2018-01-02`, `2018_01_02`, `2018.01.02`, `2018/01/02`, `20180102`.
pub fn in_name(name: &str) -> Option<Date> {
    let bytes = name.as_bytes();
    (0..bytes.len()).rev().find_map(|at| {
        let begins = at == 0 || !bytes[at - 1].is_ascii_digit();
        let rest = &bytes[at..];
        let (date, length) = begins.then(|| separated(rest).or_else(|| compact(rest))).flatten()?;
        rest.get(length).is_none_or(|next| !next.is_ascii_digit()).then_some(date)
    })
}

/// `2018-01-02` or with another separator, and its length.
fn separated(bytes: &[u8]) -> Option<(Date, usize)> {
    let separator = *bytes.get(4)?;
    let fits = b"-_./".contains(&separator) && bytes.get(7) == Some(&separator);
    fits.then(|| date(bytes, 0, 5, 8)).flatten().map(|date| (date, 10))
}

fn compact(bytes: &[u8]) -> Option<(Date, usize)> {
    date(bytes, 0, 4, 6).map(|date| (date, 8))
}

/// The date at the beginning of `bytes`, as `2018-01-02`.
pub fn iso(bytes: &[u8]) -> Option<Date> {
    (bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-')).then(|| date(bytes, 0, 5, 8)).flatten()
}

fn date(bytes: &[u8], year: usize, month: usize, day: usize) -> Option<Date> {
    let year = number(bytes.get(year..year + 4)?)?;
    let (month, day) = (number(bytes.get(month..month + 2)?)?, number(bytes.get(day..day + 2)?)?);
    checked(year, month, day)
}

fn checked(year: i16, month: i16, day: i16) -> Option<Date> {
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    YEARS.contains(&year).then_some(date)
}

/// The number that all of `digits` spell; `None` if one is none.
pub fn number(digits: &[u8]) -> Option<i16> {
    digits.iter().try_fold(0i16, |sum, digit| {
        let digit = digit.is_ascii_digit().then(|| i16::from(digit - b'0'))?;
        sum.checked_mul(10)?.checked_add(digit)
    })
}

/// A date as C's `ctime` writes it, with a time or without, and the second of that day:
/// `Tue Jan 02 12:34:56 2018`, `Tue Jan  2 2018`.
pub fn spelled(text: &[u8]) -> Option<(Date, Option<u32>)> {
    let text = std::str::from_utf8(text).ok()?;
    let mut words = text.split_ascii_whitespace().peekable();
    let _weekday = words.next()?;
    let name = words.next()?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|month| name.starts_with(month))? as i16 + 1;
    let day = number(words.next()?.as_bytes())?;
    let second = words.next_if(|word| word.contains(':')).and_then(|word| time(word.as_bytes()));
    let year = number(words.next()?.as_bytes())?;
    Some((checked(year, month, day)?, second.map(|(second, _)| second)))
}

/// A time of day at the beginning of `bytes`, `12:34` or `12:34:56`, as a second of the day, and its length.
pub fn time(bytes: &[u8]) -> Option<(u32, usize)> {
    let part =
        |at: usize, below: i16| number(bytes.get(at..at + 2)?).filter(|part| *part < below).map(|part| part as u32);
    let (hour, minute) = (part(0, 24)?, part(3, 60)?);
    if bytes.get(2) != Some(&b':') {
        return None;
    }
    let minutes = (hour * 60 + minute) * 60;
    // A leap second is the last of its minute.
    match (bytes.get(5), part(6, 61)) {
        (Some(b':'), Some(second)) => Some((minutes + second.min(59), 8)),
        _ => Some((minutes, 5)),
    }
}
