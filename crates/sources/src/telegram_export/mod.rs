//! Telegram chats as Telegram Desktop exports them.
//!
//! [`chat`] knows which chat a message is of, [`collect`] cuts the export into chats and messages and keeps
//! each unchanged; [`normalize`] reads them. The format is that of Telegram Desktop's
//! `export_output_json.cpp` (github.com/telegramdesktop/tdesktop, 2018 to 2026).

use source::{Look, Place, Seen, Source};

mod chat;
mod collect;
mod config;
mod normalize;
#[cfg(test)]
mod tests;
mod text;

/// The `telegram-export` source.
pub static SOURCE: Source = Source {
    kind: "telegram-export",
    title: "Telegram groups and channels, exported by Telegram Desktop",
    place: Place::Chat,
    about: ABOUT,
    example: EXAMPLE,
    recognize,
    version: 1,
    takes_back: false,
    collect: collect::collect,
    normalizer: normalize::normalizer,
};

const EXAMPLE: &str = r#"path = "../exports/telegram"    # a result.json, its folder, or a folder of several exports
# chats = ["Example Users"]     # only these, by name or id; all groups and channels by default
# private = true                # all others too: talks of two, saved messages, small groups
# timezone = "Europe/Berlin"    # where the export was made, for those of before 2022
"#;

const ABOUT: &str = "\
Reads `result.json` as Telegram Desktop writes it: of one chat (open it, then ⋮ → Export chat history → Format →
Machine-readable JSON) or of an account (Settings → Advanced → Export Telegram data → Machine-readable JSON). Several
exports may lie in one folder and overlap: what was said once is one message, and where it differs the export whose
name comes last counts, as the dates in the names of their folders do. Ids of supergroups, channels and their
messages are the same for all who export them.

**Only supergroups and channels are taken.** Talks of two, talks with bots, saved messages and small private groups
are not, unless `chats` names them or `private = true`; each one that is left out is listed as a problem. Contacts,
sessions and everything else in an account's export is never read.

**What becomes what**

| in the export | becomes |
|---|---|
| a message | a message; code and quotes with marks, links behind words written out, polls, places and stickers as text, names of files as attachments |
| a reply | a message below the one it answers, also where that is in another chat |
| a forum's topic | a channel of its own, `Group/Topic`: topics go on for years |
| a forwarded message | a message that quotes it, with whom it is from; a channel's post in its own group is the channel's |
| a signed post in a channel | a message by that name; else by the channel |
| a reaction | `reacted`, by whom and when as far as the export tells; the others by nobody at the time of the message |
| an edit | `edited`; on a message with reactions `other`, because the export marks both alike |
| joining by link or request, or by oneself; leaving | `joined`, `left` |
| people brought in or removed by others | `joined`, `kicked` with their name: the export does not say which account |
| pins, topics, titles, pictures, calls, boosts … | `other`, with what it was |
| an account | an account with its name; those that were deleted have none |

**Limits**: the export does not say who is a bot (names like `Helper Bot` are taken for one), who is an administrator,
or what a mentioned `@name`'s account is. What Telegram Desktop itself cannot show (`unsupported`) is a problem. Phone
numbers of shared contacts are not read. Exports of before 2022 give local times without a zone: without `timezone`
they are guesses. Links (`t.me/c/…`) open for members only.
";

/// An export by the keys it begins with.
fn recognize(look: &Look) -> Option<Seen> {
    let says = |file: &&source::Peeked, text: &str| file.holds(text);
    let chats = look.ending(".json").filter(|file| {
        let kinds = ["supergroup\"", "_channel\"", "_group\"", "_chat\"", "saved_messages\""];
        says(file, "\"messages\"") && says(file, "\"type\"") && kinds.iter().any(|kind| says(file, kind))
    });
    let chats = chats.count();
    let account = |file: &&source::Peeked| says(file, "\"about\"") && says(file, "Telegram");
    let accounts = look.ending("result.json").filter(account).count();
    match (chats, accounts) {
        (0, 0) => None,
        (0, accounts) => Some(Seen::new(90, format!("Telegram Desktop's export of an account ({accounts} seen)"))),
        (chats, _) => Some(Seen::new(95, format!("Telegram Desktop's exports: {chats} files seen"))),
    }
}
