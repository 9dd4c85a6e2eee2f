//! The snapshot that questions are asked of: one manifest's tables, their small columns in memory.
//!
//! What a snapshot holds does not change, except that a new day makes anew what looks back from now;
//! what people decide on the desk counts at once, for the desk is read with every question. When a
//! sync publishes other tables ([`Community::is_stale`]), open the next snapshot and drop this one.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use archive::{Manifest, Tables};
use index::Index;
use model::time::{DAY, is_plausible};
use rustc_hash::FxHashMap;

use crate::alike::Found;
use crate::care::Care;
use crate::cases::{Cases, Choices};
use crate::columns::{
    Areas, Contributions, Conversations, Helped, Knowledge, Lives, Pages, People, Recent, Roster, Suggested, Traffic,
    Work, read_suggestions,
};
use crate::conversation::Around;
use crate::details::Detail;
use crate::growth::Growth;
use crate::kept::{Cache, Daily, Latest, Once};
use crate::opening::Opening;
use crate::people::{LevelRules, Marks, PeopleLists, Ranks, Segments};
use crate::remembered::Remembered;
use crate::search::SearchMemory;
use crate::series::Facts;
use crate::stories::Leads;
use crate::support::Support;
use crate::titles::Titles;
use crate::today::Lately;
use crate::topics::{Gaps, Topics};
use crate::views::{
    AlertView, Changes, ChannelPage, ChannelTiers, ChannelView, DraftView, FoundEvent, Metrics, PersonRef, SeriesView,
    SourceLine, StoryLead,
};
use crate::waiting::Queues;
use crate::{InsightError, MetricsFilter, Result, SeriesAsk, sources};

/// An archive whose newest message is older than this is read as of that message, not as of today.
const ASLEEP: i64 = 7 * DAY;

/// What a community is called and promises.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Its name.
    pub community: String,
    /// True for the simulated demonstration community.
    pub simulated: bool,
    /// Who helps at each tier, and what is promised.
    pub support: Support,
    /// How much the helping is spread over more people than the usual ones: from 0 (not at all) to 1.
    pub spread: f64,
    /// What makes a newcomer, a contributor, the core.
    pub levels: LevelRules,
    /// A fixed “now” in microseconds UTC, for tests and for looking back; `None` for the usual one.
    pub as_of: Option<i64>,
}

/// [`Settings::spread`] where nobody says anything else: whoever carries much is passed by the next best one, but a
/// stranger to the subject is not put before those who know.
pub const SPREAD: f64 = 0.5;

/// Openings, with who could help, kept in memory: about 10 KB each.
const OPENINGS: usize = 2_000;
/// Likenesses of what is about the same, kept in memory for what is looked at now: about 15 KB each.
const FOUND: usize = 100;
/// Lists of what is about the same, kept in memory: about 3 KB each.
const AROUNDS: usize = 2_000;
/// Titles and the like, kept in memory: about 1 KB each.
const DETAILS: usize = 20_000;

/// The conversations about a topic, by the topic, as far as it was asked for.
pub(crate) type Tagged = Mutex<FxHashMap<String, Arc<rustc_hash::FxHashSet<u32>>>>;

/// What “now” is for every question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Microseconds UTC.
    pub time: i64,
    /// True when it is the newest message's time, not the clock's.
    pub from_data: bool,
}

/// A snapshot of a community, open for questions from any number of threads.
pub struct Community {
    pub(crate) tables: Tables,
    pub(crate) manifest: Manifest,
    pub(crate) settings: Settings,
    pub(crate) index: Index,
    pub(crate) people: People,
    pub(crate) conversations: Conversations,
    pub(crate) desk_file: PathBuf,
    stamp: Option<Stamp>,
    newest: Option<i64>,
    recent: Daily<Recent>,
    contributions: Daily<Contributions>,
    knowledge: Daily<Knowledge>,
    areas: Once<Areas>,
    helped: Once<Helped>,
    pages: Once<Pages>,
    work: Once<Work>,
    lives: Once<Lives>,
    roster: Once<Roster>,
    ranks: Daily<Ranks>,
    suggested: Once<Vec<Suggested>>,
    pub(crate) marks: Latest<Marks>,
    sources: Daily<Vec<SourceLine>>,
    plain_facts: Daily<Facts>,
    traffic: Daily<Traffic>,
    growth: Daily<Growth>,
    leads: Daily<Leads>,
    pub(crate) care: Care,
    pub(crate) namesakes: Once<Vec<u32>>,
    pub(crate) decided_facts: Latest<Facts>,
    pub(crate) angry: Daily<Vec<AlertView>>,
    pub(crate) stories: Daily<Vec<StoryLead>>,
    pub(crate) events_dated: Once<Vec<FoundEvent>>,
    pub(crate) titles_memory: Once<Titles>,
    pub(crate) openings: Cache<Opening, OPENINGS>,
    pub(crate) found: Cache<Found, FOUND>,
    pub(crate) drafts: Cache<DraftView, AROUNDS>,
    pub(crate) arounds: Cache<Around, AROUNDS>,
    pub(crate) choices: Choices,
    pub(crate) people_lists: PeopleLists,
    pub(crate) people_segments: Segments,
    pub(crate) queues: Queues,
    pub(crate) lately: Remembered<(), Lately>,
    pub(crate) changed: Remembered<i64, Changes>,
    pub(crate) due_until: Remembered<i64, u64>,
    pub(crate) channel_tiers: Remembered<(), Vec<ChannelTiers>>,
    pub(crate) channel_views: Remembered<(), Vec<ChannelView>>,
    pub(crate) channel_pages: Remembered<String, ChannelPage>,
    pub(crate) series_known: Remembered<SeriesAsk, SeriesView>,
    pub(crate) metrics_known: Remembered<MetricsFilter, Metrics>,
    pub(crate) topics_known: Once<Topics>,
    pub(crate) gaps_known: Once<Gaps>,
    pub(crate) best_answers: Cache<Option<String>, DETAILS>,
    pub(crate) tagged: Tagged,
    pub(crate) detail_cache: Cache<Detail, DETAILS>,
    pub(crate) cases_cache: Latest<Cases>,
    pub(crate) search_memory: SearchMemory,
}

