//! Stack Exchange data dumps: questions, answers, comments, and what was done to them.
//!
//! [`collect`] keeps every row of the eight XML files; [`normalize`] reads them, with one file per
//! group of tables. The meaning of columns and of numbered types is Stack Exchange's, published as
//! "Database schema documentation for the public data dump and SEDE" (meta.stackexchange.com/q/2677).

use source::{Look, Place, Seen, Source};

mod collect;
mod config;
mod history;
mod normalize;
mod posts;
mod row;
mod rows;
mod table;
#[cfg(test)]
mod tests;
mod users;
mod votes;

/// The `stackexchange-dump` source.
pub static SOURCE: Source = Source {
    kind: "stackexchange-dump",
    title: "a Stack Exchange site from its data dump: questions, answers, comments, votes, badges, history",
    place: Place::Forum,
    about: ABOUT,
    example: EXAMPLE,
    recognize,
    version: 1,
    takes_back: false,
    collect: collect::collect,
    normalizer: normalize::normalizer,
};

const EXAMPLE: &str = r#"path = "../dumps/beer.stackexchange.com"     # the folder with Posts.xml, Users.xml …
# channel = "beer"                           # how the site is called in tables; the source's name if left out
# site_url = "https://beer.stackexchange.com"    # for links to posts; without it there are none
"#;

const ABOUT: &str = "\
Reads the unpacked dump of one site: `Users`, `Tags`, `Posts`, `Comments`, `PostLinks`, `PostHistory`, `Votes` and
`Badges`, each `.xml`, `.xml.gz` or `.xml.zst`, as many of them as there are. Every row is kept as it is; when a newer
dump takes the place of an older one, only rows that changed are added.

**What becomes what**

| table | becomes |
|---|---|
| Posts | a question, an answer (below its question), or a page (wikis and excerpts of tags); HTML becomes plain text |
| Comments | a comment below its post; `@name` is a mention |
| Votes | activities on the post: `voted_up`, `voted_down`, `accepted`, `bookmarked`, `bounty`, `moderated`. The dump names voters for bookmarks and bounties only, and gives the day without the time |
| Badges | `awarded` |
| PostLinks | `linked`: `related` or `duplicate`, with the other post's id |
| PostHistory | `edited` (rollbacks too), `closed` with the reason, `reopened`, `deleted`, `undeleted`, `moderated` (locked, protected, migrated, merged …). First revisions and what the system does by itself are `other` |
| Users | `joined`, and the name shown with the account; what people tell about themselves stays in the archive |
| Tags | `other`, with the tag's name: questions carry their tags themselves |

**People** are known by the number of their account. A deleted user leaves a name, which proves nothing about who it
is. The Community user (-1) is a bot.

**Limits**: dumps hold no mail addresses, no deleted posts, and no voter's name. A row that cannot be read is a
recorded problem.
";

/// A dump by the names of its tables.
fn recognize(look: &Look) -> Option<Seen> {
    let tables = ["Posts.xml", "Users.xml", "Comments.xml", "Votes.xml", "Badges.xml", "Tags.xml", "PostHistory.xml"];
    let there: Vec<&str> = tables
        .into_iter()
        .filter(|name| {
            look.named(name).is_some_and(|file| file.head.is_empty() || file.holds("<row ") || file.holds("<?xml"))
        })
        .collect();
    let sure = if there.len() > 1 { 95 } else { 60 };
    (!there.is_empty()).then(|| Seen::new(sure, format!("a dump of a Stack Exchange site: {}", there.join(", "))))
}
