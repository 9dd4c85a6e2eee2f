//! Mailing lists as public-inbox keeps them: mails in git, as lore.kernel.org and its mirrors have them.
//!
//! [`collect`] walks the commits and keeps each mail unchanged, and for each that was removed a mark in
//! its place; [`normalize`] reads mails with [`crate::mail`]. The formats are public-inbox's own: its
//! manual pages public-inbox-v2-format(5) and public-inbox-v1-format(5), and public-inbox-purge(1).

use source::{Look, Place, Seen, Source};

mod changes;
mod collect;
mod config;
mod normalize;
mod store;
#[cfg(test)]
mod tests;

/// The `public-inbox` source.
pub static SOURCE: Source = Source {
    kind: "public-inbox",
    title: "a mailing list as public-inbox keeps it in git: lore.kernel.org and its mirrors",
    place: Place::List,
    about: ABOUT,
    example: EXAMPLE,
    recognize,
    version: 1,
    // A removal comes after the mail that it removes.
    takes_back: true,
    collect: collect::collect,
    normalizer: normalize::normalizer,
};

const EXAMPLE: &str = r#"path = "../mirrors/dev"              # the folder with git/0.git, git/1.git …
# url = "https://lore.kernel.org/dev/"  # where the list can be read; without it messages have no links
# channel = "dev"                       # the list's name; without it, this source's
"#;

const ABOUT: &str = "\
`path` is one list as public-inbox, `public-inbox-clone`, grokmirror or `git clone --mirror` keep it: of the format v2
a folder with the epochs `git/0.git`, `git/1.git` …, or the folder that these lie in, or a single epoch; of the format
v1 (ssoma) the git repository. Nothing is fetched: run `public-inbox-fetch`, grokmirror or `git remote update` before
`switchboard sync`, which then reads the new commits only. A mirror is had with

```sh
git clone --mirror https://lore.kernel.org/LIST/0 LIST/git/0.git
```

**What becomes what**

| in the store | becomes |
|---|---|
| a mail | a message, as with the kind `mbox`; told by its Message-ID, so that one mail in a store and in an mbox is one message |
| a mail that was removed as spam | `deleted` at the time of its removal; the mail itself is not kept if it is gone when it is met first |
| a mail that was edited | the message as it is now |
| a mail that was purged | `deleted`; only its git hash is known then |

The time of a mail's commit is when it arrived: where a mail's own date cannot be, it is the guess.

**Limits**: one source is one list. A mail that was collected and is removed later is gone from all tables; it stays in
the archive, as all that was collected does. Where a purge has rewritten an epoch, it is read
anew; what the archive has already is passed over. A shallow clone gives the mails it has and a recorded problem.
";

/// A store by its epochs, or by the files that ssoma and public-inbox leave in a repository.
fn recognize(look: &Look) -> Option<Seen> {
    let epoch = |name: &str| {
        let repository = name.strip_suffix("/HEAD")?;
        let repository = repository.strip_prefix("git/").unwrap_or(repository);
        store::epoch_number(repository)
    };
    let epochs = look.files.iter().filter_map(|file| epoch(&file.name)).count();
    if epochs > 0 {
        return Some(Seen::new(96, format!("a public-inbox of the format v2: {epochs} epochs")));
    }
    let marks = ["ssoma.lock", "ssoma.index", "public-inbox/msgmap.sqlite3"];
    let v1 = look.files.iter().any(|file| marks.contains(&file.name.as_str()));
    v1.then(|| Seen::new(95, "a public-inbox of the format v1, a git repository"))
}
