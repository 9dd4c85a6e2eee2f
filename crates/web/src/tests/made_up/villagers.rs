//! What is known about the people of the made-up community.

use insight::care::FirstsAsk;
use insight::people::{Level, PeopleAsk, PersonAsk, Segment, SuggestionAsk};
use insight::views::{
    AccountView, Acquaintance, AffiliationView, ApproachList, CareView, ChannelCount, EntryView, Firsts, KindCount,
    LevelChange, LevelsView, MonthCount, NextAsk, NoteView, OrganizationLine, PeopleChoices, PeopleList, PersonFile,
    PersonLine, PersonRef, PersonSide, PreferencesView, SegmentCount, SuggestionLine, SuggestionPair, SuggestionQueue,
    TeamSide, Tie, UnheardView,
};
use web::{AboutPeople, AnswerError};

use super::{DAY, HOUR, MadeUp, NOW, care, conversation, person};

/// The nick that is Ada's other identity: its id was another person's before a merge.
pub const ADAS_NICK: &str = "ada_o";

impl AboutPeople for MadeUp {
    fn people_list(&self, ask: &PeopleAsk) -> Result<PeopleList, AnswerError> {
        let name = ask.name.clone().unwrap_or_default().to_lowercase();
        let mut people: Vec<PersonLine> = self
            .people
            .iter()
            .map(|page| line(&page.person, ask.team))
            .filter(|line| line.person.name.to_lowercase().contains(&name))
            .collect();
        people.retain(|line| ask.level.is_none_or(|level| line.level == level));
        let segment = |segment: Option<Segment>, people: u64| SegmentCount { segment, people };
        Ok(PeopleList {
            total: people.len() as u64,
            segments: vec![
                segment(None, people.len() as u64),
                segment(Some(Segment::Newcomers), 1),
                segment(Some(Segment::Bots), 0),
            ],
            people: people.into_iter().skip(ask.offset).take(ask.limit).collect(),
            choices: PeopleChoices {
                channels: vec!["dev-list".to_owned(), "chat/#tidepool".to_owned()],
                organizations: vec!["Harbour Labs".to_owned()],
                areas: vec!["backfill".to_owned()],
                tags: if ask.team { vec!["speaker".to_owned()] } else { Vec::new() },
            },
        })
    }

    fn person_file(&self, id: &str, ask: &PersonAsk) -> Result<Option<PersonFile>, AnswerError> {
        let ada = person("Ada Okafor");
        let id = if id == person(ADAS_NICK).id { ada.id.as_str() } else { id };
        let Some(page) = self.people.iter().find(|page| page.person.id == id).cloned() else { return Ok(None) };
        let accounts = accounts(&page.person, ask.team);
        Ok(Some(match page.person == ada {
            true => PersonFile { accounts, ..ada_file(page, ask) },
            false => PersonFile {
                page,
                level: Level::Newcomer,
                levels: Vec::new(),
                months: Vec::new(),
                channels: Vec::new(),
                entries: Vec::new(),
                entries_total: 0,
                kinds: Vec::new(),
                connections: Vec::new(),
                next: Vec::new(),
                not_now: None,
                affiliations: Vec::new(),
                accounts,
                team: ask.team.then(TeamSide::default),
            },
        }))
    }

    fn people_by_address(&self, address: &str) -> Result<Vec<PersonRef>, AnswerError> {
        Ok(if address == "ada@example.org" { vec![person("Ada Okafor")] } else { Vec::new() })
    }

    fn suggestion_queue(&self, ask: &SuggestionAsk) -> Result<SuggestionQueue, AnswerError> {
        let line = SuggestionLine {
            one: person("Ada Okafor"),
            other: person("Noor van Dijk"),
            score: 0.87,
            reasons: vec!["the same handle".to_owned()],
            against: vec!["different full names".to_owned()],
        };
        let empty = self.people.is_empty();
        let side = |page: &insight::views::PersonPage| PersonSide {
            person: page.person.clone(),
            bot: false,
            level: Level::Participant,
            names: vec![page.person.name.clone()],
            accounts: accounts(&page.person, ask.addresses),
            channels: vec![channel("dev-list", "dev-list", 40)],
            first_seen: page.first_seen,
            last_seen: page.last_seen,
            messages: page.messages,
            activities: page.activities,
            knows: vec!["backfill".to_owned()],
            organizations: Vec::new(),
            recent: vec![conversation("Backfill is slow on spinning disks", "dev-list")],
            hours: [vec![0; 8], vec![5; 6], vec![0; 10]].concat(),
        };
        let sides = self.people.iter().take(2).map(side).collect::<Vec<_>>().try_into().ok();
        Ok(SuggestionQueue {
            total: if empty { 0 } else { 140 },
            decided: if empty { 0 } else { 12 },
            pair: sides.map(|sides| SuggestionPair { line: line.clone(), sides, locked: false }),
            waiting: if empty { Vec::new() } else { vec![line] },
            fitting: if empty { 0 } else { 128 },
        })
    }

    fn organizations(&self) -> Result<Vec<OrganizationLine>, AnswerError> {
        let line = OrganizationLine {
            organization: "Harbour Labs".to_owned(),
            people: 7,
            before: 2,
            active: 4,
            helped: 611,
            thanked: 240,
            basis: vec!["imported".to_owned(), "mail domain".to_owned()],
        };
        Ok(if self.people.is_empty() { Vec::new() } else { vec![line] })
    }

    fn approach(&self) -> Result<ApproachList, AnswerError> {
        Ok(if self.people.is_empty() { ApproachList::default() } else { care::approach() })
    }

    fn firsts(&self, ask: &FirstsAsk) -> Result<Firsts, AnswerError> {
        Ok(if self.people.is_empty() { Firsts::default() } else { care::firsts(ask) })
    }

