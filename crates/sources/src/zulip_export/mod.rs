//! Zulip organizations as Zulip exports them.
//!
//! [`collect`] finds the exports and keeps the rows of their tables unchanged, once [`export`] has seen where
//! topics begin; [`normalize`] and [`message`] read them. The format is that of `zerver/lib/export.py` in
//! Zulip's source; see "Export your organization" in Zulip's help.

use source::{Look, Place, Seen, Source};

mod collect;
mod config;
mod export;
mod markdown;
mod message;
mod narrow;
mod normalize;
#[cfg(test)]
mod tests;
mod topic;

/// The `zulip-export` source.
pub static SOURCE: Source = Source {
    kind: "zulip-export",
    title: "a Zulip organization from its export: channels, topics, reactions, people",
    place: Place::Chat,
    about: ABOUT,
    example: EXAMPLE,
    recognize,
    version: 1,
    takes_back: false,
    collect: collect::collect,
    normalizer: normalize::normalizer,
};

const EXAMPLE: &str = r#"path = "../exports/zulip.tar.gz"    # a tar.gz, a folder it was unpacked to, or a folder of several
# url = "https://chat.example.org"  # for links to messages; without it there are none
# direct_messages = true            # direct messages too; without it they are left alone
"#;

const ABOUT: &str = "\
Reads exports of one organization as Zulip gives them: a `.tar.gz`, or the folder it was unpacked to, with
`realm.json` and `messages-000001.json` and so on. Owners and administrators make one in *Organization settings →
Data exports* (public data, or with the consent of members), whoever runs the server with `./manage.py export`.
Several exports may overlap: what was said once is one message; where it differs (edited or moved since) the export
that reaches further counts.

**What becomes what**

| in the export | becomes |
|---|---|
| a message in a channel | a message; Zulip's Markdown as it is written, with mentions and links to channels as names, quotes as `>`, uploaded files as attachments |
| a topic | a conversation: its first message, and the others that answer it, the message they quote before all. Its name is their subject |
| a resolved topic (✔) | the conversation is closed, as `solved`; `closed` and `reopened`, by whom and when |
| messages without a topic | messages like those of other chats, put together by time and mention |
| a reaction | `reacted`, with the emoji, at the time of the message: exports do not say when |
| an edit of a text | `edited` |
| a renamed or moved topic | `other`, once |
| a channel | a channel with its description; private ones are of the kind `private chat` |
| a user, a bot | an account with its name and, where the export has it, its address; `joined` when it was made; bots marked |
| roles, deactivated accounts, custom emoji | `other`, with what it is |
| who subscribed and unsubscribed, from the audit log | `joined`, `left`, `kicked` when somebody else did it; without the log `joined` without a time |

**Limits**

- Direct messages are private and not taken, unless `direct_messages = true`.
- Name `url` from the beginning: with it, messages have ids of the server, which other sources of it share.
- A topic of years is one conversation. When only a part of a topic was moved, it is another one from there on.
- What messages said before they were edited is kept in the archive but not shown; deleted messages, polls' votes and
  the files themselves are not read. An export with consent lacks what was said between people who gave none.
- Exports of a single user (`user.json`) are another format and not read.
";

/// An export by its `realm.json`.
fn recognize(look: &Look) -> Option<Seen> {
    let realm = look.files.iter().find(|file| file.base_name() == "realm.json")?;
    let messages = look.files.iter().filter(|file| export::is_messages(file.base_name())).count();
    let says = export::is_realm(&realm.head);
    if !says && (messages == 0 || !realm.head.is_empty()) {
        return None;
    }
    Some(Seen::new(if says { 95 } else { 70 }, format!("a Zulip export: realm.json, {messages} files of messages")))
}
