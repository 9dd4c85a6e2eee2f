//! Objects that stand for themselves: elements of REST pages and of migration archives.

use serde::Deserialize;

use super::context::{Reading, Repo};
use super::field::{Field, Text};
use super::node::Node;
use super::nodes::Within;
use super::told::{Told, told};
use super::types::{Commit, Repository, Signature, User};

/// Where text is read as JSON of one type or another.
type Parsed<T> = Result<T, serde_json::Error>;

/// A star with the time it was given, as lists of stargazers have them on request.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Star<'a> {
    starred_at: Text<'a>,
    #[serde(rename = "starredAt")]
    at: Text<'a>,
    user: Field<User<'a>>,
    node: Field<User<'a>>,
}

/// A commit as the REST API lists it: the accounts beside the commit itself.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Listed<'a> {
    commit: Field<Commit<'a>>,
    author: Field<User<'a>>,
    committer: Field<User<'a>>,
}

/// Something that can be read as this type or that: bytes, or a part of a document.
pub trait Json<'de>: Copy {
    /// Reads it.
    fn read<T: Deserialize<'de>>(self) -> Parsed<T>;
}

impl<'de> Json<'de> for &'de [u8] {
    fn read<T: Deserialize<'de>>(self) -> Parsed<T> {
        serde_json::from_slice(self)
    }
}

impl<'de> Json<'de> for &'de serde_json::Value {
    fn read<T: Deserialize<'de>>(self) -> Parsed<T> {
        T::deserialize(self)
    }
}

impl Reading<'_> {
    /// An object of a page or an archive. `hint` is what stands where it was found.
    pub fn object<'de>(&mut self, json: impl Json<'de>, hint: Option<Told>) -> Parsed<()> {
        let node: Node<'_> = json.read()?;
        match told(&node, hint) {
            Some(Told::User) => self.profile(&json.read()?),
            Some(Told::Repository) => self.repository(&json.read()?),
            Some(Told::Star) => self.listed_star(&json.read()?),
            Some(Told::Commit) => self.listed_commit(&json.read()?),
            _ => _ = self.node(&node, hint, Within::default()),
        }
        Ok(())
    }

    /// A repository: a channel; and a fork of another, where it says of which.
    fn repository(&mut self, repository: &Repository<'_>) {
        let Some(repo) = Repo::told(repository) else { return self.problem("does not say which it is", "repository") };
        let parent = repository.parent.get().and_then(|parent| Repo::told(parent));
        let of = parent.or_else(|| self.repo.clone().filter(|of| repository.fork.yes() && *of != repo));
        match of {
            Some(of) => {
                let time = self.time("created_at", &repository.created_at);
                self.forked(&of, repository, None, time);
            }
            None => self.channel(&repo, repository.description.text()),
        }
    }

    fn listed_star(&mut self, star: &Star<'_>) {
        let Some(repo) = self.repo.clone() else { return self.problem("does not say which it is", "star") };
        let at = if star.starred_at.text().is_some() { &star.starred_at } else { &star.at };
        let time = self.time("starred_at", at);
        let user = if matches!(star.user, Field::Missing) { &star.node } else { &star.user };
        let who = self.who(user, time);
        self.star(&repo, who, time);
    }

    fn listed_commit(&mut self, listed: &Listed<'_>) {
        let Some(commit) = listed.commit.get() else { return };
        let signed: [(&Field<Signature<'_>>, _); 2] =
            [(&commit.author, &listed.author), (&commit.committer, &listed.committer)];
        for (signature, account) in signed {
            if let Some(account) = account.get() {
                self.signed(signature, Some(account));
            }
        }
    }
}
