//! Mailing lists as files: mbox in its dialects, Pipermail's months, Maildir, single mails.
//!
//! `collect` cuts files into mails and keeps each unchanged, its envelope line included. `normalize`
//! turns one into a message, its writer's identity and its channel, as [`crate::mail`] reads mails.

use source::{Look, Place, Seen, Source};

mod collect;
mod config;
mod cursor;
mod normalize;
mod split;
#[cfg(test)]
mod tests;

/// See `about`.
pub static SOURCE: Source = Source {
    kind: "mbox",
    title: "mailing list archives: mbox, Pipermail, Maildir, .eml",
    place: Place::List,
    about: ABOUT,
    example: EXAMPLE,
    recognize,
    version: 1,
    takes_back: false,
    collect: collect::collect,
    normalizer: normalize::normalizer,
};

const EXAMPLE: &str = r#"path = "archives/dev-list"
# glob = "*.txt.gz"     # of the files in a folder, only these
# channel = "dev"       # the list's name; without it, this source's
# dialect = "auto"      # or mboxo, mboxrd, mboxcl, mboxcl2
"#;

const ABOUT: &str = "\
`path` is a file or a folder, searched through all its folders. A file may be an mbox (mboxo, mboxrd,
mboxcl or mboxcl2), a month of a Pipermail archive, or a single mail (`.eml`); a folder may be a
Maildir. Files compressed with gzip or Zstandard are read as they are.

Each mail becomes a message. The same mail in several archives is one message, told by its Message-ID.
Addresses that an archive wrote as `name at host` are made whole. Where a list put itself in the place
of the writer (`Jo via dev`), the writer is taken from `X-Original-From` or `Reply-To`, else known by
name only. A date that cannot be is left out, with a problem and the best guess.

The same bytes found twice in one file are kept once. A mail of more than 64 MiB is passed over, with
a problem.
";

/// Mail by what each format begins with: an envelope line, header fields, or the folders of a Maildir.
fn recognize(look: &Look) -> Option<Seen> {
    let mailboxes = look.files.iter().filter(|file| file.head.starts_with(b"From ") && file.holds("\nFrom: ")).count();
    if mailboxes > 0 {
        let files = if mailboxes == 1 { "file" } else { "files" };
        return Some(Seen::new(85, format!("a mailing list archive: {mailboxes} mbox {files}")));
    }
    let is_mail = |text: &str| {
        let head = text.replace("\r\n", "\n");
        let head = head.split("\n\n").next().unwrap_or_default().to_lowercase();
        ["from:", "date:", "received:", "message-id:", "subject:", "return-path:"]
            .iter()
            .filter(|name| head.starts_with(**name) || head.contains(&format!("\n{name}")))
            .count()
            >= 3
    };
    let mails = look.files.iter().filter(|file| is_mail(&file.text())).count();
    (mails > 0).then(|| Seen::new(75, format!("{mails} single mails")))
}
