//! A message as a mail: plain text, one part.

use std::fmt::Write as _;

use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message as Mail};

use crate::message::{link, one_line};
use crate::{Failure, Message};

/// The mail of a message. The same message gives the same mail.
pub(super) fn mail(from: &Mailbox, to: &Address, message: &Message) -> Result<Mail, Failure> {
    let seconds = u64::try_from(message.at.as_second()).unwrap_or_default();
    let date = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let id: String = message.id.chars().filter(|c| plain(*c)).collect();
    let mut mail = Mail::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to.clone()))
        .subject(one_line(&message.subject))
        .date(date)
        .message_id(Some(format!("<switchboard.{id}@{}>", from.email.domain())))
        .header(ContentType::TEXT_PLAIN)
        .body(text(message))
        .map_err(|_| Failure::refused("the mail could not be put together; check `from` and `to`"))?;
    // RFC 3834: so that nobody's holiday answers it.
    let submitted = HeaderName::new_from_ascii_str("Auto-Submitted");
    mail.headers_mut().insert_raw(HeaderValue::new(submitted, "auto-generated".to_owned()));
    Ok(mail)
}

fn text(message: &Message) -> String {
    let mut text = String::new();
    for group in &message.groups {
        let _ = writeln!(text, "{}\n", one_line(&group.title));
        for item in &group.items {
            let _ = writeln!(text, "* {}", one_line(&item.head));
            item.details.iter().for_each(|detail| {
                let _ = writeln!(text, "  {}", one_line(detail));
            });
            if let Some(link) = item.link.as_deref().and_then(link) {
                let _ = writeln!(text, "  {link}");
            }
            text.push('\n');
        }
        if !group.note.is_empty() {
            let _ = writeln!(text, "{}\n", one_line(&group.note));
        }
    }
    text.push_str("-- \n");
    message.ending.iter().for_each(|line| {
        let _ = writeln!(text, "{}", one_line(line));
    });
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Group, Item};

    #[test]
    fn what_strangers_wrote_makes_no_header_and_no_line() {
        let item = Item {
            head: "How?\r\n* Another".into(),
            details: vec!["on dev-list\n\nFrom: x".into()],
            link: Some("https://example.org/\r\nBcc: b@example.org".into()),
        };
        let group = Group { title: "Late".into(), items: vec![item], note: "Why.".into() };
        let subject = "Late: a\r\nBcc: all@example.org\r\n\r\nhello\u{202e} – ünï".to_owned();
        let at = jiff::Timestamp::from_second(1_700_000_000).expect("a time");
        let data = serde_json::Value::Null;
        let message =
            Message { id: "x/1>\r\n".into(), at, subject, groups: vec![group], ending: vec!["Stop.".into()], data };
        let from = "Desk <desk@example.org>".parse().expect("an address");
        let mail = mail(&from, &"ada@example.org".parse().expect("one"), &message).expect("a mail").formatted();
        let mail = String::from_utf8(mail).expect("ASCII");
        let (head, body) = mail.split_once("\r\n\r\n").expect("a head");
        let names: Vec<&str> =
            head.lines().filter(|line| !line.starts_with(' ')).filter_map(|line| line.split(':').next()).collect();
        let expected = [
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "Content-Type",
            "Content-Transfer-Encoding",
            "Auto-Submitted",
        ];
        let mut sorted = names.clone();
        sorted.sort_unstable();
        let mut all = expected.to_vec();
        all.extend(names.contains(&"MIME-Version").then_some("MIME-Version"));
        all.sort_unstable();
        assert_eq!(sorted, all, "{head}");
        assert!(head.contains("<switchboard.x1@example.org>"), "{head}");
        assert_eq!(
            body.trim_end(),
            "Late\r\n\r\n* How? * Another\r\n  on dev-list From: x\r\n\r\nWhy.\r\n\r\n-- \r\nStop."
        );
    }
}
