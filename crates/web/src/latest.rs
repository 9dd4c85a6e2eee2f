//! Answers from a real community: always the latest snapshot that is ready.
//!
//! When a sync has published other tables, the next question starts opening them in the background
//! and the snapshot at hand goes on serving until they are warm. Only a question that finds its files
//! gone waits for the new ones.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use desk::Subject;
use insight::query::Query;
use insight::support::TierOffer;
use insight::views::{
    Acquaintance, Aftermath, Answer, CaseList, CasePage, ChannelPage, ChannelTiers, ChannelView, CommitView,
    ConversationPage, Day, Directory, DraftView, Events, Explained, FilledView, GapView, GrowthView, Helper,
    Introduction, Metrics, PeriodView, PersonPage, SearchView, SeriesView, Stories, Today, TopicView, ViewCount,
    Waiting,
};
use insight::{
    CaseAsk, Community, DayAsk, InsightError, MetricsFilter, Page, PeriodAsk, SeriesAsk, TopicOrder, WaitingCounts,
    WaitingFilter,
};

use crate::answers::{About, AnswerError, Answers};

mod people;

/// How long to leave tables alone that could not be opened. A sync that is still writing needs about
/// as long.
const PAUSE: Duration = Duration::from_secs(5);

/// Something that is opened once, answers, and is replaced when it is stale.
pub trait Snapshot: Send + Sync + 'static {
    /// Whether there is a newer one. Cheap.
    fn is_stale(&self) -> bool;

    /// Prepares what the first question would otherwise wait for.
    fn warm(&self) -> insight::Result<()>;
}

impl Snapshot for Community {
    fn is_stale(&self) -> bool {
        Community::is_stale(self)
    }

    fn warm(&self) -> insight::Result<()> {
        Community::warm(self)
    }
}

/// The latest snapshot, as [`Answers`].
pub struct Latest<S>(Arc<Inner<S>>);

struct Inner<S> {
    /// The snapshot, and the stamp when it was opened.
    current: RwLock<(Arc<S>, u64)>,
    stamp: Box<dyn Fn() -> u64 + Send + Sync>,
    open: Box<dyn Fn() -> insight::Result<S> + Send + Sync>,
    /// Held while opening, so that nobody opens the same tables twice at once.
    opening: Mutex<()>,
    /// Whether a thread in the background is at it.
    renewing: AtomicBool,
}

impl<S: Snapshot> Latest<S> {
    /// Opens the first snapshot, and starts warming it; `open` is called again whenever there is a newer one.
    pub fn open(open: impl Fn() -> insight::Result<S> + Send + Sync + 'static) -> insight::Result<Self> {
        Latest::open_again(open, || 0)
    }

    /// As [`Latest::open`], and opens the next one also when `stamp` gives another number: what a snapshot is opened with
    /// (the settings) has changed. `stamp` is asked with every question and must be cheap.
    pub fn open_again(
        open: impl Fn() -> insight::Result<S> + Send + Sync + 'static,
        stamp: impl Fn() -> u64 + Send + Sync + 'static,
    ) -> insight::Result<Self> {
        let stamped = stamp();
        let first = Arc::new(open()?);
        let inner = Arc::new(Inner {
            current: RwLock::new((first.clone(), stamped)),
            stamp: Box::new(stamp),
            open: Box::new(open),
            opening: Mutex::new(()),
            renewing: AtomicBool::new(false),
        });
        in_background(move || {
            if let Err(error) = first.warm() {
                tracing::warn!("the tables could not be prepared: {error}");
            }
        });
        Ok(Latest(inner))
    }

    /// The snapshot to ask. If it is stale, a newer one is on its way.
    fn snapshot(&self) -> Arc<S> {
        let current = self.0.current();
        if self.0.is_stale() && !self.0.renewing.swap(true, Ordering::AcqRel) {
            let inner = self.0.clone();
            in_background(move || {
                if let Err(error) = inner.renew() {
                    tracing::warn!("newer tables could not be opened, the older ones go on serving: {error}");
                    thread::sleep(PAUSE);
                }
                inner.renewing.store(false, Ordering::Release);
            });
        }
        current
    }

