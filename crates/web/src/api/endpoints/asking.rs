//! A question in somebody's own words: was it answered before, and who knows?

use desk::Scope;
use insight::views::{Answer, Helper};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::api::call::value;
use crate::api::endpoint::{Endpoint, Kind, Parameter, Verb, may, must, shape};
use crate::api::{Call, Problem};

/// Characters of a question: a long mail's worth of words finds nothing more.
pub(crate) const LONGEST: usize = 4_000;

const QUESTION: Parameter = must("q", Kind::Text(LONGEST), "the question, in your own words or as it was asked");

pub(crate) static ASK: Endpoint = Endpoint {
    name: "ask",
    verb: Verb::Get,
    path: "/ask",
    title: "was it asked before, is it documented, and who may know?",
    about: "Conversations about the same, resolved ones first among equals, each with the sentence that answers; pages \
            that may answer it; conversations that wait with the same question; and who may know, with the evidence. \
            Bots, who left, and who does not want to be asked are never suggested.",
    scope: Scope::Read,
    parameters: &[QUESTION],
    body: None,
    answer: shape::<Answer>,
    run: |call| value(&call.service.answers.ask(question(call, "q")?)?),
};

pub(crate) static SAME: Endpoint = Endpoint {
    name: "same",
    verb: Verb::Get,
    path: "/conversations/{id}/same",
    title: "what answers this conversation's question",
    about: "The same as `ask` gives for its opening message, without the conversation itself.",
    scope: Scope::Read,
    parameters: &[must("id", Kind::Id, "the conversation's id")],
    body: None,
    answer: shape::<Answer>,
    run: |call| value(&call.service.answers.same(call.required("id")?)?.ok_or(Problem::Nothing)?),
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
    about: "Likely helpers with the evidence: similar questions they answered, thanks they got, code they changed; and \
            what moved them so that the load is spread. Bots, who left, and who does not want to be asked are never \
            suggested. Give either `q` or `conversation`.",
    scope: Scope::Read,
    parameters: &[
        may("q", Kind::Text(LONGEST), "the question, in your own words or as it was asked"),
        may("conversation", Kind::Id, "the id of the conversation that asks it"),
    ],
    body: None,
    answer: shape::<Helpers>,
    run: who_knows,
};

fn who_knows(call: &Call<'_>) -> Result<Value, Problem> {
    let answers = &call.service.answers;
    let helpers = match (call.text("q"), call.text("conversation")) {
        (Some(_), None) => answers.who_knows(question(call, "q")?)?,
        (None, Some(id)) => answers.same(id)?.ok_or(Problem::Nothing)?.helpers,
        _ => return Err(Problem::Parameter("give either `q` or `conversation`".to_owned())),
    };
    value(&Helpers { helpers })
}

/// A question that is not empty.
fn question<'a>(call: &'a Call<'_>, name: &'static str) -> Result<&'a str, Problem> {
    match call.required(name)?.trim() {
        "" => Err(Problem::Parameter(format!("`{name}` is empty"))),
        question => Ok(question),
    }
}
