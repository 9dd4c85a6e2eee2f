//! What the pages ask: the one door between them and the tables.

use insight::WaitingFilter;
use insight::views::{Answer, ConversationPage, PersonPage, Today, Waiting};

/// Gives the views that the pages show. Everything but [`Answers::about`] may take its time: the
/// server calls it away from the threads that talk to browsers.
pub trait Answers: Send + Sync + 'static {
    /// What every page says at its top. Returns at once.
    fn about(&self) -> About;

    /// The Today page.
    fn today(&self) -> Result<Today, AnswerError>;

    /// The desk: at most `limit` waiting conversations that pass the filter, oldest promise first.
    fn waiting(&self, limit: usize, filter: &WaitingFilter) -> Result<Vec<Waiting>, AnswerError>;

    /// Conversations about the same as `question`, and who may know.
    fn ask(&self, question: &str) -> Result<Answer, AnswerError>;

    /// One conversation; `None` if there is none of that id.
    fn conversation(&self, id: &str) -> Result<Option<ConversationPage>, AnswerError>;

    /// One person; `None` if there is none of that id.
    fn person(&self, id: &str) -> Result<Option<PersonPage>, AnswerError>;
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
