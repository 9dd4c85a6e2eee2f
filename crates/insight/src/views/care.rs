//! The people behind the numbers: whom to approach, thank, relieve and hear.

use schemars::JsonSchema;
use serde::Serialize;

use super::{ConversationRef, EntryView, NextAsk, PersonRef};
use crate::care::{FirstKind, Reason};
use crate::people::{Level, LevelRules};

/// Whom to approach and why, and what came of it where somebody was.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct ApproachList {
    /// What “now” is, microseconds UTC.
    pub as_of: i64,
    /// Those who could be approached: by reason, who did most first.
    pub people: Vec<ToApproach>,
    /// Those who were, the latest first (at most 50).
    pub approached: Vec<Approached>,
}

/// Somebody who could be approached.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ToApproach {
    /// Who.
    pub person: PersonRef,
    /// Why, in a word.
    pub reason: Reason,
    /// Why, one sentence each.
    pub why: Vec<String>,
    /// What could be said first: to be read, changed and sent by a person, or not.
    pub say: String,
    /// Conversations it rests on, the latest first.
    pub evidence: Vec<ConversationRef>,
    /// When they were approached before, the latest first.
    pub before: Vec<ApproachView>,
}

/// Somebody who was approached.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Approached {
    /// Who.
    pub person: PersonRef,
    /// How it went.
    #[serde(flatten)]
    pub approach: ApproachView,
}

/// One time that somebody was approached ([`desk::Approach`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ApproachView {
    /// The name under which it is kept.
    pub name: String,
    /// When, microseconds UTC.
    pub at: i64,
    /// Who spoke to them.
    pub by: String,
    /// Why, as the list said; empty for any other reason.
    pub reason: String,
    /// What was said.
    pub said: String,
    /// What came of it: `open`, `yes`, `later`, `no`.
    pub came: &'static str,
    /// What else should be known of it.
    pub note: String,
}

/// First contributions of the last days: to celebrate.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Firsts {
    /// What “now” is, microseconds UTC.
    pub as_of: i64,
    /// From when on, microseconds UTC.
    pub from: i64,
    /// How many people fit.
    pub total: u64,
    /// How many did what for the first time.
    pub kinds: Vec<FirstCount>,
    /// Who: those whom nobody has answered first, then those who gave most.
    pub people: Vec<FirstView>,
    /// Who could be given the keys.
    pub keys: Vec<KeysView>,
}

/// How many did something for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FirstCount {
    /// What.
    pub kind: FirstKind,
    /// How many people.
    pub people: u64,
}

/// Somebody who did something for the first time.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FirstView {
    /// Who.
    pub person: PersonRef,
    /// How far they have come.
    pub level: Level,
    /// What they did for the first time, what counts most first.
    pub did: Vec<FirstDeed>,
    /// Whether they asked, and nobody has answered.
    pub unanswered: bool,
    /// Thanks that say what they did: to be read, changed and sent by a person, or not.
    pub thanks: String,
    /// What they could be asked next; none if nothing fits or they do not want to be asked.
    pub next: Option<NextAsk>,
    /// Who recently was where they are now.
    pub mentor: Option<MentorView>,
}

/// Something done for the first time.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FirstDeed {
    /// What.
    pub kind: FirstKind,
    /// Where and when.
    pub entry: EntryView,
}

/// Somebody who recently was where another is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MentorView {
    /// Who.
    pub person: PersonRef,
    /// Why, one sentence each.
    pub why: Vec<String>,
}

/// Somebody who could be given the keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeysView {
    /// Who.
    pub person: PersonRef,
    /// Of what: a source, or a channel as `SOURCE/CHANNEL`.
    pub place: String,
    /// Why, one sentence each.
    pub why: Vec<String>,
}

/// How far people have come, how they move, and where they get stuck.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct LevelsView {
    /// What “now” is, microseconds UTC.
    pub as_of: i64,
    /// What makes a level.
    pub rules: LevelRules,
    /// Each quarter, the latest first; the one that goes on is left out.
    pub quarters: Vec<LevelQuarter>,
    /// From one step to the next, of those who took the first a year ago or two.
    pub steps: Vec<StepView>,
    /// The step at which most people stop, if enough came so far.
    pub stuck: Option<&'static str>,
}

/// The levels at the end of a quarter, of those who did something in the year before, and who moved in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LevelQuarter {
    /// When it begins, microseconds UTC.
    pub start: i64,
    /// Newcomers at its end.
    pub newcomers: u64,
    /// Participants at its end.
    pub participants: u64,
    /// Contributors at its end.
    pub contributors: u64,
    /// The core at its end.
    pub core: u64,
    /// Who was seen for the first time in it.
    pub came: u64,
    /// Who became a contributor in it.
    pub to_contributor: u64,
    /// Who became one of the core in it.
    pub to_core: u64,
    /// Who went a level down in it.
    pub down: u64,
    /// Who had done something in the year before it, and had not any more at its end.
    pub gone: u64,
}

