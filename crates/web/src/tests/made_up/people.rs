//! Pages of two made-up people.

use insight::views::{IdentityView, PersonPage};

use super::{DAY, HOUR, NOW, conversation, person};

pub(super) fn hero() -> PersonPage {
    let identity = |source: &str, kind: &str, name: &str, proof: Option<&str>| IdentityView {
        source: source.to_owned(),
        kind: kind.to_owned(),
        name: Some(name.to_owned()),
        proof: proof.map(str::to_owned),
    };
    let knows = |area: &str, why: &str| (area.to_owned(), why.to_owned());
    PersonPage {
        person: person("Ada Okafor"),
        bot: false,
        identities: vec![
            identity("code", "email", "Ada Okafor", Some("the same address")),
            identity("dev-list", "email", "Ada Okafor", None),
            identity("qa", "account", "ada_o", Some("the same address")),
        ],
        first_seen: Some(NOW - 1300 * DAY),
        last_seen: Some(NOW - 3 * HOUR),
        messages: 2_318,
        activities: 1_044,
        asked: 12,
        helped: 611,
        thanked: 240,
        knows: vec![
            knows("tag:backfill", "answered 88 questions on it, 41 thanked; last 3 days ago"),
            knows("word:segment", "answered 35 questions on it, 12 thanked; last in May 2024"),
            knows("channel:dev-list", "answered 402 questions there, 150 thanked; last 2 days ago"),
        ],
        conversations: vec![
            (conversation("Backfill hangs at 99 % after upgrading to 1.9", "dev-list"), NOW - 2 * DAY),
            (conversation("Which storage engine for small sensors?", "qa"), NOW - 3 * DAY),
            (conversation("Release candidate 2.0-rc1: please test", "dev-list"), NOW - 5 * DAY),
        ],
    }
}

pub(super) fn newcomer() -> PersonPage {
    PersonPage {
        person: person("Noor van Dijk"),
        identities: vec![IdentityView { source: "dev-list".into(), kind: "email".into(), name: None, proof: None }],
        first_seen: None,
        last_seen: None,
        messages: 2,
        activities: 0,
        asked: 1,
        helped: 0,
        thanked: 0,
        knows: Vec::new(),
        conversations: Vec::new(),
        ..hero()
    }
}