    /// Asks the snapshot, and a newer one if this one's files are gone.
    fn ask<T>(&self, question: impl Fn(&S) -> insight::Result<T>) -> Result<T, AnswerError> {
        let answer = match question(&self.snapshot()) {
            Err(InsightError::Stale) => self.0.renew().and_then(|()| question(&self.0.current())),
            answer => answer,
        };
        answer.map_err(|error| AnswerError(error.to_string()))
    }
}

impl<S: Snapshot> Inner<S> {
    fn current(&self) -> Arc<S> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    fn is_stale(&self) -> bool {
        let (current, stamped) = self.current.read().unwrap_or_else(PoisonError::into_inner).clone();
        current.is_stale() || (self.stamp)() != stamped
    }

    /// Puts a newer snapshot in place of a stale one, once it is warm.
    fn renew(&self) -> insight::Result<()> {
        let _one_at_a_time = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.is_stale() {
            return Ok(());
        }
        // Taken before: a change while it is opened makes it stale again.
        let stamped = (self.stamp)();
        let newer = (self.open)()?;
        newer.warm()?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = (Arc::new(newer), stamped);
        Ok(())
    }
}

/// Runs `work` on a thread of its own. Without one it is left for the next question to start.
fn in_background(work: impl FnOnce() + Send + 'static) {
    if let Err(error) = thread::Builder::new().name("snapshot".to_owned()).spawn(work) {
        tracing::warn!("no thread to open tables with: {error}");
    }
}

impl Answers for Latest<Community> {
    fn about(&self) -> About {
        let current = self.0.current();
        let (settings, now) = (current.settings(), current.now());
        About {
            community: settings.community.clone(),
            as_of: now.time,
            as_of_data: now.from_data,
            simulated: settings.simulated,
        }
    }

    fn today(&self) -> Result<Today, AnswerError> {
        self.ask(Community::today)
    }

    fn day(&self, ask: &DayAsk) -> Result<Day, AnswerError> {
        self.ask(|community| community.day(ask))
    }

    fn waiting(&self, limit: usize, filter: &WaitingFilter) -> Result<Vec<Waiting>, AnswerError> {
        self.ask(|community| community.waiting(limit, filter))
    }

    fn waiting_counts(&self, filter: &WaitingFilter) -> Result<WaitingCounts, AnswerError> {
        self.ask(|community| community.waiting_counts(filter))
    }

    fn ask(&self, question: &str) -> Result<Answer, AnswerError> {
        self.ask(|community| community.ask(question))
    }

    fn who_knows(&self, question: &str) -> Result<Vec<Helper>, AnswerError> {
        self.ask(|community| community.who_knows(question))
    }

    fn same(&self, id: &str) -> Result<Option<Answer>, AnswerError> {
        self.ask(|community| community.same(id))
    }

    fn introduce(&self, from: &str, to: &str) -> Result<Option<Introduction>, AnswerError> {
        self.ask(|community| community.introduce(from, to))
    }

    fn introducers(&self, id: &str) -> Result<Option<Vec<Acquaintance>>, AnswerError> {
        self.ask(|community| community.introducers(id))
    }

    fn search(&self, query: &Query, page: Page) -> Result<SearchView, AnswerError> {
        self.ask(|community| community.search(query, page))
    }

    fn cases(&self, ask: &CaseAsk) -> Result<CaseList, AnswerError> {
        self.ask(|community| community.cases(ask))
    }

    fn case(&self, id: &str) -> Result<Option<CasePage>, AnswerError> {
        self.ask(|community| community.case(id))
    }

    fn subjects(&self, ids: &[String]) -> Vec<Subject> {
        self.0.current().subjects(ids)
    }

    fn has_conversation(&self, id: &str) -> bool {
        self.0.current().has_conversation(id)
    }

