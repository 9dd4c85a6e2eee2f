//! What this is, and the document that describes the rest.

use desk::Scope;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::api::call::value;
use crate::api::endpoint::{Endpoint, Verb, shape};
use crate::api::{Call, Problem, openapi};

/// What the API is about, and what the asker may do.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
struct About {
    /// The community's name.
    community: String,
    /// True for the simulated demonstration community.
    simulated: bool,
    /// What “now” is, microseconds UTC: the clock, or the newest message's time for what is only an archive.
    as_of: i64,
    /// True when `as_of` is the newest message's time.
    as_of_data: bool,
    /// The program's version.
    version: &'static str,
    /// The name of the token that was shown.
    token: Option<String>,
    /// What the asker may do.
    scopes: Vec<&'static str>,
}

pub(crate) static ABOUT: Endpoint = Endpoint {
    name: "about",
    verb: Verb::Get,
    path: "/",
    title: "the community, and what you may do here",
    about: "A way to try a token.",
    scope: Scope::Read,
    parameters: &[],
    body: None,
    answer: shape::<About>,
    run: about,
};

fn about(call: &Call<'_>) -> Result<Value, Problem> {
    let about = call.service.answers.about();
    let scopes = Scope::ALL.iter().filter(|scope| call.access.scopes.has(**scope));
    value(&About {
        community: about.community,
        simulated: about.simulated,
        as_of: about.as_of,
        as_of_data: about.as_of_data,
        version: env!("CARGO_PKG_VERSION"),
        token: call.access.name.clone(),
        scopes: scopes.map(|scope| scope.as_str()).collect(),
    })
}

pub(crate) static OPENAPI: Endpoint = Endpoint {
    name: "openapi",
    verb: Verb::Get,
    path: "/openapi.json",
    title: "this document",
    about: "Describes every endpoint (OpenAPI 3.1); clients can be generated from it.",
    scope: Scope::Read,
    parameters: &[],
    body: None,
    answer: shape::<serde_json::Map<String, Value>>,
    run: |_| Ok(openapi::document()),
};
