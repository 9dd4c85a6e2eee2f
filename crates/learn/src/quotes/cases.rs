//! The labelled mails: where each lies and what each of its lines is.
//!
//! A line of `labels.txt` is `path 1-4 own, 6 quote, 9-12 signature`, lines numbered from 1 and both ends
//! included. A path may end in `#html` (the HTML of a mail that has both) or in `#7` (the seventh mail of an
//! mbox). `skip` is for lines that are no part of the text, and for those that two people would not agree on.

use std::path::Path;

use anyhow::{Context, Result, bail};
use mail_parser::MessageParser;
use text::PartKind;

const LABELS: &str = include_str!("labels.txt");

/// One labelled mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its path below the data, with what selects a part of it.
    pub name: String,
    /// Its text.
    pub body: String,
    /// What each line is; `None` where nothing is to be said.
    pub labels: Vec<Option<PartKind>>,
}

impl Case {
    /// Whether it was sent to a list, and is no fixture of a parser.
    pub fn is_list_mail(&self) -> bool {
        !self.name.starts_with("mail/quotes/")
    }
}

/// Whether a case belongs to the part that nothing was fitted to.
pub fn is_test(name: &str) -> bool {
    // FNV-1a, 64 bits (RFC 9923, section 3): the last bits of it depend on every byte.
    let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325, hash);
    (hash >> 32) % 2 == 1
}

/// Every case, in the order of the labels.
pub fn cases(data: &Path) -> Result<Vec<Case>> {
    let lines = LABELS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| case(data, line).with_context(|| format!("in the labels' line `{line}`"))).collect()
}

fn case(data: &Path, line: &str) -> Result<Case> {
    let (name, spans) = line.split_once(' ').context("it has no labels")?;
    let body = body(data, name)?;
    let mut labels = vec![None; body.split_inclusive('\n').count()];
    let mut known = vec![false; labels.len()];
    for span in spans.split(", ") {
        let (range, kind) = span.trim().split_once(' ').context("a span is `1-4 own`")?;
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let (first, last): (usize, usize) = (first.parse()?, last.parse()?);
        let kind = match kind {
            "own" => Some(PartKind::Own),
            "quote" => Some(PartKind::Quote),
            "signature" => Some(PartKind::Signature),
            "skip" => None,
            _ => bail!("`{kind}` is no kind"),
        };
        labels.get_mut(first - 1..last).with_context(|| format!("there are no lines {range}"))?.fill(kind);
        known.get_mut(first - 1..last).context("as above")?.fill(true);
    }
    for (number, text) in body.lines().enumerate() {
        let blank = text.trim().is_empty();
        if blank {
            labels[number] = None;
        } else if !known[number] {
            bail!("line {} has no label", number + 1);
        }
    }
    Ok(Case { name: name.to_owned(), body, labels })
}

/// The text of what a name names.
pub fn body(data: &Path, name: &str) -> Result<String> {
    let (path, part) = name.split_once('#').unwrap_or((name, ""));
    let bytes = std::fs::read(data.join(path)).with_context(|| format!("{path} cannot be read"))?;
    let html = |bytes: &[u8]| text::html_to_text(&String::from_utf8_lossy(bytes));
    Ok(match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => html(&bytes),
        Some("eml") => mail(&bytes, part == "html")?,
        _ => match part.parse::<usize>() {
            Ok(number) => mail(envelope(&bytes, number).context("the mbox has fewer mails")?, false)?,
            Err(_) => without_marks(&String::from_utf8_lossy(&bytes)),
        },
    })
}

fn mail(bytes: &[u8], html: bool) -> Result<String> {
    let mail = MessageParser::default().parse(bytes).context("it is no mail")?;
    let text = if html { mail.body_html(0).map(|html| text::html_to_text(&html).into()) } else { mail.body_text(0) };
    // Mailbox files escape a line that begins with `From `.
    Ok(text.context("it has no text")?.replace("\r\n", "\n").replace("\n>From ", "\nFrom "))
}

/// One of an mbox's mails, counted from 1.
fn envelope(bytes: &[u8], number: usize) -> Option<&[u8]> {
    let begins = |at: &usize| bytes[*at..].starts_with(b"From ") && (*at == 0 || bytes[..*at].ends_with(b"\n\n"));
    let mut begins = (0..bytes.len()).filter(begins).skip(number - 1);
    let begin = begins.next()?;
    let end = begins.next().unwrap_or(bytes.len());
    let line = bytes[begin..end].iter().position(|byte| *byte == b'\n')?;
    Some(&bytes[begin + line + 1..end])
}

/// Talon's labels within its own texts and the header above them are taken out; ours say the same.
fn without_marks(text: &str) -> String {
    let header = |line: &&str| ["From: ", "Subject: ", "Date: "].iter().any(|name| line.starts_with(name));
    let bare = |line: &'_ str| {
        let line = line.strip_prefix("#reply#").or_else(|| line.strip_prefix("#sig#")).unwrap_or(line);
        line.to_owned()
    };
    text.split_inclusive('\n').skip_while(header).map(bare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_of_an_mbox_is_found() {
        let mbox = b"From a\nA: 1\n\none\nFrom here\n\nFrom b\nB: 2\n\ntwo\n";
        assert_eq!(envelope(mbox, 1), Some(&b"A: 1\n\none\nFrom here\n\n"[..]));
        assert_eq!(envelope(mbox, 2), Some(&b"B: 2\n\ntwo\n"[..]));
        assert_eq!(envelope(mbox, 3), None);
    }

    #[test]
    fn labels_are_well_formed_and_halved() {
        let names: Vec<_> = LABELS.lines().filter_map(|line| line.split_once(' ')).map(|(name, _)| name).collect();
        let test = names.iter().filter(|name| is_test(name)).count();
        assert!(names.len() / 3 < test && test < names.len() * 2 / 3, "{test} of {}", names.len());
    }
}
