//! What a report asks of a community: its tables, or whatever stands in for them in a test.

use insight::support::TierOffer;
use insight::views::{ChannelTiers, ChannelView, CommitView, Events, GapView, GrowthView, PeriodView, SeriesView};
use insight::{Community, InsightError, Page, PeriodAsk, SeriesAsk};

use crate::{ReportError, Result};

/// Asked while a report is gathered. Names in the answers are as the questions give them: never an address.
pub trait Questions {
    /// What the community is called.
    fn community(&self) -> String;
    /// What “now” is, microseconds UTC.
    fn now(&self) -> i64;
    /// What happened in a stretch of time.
    fn period(&self, ask: &PeriodAsk) -> Result<PeriodView>;
    /// Numbers of questions over time.
    fn series(&self, ask: &SeriesAsk) -> Result<SeriesView>;
    /// Who comes and stays, and on how many the help rests.
    fn growth(&self) -> Result<GrowthView>;
    /// The calendar.
    fn calendar(&self) -> Result<Events>;
    /// The channels, most asked first.
    fn channels(&self) -> Result<Vec<ChannelView>>;
    /// What channels offer, and what is asked there.
    fn channel_tiers(&self) -> Result<Vec<ChannelTiers>>;
    /// The support model.
    fn tiers(&self) -> Vec<TierOffer>;
    /// Questions asked again and again that no page answers.
    fn gaps(&self) -> Result<Vec<GapView>>;
    /// Commits from an instant on until before another.
    fn commits(&self, from: i64, until: i64, source: Option<&str>) -> Result<Vec<CommitView>>;
    /// When a release was made.
    fn release_time(&self, name: &str) -> Result<Option<i64>>;
    /// Where a conversation can be read on the web.
    fn address(&self, conversation: &str) -> Result<Option<String>>;
}

/// Gaps that a report may tell of.
const GAPS: usize = 10;

impl Questions for Community {
    fn community(&self) -> String {
        self.settings().community.clone()
    }

    fn now(&self) -> i64 {
        Community::now(self).time
    }

    fn period(&self, ask: &PeriodAsk) -> Result<PeriodView> {
        said(Community::period(self, ask))
    }

    fn series(&self, ask: &SeriesAsk) -> Result<SeriesView> {
        said(Community::series(self, ask))
    }

    fn growth(&self) -> Result<GrowthView> {
        said(Community::growth(self))
    }

    fn calendar(&self) -> Result<Events> {
        said(Community::calendar(self))
    }

    fn channels(&self) -> Result<Vec<ChannelView>> {
        said(Community::channels(self))
    }

    fn channel_tiers(&self) -> Result<Vec<ChannelTiers>> {
        said(Community::channel_tiers(self))
    }

    fn tiers(&self) -> Vec<TierOffer> {
        self.settings().support.tiers.to_vec()
    }

    fn gaps(&self) -> Result<Vec<GapView>> {
        said(self.gaps_page(0, GAPS)).map(|(gaps, _)| gaps)
    }

    fn commits(&self, from: i64, until: i64, source: Option<&str>) -> Result<Vec<CommitView>> {
        said(Community::commits(self, from, until, source))
    }

    fn release_time(&self, name: &str) -> Result<Option<i64>> {
        said(Community::release_time(self, name))
    }

    fn address(&self, conversation: &str) -> Result<Option<String>> {
        let page = said(self.conversation_part(conversation, Page { offset: 0, limit: 1 }))?;
        Ok(page.and_then(|page| page.messages.into_iter().next()?.url))
    }
}

fn said<T>(answer: std::result::Result<T, InsightError>) -> Result<T> {
    answer.map_err(|error| ReportError::Tables(error.to_string()))
}
