//! GitHub's objects as its REST API, webhooks, events, migration archives and GraphQL answers write them.
//!
//! One type for each sort of thing: the forms differ in which fields they have and in their spelling
//! (`created_at`, `createdAt`), and in that an archive names by an address what REST puts there whole.
//! Fields that are of no use here are passed over, those of a wrong type are as good as missing.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, SeqAccess};

use super::field::{Field, Number, Read, Text};
use super::lists::Many;

/// Reads an object by its derived `Deserialize`.
macro_rules! from_object {
    ($name:ident) => {
        fn object<A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
            $name::deserialize(MapAccessDeserializer::new(object)).map(Some)
        }
    };
}

/// An account: whole, by its address, or by its login.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct User<'a> {
    pub login: Text<'a>,
    pub name: Text<'a>,
    pub email: Text<'a>,
    pub emails: Field<Many<Address<'a>>>,
    pub company: Text<'a>,
    #[serde(rename = "type", alias = "__typename")]
    pub sort: Text<'a>,
    pub is_bot: Field<bool>,
    #[serde(alias = "htmlUrl")]
    pub html_url: Text<'a>,
    pub url: Text<'a>,
}

impl<'de: 'a, 'a> Read<'de> for User<'a> {
    from_object!(User);
    fn text(text: Cow<'de, str>) -> Option<Self> {
        let address = text.contains("://");
        let (url, login) = if address { (Field::Is(text), Field::Missing) } else { (Field::Missing, Field::Is(text)) };
        Some(User { url, login, ..User::default() })
    }
}

/// A mail address in a migration archive's user.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Address<'a> {
    pub address: Text<'a>,
    pub primary: Field<bool>,
}

impl<'de: 'a, 'a> Read<'de> for Address<'a> {
    from_object!(Address);
}

/// A repository: whole, or by its address.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Repository<'a> {
    #[serde(alias = "nameWithOwner")]
    pub full_name: Text<'a>,
    pub name: Text<'a>,
    #[serde(alias = "htmlUrl")]
    pub html_url: Text<'a>,
    pub url: Text<'a>,
    pub description: Text<'a>,
    pub owner: Field<User<'a>>,
    #[serde(alias = "createdAt")]
    pub created_at: Text<'a>,
    pub updated_at: Text<'a>,
    #[serde(alias = "isFork")]
    pub fork: Field<bool>,
    pub parent: Field<Box<Repository<'a>>>,
}

impl<'de: 'a, 'a> Read<'de> for Repository<'a> {
    from_object!(Repository);
    fn text(text: Cow<'de, str>) -> Option<Self> {
        text.contains("://").then(|| Repository { url: Field::Is(text), ..Repository::default() })
    }
}

impl<'de: 'a, 'a> Read<'de> for Box<Repository<'a>> {
    fn object<A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Ok(Repository::object(object)?.map(Box::new))
    }
}

/// What has a name: a label, a milestone, a category, a team, a type. By its name, whole, or by its address.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Name<'a> {
    pub name: Text<'a>,
    pub title: Text<'a>,
    #[serde(alias = "isAnswerable")]
    pub is_answerable: Field<bool>,
}

impl Name<'_> {
    /// The name.
    pub fn text(&self) -> Option<&str> {
        self.name.text().or_else(|| self.title.text())
    }
}

impl<'de: 'a, 'a> Read<'de> for Name<'a> {
    from_object!(Name);
    fn text(text: Cow<'de, str>) -> Option<Self> {
        let of = |label: &str| Cow::Owned(super::place::decoded(label));
        let name = text.contains("://").then(|| text.rsplit_once("/labels/").map(|(_, label)| of(label)));
        Some(Name { name: Field::Is(name.flatten().unwrap_or(text)), ..Name::default() })
    }
}

/// A thing that is only pointed to: by its address, or with a few of its fields.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Link<'a> {
    pub url: Text<'a>,
    #[serde(alias = "htmlUrl")]
    pub html_url: Text<'a>,
    #[serde(alias = "databaseId")]
    pub database_id: Number,
    #[serde(alias = "mergedAt")]
    pub merged_at: Text<'a>,
}

impl<'de: 'a, 'a> Read<'de> for Link<'a> {
    from_object!(Link);
    fn text(text: Cow<'de, str>) -> Option<Self> {
        Some(Link { url: Field::Is(text), ..Link::default() })
    }
}

/// How often each emoji was given, or each time it was.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Reactions<'a> {
    #[serde(rename = "+1")]
    pub up: Number,
    #[serde(rename = "-1")]
    pub down: Number,
    pub heart: Number,
    pub hooray: Number,
    pub rocket: Number,
    pub nodes: Field<Many<Reaction<'a>>>,
}

impl<'de: 'a, 'a> Read<'de> for Reactions<'a> {
    from_object!(Reactions);
    fn list<A: SeqAccess<'de>>(list: A) -> Result<Option<Self>, A::Error> {
        let nodes = Many::list(list)?.map_or(Field::Missing, Field::Is);
        Ok(Some(Reactions { nodes, ..Reactions::default() }))
    }
}

/// One reaction; or in GraphQL, how often an emoji was given.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Reaction<'a> {
    pub content: Text<'a>,
    pub user: Field<User<'a>>,
    #[serde(alias = "createdAt")]
    pub created_at: Text<'a>,
    #[serde(alias = "users")]
    pub reactors: Field<Counted>,
}

impl<'de: 'a, 'a> Read<'de> for Reaction<'a> {
    from_object!(Reaction);
}

/// How many there are of something.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Counted {
    #[serde(rename = "totalCount")]
    pub total: Number,
}

impl<'de> Read<'de> for Counted {
    from_object!(Counted);
}

/// An old and a new title or name; `from` where only the old one is told.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Rename<'a> {
    pub from: Text<'a>,
    pub to: Text<'a>,
}

impl<'de: 'a, 'a> Read<'de> for Rename<'a> {
    from_object!(Rename);
}

/// Who wrote or applied a commit.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Signature<'a> {
    pub name: Text<'a>,
    pub email: Text<'a>,
    /// Only in pushes: the account that the address belongs to.
    pub username: Text<'a>,
    pub user: Field<User<'a>>,
}

impl<'de: 'a, 'a> Read<'de> for Signature<'a> {
    from_object!(Signature);
}

/// A commit of a push; or as the REST API lists them.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Commit<'a> {
    pub author: Field<Signature<'a>>,
    pub committer: Field<Signature<'a>>,
}

impl<'de: 'a, 'a> Read<'de> for Commit<'a> {
    from_object!(Commit);
}

/// A wiki's page, as it was changed.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Page<'a> {
    pub title: Text<'a>,
    pub page_name: Text<'a>,
    pub action: Text<'a>,
    pub sha: Text<'a>,
}

impl<'de: 'a, 'a> Read<'de> for Page<'a> {
    from_object!(Page);
}