impl Community {
    /// Opens what the latest sync derived: reads the small columns of people, identities and
    /// conversations. Everything else is read when it is first asked for.
    pub fn open(tables: &Tables, index_folder: &Path, desk_file: &Path, settings: Settings) -> Result<Community> {
        // The stamp comes first: a sync in between makes this snapshot stale rather than wrong.
        let stamp = Stamp::of(tables);
        let manifest = tables.manifest()?.ok_or(InsightError::NothingYet)?;
        let people = People::read(tables, &manifest)?;
        let conversations = Conversations::read(tables, &manifest, &people)?;
        let clock = clock();
        let seen = conversations.last.iter().chain(&people.last_seen);
        let newest = seen.copied().filter(|time| is_plausible(*time, clock)).max();
        Ok(Community {
            index: Index::open(index_folder)?,
            tables: tables.clone(),
            manifest,
            settings,
            people,
            conversations,
            desk_file: desk_file.to_owned(),
            stamp,
            newest,
            recent: Daily::default(),
            contributions: Daily::default(),
            knowledge: Daily::default(),
            areas: Once::default(),
            helped: Once::default(),
            pages: Once::default(),
            work: Once::default(),
            lives: Once::default(),
            roster: Once::default(),
            ranks: Daily::default(),
            suggested: Once::default(),
            marks: Latest::default(),
            sources: Daily::default(),
            plain_facts: Daily::default(),
            traffic: Daily::default(),
            growth: Daily::default(),
            leads: Daily::default(),
            care: Care::default(),
            namesakes: Once::default(),
            decided_facts: Latest::default(),
            angry: Daily::default(),
            stories: Daily::default(),
            events_dated: Once::default(),
            titles_memory: Once::default(),
            openings: Cache::default(),
            found: Cache::default(),
            drafts: Cache::default(),
            arounds: Cache::default(),
            choices: Choices::default(),
            people_lists: PeopleLists::default(),
            people_segments: Segments::default(),
            queues: Queues::default(),
            lately: Remembered::default(),
            changed: Remembered::default(),
            due_until: Remembered::default(),
            channel_tiers: Remembered::default(),
            channel_views: Remembered::default(),
            channel_pages: Remembered::default(),
            series_known: Remembered::default(),
            metrics_known: Remembered::default(),
            topics_known: Once::default(),
            gaps_known: Once::default(),
            best_answers: Cache::default(),
            tagged: Tagged::default(),
            detail_cache: Cache::default(),
            cases_cache: Latest::default(),
            search_memory: SearchMemory::default(),
        })
    }

    /// Whether other tables were published since this snapshot was opened. Costs one look at a file.
    pub fn is_stale(&self) -> bool {
        Stamp::of(&self.tables) != self.stamp
    }

    /// Whether there is a conversation of this id.
    pub fn has_conversation(&self, id: &str) -> bool {
        self.conversations.find(id).is_some()
    }

    /// Whether any conversation is in a channel of that name.
    pub fn has_channel(&self, name: &str) -> bool {
        self.conversations.places.all().any(|(_, channel)| channel == name)
    }

    /// What “now” is: fixed by the settings, else the clock, or for a community that is only an
    /// archive the time of what was done last.
    pub fn now(&self) -> Now {
        let clock = clock();
        match (self.settings.as_of, self.newest) {
            (Some(fixed), _) => Now { time: fixed, from_data: false },
            (None, Some(newest)) if newest < clock.saturating_sub(ASLEEP) => Now { time: newest, from_data: true },
            _ => Now { time: clock, from_data: false },
        }
    }

    /// What the clock says, unless a fixed time stands for it: when what was put off comes back.
    pub(crate) fn clock(&self) -> i64 {
        self.settings.as_of.unwrap_or_else(clock)
    }

