//! Discord servers as DiscordChatExporter exports them.
//!
//! [`head`] reads what each file is of, [`collect`] cuts the files into channels and messages and keeps each
//! unchanged; [`normalize`] reads them. The format is that of the exporter's `JsonMessageWriter`
//! (github.com/Tyrrrz/DiscordChatExporter, versions 2.20 to 2.47), the meaning of its fields Discord's
//! (discord.com/developers/docs).

use source::{Look, Place, Seen, Source};

mod collect;
mod config;
mod event;
mod head;
mod markup;
mod normalize;
#[cfg(test)]
mod tests;
mod text;

/// The `discord-export` source.
pub static SOURCE: Source = Source {
    kind: "discord-export",
    title: "Discord channels, threads and forums, exported by DiscordChatExporter",
    place: Place::Chat,
    about: ABOUT,
    example: EXAMPLE,
    recognize,
    version: 1,
    takes_back: false,
    collect: collect::collect,
    normalizer: normalize::normalizer,
};

const EXAMPLE: &str = r#"path = "../exports/discord"   # a folder or zip of JSON exports, or one of them
# private = true              # take direct messages too
"#;

const ABOUT: &str = "\
Reads what [DiscordChatExporter](https://github.com/Tyrrrz/DiscordChatExporter) writes as JSON: a file for each
channel, thread or post of a forum.

```sh
DiscordChatExporter.Cli exportguild --guild SERVER --token TOKEN --format Json --include-threads All --output exports/discord/
```

In its window: choose the channels, then the format JSON. Without threads there are no posts of forums. Files cut
into parts (`--partition`), exports that overlap and exports of several dates may lie in one folder: what was said
once is one message, and where it differs (edited since, more reactions) the latest export counts. Ids of messages
and accounts are Discord's own, so that two sources that hold the same message agree on it. Use one source for each
server; where two channels have one name, their category and server stand before it.

**What becomes what**

| in the export | becomes |
|---|---|
| a message, a reply, a bot's answer to a command | a message; stickers as `:name:`, a forwarded message quoted, a bot's embeds as text where it says nothing else |
| a reply | a message below the one it answers |
| a thread | its messages below the one that opened it, in the channel that it is in; its name is the opening message's subject |
| a post in a forum | the same: a conversation with the post's title, in a channel with the forum's name |
| a reaction | `reacted`, with the emoji, at the time of the message: exports do not say when. Those whose people the export does not list are by nobody |
| an edit | `edited` |
| a join; being added to a thread or removed | `joined`, `left`, `kicked` |
| roles | `awarded`, with the role's name and without a time: exports do not say when. Moderators are found by theirs |
| a pinned message | the tag `pinned`; who pinned it as `other` |
| threads made, renamed channels, boosts, commands used, calls … | `other`, with what it was; what a moderation rule did as `moderated` |
| an account | an account with its name on the server; bots and webhooks marked. All deleted accounts are one to Discord, which is nobody here |

**Limits**: direct messages are left out unless `private = true`. Exports do not say which tags a forum's post has,
whether it is closed, what a message said before an edit, what was deleted, and who left. A thread's opening message
stands in the export of the channel, for versions of the exporter before 2.47 only there. Markdown stays as it was
written.
";

/// An export by the objects that each file begins with.
fn recognize(look: &Look) -> Option<Seen> {
    let exports = look.ending(".json").filter(|file| {
        let begins = file.text().trim_start_matches('\u{feff}').trim_start().starts_with('{');
        begins && ["\"guild\"", "\"channel\"", "\"dateRange\""].iter().all(|key| file.holds(key))
    });
    let count = exports.count();
    (count > 0).then(|| Seen::new(95, format!("exports by DiscordChatExporter: {count} files seen")))
}
