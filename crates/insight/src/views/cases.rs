//! Cases: conversations with what people decided about them.

use schemars::JsonSchema;
use serde::Serialize;

use super::{ConversationRef, Helper, PersonRef, TierView};

/// Where a case stands: what people decided, moved on by what happened in the channel after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Somebody waits for an answer, and nobody has the case.
    Waiting,
    /// Somebody has it.
    Taken,
    /// It waits for another support tier.
    HandedOver,
    /// It rests until a time.
    Parked,
    /// Somebody asked the asker for more: it waits for them.
    AskedBack,
    /// It was answered; the asker has not confirmed it.
    Answered,
    /// Whoever wrote in it last sent the asker elsewhere.
    Moved,
    /// The asker was asked for more and never came back.
    Abandoned,
    /// It is done.
    Resolved,
    /// It asks for no help.
    NotQuestion,
}

impl Standing {
    /// As it is written in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Waiting => "waiting",
            Standing::Taken => "taken",
            Standing::HandedOver => "handed_over",
            Standing::Parked => "parked",
            Standing::AskedBack => "asked_back",
            Standing::Answered => "answered",
            Standing::Moved => "moved",
            Standing::Abandoned => "abandoned",
            Standing::Resolved => "resolved",
            Standing::NotQuestion => "not_question",
        }
    }

    /// In words for a person.
    pub fn words(self) -> &'static str {
        match self {
            Standing::Waiting => "waiting",
            Standing::Taken => "taken",
            Standing::HandedOver => "handed over",
            Standing::Parked => "parked",
            Standing::AskedBack => "waiting for the asker",
            Standing::Answered => "answered, not confirmed",
            Standing::Moved => "sent elsewhere",
            Standing::Abandoned => "given up by the asker",
            Standing::Resolved => "resolved",
            Standing::NotQuestion => "not a question",
        }
    }

    /// Whether it is off the desk.
    pub fn is_done(self) -> bool {
        matches!(self, Standing::Resolved | Standing::NotQuestion)
    }
}

/// A conversation's place on the desk.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CaseView {
    /// The conversation.
    pub conversation: ConversationRef,
    /// Who opened it, if known.
    pub asker: Option<PersonRef>,
    /// Whether it is the asker's first conversation.
    pub newcomer: bool,
    /// Where it stands.
    pub standing: Standing,
    /// Since when somebody waits for an answer, whoever has the case; none if nobody does.
    pub since: Option<i64>,
    /// When it was opened.
    pub opened: Option<i64>,
    /// When somebody wrote in it last.
    pub last: Option<i64>,
    /// Messages in it.
    pub messages: u64,
    /// Who has it, by the name they go by on the desk.
    pub holder: Option<String>,
    /// Since when they have it.
    pub held_since: Option<i64>,
    /// Until when it is parked.
    pub until: Option<i64>,
    /// The tier it was handed over to, why, and where it goes on.
    pub handed_over: Option<HandedOver>,
    /// Which kind of help is asked for.
    pub tier: Option<TierView>,
    /// The promise that runs out first; none where nothing was promised or nobody waits.
    pub promise: Option<PromiseView>,
    /// Tags that people gave it, sorted.
    pub tags: Vec<String>,
    /// Conversations that people linked it with, and the one it was handed over from.
    pub links: Vec<ConversationRef>,
    /// How many notes it has.
    pub notes: u32,
    /// How it came to stand there: what was decided last, by whom and when, and what came after.
    pub trace: Vec<String>,
    /// How the question begins; empty where the title says it all or it was not asked for.
    pub lead: String,
    /// Who could help, best first; empty where nobody waits or it was not asked for.
    pub helpers: Vec<Helper>,
}

/// To whom a case was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HandedOver {
    /// The tier, 0 to 4.
    pub tier: u8,
    /// Why.
    pub why: Option<String>,
    /// The conversation that it goes on in.
    pub next: Option<ConversationRef>,
    /// Where that one stands.
    pub next_standing: Option<Standing>,
}

/// A promise that runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PromiseView {
    /// What was promised: `first_response` or `resolution`.
    pub what: &'static str,
    /// From when it runs.
    pub from: i64,
    /// When it runs out.
    pub due: i64,
    /// `kept` so far, `soon` broken (the warning before it, see `[promise] warn`), or `overdue`.
    pub state: &'static str,
}

/// A list of cases.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CaseList {
    /// What “now” is.
    pub as_of: i64,
    /// True when `as_of` is the newest message's time, not the clock's.
    pub as_of_data: bool,
    /// Which view: `waiting`, `nobody`, `mine`, `escalated`, `asker`, `parked`, `answered`, `soon`, `overdue`, `open`, `all`.
    pub view: &'static str,
    /// How many there are in it, listed or not.
    pub total: u64,
    /// How many more wait for longer than the window reaches back.
    pub older: u64,
    /// The cases: those whose promise runs out first come first, then those that wait longest, then the latest.
    pub cases: Vec<CaseView>,
    /// What of the query was not understood.
    pub notes: Vec<String>,
}

/// One case with everything that was decided about it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CasePage {
    /// The case.
    pub case: CaseView,
    /// What people did about it, oldest first.
    pub history: Vec<CaseEventView>,
    /// Who was asked to help with it, and when.
    pub asked: Vec<(PersonRef, i64)>,
}

/// One thing that somebody did about a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CaseEventView {
    /// When, microseconds UTC.
    pub at: i64,
    /// Who.
    pub who: String,
    /// What kind of deed: `take`, `release`, `hand-over`, `park`, `resolve`, `reopen`, `not-a-question`, `tag`, `untag`,
    /// `link`, `unlink`, `note`; or a decision such as `asked_tier`.
    pub kind: String,
    /// In a few words.
    pub what: String,
    /// Why; of a note, the note.
    pub note: Option<String>,
    /// The step it belongs to, by which it can be undone; none for decisions that were no steps.
    pub step: Option<i64>,
    /// Whether that step was undone.
    pub undone: bool,
}

/// The draft of an answer, put together from earlier answers and pages. Never sent by the program.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DraftView {
    /// The conversation that it answers.
    pub conversation: ConversationRef,
    /// The draft's sentences, in order; none where nothing good enough was found.
    pub sentences: Vec<DraftSentence>,
    /// What they were taken from, numbered from 1 as the sentences cite them.
    pub sources: Vec<DraftSource>,
    /// What to know about the draft, or why there is none.
    pub note: String,
}

/// One sentence of a draft, as it was written by somebody.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DraftSentence {
    /// The sentence, unchanged.
    pub text: String,
    /// The number of its source.
    pub source: u32,
}

/// Where sentences of a draft are from.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DraftSource {
    /// Its number, from 1.
    pub number: u32,
    /// The conversation or page.
    pub conversation: ConversationRef,
    /// Where it can be read on the web.
    pub url: Option<String>,
    /// Who wrote the sentences, if known.
    pub author: Option<PersonRef>,
    /// When.
    pub time: Option<i64>,
    /// How like the question its own question or page is, −1 to 1.
    pub likeness: f64,
    /// Why it is thought good: `the asker said that it worked`.
    pub why: String,
}

/// A canned answer filled in for a conversation. Never sent by the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FilledView {
    /// The conversation that it answers.
    pub conversation: ConversationRef,
    /// The text.
    pub text: String,
    /// Variables for which nothing is known; they stand in the text as they were.
    pub missing: Vec<String>,
}
