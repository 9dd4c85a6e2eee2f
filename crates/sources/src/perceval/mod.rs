//! What GrimoireLab collected: Perceval's items, and dumps of the raw indexes that they lie in.
//!
//! [`collect`] cuts files into items and keeps each unchanged; [`normalize`] unwraps one and hands its `data`
//! to the reader of its backend, which [`backends`] lists. Items are described in Perceval's own
//! documentation and source (`perceval/backend.py`, `perceval/backends`); `data` is what the API of the site
//! gave, with what Perceval fetched beside it in fields that end in `_data`.

use source::{Look, Place, Seen, Source};

mod backends;
mod collect;
mod config;
mod data;
mod normalize;
mod scribe;
#[cfg(test)]
mod tests;

/// The `perceval` source.
pub static SOURCE: Source = Source {
    kind: "perceval",
    title: "what GrimoireLab's Perceval fetched: JSON lines, or dumps of its raw OpenSearch indexes",
    place: Place::Any,
    about: ABOUT,
    example: EXAMPLE,
    recognize,
    version: 1,
    takes_back: false,
    collect: collect::collect,
    normalizer: normalize::normalizer,
};

const EXAMPLE: &str = r#"path = "../grimoirelab"        # a file or a folder
# glob = "*_raw*.json"       # of the files in a folder, only these
# channel = "everything"     # one channel for all; without it, the repository, the list, the room …
"#;

const ABOUT: &str = "\
Moves a community from GrimoireLab without fetching anything again. `path` is a file or a folder of files, plain or
compressed, each of which holds Perceval's items in one of these forms:

| form | how to get it |
|---|---|
| items one after the other, line by line or not, or in a list | `perceval BACKEND … --json-line > FILE` |
| elasticdump's lines of a raw index | `elasticdump --input=https://HOST/git_raw --output=FILE --type=data` |
| answers of a search, with `hits` | `curl 'https://HOST/git_raw/_search?size=10000' > FILE` |

Raw indexes only: an enriched index no longer has what people wrote. Mappings, settings and aliases among the lines
are passed over.

**What becomes what**

| backend | becomes |
|---|---|
| mbox, pipermail, hyperkitty, groupsio, nntp, gmane | messages, told by their Message-ID |
| git | what authors, committers and reviewers did |
| github, gitlab, gitee, pagure, jira, bugzilla, bugzillarest, redmine, launchpad, phabricator | issues and change requests, their comments, and who closed, merged, labelled, was assigned, reacted |
| github and gitlab repositories, dockerhub, crates | measurements: stars, forks, downloads |
| gerrit | change requests, their comments and reviews |
| stackexchange, askbot | questions, answers, comments; the accepted answer |
| discourse | posts below their topic |
| slack, mattermost, rocketchat, gitter, telegram, zulip, supybot | messages, reactions; joining and leaving |
| meetup | events, who came, comments |
| mediawiki, confluence, rss | pages and edits, posts |

Items of other backends are kept, and one problem for each file says how many they are.

**One thing is one thing**: ids are made of the site and its own numbers, so what Perceval fetched and what is read
from the original (a mailbox, a repository, an export) is told as one where both name it alike.

**Limits**: of one item seen twice (by its `uuid`) the file that comes last by name counts. Perceval decodes mails
before it keeps them: what it lost of an odd charset stays lost. A wiki's pages are not in its items, only who edited
them.
";

/// Items by the two fields that every one has, whatever is around them.
fn recognize(look: &Look) -> Option<Seen> {
    let items = look.files.iter().filter(|file| file.holds("\"backend_name\"") || file.holds("\"perceval_version\""));
    let items = items.count();
    if items > 0 {
        return Some(Seen::new(97, format!("{items} files of Perceval's items")));
    }
    // An item's own data may be longer than what was looked at.
    let raw = |file: &source::Peeked| file.holds("\"_source\"") && file.holds("_raw");
    let raws = look.files.iter().filter(|file| raw(file)).count();
    (raws > 0).then(|| Seen::new(60, format!("{raws} files of raw indexes")))
}
