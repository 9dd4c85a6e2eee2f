//! A made-up community, small enough to read: for tests and for looking at the pages.

use insight::query::Query;
use insight::support::TierOffer;
use insight::views::{
    Acquaintance, Aftermath, Answer, Busy, CaseList, CasePage, Change, ChannelPage, ChannelTiers, ChannelView,
    CommitView, ConversationPage, ConversationRef, Directory, Events, Explained, GapView, GrowthView, Helper,
    Introduction, Metrics, PeriodView, PersonPage, PersonRef, SearchView, SeriesView, SourceLine, Stories, TierView,
    ToThank, Today, TopicView, Waiting,
};
use insight::{CaseAsk, MetricsFilter, Page, PeriodAsk, SeriesAsk, TopicOrder, WaitingCounts, WaitingFilter};
use model::Id;
use web::{About, AnswerError, Answers};

mod care;
mod conversations;
mod day;
mod numbers;
pub mod office;
mod people;
mod rest;
pub mod villagers;
mod waiting;

pub use conversations::question;
use conversations::{chat, similar};
use people::{hero, newcomer};
use waiting::{newcomers, waiting};

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// “Now” in it: 2024-06-12 09:30 UTC.
pub const NOW: i64 = 1_718_184_600_000_000;

/// A community whose answers are given in advance.
pub struct MadeUp {
    pub today: Today,
    pub conversations: Vec<ConversationPage>,
    pub people: Vec<PersonPage>,
}

impl Answers for MadeUp {
    fn about(&self) -> About {
        let Today { as_of, as_of_data, simulated, .. } = self.today;
        About { community: self.today.community.clone(), as_of, as_of_data, simulated }
    }

    fn today(&self) -> Result<Today, AnswerError> {
        Ok(self.today.clone())
    }

    fn day(&self, ask: &insight::DayAsk) -> Result<insight::views::Day, AnswerError> {
        Ok(if self.today.waiting.is_empty() { insight::views::Day::default() } else { day::day(ask) })
    }

    fn waiting(&self, limit: usize, filter: &WaitingFilter) -> Result<Vec<Waiting>, AnswerError> {
        let wanted = |wanted: &Option<String>, name: &str| wanted.as_deref().is_none_or(|wanted| wanted == name);
        let fits = |case: &&Waiting| {
            wanted(&filter.source, &case.conversation.source) && wanted(&filter.channel, &case.conversation.channel)
        };
        Ok(self.today.waiting.iter().filter(fits).take(limit).cloned().collect())
    }

    fn waiting_counts(&self, filter: &WaitingFilter) -> Result<WaitingCounts, AnswerError> {
        Ok(WaitingCounts { waiting: self.waiting(usize::MAX, filter)?.len() as u64, older: self.today.waiting_older })
    }

    fn ask(&self, question: &str) -> Result<Answer, AnswerError> {
        if question.contains("unheard of") {
            return Ok(Answer::default());
        }
        Ok(rest::answer(similar(), self.today.waiting[0].helpers.clone()))
    }

    fn who_knows(&self, question: &str) -> Result<Vec<Helper>, AnswerError> {
        Ok(self.ask(question)?.helpers)
    }

    fn same(&self, id: &str) -> Result<Option<Answer>, AnswerError> {
        self.conversation(id)?.map(|page| self.ask(&page.conversation.title)).transpose()
    }

    fn introduce(&self, from: &str, to: &str) -> Result<Option<Introduction>, AnswerError> {
        Ok(self.person(from)?.zip(self.person(to)?).map(|(from, to)| rest::introduction(from.person, to.person)))
    }

    fn introducers(&self, id: &str) -> Result<Option<Vec<Acquaintance>>, AnswerError> {
        Ok(self.person(id)?.map(|_| rest::acquaintances()))
    }

    fn search(&self, query: &Query, page: Page) -> Result<SearchView, AnswerError> {
        Ok(rest::found(query, page))
    }

    fn cases(&self, ask: &CaseAsk) -> Result<CaseList, AnswerError> {
        Ok(rest::cases(ask))
    }

    fn case(&self, id: &str) -> Result<Option<CasePage>, AnswerError> {
        Ok(self.conversation(id)?.map(|page| rest::case_page(page.conversation)))
    }

    fn subjects(&self, ids: &[String]) -> Vec<desk::Subject> {
        ids.iter().map(|id| desk::Subject { conversation: id.clone(), seen: Some(NOW) }).collect()
    }