    fn case_ids(&self, ask: &CaseAsk) -> Result<Vec<String>, AnswerError> {
        self.ask(|community| community.case_ids(ask))
    }

    fn case_counts(&self, me: &str) -> Result<Vec<ViewCount>, AnswerError> {
        self.ask(|community| community.case_counts(Some(me)))
    }

    fn draft(&self, id: &str) -> Result<Option<DraftView>, AnswerError> {
        self.ask(|community| community.draft(id))
    }

    fn fill(&self, template: &str, id: &str, me: &str) -> Result<Option<FilledView>, AnswerError> {
        self.ask(|community| community.fill(template, id, me))
    }

    fn conversation_part(&self, id: &str, page: Page) -> Result<Option<ConversationPage>, AnswerError> {
        self.ask(|community| community.conversation_part(id, page))
    }

    fn conversation(&self, id: &str) -> Result<Option<ConversationPage>, AnswerError> {
        self.ask(|community| community.conversation(id))
    }

    fn person(&self, id: &str) -> Result<Option<PersonPage>, AnswerError> {
        self.ask(|community| community.person(id))
    }

    fn explain(&self, id: &str) -> Result<Option<Explained>, AnswerError> {
        self.ask(|community| community.explain(id))
    }

    fn channel_tiers(&self) -> Result<Vec<ChannelTiers>, AnswerError> {
        self.ask(Community::channel_tiers)
    }

    fn topics(&self) -> Result<Vec<TopicView>, AnswerError> {
        self.ask(Community::topics)
    }

    fn gaps(&self) -> Result<Vec<GapView>, AnswerError> {
        self.ask(Community::gaps)
    }

    fn metrics(&self, filter: &MetricsFilter) -> Result<Metrics, AnswerError> {
        self.ask(|community| community.metrics(filter))
    }

    fn series(&self, ask: &SeriesAsk) -> Result<SeriesView, AnswerError> {
        self.ask(|community| community.series(ask))
    }

    fn tiers(&self) -> Vec<TierOffer> {
        self.0.current().settings().support.tiers.to_vec()
    }

    fn channels(&self) -> Result<Vec<ChannelView>, AnswerError> {
        self.ask(Community::channels)
    }

    fn channel(&self, id: &str) -> Result<Option<ChannelPage>, AnswerError> {
        self.ask(|community| community.channel(id))
    }

    fn growth(&self) -> Result<GrowthView, AnswerError> {
        self.ask(Community::growth)
    }

    fn stories(&self, offset: usize, limit: usize) -> Result<Stories, AnswerError> {
        self.ask(|community| community.stories(offset, limit))
    }

    fn directory(&self) -> Result<Directory, AnswerError> {
        self.ask(Community::directory)
    }

    fn aftermath(&self, from: i64, until: i64) -> Result<Aftermath, AnswerError> {
        self.ask(|community| community.aftermath(from, until))
    }

    fn period(&self, ask: &PeriodAsk) -> Result<PeriodView, AnswerError> {
        self.ask(|community| community.period(ask))
    }

    fn commits(&self, from: i64, until: i64, source: Option<&str>) -> Result<Vec<CommitView>, AnswerError> {
        self.ask(|community| community.commits(from, until, source))
    }

    fn release_time(&self, name: &str) -> Result<Option<i64>, AnswerError> {
        self.ask(|community| community.release_time(name))
    }

    fn events(&self) -> Result<Events, AnswerError> {
        self.ask(Community::calendar)
    }

    fn topics_page(
        &self,
        order: TopicOrder,
        offset: usize,
        limit: usize,
    ) -> Result<(Vec<TopicView>, u64), AnswerError> {
        self.ask(|community| community.topics_page(order, offset, limit))
    }

    fn gaps_page(&self, offset: usize, limit: usize) -> Result<(Vec<GapView>, u64), AnswerError> {
        self.ask(|community| community.gaps_page(offset, limit))
    }
}

#[cfg(test)]
mod tests;
