//! Feeds that were saved: RSS of every version, Atom, JSON Feed.
//!
//! [`cut`] cuts XML into entries without understanding it, so that one that is damaged costs no other;
//! [`collect`] keeps each unchanged; [`normalize`] reads them. The formats: rssboard.org/rss-specification,
//! RSS 1.0 (purl.org/rss/1.0/spec), RFC 4287 (Atom), RFC 4685 (its threads), jsonfeed.org.

use source::{Look, Place, Seen, Source};

mod collect;
mod config;
mod cut;
mod date;
mod decode;
mod entry;
mod head;
mod normalize;
#[cfg(test)]
mod tests;
mod xml;

/// The `feed` source.
pub static SOURCE: Source = Source {
    kind: "feed",
    title: "blogs and news from saved feeds: RSS, Atom, JSON Feed",
    place: Place::Feed,
    about: ABOUT,
    example: EXAMPLE,
    recognize,
    version: 1,
    takes_back: false,
    collect: collect::collect,
    normalizer: normalize::normalizer,
};

const EXAMPLE: &str = r#"path = "../feeds"                  # a saved feed, or a folder or zip of them
# glob = "*.xml"                     # only files of such names
# channel = "blog"                   # one channel for all; each feed's title if left out
"#;

const ABOUT: &str = "\
Reads feeds as a site serves them, saved to files: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed. A feed holds only what was
new when it was saved: save it again from time to time under another name, into the same folder
(`curl -o blog-$(date +%F).xml https://example.org/feed`). What several files hold is one message; where it differs, the
file that reaches furthest counts.

**What becomes what**

| in the feed | becomes |
|---|---|
| a feed | a channel with its title |
| an entry | a page with a subject: something to read, for which nobody waits for an answer. HTML becomes plain text; the whole text counts before a summary |
| a comment (a feed of comments, `thr:in-reply-to`) | a comment below its post |
| `author`, `dc:creator`, Atom's and JSON's authors | who wrote it, by address, by account (of GitHub, GitLab and Codeberg) or by name; further ones as `co_authored`. An entry without any has the feed's |
| a later `updated` | `edited` |
| categories, tags, keywords | tags |
| enclosures, attachments | names of attached files |

Dates are read in the forms of RFC 822 and RFC 3339, whichever the feed should have used; one that is neither is a
problem. An entry is known by its `guid` or `id`, else by its link: if that is a web address, a `urn:` or a `tag:`, it is
the same message in every source.

**Limits**: letters that a document declares for itself (`<!ENTITY …>`) are never expanded and nothing is fetched. An
entry that is damaged or cut off is a problem and costs no other. A web page saved in place of a feed is a problem.
";

/// The first tag of a feed.
fn recognize(look: &Look) -> Option<Seen> {
    let is_feed = |text: &str| {
        let xml = ["<rss", "<rdf:RDF", "http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"];
        let json = text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
        (json && text.contains("jsonfeed.org/version")) || (!json && xml.iter().any(|begin| text.contains(begin)))
    };
    let export = |text: &str| text.contains("wordpress.org/export/");
    let feeds = look.files.iter().map(|file| file.text()).filter(|text| is_feed(text) && !export(text)).count();
    let word = if feeds == 1 { "feed" } else { "feeds" };
    (feeds > 0).then(|| Seen::new(90, format!("{feeds} {word} (RSS, Atom or JSON)")))
}
