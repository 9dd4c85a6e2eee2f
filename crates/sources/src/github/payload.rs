//! What a webhook delivers, and the payload of an event: the same objects under the same names.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{IgnoredAny, MapAccess};

use super::field::{Field, Read, Text};
use super::lists::Many;
use super::node::Node;
use super::types::{Commit, Name, Page, Rename, Repository, Signature, User};

/// The payload of a webhook or an event; or what a webhook's log wraps it in.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Payload<'a> {
    pub action: Text<'a>,
    pub issue: Field<Box<Node<'a>>>,
    pub pull_request: Field<Box<Node<'a>>>,
    pub comment: Field<Box<Node<'a>>>,
    pub review: Field<Box<Node<'a>>>,
    pub thread: Field<Box<Node<'a>>>,
    pub discussion: Field<Box<Node<'a>>>,
    pub answer: Field<Box<Node<'a>>>,
    pub old_answer: Field<Box<Node<'a>>>,
    pub release: Field<Box<Node<'a>>>,
    pub forkee: Field<Repository<'a>>,
    pub label: Field<Name<'a>>,
    pub milestone: Field<Name<'a>>,
    pub assignee: Field<User<'a>>,
    pub requested_reviewer: Field<User<'a>>,
    pub requested_team: Field<Name<'a>>,
    pub team: Field<Name<'a>>,
    pub member: Field<User<'a>>,
    pub membership: Field<Box<Membership<'a>>>,
    pub user: Field<User<'a>>,
    pub starred_at: Text<'a>,
    pub changes: Field<Box<Changes<'a>>>,
    // Of pushes, branches and tags.
    #[serde(rename = "ref")]
    pub reference: Text<'a>,
    pub ref_type: Text<'a>,
    pub before: Text<'a>,
    pub after: Text<'a>,
    pub head: Text<'a>,
    pub commits: Field<Many<Commit<'a>>>,
    pub pusher: Field<Signature<'a>>,
    pub pages: Field<Many<Page<'a>>>,
    // Where and by whom.
    pub repository: Field<Repository<'a>>,
    pub organization: Field<User<'a>>,
    pub sender: Field<User<'a>>,
    // What a log wraps it in.
    pub event: Text<'a>,
    pub headers: Field<Headers<'a>>,
    pub payload: Field<Wrapped<'a>>,
    #[serde(alias = "rawBody")]
    pub body: Field<Wrapped<'a>>,
    pub request: Field<Box<Payload<'a>>>,
    #[serde(alias = "received_at", alias = "timestamp")]
    pub delivered_at: Text<'a>,
}

impl<'de: 'a, 'a> Read<'de> for Box<Payload<'a>> {
    fn object<A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Payload::deserialize(MapAccessDeserializer::new(object)).map(|payload| Some(Box::new(payload)))
    }
}

/// A payload in a log: as it is, or as text that holds it.
#[derive(Debug)]
pub enum Wrapped<'a> {
    /// As it is.
    Payload(Box<Payload<'a>>),
    /// As text.
    Text(Cow<'a, str>),
}

impl<'de: 'a, 'a> Read<'de> for Wrapped<'a> {
    fn object<A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Ok(<Box<Payload<'a>> as Read<'de>>::object(object)?.map(Wrapped::Payload))
    }
    fn text(text: Cow<'de, str>) -> Option<Self> {
        Some(Wrapped::Text(text))
    }
}

/// The headers of a delivery that matter.
#[derive(Debug, Default)]
pub struct Headers<'a> {
    /// `X-GitHub-Event`: the event's name.
    pub event: Text<'a>,
    /// `X-GitHub-Delivery`: the delivery's id.
    pub delivery: Text<'a>,
}

impl<'de: 'a, 'a> Read<'de> for Headers<'a> {
    fn object<A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let mut headers = Headers::default();
        while let Some(name) = object.next_key::<Cow<'de, str>>()? {
            if name.eq_ignore_ascii_case("x-github-event") {
                headers.event = object.next_value()?;
            } else if name.eq_ignore_ascii_case("x-github-delivery") {
                headers.delivery = object.next_value()?;
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Some(headers))
    }
}

/// Who became a member of an organization.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Membership<'a> {
    pub user: Field<User<'a>>,
}

impl<'de: 'a, 'a> Read<'de> for Box<Membership<'a>> {
    fn object<A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Membership::deserialize(MapAccessDeserializer::new(object)).map(|one| Some(Box::new(one)))
    }
}

/// What something was before it was changed.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Changes<'a> {
    pub title: Field<Rename<'a>>,
    pub login: Field<Rename<'a>>,
    pub category: Field<Was<'a>>,
    pub old_issue: Field<Box<Node<'a>>>,
    pub new_issue: Field<Box<Node<'a>>>,
    pub new_discussion: Field<Box<Node<'a>>>,
}

impl<'de: 'a, 'a> Read<'de> for Box<Changes<'a>> {
    fn object<A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Changes::deserialize(MapAccessDeserializer::new(object)).map(|changes| Some(Box::new(changes)))
    }
}

/// What something was called before.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Was<'a> {
    pub from: Field<Name<'a>>,
}

impl<'de: 'a, 'a> Read<'de> for Was<'a> {
    fn object<A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Was::deserialize(MapAccessDeserializer::new(object)).map(Some)
    }
}

/// An event of the Events API, as GH Archive keeps them.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Event<'a> {
    #[serde(rename = "type")]
    pub sort: Text<'a>,
    pub actor: Field<User<'a>>,
    pub repo: Field<Repository<'a>>,
    pub repository: Field<Repository<'a>>,
    pub payload: Field<Wrapped<'a>>,
    pub created_at: Text<'a>,
}
