//! Mattermost servers as their bulk export writes them.
//!
//! [`collect`] finds the JSONL files and keeps each line unchanged; [`normalize`] and [`post`] read them.
//! The format is Mattermost's: "Bulk loading data" and "Bulk export data" at docs.mattermost.com, and
//! `server/channels/app/{export,imports}` in its source.

use source::{Look, Place, Seen, Source};

mod collect;
mod config;
mod event;
mod mentions;
mod normalize;
mod post;
#[cfg(test)]
mod tests;

/// What ids are unique in where the configuration does not name the server: an export says nothing of it, but
/// two servers hardly have a team and a channel of the same names, and posts there in the same millisecond.
const SPACE: &str = "mattermost";

/// The `mattermost-export` source.
pub static SOURCE: Source = Source {
    kind: "mattermost-export",
    title: "a Mattermost server from its bulk export: channels, threads, reactions, people",
    place: Place::Chat,
    about: ABOUT,
    example: EXAMPLE,
    recognize,
    version: 1,
    takes_back: false,
    collect: collect::collect,
    normalizer: normalize::normalizer,
};

const EXAMPLE: &str = r#"path = "../exports/mattermost"     # a zip, a JSONL file, or a folder of several
# url = "https://chat.example.org"   # the server, so that its accounts are known to other sources of it
# direct_messages = true             # direct and group messages too; without it they are left alone
"#;

const ABOUT: &str = "\
Reads what Mattermost's bulk export writes: a zip with `import.jsonl` (any name will do) and `data/`, the folder it
was unpacked to, or the bare JSONL file. A system administrator makes one with `mmctl export create`, follows it with
`mmctl export job show` and gets it with `mmctl export download`; servers before 6.0 have
`mattermost export bulk FILE --all-teams`. Attachments need not be in it. Several exports may overlap: what was said
once is one message; where it differs (edited since, more replies) the export made last counts.

**What becomes what**

| in the export | becomes |
|---|---|
| a post, also of a bot, a webhook or `/me` | a message in `TEAM/CHANNEL`; Markdown as it is written, names of files as attachments, `@names` as mentions |
| each of its `replies` | a message below the post |
| a reaction | `reacted`, with the emoji, by whom and when |
| `edit_at` | `edited` by the writer, as Mattermost lets nobody but administrators edit for others |
| `is_pinned`, `flagged_by` | `other` (pinned), `bookmarked` |
| system posts: joined, added, left, removed | `joined`, `left`, `kicked` |
| system posts: header, purpose | `set_topic`; all others are `other`, with what they say |
| a team, a channel | a channel with its title and purpose; private ones are of the kind `private chat` |
| a user, a bot | an account with its name and address; bots marked |
| a user's roles, position, end of the account | `other`, with what it is |
| memberships of teams and channels | `joined` without a time: the export does not say when |
| a custom emoji | `other` |

What a webhook posts is its own, by the name it shows, and no deed of whoever made the webhook.

**Limits**

- Direct and group messages are private and not taken, unless `direct_messages = true`.
- Name `url` from the beginning, and always where exports of several servers are read: posts are told apart by it.
- Posts have no ids in an export. One is made of team, channel and time; two posts of one millisecond in one channel
  are told apart by writer and text. So a renamed channel is another channel, and links to messages are not known.
- Deleted posts, what a post said before it was edited, and archived channels (unless the export was made with them)
  are not in it.
- Compliance exports (CSV, Actiance, Global Relay) are other formats and not read.
";

/// An export by its first line.
fn recognize(look: &Look) -> Option<Seen> {
    let lines = look.files.iter().find_map(|file| Some((file, collect::begins(&file.head)?)));
    let (file, beginning) = lines?;
    let sure = if beginning.says_version { 95 } else { 75 };
    let when = beginning.created.and_then(|time| jiff::Timestamp::from_microsecond(time).ok());
    let when = when.map(|time| format!(", made {}", time.strftime("%Y-%m-%d"))).unwrap_or_default();
    Some(Seen::new(sure, format!("a Mattermost bulk export: {}{when}", file.base_name())))
}