    fn levels(&self) -> Result<LevelsView, AnswerError> {
        Ok(if self.people.is_empty() { LevelsView::default() } else { care::levels() })
    }

    fn care(&self) -> Result<CareView, AnswerError> {
        Ok(if self.people.is_empty() { CareView::default() } else { care::care() })
    }

    fn unheard(&self) -> Result<UnheardView, AnswerError> {
        Ok(if self.people.is_empty() { UnheardView::default() } else { care::unheard() })
    }
}

fn line(person: &PersonRef, team: bool) -> PersonLine {
    let ada = person.name.starts_with("Ada");
    PersonLine {
        person: person.clone(),
        bot: false,
        level: if ada { Level::Core } else { Level::Newcomer },
        first_seen: Some(NOW - 1300 * DAY),
        last_seen: Some(NOW - 3 * HOUR),
        messages: if ada { 2_318 } else { 2 },
        activities: 0,
        asked: 1,
        helped: if ada { 611 } else { 0 },
        thanked: if ada { 240 } else { 0 },
        organizations: if ada { vec!["Harbour Labs".to_owned()] } else { Vec::new() },
        channels: vec!["dev-list".to_owned()],
        knows: if ada { vec!["backfill".to_owned(), "segment".to_owned()] } else { Vec::new() },
        tags: if ada && team { vec!["speaker".to_owned()] } else { Vec::new() },
        months: vec![0, 0, 3, 9, 0, 1, 2, 8, 4, 4, 1, 7],
    }
}

fn channel(source: &str, channel: &str, done: u64) -> ChannelCount {
    ChannelCount { source: source.to_owned(), channel: channel.to_owned(), done }
}

fn accounts(of: &PersonRef, addresses: bool) -> Vec<AccountView> {
    let account = |id: String, source: &str, kind: &str, value: &str| AccountView {
        id,
        source: source.to_owned(),
        kind: kind.to_owned(),
        name: Some(of.name.clone()),
        value: addresses.then(|| value.to_owned()),
        proof: None,
        first_seen: None,
        last_seen: Some(NOW - 3 * HOUR),
        messages: 5,
        activities: 0,
    };
    let mut all = vec![account(of.id.clone(), "dev-list", "email", "ada@example.org")];
    if of.name.starts_with("Ada") {
        all.push(AccountView {
            proof: Some("the same address".to_owned()),
            ..account(person(ADAS_NICK).id, "chat", "nick", ADAS_NICK)
        });
    }
    all
}

fn ada_file(page: insight::views::PersonPage, ask: &PersonAsk) -> PersonFile {
    let entry =
        |kind: &'static str, words: &'static str, title: Option<&str>, detail: Option<&str>, ago: i64, times: u32| {
            EntryView {
                time: NOW - ago,
                kind,
                words,
                times,
                source: if title.is_some() { "dev-list" } else { "code" }.to_owned(),
                channel: if title.is_some() { "dev-list" } else { "tidepool" }.to_owned(),
                conversation: title.map(|title| conversation(title, "dev-list")),
                detail: detail.map(str::to_owned),
            }
        };
    let mut entries = vec![
        entry(
            "helped",
            "wrote in a question",
            Some("Backfill hangs at 99 % after upgrading to 1.9"),
            None,
            3 * HOUR,
            2,
        ),
        entry("authored", "wrote a change", None, Some("Let the backfill skip a segment"), DAY, 1),
    ];
    entries.retain(|entry| ask.kind.as_ref().is_none_or(|kind| kind == entry.kind));
    let month = |month: &str, done, gave| MonthCount { month: month.to_owned(), done, gave };
    PersonFile {
        page,
        level: Level::Core,
        levels: vec![
            LevelChange { level: Level::Participant, since: NOW - 1200 * DAY },
            LevelChange { level: Level::Core, since: NOW - 400 * DAY },
        ],
        months: vec![month("2024-04", 12, 3), month("2024-05", 0, 0), month("2024-06", 30, 24)],
        channels: vec![channel("dev-list", "dev-list", 2_000), channel("chat", "#tidepool", 300)],
        entries_total: entries.len() as u64,
        entries,
        kinds: vec![KindCount { kind: "helped", entries: 611 }, KindCount { kind: "authored", entries: 1 }],
        connections: vec![Acquaintance {
            person: person("Noor van Dijk"),
            tie: Tie { helped: 2, was_helped: 0, together: 1, last: Some(NOW - DAY) },
        }],
        next: vec![NextAsk {
            conversation: conversation("Where do retention rules live now?", "dev-list"),
            since: NOW - 9 * HOUR,
            areas: vec!["backfill".to_owned()],
            why: vec!["helped with 88 questions on backfill".to_owned()],
        }],
        not_now: None,
        affiliations: vec![AffiliationView {
            organization: "Harbour Labs".to_owned(),
            from: Some(NOW - 900 * DAY),
            until: None,
            basis: "imported".to_owned(),
        }],
        accounts: Vec::new(),
        team: ask.team.then(|| TeamSide {
            tags: vec!["speaker".to_owned()],
            notes: vec![NoteView {
                number: 4,
                at: NOW - DAY,
                who: "Sam".to_owned(),
                text: "Prefers chat to mail.".to_owned(),
            }],
            preferences: PreferencesView {
                likes: vec!["backfill".to_owned()],
                per_week: Some(2),
                ..PreferencesView::default()
            },
            locked: false,
            decisions: Vec::new(),
            thanks: Some("Hello Ada Okafor, thank you for your 41 answers in the last three months.".to_owned()),
            mentor: None,
            keys: Some(care::keys()),
            approaches: vec![care::told()],
        }),
    }
}