/// From one step to the next.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StepView {
    /// Its name for programs: `came_back`, `gave`, `contributor`, `core`.
    pub step: &'static str,
    /// What the next step is, in words.
    pub title: &'static str,
    /// Who stood before it.
    pub reached: u64,
    /// Of them, who took it within a year.
    pub moved: u64,
    /// Their share, 0 to 1; none if nobody stood before it.
    pub share: Option<f64>,
    /// How many days it took half of them; none if nobody took it.
    pub median_days: Option<f64>,
    /// What tells those who took it from those who did not, where something does.
    pub note: Option<String>,
}

/// Whom to relieve, and whom to ask how they are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct CareView {
    /// What “now” is, microseconds UTC.
    pub as_of: i64,
    /// People who do most of something, who does most of most first.
    pub heavy: Vec<HeavyView>,
    /// Regulars who have gone quiet, against their own rhythm; who gave most first.
    pub quiet: Vec<QuietView>,
}

/// Somebody who does most of something.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct HeavyView {
    /// Who.
    pub person: PersonRef,
    /// Of what, the largest part first (at most 6).
    pub areas: Vec<HeavyArea>,
    /// Of how many things they do most.
    pub areas_total: u64,
    /// What could be said: to be read, changed and sent by a person, or not.
    pub say: String,
}

/// Something of which one person does most.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct HeavyArea {
    /// What, in words: `answers about tls`, `changes in code`.
    pub what: String,
    /// What they did of it in the last 365 days.
    pub done: u32,
    /// What all did.
    pub of: u32,
    /// Their share, 0 to 1.
    pub share: f64,
    /// Who could take a part of it, who knows most of it first (at most 3).
    pub others: Vec<MentorView>,
    /// What of it could be written down or handed over: what they answered lately.
    pub examples: Vec<ConversationRef>,
}

/// A regular who has gone quiet.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct QuietView {
    /// Who.
    pub person: PersonRef,
    /// How far they have come.
    pub level: Level,
    /// When they did something last, microseconds UTC.
    pub last: i64,
    /// For how many days nothing was seen of them.
    pub silent_days: u32,
    /// Between how many days of silence they usually came, the median.
    pub usual_days: u32,
    /// The longest silence of the year before.
    pub longest_days: u32,
    /// What they gave in the year before: answers, changes, reviews and the like.
    pub gave: u32,
    /// What could be said: to be read, changed and sent by a person, or not.
    pub say: String,
}

/// Whom discussions and the desk keep hearing from, who was never asked, and who is known in one place only.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct UnheardView {
    /// What “now” is, microseconds UTC.
    pub as_of: i64,
    /// From when on discussions and asks are counted, microseconds UTC.
    pub from: i64,
    /// Discussions in which something was to be decided, found by their titles.
    pub discussions: u64,
    /// The latest of them (at most 5).
    pub latest: Vec<ConversationRef>,
    /// People in them.
    pub people: u64,
    /// The fewest people who together make half of those who took part, counted once for each discussion.
    pub half: u64,
    /// Who is heard most (at most 10).
    pub voices: Vec<VoiceView>,
    /// Whoever decided at the desk, by the name they go by there, most first (at most 10).
    pub desk: Vec<DeskVoice>,
    /// How many take part and were never asked.
    pub never_total: u64,
    /// Who they are, who takes part most first (at most 20).
    pub never: Vec<UnheardPerson>,
    /// Who is active in one place and unknown in the others.
    pub apart: ApartView,
}

/// Somebody who is heard.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct VoiceView {
    /// Who.
    pub person: PersonRef,
    /// In how many discussions they took part.
    pub discussions: u32,
    /// How often they were asked for help.
    pub asked: u32,
    /// How often they were approached.
    pub approached: u32,
}

/// Somebody who decided at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DeskVoice {
    /// The name they go by there.
    pub who: String,
    /// How many of the last steps are theirs.
    pub steps: u64,
}

/// Somebody who takes part and was never asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UnheardPerson {
    /// Who.
    pub person: PersonRef,
    /// How far they have come.
    pub level: Level,
    /// Why they have something to say, one sentence each.
    pub why: Vec<String>,
}

/// Who is active in one place and unknown in the others. Places are sources.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct ApartView {
    /// Every source in which anybody did something in the last 365 days, most people first.
    pub sources: Vec<ApartSource>,
}

/// A source, and who is only there.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ApartSource {
    /// Its name.
    pub source: String,
    /// Who did something there in the last 365 days.
    pub people: u64,
    /// Of them, who did nothing anywhere else.
    pub only_here: u64,
    /// Of those, who may be somebody of elsewhere under another name: nobody has decided it yet.
    pub unsure: u64,
    /// Of them, who did something in each of the other sources, most first.
    pub shared: Vec<SharedSource>,
    /// Those who do most there and nothing elsewhere (at most 5).
    pub known_here: Vec<UnheardPerson>,
}

/// How many people two sources share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SharedSource {
    /// The other source.
    pub source: String,
    /// How many.
    pub people: u64,
}
