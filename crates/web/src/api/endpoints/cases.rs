//! What people decide about cases: one endpoint for each deed, one for many at once, one to take back.
//!
//! The case `{id}` is the conversation's id. Who decided is the token's name. Every decision is a step that can be
//! undone, and its answer is that step.

use desk::{Change, Deed, Desk, DeskError, Scope, Step};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::api::call::value;
use crate::api::endpoint::{Endpoint, Kind, Parameter, Shape, Verb, must, shape};
use crate::api::{Call, Problem};

mod bodies;
use bodies::{Assign, Because, Bulk, HandOver, Note, Park, Tags, Take, Undo};

/// Cases changed at once at most.
const MOST: usize = 20_000;
/// Changes made to each of them at once at most.
const CHANGES: usize = 20;

/// One act on one or many cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
struct StepView {
    /// Its number, by which it can be undone.
    number: i64,
    /// When, microseconds UTC.
    at: i64,
    /// Who: the name of the token.
    who: String,
    /// What, in a few words.
    what: String,
    /// How many cases it is about.
    cases: u64,
    /// The step that it takes back.
    undoes: Option<i64>,
}

impl From<Step> for StepView {
    fn from(step: Step) -> StepView {
        let Step { number, at, who, what, cases, undoes, .. } = step;
        StepView { number, at, who, what, cases, undoes }
    }
}

const ID: Parameter = must("id", Kind::Id, "the case: the conversation's id");

