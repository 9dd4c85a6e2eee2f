//! Git repositories: who wrote, applied, reviewed, tested and merged which commit.
//!
//! [`collect`] keeps every commit object as git stores it; [`normalize`] reads people and times out
//! of it, as [`crate::commit`] does. The format is git's own: gitformat-commit is not a page of its own, see `git help
//! hash-object`, `git help commit` (encoding) and `git help interpret-trailers`.

use source::{Look, Place, Seen, Source};

mod collect;
mod config;
mod history;
mod normalize;
#[cfg(test)]
mod tests;

/// The `git` source.
pub static SOURCE: Source = Source {
    kind: "git",
    title: "commits of a git repository: authors, committers, reviewers, testers and merges",
    place: Place::Repository,
    about: ABOUT,
    example: EXAMPLE,
    recognize,
    version: 2,
    takes_back: false,
    collect: collect::collect,
    normalizer: normalize::normalizer,
};

const EXAMPLE: &str = r#"path = "../our-project"        # a working copy or a bare repository on this machine
# branches = ["main", "release-*"]   # only these (`*` and `?` match); all local and remote ones if left out
# channel = "our-project"            # how the repository is called in tables; the source's name if left out
"#;

const ABOUT: &str = "\
Reads the commits of a repository on this machine, a working copy or a bare one; it never writes to it, runs
nothing in it and fetches nothing (run `git fetch` before `switchboard sync`).

**What is read**: every commit reachable from `HEAD`, the local branches and the remote branches (`refs/heads`,
`refs/remotes`), or from the branches named in `branches`. A commit that a rewrite of history has made
unreachable later stays in the archive.

**What becomes what**: each commit is an activity `authored`; also `committed` where another person applied it.
A commit with several parents is `merged` by its committer (and `authored`, marked as a merge, where another
person is its author). Commits made by a forge's own button (`noreply@github.com`) count for their author.
The last paragraph of the message gives `co_authored` (`Co-authored-by`), `reviewed` (`Reviewed-by`, `Acked-by`),
`reported` (`Reported-by`) and `tested` (`Tested-by`). `Signed-off-by` is a statement of origin and gives nothing.

**People** are known by their address. Addresses that are none, or that many people share (`root@localhost`,
`you@host.(none)`, the `name@uuid` of Subversion imports), leave an identity by name, which proves nothing about
who it is. Names ending in `[bot]` are bots.

**Limits**: a shallow clone gives the commits it has and a recorded problem; `.mailmap` is not read.
";

/// A repository by the files that every one has (gitrepository-layout), bare or in a working copy.
fn recognize(look: &Look) -> Option<Seen> {
    let head = look.files.iter().find(|file| {
        matches!(file.name.as_str(), "HEAD" | ".git/HEAD") && (file.holds("ref: refs/") || file.head.len() == 41)
    })?;
    let bare = head.name == "HEAD";
    if bare && look.files.iter().all(|file| !file.name.starts_with("objects/")) {
        return None;
    }
    // A working copy may hold anything, but that it is one is certain; a bare one may be kept for what is in
    // it, such as a list's mails.
    Some(match bare {
        true => Seen::new(85, "a bare git repository"),
        false => Seen::new(99, "a working copy of a git repository"),
    })
}