    fn has_conversation(&self, id: &str) -> bool {
        self.conversations.iter().any(|page| page.conversation.id == id)
    }

    fn case_ids(&self, ask: &CaseAsk) -> Result<Vec<String>, AnswerError> {
        let ask = CaseAsk { limit: usize::MAX, ..ask.clone() };
        Ok(self.cases(&ask)?.cases.into_iter().map(|case| case.conversation.id).collect())
    }

    fn case_counts(&self, _: &str) -> Result<Vec<insight::views::ViewCount>, AnswerError> {
        Ok(day::counts(self.today.waiting.is_empty()))
    }

    fn draft(&self, id: &str) -> Result<Option<insight::views::DraftView>, AnswerError> {
        Ok(self.conversation(id)?.map(|page| day::draft(page.conversation)))
    }

    fn fill(&self, template: &str, id: &str, me: &str) -> Result<Option<insight::views::FilledView>, AnswerError> {
        let fill = |page: ConversationPage| insight::views::FilledView {
            conversation: page.conversation,
            text: template.replace("{me}", me),
            missing: vec!["{link}".to_owned()],
        };
        Ok(self.conversation(id)?.map(fill))
    }

    fn conversation_part(&self, id: &str, page: Page) -> Result<Option<ConversationPage>, AnswerError> {
        let part = |mut view: ConversationPage| {
            view.messages = view.messages.into_iter().skip(page.offset).take(page.limit).collect();
            view
        };
        Ok(self.conversation(id)?.map(part))
    }

    fn conversation(&self, id: &str) -> Result<Option<ConversationPage>, AnswerError> {
        Ok(self.conversations.iter().find(|page| page.conversation.id == id).cloned())
    }

    fn person(&self, id: &str) -> Result<Option<PersonPage>, AnswerError> {
        Ok(self.people.iter().find(|page| page.person.id == id).cloned())
    }

    fn explain(&self, id: &str) -> Result<Option<Explained>, AnswerError> {
        Ok(self.conversation(id)?.map(|_| rest::explained(id)))
    }

    fn channel_tiers(&self) -> Result<Vec<ChannelTiers>, AnswerError> {
        Ok(rest::channel_tiers())
    }

    fn topics(&self) -> Result<Vec<TopicView>, AnswerError> {
        Ok(rest::topics())
    }

    fn gaps(&self) -> Result<Vec<GapView>, AnswerError> {
        Ok(rest::gaps())
    }

    fn metrics(&self, filter: &MetricsFilter) -> Result<Metrics, AnswerError> {
        Ok(rest::metrics(filter))
    }

    fn series(&self, _: &SeriesAsk) -> Result<SeriesView, AnswerError> {
        Ok(numbers::series())
    }

    fn tiers(&self) -> Vec<TierOffer> {
        insight::support::Support::default_with(2 * DAY).tiers.to_vec()
    }

    fn channels(&self) -> Result<Vec<ChannelView>, AnswerError> {
        Ok(numbers::channels())
    }

    fn channel(&self, id: &str) -> Result<Option<ChannelPage>, AnswerError> {
        Ok(numbers::channel(id))
    }

    fn growth(&self) -> Result<GrowthView, AnswerError> {
        Ok(numbers::growth())
    }

    fn stories(&self, offset: usize, limit: usize) -> Result<Stories, AnswerError> {
        Ok(numbers::stories(offset, limit))
    }

    fn directory(&self) -> Result<Directory, AnswerError> {
        Ok(numbers::directory())
    }

    fn aftermath(&self, from: i64, until: i64) -> Result<Aftermath, AnswerError> {
        let change = |name, title, then| Change { name, title, then, usual: 4.5, later: Some(6) };
        let changes = vec![change("newcomers", "Newcomers", 19), change("questions", "Questions", 40)];
        Ok(Aftermath { from, until, before: 8, changes })
    }

    fn period(&self, ask: &PeriodAsk) -> Result<PeriodView, AnswerError> {
        Ok(numbers::period(ask, &self.today))
    }

    fn commits(&self, _: i64, _: i64, _: Option<&str>) -> Result<Vec<CommitView>, AnswerError> {
        Ok(Vec::new())
    }

    fn release_time(&self, _: &str) -> Result<Option<i64>, AnswerError> {
        Ok(None)
    }

