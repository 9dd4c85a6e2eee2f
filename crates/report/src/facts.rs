//! What a report is filled with: one value, whatever the kind. Everything in it may be shown to its readers.
//!
//! Templates see the fields by their names here; times are days in words, numbers are as people say them.

mod aims;

use serde::Serialize;

pub use aims::{Done, Goal, GoalQuestion, Number, StoodOut, Story};

/// Everything that a template can name.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Facts {
    /// What the community is called.
    pub community: String,
    /// The kind of report: `newsletter`.
    pub kind: String,
    /// What the kind is called: `Newsletter`.
    pub title: String,
    /// Whether it is written for everybody.
    pub public: bool,
    /// The channel, the source or the two releases it is about; empty if about everything.
    pub of: String,
    /// When: `May 2019`.
    pub period: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// The day as of which it was gathered.
    pub as_of: String,
    /// How one gets in: places to ask, answer and read.
    pub ways: Vec<Way>,
    /// Events of the period.
    pub recent_events: Vec<Event>,
    /// Events of the three months after it.
    pub coming_events: Vec<Event>,
    /// People who did something for the first time.
    pub firsts: Vec<First>,
    /// How many people came.
    pub newcomers: u64,
    /// People who were thanked, by name.
    pub thanked: Vec<Thanks>,
    /// Messages that tell how somebody uses the project.
    pub stories: Vec<Told>,
    /// Stories that the team wrote down, with consent.
    pub told_stories: Vec<Story>,
    /// Announcements.
    pub announced: Vec<Told>,
    /// Numbers without a goal: how much there was.
    pub numbers: Vec<Number>,
    /// What is wanted, and how far it is.
    pub goals: Vec<Goal>,
    /// What left its usual range, and what explains it; furthest out first.
    pub blips: Vec<StoodOut>,
    /// What was done, and whether its number moved.
    pub actions: Vec<Done>,
    /// Questions that wait.
    pub waiting: Vec<Waiting>,
    /// How many there are, shown or not.
    pub waiting_total: u64,
    /// What was asked about.
    pub topics: Vec<Topic>,
    /// Questions asked again and again that no page answers.
    pub gaps: Vec<Gap>,
    /// What was talked about most.
    pub busiest: Vec<Talk>,
    /// Where it happened.
    pub channels: Vec<Channel>,
    /// Support tiers: promised, asked, taken.
    pub tiers: Vec<Tier>,
    /// Channels that are asked for another tier than they offer.
    pub mismatches: Vec<Mismatch>,
    /// On how many the help rests.
    pub load: Load,
    /// Those who came in each quarter, and who stayed.
    pub cohorts: Vec<Cohort>,
    /// What changed in the code.
    pub changes: Changes,
    /// Charts, ready to be put into the text.
    pub charts: Charts,
}

/// A place where one can take part.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Way {
    /// Its name.
    pub name: String,
    /// What it is: `mailing list`.
    pub what: String,
    /// What help it offers: `basic help`.
    pub offers: String,
}

/// Something in the calendar.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Event {
    /// What it is called.
    pub title: String,
    /// When: `4 to 5 February 2019`.
    pub when: String,
    /// Where; empty if unknown.
    pub place: String,
    /// A page about it; empty if unknown.
    pub url: String,
}

/// Somebody's first time.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct First {
    /// Who.
    pub name: String,
    /// What they did, in words that follow the name.
    pub did: String,
    /// In which conversation; empty if in none.
    pub title: String,
    /// Where that can be read; empty if nowhere.
    pub url: String,
}

/// Somebody to thank.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Thanks {
    /// Who.
    pub name: String,
    /// How often they were thanked.
    pub times: u64,
}

/// Something that somebody told.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Told {
    /// What the conversation is called.
    pub title: String,
    /// How the message begins.
    pub lead: String,
    /// Who told it; empty in a report for everybody.
    pub name: String,
    /// The channel.
    pub channel: String,
    /// The day.
    pub day: String,
    /// Where it can be read; empty if nowhere.
    pub url: String,
}

/// A question that waits.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Waiting {
    /// What is asked.
    pub title: String,
    /// Where.
    pub channel: String,
    /// Since which day.
    pub day: String,
    /// The tier that it asks for; empty if unknown.
    pub tier: String,
    /// Whether it is somebody's first question.
    pub newcomer: bool,
    /// Whether it was answered, and whoever asked came back with more.
    pub again: bool,
    /// Where it can be read and answered; empty if nowhere.
    pub url: String,
}

/// What was asked about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Topic {
    /// Its name.
    pub topic: String,
    /// Questions.
    pub questions: u64,
    /// In the stretch just before.
    pub before: u64,
}

/// Missing documentation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// How it is asked.
    pub title: String,
    /// How often.
    pub questions: u64,
    /// By how many people.
    pub people: u64,
}

/// A conversation that much was said in.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Talk {
    /// What it is called.
    pub title: String,
    /// Where.
    pub channel: String,
    /// Messages.
    pub messages: u64,
    /// People.
    pub people: u64,
    /// Where it can be read; empty if nowhere.
    pub url: String,
}

/// One channel.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Channel {
    /// Its name.
    pub name: String,
    /// Messages.
    pub messages: u64,
    /// Messages in the stretch just before.
    pub messages_before: u64,
    /// People.
    pub people: u64,
    /// Questions.
    pub questions: u64,
    /// The share answered, in words.
    pub answered: String,
    /// The median time to a first response, in words.
    pub first_response: String,
}

/// A support tier.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Tier {
    /// 0 to 4.
    pub tier: u8,
    /// What it is called.
    pub name: String,
    /// Who helps.
    pub who: String,
    /// The promise of a first response, in words.
    pub promise: String,
    /// Questions that asked for it, ever.
    pub asked: u64,
    /// Questions that took it, ever.
    pub took: u64,
    /// The share answered within the promise in the period, in words.
    pub kept: String,
    /// Questions of the period.
    pub questions: u64,
    /// The median time to a first response in the period, in words.
    pub first_response: String,
}

/// A channel that is asked for something else than it offers.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Mismatch {
    /// The channel.
    pub channel: String,
    /// The tier it offers.
    pub offered: u8,
    /// The tier that is asked for most, besides.
    pub asked: u8,
    /// How many questions asked for that.
    pub questions: u64,
    /// Of how many.
    pub of: u64,
}

/// On how many the help rests.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Load {
    /// Answers of the last 365 days.
    pub answers: u64,
    /// People who gave them.
    pub helpers: u64,
    /// The fewest who gave half of them.
    pub half: u64,
}

/// Those who came in one quarter.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Cohort {
    /// The quarter: `January to March 2019`.
    pub name: String,
    /// How many.
    pub people: u64,
    /// The share who wrote in the quarter after, in words; empty where that is not over.
    pub next: String,
    /// The share who wrote a year later.
    pub year: String,
}

/// What changed in the code.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Changes {
    /// How many commits.
    pub commits: usize,
    /// What they are about, most first.
    pub themes: Vec<Theme>,
    /// Who wrote them, by name.
    pub people: Vec<String>,
    /// Those of them who wrote their first one.
    pub first: Vec<String>,
}

/// Changes of a kind.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Theme {
    /// What kind.
    pub name: String,
    /// What changed.
    pub subjects: Vec<String>,
    /// How many there are beside those.
    pub more: usize,
}

/// Charts as they stand in a text; empty where there is nothing to draw.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Charts {
    /// Questions asked and answered.
    pub questions: String,
    /// Half of the first responses came within.
    pub response: String,
    /// Who wrote, and who came.
    pub people: String,
    /// Topics side by side.
    pub topics: String,
}