    /// What the community is called and promises.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Reads what is read when first asked for and prepares the Today page, so that the first visitor
    /// does not wait for it.
    pub fn warm(&self) -> Result<()> {
        let asked_of = self.pages().map(drop).and(self.knowledge(self.now().time)).and(self.work());
        self.settle(asked_of.map(drop))?;
        self.warm_search()?;
        self.settle(self.ranks(self.now().time).map(drop))?;
        self.warm_numbers()?;
        self.settle(self.warm_cases())?;
        self.today().map(drop)
    }

    /// An error while other tables were published meanwhile is no error of these: the files are gone.
    pub(crate) fn settle<T>(&self, answer: Result<T>) -> Result<T> {
        match answer {
            Err(_) if self.is_stale() => Err(InsightError::Stale),
            answer => answer,
        }
    }

    pub(crate) fn recent(&self, now: i64) -> Result<Arc<Recent>> {
        let make = || Recent::read(&self.tables, &self.manifest, &self.people, &self.conversations, now);
        self.recent.get(now, make)
    }

    pub(crate) fn contributions(&self, now: i64) -> Result<Arc<Contributions>> {
        self.contributions.get(now, || Contributions::read(&self.tables, &self.manifest, &self.people, now))
    }

    pub(crate) fn knowledge(&self, now: i64) -> Result<Arc<Knowledge>> {
        let (helped, areas) = (self.helped()?, self.areas()?);
        let until = now.saturating_add(1);
        self.knowledge.get(now, || Ok(Knowledge::of(&self.conversations, &helped, &areas, until)))
    }

    pub(crate) fn helped(&self) -> Result<Arc<Helped>> {
        self.helped.get(|| Helped::read(&self.tables, &self.manifest, &self.people, &self.conversations))
    }

    pub(crate) fn areas(&self) -> Result<Arc<Areas>> {
        self.areas.get(|| Areas::read(&self.tables, &self.manifest))
    }

    pub(crate) fn pages(&self) -> Result<Arc<Pages>> {
        self.pages.get(|| Pages::read(&self.tables, &self.manifest, &self.conversations))
    }

    pub(crate) fn work(&self) -> Result<Arc<Work>> {
        let areas = self.areas()?;
        self.work.get(|| Work::read(&self.tables, &self.manifest, &self.people, &areas))
    }

    pub(crate) fn lives(&self) -> Result<Arc<Lives>> {
        self.lives.get(|| Lives::read(&self.tables, &self.manifest, &self.people, &self.conversations))
    }

    pub(crate) fn roster(&self) -> Result<Arc<Roster>> {
        self.roster.get(|| Roster::read(&self.tables, &self.manifest, &self.people))
    }

    pub(crate) fn ranks(&self, now: i64) -> Result<Arc<Ranks>> {
        let (lives, roster) = (self.lives()?, self.roster()?);
        self.ranks.get(now, || Ok(Ranks::of(&self.people, &lives, &roster, &self.settings.levels, now)))
    }

    pub(crate) fn suggested(&self) -> Result<Arc<Vec<Suggested>>> {
        self.suggested.get(|| read_suggestions(&self.tables, &self.manifest, &self.people))
    }

    pub(crate) fn sources(&self, now: i64) -> Result<Arc<Vec<SourceLine>>> {
        self.sources.get(now, || sources::lines(&self.tables, &self.manifest))
    }

    pub(crate) fn plain_facts(&self, now: i64, make: impl FnOnce() -> Result<Facts>) -> Result<Arc<Facts>> {
        self.plain_facts.get(now, make)
    }

    pub(crate) fn traffic(&self, now: i64) -> Result<Arc<Traffic>> {
        self.traffic.get(now, || Traffic::read(&self.tables, &self.manifest, &self.conversations, now))
    }

    pub(crate) fn grown(&self, now: i64, make: impl FnOnce() -> Result<Growth>) -> Result<Arc<Growth>> {
        self.growth.get(now, make)
    }

    pub(crate) fn leads(&self, now: i64, make: impl FnOnce() -> Result<Leads>) -> Result<Arc<Leads>> {
        self.leads.get(now, make)
    }

    /// Makes what the pages with numbers are made from.
    fn warm_numbers(&self) -> Result<()> {
        let moment = self.moment()?;
        self.settle(
            self.question_facts(&moment).map(drop).and(self.channels().map(drop)).and(self.growth().map(drop)),
        )?;
        self.settle(self.stories(0, 1).map(drop))?;
        self.warm_care()
    }

    /// A person for a list; `None` for nobody known.
    pub(crate) fn person_ref(&self, person: u32) -> Option<PersonRef> {
        let name = self.people.names.get(person as usize)?;
        Some(PersonRef { id: self.people.ids[person as usize].to_string(), name: name.to_string() })
    }
}

/// The clock's time, microseconds UTC.
fn clock() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

/// What tells one manifest file from the next without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
}

impl Stamp {
    fn of(tables: &Tables) -> Option<Stamp> {
        let data = std::fs::metadata(tables.folder().join("manifest.json")).ok()?;
        Some(Stamp { modified: data.modified().ok(), length: data.len() })
    }
}