    fn events(&self) -> Result<Events, AnswerError> {
        Ok(numbers::events())
    }

    fn topics_page(&self, _: TopicOrder, offset: usize, limit: usize) -> Result<(Vec<TopicView>, u64), AnswerError> {
        let all = self.topics()?;
        let total = all.len() as u64;
        Ok((all.into_iter().skip(offset).take(limit).collect(), total))
    }

    fn gaps_page(&self, offset: usize, limit: usize) -> Result<(Vec<GapView>, u64), AnswerError> {
        let all = self.gaps()?;
        let total = all.len() as u64;
        Ok((all.into_iter().skip(offset).take(limit).collect(), total))
    }
}

/// The person of that name.
pub fn person(name: &str) -> PersonRef {
    PersonRef { id: Id::identity("made-up", name).to_string(), name: name.to_owned() }
}

/// The conversation of that title; its place is `source/channel`.
pub fn conversation(title: &str, place: &str) -> ConversationRef {
    let (source, channel) = place.split_once('/').unwrap_or((place, place));
    let id = Id::message("made-up", title).to_string();
    ConversationRef { id, title: title.to_owned(), source: source.to_owned(), channel: channel.to_owned() }
}

fn helper(name: &str, score: f64, why: &[&str], evidence: &[&str]) -> Helper {
    Helper {
        person: person(name),
        score,
        why: why.iter().map(|why| (*why).to_owned()).collect(),
        moved: Vec::new(),
        unmoved_place: 1,
        evidence: evidence.iter().map(|title| conversation(title, "dev-list")).collect(),
    }
}

/// A community with something in every part of every page.
pub fn community() -> MadeUp {
    let today = Today {
        as_of: NOW,
        as_of_data: false,
        simulated: true,
        community: "Tidepool".to_owned(),
        waiting_total: 23,
        waiting_older: 4,
        waiting: waiting(),
        newcomers: newcomers(),
        busiest: vec![
            busy("Release candidate 2.0-rc1: please test", "dev-list", 41, 17, 20 * MINUTE),
            busy("good morning, the build bot is red again", "chat/#tidepool", 33, 6, 2 * HOUR),
            busy("Which storage engine for small sensors?", "qa", 12, 9, 26 * HOUR),
        ],
        to_thank: vec![
            ToThank {
                person: person("Ada Okafor"),
                why: "answered 9 questions in the last seven days, 4 of them accepted".to_owned(),
                evidence: vec![
                    conversation("Backfill stops at the daylight saving change", "qa"),
                    conversation("Which storage engine for small sensors?", "qa"),
                ],
            },
            ToThank {
                person: person("Bao Trần"),
                why: "reviewed 6 changes by people who had never contributed before".to_owned(),
                evidence: Vec::new(),
            },
        ],
        sources: vec![
            source("chat", 48_213, 12_940, Some(4 * MINUTE), 0),
            source("code", 0, 9_377, Some(3 * HOUR), 0),
            source("dev-list", 21_806, 0, Some(38 * MINUTE), 17),
            source("qa", 7_412, 15_020, Some(71 * DAY), 2),
        ],
    };
    MadeUp { today, conversations: vec![question(), chat()], people: vec![hero(), newcomer()] }
}

/// A community in which nothing has happened yet.
pub fn empty() -> MadeUp {
    let today = Today {
        simulated: false,
        community: String::new(),
        waiting_total: 0,
        waiting_older: 0,
        waiting: Vec::new(),
        newcomers: Vec::new(),
        busiest: Vec::new(),
        to_thank: Vec::new(),
        sources: Vec::new(),
        ..community().today
    };
    MadeUp { today, conversations: Vec::new(), people: Vec::new() }
}

fn busy(title: &str, place: &str, messages: u64, people: u64, ago: i64) -> Busy {
    Busy { conversation: conversation(title, place), messages, people, last: NOW - ago }
}

fn source(name: &str, messages: u64, activities: u64, ago: Option<i64>, problems: u64) -> SourceLine {
    SourceLine { source: name.to_owned(), messages, activities, last: ago.map(|ago| NOW - ago), problems }
}

/// A support tier.
fn tier(tier: u8, name: &str, why: &[&str]) -> TierView {
    let why = why.iter().map(|why| (*why).to_owned()).collect();
    TierView { tier, name: name.to_owned(), confidence: 0.7, why }
}
