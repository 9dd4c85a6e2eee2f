//! One conversation, one person, and why they are shown as they are.

use desk::Scope;
use insight::views::{ConversationPage, Explained, PersonPage};

use crate::api::Problem;
use crate::api::call::value;
use crate::api::endpoint::{Endpoint, Kind, Parameter, Verb, must, shape};

const CONVERSATION_ID: Parameter = must("id", Kind::Id, "the conversation's id: that of its opening message");

pub(crate) static CONVERSATION: Endpoint = Endpoint {
    name: "conversation",
    verb: Verb::Get,
    path: "/conversations/{id}",
    title: "one conversation with its messages",
    about: "Messages oldest first, at most 500, in parts (own words, quotes, signature); its state and tiers with \
            their reasons; who could help while somebody waits; conversations about the same.",
    scope: Scope::Read,
    parameters: &[CONVERSATION_ID],
    body: None,
    answer: shape::<ConversationPage>,
    run: |call| value(&call.service.answers.conversation(call.required("id")?)?.ok_or(Problem::Nothing)?),
};

pub(crate) static EXPLAIN: Endpoint = Endpoint {
    name: "explain",
    verb: Verb::Get,
    path: "/explain/{id}",
    title: "every decision about a message, conversation or person",
    about: "What the program decided, how sure it is and why; what people decided, oldest first; and the command \
            that corrects each decision.",
    scope: Scope::Read,
    parameters: &[must("id", Kind::Id, "the id of a message, a conversation or a person")],
    body: None,
    answer: shape::<Explained>,
    run: |call| value(&call.service.answers.explain(call.required("id")?)?.ok_or(Problem::Nothing)?),
};

pub(crate) static PERSON: Endpoint = Endpoint {
    name: "person",
    verb: Verb::Get,
    path: "/people/{id}",
    title: "one person: what they did here and what they know",
    about: "Found by the id of any of their identities. Their latest conversations, at most 50.",
    scope: Scope::Read,
    parameters: &[must("id", Kind::Id, "the person's id, or that of one of their identities")],
    body: None,
    answer: shape::<PersonPage>,
    run: |call| value(&call.service.answers.person(call.required("id")?)?.ok_or(Problem::Nothing)?),
};
