//! A document as a mail: multipart/alternative, with the pictures that its HTML shows (RFC 2046, RFC 2387).

use jiff::Timestamp;
use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message as Mail, MultiPart, SinglePart};

use crate::{Failure, one_line};

/// A document to be sent to one person at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The same for every try to send it, and no other letter's: letters, digits and `-` only.
    pub id: String,
    /// When it was put together.
    pub at: Timestamp,
    /// What it is about, on one line.
    pub subject: String,
    /// For those who read no HTML.
    pub plain: String,
    /// A whole HTML document; pictures by `cid:` and their id.
    pub html: String,
    /// The pictures.
    pub pictures: Vec<Picture>,
}

/// A picture beside a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its content id: letters, digits, `-`, `.` and `@`.
    pub id: String,
    /// The PNG.
    pub png: Vec<u8>,
}

/// Stands where a draft has no sender or reader yet; taken out again before anybody sees it.
const NOBODY: &str = "nobody@example.invalid";

impl Letter {
    /// A file that mail programs open as a draft: without sender and reader.
    ///
    /// # Errors
    ///
    /// If it cannot be put together.
    pub fn draft(&self) -> Result<Vec<u8>, Failure> {
        let nobody: Address = NOBODY.parse().map_err(|_| broken())?;
        let mut mail = self.mail(&Mailbox::new(None, nobody.clone()), &nobody)?;
        for name in ["From", "To", "Message-ID"] {
            mail.headers_mut().remove_raw(name);
        }
        // What Outlook and Thunderbird know a draft by.
        mail.headers_mut().insert_raw(HeaderValue::new(HeaderName::new_from_ascii_str("X-Unsent"), "1".to_owned()));
        Ok(mail.formatted())
    }

    /// The same letter to the same reader gives the same mail.
    pub(crate) fn mail(&self, from: &Mailbox, to: &Address) -> Result<Mail, Failure> {
        let seconds = u64::try_from(self.at.as_second()).unwrap_or_default();
        let date = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
        let plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
        let id: String = self.id.chars().filter(plain).collect();
        let related = self.pictures.iter().try_fold(
            MultiPart::related().singlepart(SinglePart::html(self.html.clone())),
            |part, picture| {
                let fine = |c: &char| plain(c) || matches!(c, '.' | '@');
                let id: String = picture.id.chars().filter(fine).collect();
                let kind = ContentType::parse("image/png").map_err(|_| broken())?;
                Ok::<_, Failure>(part.singlepart(Attachment::new_inline(id).body(picture.png.clone(), kind)))
            },
        )?;
        let both = MultiPart::alternative().singlepart(SinglePart::plain(self.plain.clone()));
        let both = match self.pictures.is_empty() {
            true => both.singlepart(SinglePart::html(self.html.clone())),
            false => both.multipart(related),
        };
        Mail::builder()
            .from(from.clone())
            .to(Mailbox::new(None, to.clone()))
            .subject(one_line(&self.subject))
            .date(date)
            .message_id(Some(format!("<switchboard.{id}@{}>", from.email.domain())))
            .multipart(both)
            .map_err(|_| broken())
    }
}

fn broken() -> Failure {
    Failure::refused("the mail could not be put together; check `from` and `to`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(subject: &str) -> Letter {
        Letter {
            id: "report-1\r\n".to_owned(),
            at: Timestamp::from_second(1_700_000_000).expect("a time"),
            subject: subject.to_owned(),
            plain: "Hello\n".to_owned(),
            html: "<p>Hello <img src=\"cid:chart-1.x@switchboard\"></p>".to_owned(),
            pictures: vec![Picture {
                id: "chart-1.x@switchboard\r\nBcc: a@example.org".to_owned(),
                png: vec![1, 2, 3],
            }],
        }
    }

    #[test]
    fn a_letter_has_both_texts_and_its_pictures() {
        let to = "ada@example.org".parse().expect("one");
        let from = "Desk <desk@example.org>".parse().expect("an address");
        let mail = letter("May\r\nBcc: all@example.org").mail(&from, &to).expect("a mail").formatted();
        let mail = String::from_utf8(mail).expect("ASCII");
        let head = mail.split_once("\r\n\r\n").expect("a head").0;
        assert!(head.contains("Subject: May Bcc: all@example.org\r\n"), "{head}");
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
        assert!(head.contains("<switchboard.report-1@example.org>"), "{head}");
        for part in ["multipart/alternative", "multipart/related", "text/plain", "text/html", "image/png"] {
            assert_eq!(mail.matches(&format!("Content-Type: {part}")).count(), 1, "{part}\n{mail}");
        }
        assert!(mail.contains("Content-ID: <chart-1.x@switchboardBcca@example.org>"), "{mail}");
    }

    #[test]
    fn a_draft_names_nobody() {
        let draft = String::from_utf8(letter("Mai – ünï").draft().expect("a draft")).expect("ASCII");
        assert!(draft.contains("X-Unsent: 1") && !draft.contains("example.invalid"), "{draft}");
    }
}
