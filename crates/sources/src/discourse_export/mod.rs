//! Discourse forums from what was saved of them.
//!
//! [`collect`] tells what each file is, learns from all of them how categories, topics and users are called,
//! and keeps posts, raw texts, users and categories unchanged; [`normalize`] hands them to
//! [`crate::discourse`], which knows what they say.

use source::{Look, Place, Seen, Source};

mod collect;
mod config;
mod known;
mod normalize;
mod raw;
mod sorted;
#[cfg(test)]
mod tests;

use sorted::{Kind, kind_of};

/// The `discourse-export` source.
pub static SOURCE: Source = Source {
    kind: "discourse-export",
    title: "a Discourse forum from what was saved of it: topics, posts, solutions, likes, people",
    place: Place::Forum,
    about: ABOUT,
    example: EXAMPLE,
    recognize,
    version: 1,
    takes_back: false,
    collect: collect::collect,
    normalizer: normalize::normalizer,
};

const EXAMPLE: &str = r#"path = "../exports/forum"            # a file, a folder or a zip
# url = "https://forum.example.org"    # where the forum is: for links, and so that posts are the same in every source
# private = false                      # true takes private messages and whispers of the staff too
"#;

const ABOUT: &str = "\
Reads what a Discourse forum gives out, in any mixture, from one folder, zip or tar:

| file | how to get it |
|---|---|
| a topic as JSON | open `/t/ID.json`; later posts with `?page=2`, `?print=true` for up to 1,000, or `/t/ID/posts.json` |
| a topic as raw text | open `/raw/ID`; the file's name must hold the topic's number, as `raw/123` or `123.md` |
| an export | `rake export:categories`, `rake export:topics` on the server: a JSON file |
| lists of topics, categories, users | `/latest.json`, `/c/NAME/ID.json`, `/categories.json`, `/site.json`, `/u/NAME.json`, `/directory_items.json` |
| the latest posts | `/posts.json`, `/posts/ID.json` |

Raw texts and pages of posts do not say what their topic is called or in which category it is. Lay a list of topics and
`/site.json` beside them **before the first sync**: what was kept under another name stays there.

A post is one message in whatever form it comes, and however often. Of several forms in one folder JSON counts before
exports, exports before raw texts; of two sources the first in the configuration.

**What becomes what**

| in the forum | becomes |
|---|---|
| a post | a message; the one that opens a topic has the title and the tags, the others are below the post that they answer and the opening one. HTML becomes plain text, Markdown stays as it is, quotes get `> `, polls are lists |
| a category | a channel: `support`, and `support/install` for one within another |
| a solution (discourse-solved) | the opening message is a question that is closed as `solved`, with the accepted answer; `accepted` |
| a topic that is closed or archived | closed as `closed`, `archived` |
| likes and reactions | the message's score; each emoji as `reacted`, of which the forum does not say who or when |
| an edit, a deletion, a flag that hid a post | `edited`, `deleted`, `moderated`; what was deleted or hidden has no text |
| closing, opening, assigning, inviting, pinning, tags changed … | `closed`, `reopened`, `assigned`, `left`, `kicked`, else `other` with what it was |
| views and likes of a topic | measurements |
| uploads | names of attached files |
| a user | an account; when they joined; trust level, admin, moderator, title and primary group as `other`. `system`, `discobot` and others with numbers below zero are bots |

**Which forum**: with `url`, or where an avatar's address names the site, ids are the same as in every other source that
sees it, and messages have links. Without either they are this source's own. So set `url`.

**Limits**: a full backup (`.sql`, or a `.tar.gz` with `dump.sql.gz`) is a PostgreSQL database and is not read: use one
of the forms above. Private messages and whispers are left out unless `private` is set. Raw texts say when a post was
changed last and not when it was written. An export has no likes, no tags, no solutions.
";

/// JSON with Discourse's own words at its beginning, exports, and raw texts.
fn recognize(look: &Look) -> Option<Seen> {
    let (mut topics, mut raws, mut others, mut exports) = (0, 0, 0, 0);
    for file in &look.files {
        match kind_of(&file.name, &file.head) {
            Kind::Raw => raws += 1,
            Kind::Json(_) if file.holds("\"post_stream\"") => topics += 1,
            Kind::Json(_) if file.holds("\"permissions_params\"") => exports += 1,
            Kind::Json(_) if file.holds("\"archetype\"") && file.holds("\"posts\"") => exports += 1,
            Kind::Json(_) => {
                let words = ["\"topic_list\"", "\"category_list\"", "\"latest_posts\"", "\"directory_items\""];
                others += usize::from(words.iter().any(|word| file.holds(word)));
            }
            _ => {}
        }
    }
    let counts =
        [(topics, "topic", " as JSON"), (raws, "topic", " as raw text"), (exports, "export", ""), (others, "list", "")];
    let told = |(count, what, form): &(usize, &str, &str)| {
        let s = if *count == 1 { "" } else { "s" };
        (*count > 0).then(|| format!("{count} {what}{s}{form}"))
    };
    let seen: Vec<String> = counts.iter().filter_map(told).collect();
    let sure = if topics + raws + exports > 0 { 93 } else { 80 };
    (!seen.is_empty()).then(|| Seen::new(sure, format!("a Discourse forum: {}", seen.join(", "))))
}
