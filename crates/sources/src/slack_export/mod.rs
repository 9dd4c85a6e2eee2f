//! Slack workspaces as Slack exports them.
//!
//! [`collect`] finds the exports, cuts their files into users, channels and messages and keeps each
//! unchanged; [`normalize`] reads them. The format is Slack's: "How to read Slack data exports" and the
//! message events of docs.slack.dev.

use source::{Look, Place, Seen, Source};

mod collect;
mod config;
mod export;
mod normalize;
#[cfg(test)]
mod tests;

use export::LISTS;

/// The `slack-export` source.
pub static SOURCE: Source = Source {
    kind: "slack-export",
    title: "a Slack workspace from its export: channels, threads, reactions, people",
    place: Place::Chat,
    about: ABOUT,
    example: EXAMPLE,
    recognize,
    version: 2,
    takes_back: false,
    collect: collect::collect,
    normalizer: normalize::normalizer,
};

const EXAMPLE: &str = r#"path = "../exports/slack"          # a zip, a folder it was unpacked to, or a folder of several
# url = "https://example.slack.com"   # for links to messages; without it there are none
"#;

const ABOUT: &str = "\
Reads exports of one workspace as Slack gives them to its owners: `users.json`, `channels.json`, `groups.json`,
`dms.json`, `mpims.json`, and a folder for each channel with a file for each day. Several exports may overlap: what
was said once is one message; where it differs (edited since, more replies) the export that reaches further counts.

**What becomes what**

| in the export | becomes |
|---|---|
| a message, a file shared, `/me`, a bot's message | a message; names of files as attachments, `mrkdwn` as text with the names of people and channels |
| a reply in a thread, also sent to the channel or not | a message below the one that opened the thread |
| a reaction | `reacted`, with the emoji, at the time of the message: exports do not say when |
| an edit, a deletion | `edited`, `deleted` |
| joining and leaving a channel | `joined`, `left` |
| topic and purpose | `set_topic` |
| pins, renamed and archived channels, added bots … | `other`, with what it was |
| a user | an account with its name and, where the export has it, its address; bots marked; guests and deactivated accounts as `other` |

**Limits**: an export without private channels has none; files themselves are not in it, and it says when a message
was edited last but not what it said before.
";

/// An export by its lists and the days of its channels.
fn recognize(look: &Look) -> Option<Seen> {
    let lists: Vec<&str> = LISTS.iter().map(|(name, _)| *name).filter(|name| look.named(name).is_some()).collect();
    let says = |file: &source::Peeked| file.holds("\"ts\"") && file.head.trim_ascii_start().starts_with(b"[");
    let days =
        look.files.iter().filter(|file| export::is_day(file.base_name()) && (file.head.is_empty() || says(file)));
    let days = days.count();
    let named = look.named("users.json").is_some_and(|file| file.holds("\"team_id\"") || file.holds("\"profile\""));
    if lists.len() < 2 && !(named || lists.len() == 1 && days > 0) && days < 2 {
        return None;
    }
    let sure = if lists.len() >= 2 && days > 0 { 95 } else { 70 };
    Some(Seen::new(sure, format!("a Slack export: {}, {days} days of channels", lists.join(", "))))
}
