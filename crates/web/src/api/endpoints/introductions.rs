//! Who can introduce whom.

use desk::Scope;
use insight::views::{Acquaintance, Introduction};
use schemars::JsonSchema;
use serde::Serialize;

use crate::api::Problem;
use crate::api::call::value;
use crate::api::endpoint::{Endpoint, Kind, Verb, must, shape};

/// Whom a person knows.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
struct Acquaintances {
    /// Those, the strongest tie first.
    people: Vec<Acquaintance>,
}

pub(crate) static INTRODUCE: Endpoint = Endpoint {
    name: "introduce",
    verb: Verb::Get,
    path: "/introduce",
    title: "who can introduce one person to another?",
    about: "People who have helped each other know each other: who knows both, or else the shortest way from one to \
            the other.",
    scope: Scope::Read,
    parameters: &[
        must("from", Kind::Id, "the id of who is to be introduced"),
        must("to", Kind::Id, "the id of the person to whom"),
    ],
    body: None,
    answer: shape::<Introduction>,
    run: |call| {
        let found = call.service.answers.introduce(call.required("from")?, call.required("to")?)?;
        value(&found.ok_or(Problem::Nothing)?)
    },
};

pub(crate) static ACQUAINTANCES: Endpoint = Endpoint {
    name: "acquaintances",
    verb: Verb::Get,
    path: "/people/{id}/acquaintances",
    title: "whom a person knows",
    about: "People with whom they have helped each other, the strongest tie first.",
    scope: Scope::Read,
    parameters: &[must("id", Kind::Id, "the person's id")],
    body: None,
    answer: shape::<Acquaintances>,
    run: |call| {
        let people = call.service.answers.introducers(call.required("id")?)?.ok_or(Problem::Nothing)?;
        value(&Acquaintances { people })
    },
};