const fn deed(
    name: &'static str,
    path: &'static str,
    title: &'static str,
    about: &'static str,
    body: Shape,
    run: fn(&Call<'_>) -> Result<Value, Problem>,
) -> Endpoint {
    let parameters = &[ID];
    Endpoint {
        name,
        verb: Verb::Post,
        path,
        title,
        about,
        scope: Scope::Write,
        parameters,
        body: Some(body),
        answer: shape::<StepView>,
        run,
    }
}

pub(crate) static TAKE: Endpoint = deed(
    "take_case",
    "/cases/{id}/take",
    "you have the case from now on",
    "You are the token's name. What another has is refused with their name (409), unless it is forced.",
    shape::<Take>,
    |call| {
        let Take { force, note } = call.body()?;
        one(call, vec![Change { deed: Deed::Take { holder: who(call)?, force }, note }])
    },
);

pub(crate) static ASSIGN: Endpoint = deed(
    "assign_case",
    "/cases/{id}/assign",
    "somebody has the case from now on",
    "What another has is refused with their name (409), unless it is forced.",
    shape::<Assign>,
    |call| {
        let Assign { holder, force, note } = call.body()?;
        one(call, vec![Change { deed: Deed::Take { holder, force }, note }])
    },
);

pub(crate) static RELEASE: Endpoint = deed(
    "release_case",
    "/cases/{id}/release",
    "nobody has the case any more",
    "It stands as the channel says.",
    shape::<Because>,
    |call| because(call, Deed::Release),
);

pub(crate) static HAND_OVER: Endpoint = deed(
    "hand_over_case",
    "/cases/{id}/hand-over",
    "another support tier is to help",
    "With the conversation that it goes on in, where there is one.",
    shape::<HandOver>,
    |call| {
        let HandOver { tier, next, note } = call.body()?;
        one(call, vec![Change { deed: Deed::HandOver { tier, next }, note }])
    },
);

pub(crate) static PARK: Endpoint = deed(
    "park_case",
    "/cases/{id}/park",
    "the case rests until a time",
    "It comes back then, or when the asker writes again.",
    shape::<Park>,
    |call| {
        let Park { until, note } = call.body()?;
        one(call, vec![Change { deed: Deed::Park { until }, note }])
    },
);

pub(crate) static RESOLVE: Endpoint = deed(
    "resolve_case",
    "/cases/{id}/resolve",
    "the case is done",
    "It comes back when the asker asks again.",
    shape::<Because>,
    |call| because(call, Deed::Resolve),
);

pub(crate) static REOPEN: Endpoint = deed(
    "reopen_case",
    "/cases/{id}/reopen",
    "the case needs somebody after all",
    "Whatever was decided and whatever the channel says.",
    shape::<Because>,
    |call| because(call, Deed::Reopen),
);

pub(crate) static NOT_QUESTION: Endpoint = deed(
    "not_a_question",
    "/cases/{id}/not-a-question",
    "the conversation asks for no help",
    "It leaves the desk.",
    shape::<Because>,
    |call| because(call, Deed::NotQuestion),
);

pub(crate) static NOTE: Endpoint = deed(
    "note_on_case",
    "/cases/{id}/note",
    "a note for those who come after",
    "Notes are for the desk: nobody outside sees them.",
    shape::<Note>,
    |call| {
        let Note { note } = call.body()?;
        one(call, vec![Change::note(note)])
    },
);

pub(crate) static TAG: Endpoint = deed(
    "tag_case",
    "/cases/{id}/tag",
    "tags of the case",
    "Adds some, then removes some, in one step.",
    shape::<Tags>,
    |call| {
        let Tags { add, remove } = call.body()?;
        let deeds = add.into_iter().map(Deed::Tag).chain(remove.into_iter().map(Deed::Untag));
        one(call, deeds.map(Change::from).collect())
    },
);

pub(crate) static BULK: Endpoint = Endpoint {
    name: "change_cases",
    verb: Verb::Post,
    path: "/cases/bulk",
    title: "many cases changed at once",
    about: "All or nothing, in one step that can be undone as a whole.",
    scope: Scope::Write,
    parameters: &[],
    body: Some(shape::<Bulk>),
    answer: shape::<StepView>,
    run: bulk,
};

pub(crate) static UNDO: Endpoint = Endpoint {
    name: "undo_step",
    verb: Verb::Post,
    path: "/cases/undo",
    title: "a step taken back",
    about: "Only what the step did goes; what was decided since stays. To undo an undoing is to do it again.",
    scope: Scope::Write,
    parameters: &[],
    body: Some(shape::<Undo>),
    answer: shape::<StepView>,
    run: |call| {
        let Undo { step } = call.body()?;
        let (who, at) = (who(call)?, (call.service.clock)());
        value(&StepView::from(desk(call)?.undo(step, &who, at).map_err(refused)?))
    },
};

fn because(call: &Call<'_>, deed: Deed) -> Result<Value, Problem> {
    let Because { note } = call.body()?;
    one(call, vec![Change { deed, note }])
}

fn one(call: &Call<'_>, changes: Vec<Change>) -> Result<Value, Problem> {
    change(call, &[call.required("id")?.to_owned()], changes)
}

fn bulk(call: &Call<'_>) -> Result<Value, Problem> {
    let Bulk { conversations, changes } = call.body()?;
    if conversations.len() > MOST || changes.len() > CHANGES {
        let said = format!("at most {MOST} conversations and {CHANGES} changes go at once");
        return Err(Problem::Body(said));
    }
    let who = who(call)?;
    change(call, &conversations, changes.into_iter().map(|one| one.change(&who)).collect())
}

fn change(call: &Call<'_>, conversations: &[String], changes: Vec<Change>) -> Result<Value, Problem> {
    let answers = &call.service.answers;
    if !conversations.iter().all(|conversation| answers.has_conversation(conversation)) {
        return Err(Problem::Nothing);
    }
    let subjects = answers.subjects(conversations);
    let (who, at) = (who(call)?, (call.service.clock)());
    value(&StepView::from(desk(call)?.change(&subjects, &changes, &who, at).map_err(refused)?))
}

/// Who decides: nothing is decided without a token.
fn who(call: &Call<'_>) -> Result<String, Problem> {
    call.access.name.clone().ok_or(Problem::NoToken)
}

fn desk(call: &Call<'_>) -> Result<Desk, Problem> {
    let path = call.service.desk.as_deref().ok_or(Problem::NotHere("desk"))?;
    Desk::open(path).map_err(Problem::desk)
}

fn refused(error: DeskError) -> Problem {
    match error {
        DeskError::Held { conversation, holder, since, .. } => Problem::Conflict(format!(
            "{conversation} is held by {holder} since {since} (microseconds UTC); `force` takes it over"
        )),
        DeskError::NoStep(_) | DeskError::Undone(_) => Problem::Conflict(error.to_string()),
        DeskError::Wrong(message) => Problem::Body(message),
        error => Problem::desk(error),
    }
}
