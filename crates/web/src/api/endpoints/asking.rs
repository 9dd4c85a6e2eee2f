//! A question in somebody's own words: was it answered before, and who knows?

use desk::Scope;
use insight::views::{Answer, Helper};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::api::call::value;
use crate::api::endpoint::{Endpoint, Kind, Parameter, Verb, must, shape};
use crate::api::{Call, Problem};

/// Characters of a question: a long mail's worth of words finds nothing more.
pub(crate) const LONGEST: usize = 4_000;

const QUESTION: Parameter = must("q", Kind::Text(LONGEST), "the question, in your own words or as it was asked");

pub(crate) static ASK: Endpoint = Endpoint {
    name: "ask",
    verb: Verb::Get,
    path: "/ask",
    title: "was it asked before, and who may know?",
    about: "Conversations about the same, resolved ones first among equals, each with the beginning of its answer, \
            and who may know, with the evidence. Bots, who left, and who does not want to be asked are never \
            suggested.",
    scope: Scope::Read,
    parameters: &[QUESTION],
    body: None,
    answer: shape::<Answer>,
    run: |call| value(&ask(call)?),
};

/// Who may know.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
struct Helpers {
    /// Likeliest first, each with the evidence.
    helpers: Vec<Helper>,
}

pub(crate) static WHO_KNOWS: Endpoint = Endpoint {
    name: "who_knows",
    verb: Verb::Get,
    path: "/who-knows",
    title: "who may know?",
    about: "Likely helpers with the evidence: similar questions they answered, thanks they got, code they changed. \
            Bots, who left, and who does not want to be asked are never suggested.",
    scope: Scope::Read,
    parameters: &[QUESTION],
    body: None,
    answer: shape::<Helpers>,
    run: |call| value(&Helpers { helpers: ask(call)?.helpers }),
};

fn ask(call: &Call<'_>) -> Result<Answer, Problem> {
    match call.required("q")?.trim() {
        "" => Err(Problem::Parameter("`q` is empty".to_owned())),
        question => Ok(call.service.answers.ask(question)?),
    }
}
