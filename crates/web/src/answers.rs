//! What pages, API and assistants ask: the one door between them and the tables.

use desk::Subject;
use insight::query::Query;
use insight::views::{
    Acquaintance, Aftermath, Answer, CaseList, CasePage, ChannelPage, ChannelTiers, ChannelView, CommitView,
    ConversationPage, Day, Directory, DraftView, Events, Explained, FilledView, GapView, GrowthView, Helper,
    Introduction, Metrics, PeriodView, PersonPage, SearchView, SeriesView, Stories, Today, TopicView, ViewCount,
    Waiting,
};
use insight::{CaseAsk, DayAsk, MetricsFilter, Page, PeriodAsk, SeriesAsk, TopicOrder, WaitingCounts, WaitingFilter};
mod people;
use insight::support::TierOffer;
pub use people::AboutPeople;

/// Gives the views that are shown. Everything but [`Answers::about`] may take its time: the
/// server calls it away from the threads that talk to browsers.
pub trait Answers: AboutPeople + Send + Sync + 'static {
    /// What every page says at its top. Returns at once.
    fn about(&self) -> About;

    /// The Today page.
    fn today(&self) -> Result<Today, AnswerError>;

    /// What the Today page shows besides: what is mine, what changed, what comes.
    fn day(&self, ask: &DayAsk) -> Result<Day, AnswerError>;

    /// The desk: at most `limit` waiting conversations that pass the filter, oldest promise first.
    fn waiting(&self, limit: usize, filter: &WaitingFilter) -> Result<Vec<Waiting>, AnswerError>;

    /// How many wait, listed or not.
    fn waiting_counts(&self, filter: &WaitingFilter) -> Result<WaitingCounts, AnswerError>;

    /// Conversations about the same as `question`, and who may know.
    fn ask(&self, question: &str) -> Result<Answer, AnswerError>;

    /// Who may know what was asked, likeliest first.
    fn who_knows(&self, question: &str) -> Result<Vec<Helper>, AnswerError>;

    /// What answers a conversation's question; `None` if there is none of that id.
    fn same(&self, id: &str) -> Result<Option<Answer>, AnswerError>;

    /// Who can introduce one person to another; `None` if either is unknown.
    fn introduce(&self, from: &str, to: &str) -> Result<Option<Introduction>, AnswerError>;

    /// Whom a person knows, strongest first; `None` if there is none of that id.
    fn introducers(&self, id: &str) -> Result<Option<Vec<Acquaintance>>, AnswerError>;

    /// What a query finds, best first.
    fn search(&self, query: &Query, page: Page) -> Result<SearchView, AnswerError>;

    /// The cases of a view that fit a query: those whose promise runs out first come first.
    fn cases(&self, ask: &CaseAsk) -> Result<CaseList, AnswerError>;

    /// One case with everything that was decided about it; `None` if there is no conversation of that id.
    fn case(&self, id: &str) -> Result<Option<CasePage>, AnswerError>;

    /// Conversations as the desk is told about them, with the newest message known of each. Returns at once.
    fn subjects(&self, ids: &[String]) -> Vec<Subject>;

    /// Whether there is a conversation of that id. Returns at once.
    fn has_conversation(&self, id: &str) -> bool;

    /// The ids of the cases of a view that fit a query, for what is done to many at once.
    fn case_ids(&self, ask: &CaseAsk) -> Result<Vec<String>, AnswerError>;

    /// How many cases are in each view, for somebody by the name they go by on the desk.
    fn case_counts(&self, me: &str) -> Result<Vec<ViewCount>, AnswerError>;

    /// The draft of an answer, out of earlier answers and pages; `None` if there is no conversation of that id.
    fn draft(&self, id: &str) -> Result<Option<DraftView>, AnswerError>;

    /// A canned answer filled in for a conversation by `me`; `None` if there is none of that id.
    fn fill(&self, template: &str, id: &str, me: &str) -> Result<Option<FilledView>, AnswerError>;

    /// One conversation with some of its messages; `None` if there is none of that id.
    fn conversation_part(&self, id: &str, page: Page) -> Result<Option<ConversationPage>, AnswerError>;

    /// One conversation; `None` if there is none of that id.
    fn conversation(&self, id: &str) -> Result<Option<ConversationPage>, AnswerError>;

    /// One person; `None` if there is none of that id.
    fn person(&self, id: &str) -> Result<Option<PersonPage>, AnswerError>;

    /// Every decision about what has this id; `None` if there is nothing of that id.
    fn explain(&self, id: &str) -> Result<Option<Explained>, AnswerError>;

    /// What every channel offers, and which tiers its questions ask for and take; by source and channel.
    fn channel_tiers(&self) -> Result<Vec<ChannelTiers>, AnswerError>;

    /// What people ask about, what they asked about most lately first.
    fn topics(&self) -> Result<Vec<TopicView>, AnswerError>;

    /// Questions asked again and again that no page answers, most asked first.
    fn gaps(&self) -> Result<Vec<GapView>, AnswerError>;

    /// How the help goes, in numbers.
    fn metrics(&self, filter: &MetricsFilter) -> Result<Metrics, AnswerError>;

    /// How the help goes over time.
    fn series(&self, ask: &SeriesAsk) -> Result<SeriesView, AnswerError>;

    /// The support model's tiers. Returns at once.
    fn tiers(&self) -> Vec<TierOffer>;

    /// Every channel, most asked first.
    fn channels(&self) -> Result<Vec<ChannelView>, AnswerError>;

    /// One channel; `None` if there is none of that id.
    fn channel(&self, id: &str) -> Result<Option<ChannelPage>, AnswerError>;

    /// Who comes, who stays, and on how many the help rests.
    fn growth(&self) -> Result<GrowthView, AnswerError>;

    /// Story leads, latest first: at most `limit` after the first `offset`.
    fn stories(&self, offset: usize, limit: usize) -> Result<Stories, AnswerError>;

    /// The channels of peers, and what they have that we do not.
    fn directory(&self) -> Result<Directory, AnswerError>;

    /// What changed from an instant until another, microseconds UTC.
    fn aftermath(&self, from: i64, until: i64) -> Result<Aftermath, AnswerError>;

    /// What happened in a stretch of time.
    fn period(&self, ask: &PeriodAsk) -> Result<PeriodView, AnswerError>;

    /// Commits from an instant on until before another, latest first.
    fn commits(&self, from: i64, until: i64, source: Option<&str>) -> Result<Vec<CommitView>, AnswerError>;

    /// When a release of this name was made; none if none is known by it.
    fn release_time(&self, name: &str) -> Result<Option<i64>, AnswerError>;

    /// The calendar.
    fn events(&self) -> Result<Events, AnswerError>;

    /// At most `limit` topics after the first `offset` in an order, and how many there are.
    fn topics_page(&self, order: TopicOrder, offset: usize, limit: usize)
    -> Result<(Vec<TopicView>, u64), AnswerError>;

    /// At most `limit` gaps after the first `offset`, and how many there are.
    fn gaps_page(&self, offset: usize, limit: usize) -> Result<(Vec<GapView>, u64), AnswerError>;
}

/// What every page says at its top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The community's name.
    pub community: String,
    /// What “now” is, in microseconds UTC: see [`insight::views::Today::as_of`].
    pub as_of: i64,
    /// True when `as_of` is the newest message's time, not the clock's.
    pub as_of_data: bool,
    /// True for the simulated demonstration community.
    pub simulated: bool,
}

/// Why there is no answer. The text is logged and shown: it holds no body, name or address.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct AnswerError(pub String);
