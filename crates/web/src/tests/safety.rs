//! Who may read the pages, what a browser may do with them, and that nobody's words become markup.

use std::sync::Arc;

use axum::http::{Method, StatusCode};
use insight::care::FirstsAsk;
use insight::people::{PeopleAsk, PersonAsk, SuggestionAsk};
use insight::query::Query;
use insight::support::TierOffer;
use insight::views::{
    Acquaintance, Aftermath, Answer, ApproachList, CareView, CaseList, CasePage, ChannelPage, ChannelTiers,
    ChannelView, ConversationPage, Directory, Events, Explained, Firsts, GapView, GrowthView, Helper, Introduction,
    LevelsView, Metrics, OrganizationLine, Part, PeopleList, PersonFile, PersonPage, PersonRef, SearchView, SeriesView,
    Stories, SuggestionQueue, Today, TopicView, UnheardView, Waiting,
};
use insight::{CaseAsk, MetricsFilter, Page, SeriesAsk, TopicOrder, WaitingCounts, WaitingFilter};
use model::Id;

use super::made_up::{MadeUp, community, empty, person, question};
use super::{ask, get, send};
use crate::{About, AboutPeople, AnswerError, Answers, Service};

#[tokio::test]
async fn only_this_machine_may_ask() {
    for path in ["/", "/today.json", "/healthz", "/nowhere", "/assets/style.css"] {
        for host in ["evil.example", "evil.example:7474", "localhost", "localhost:80", "10.1.2.3:7474"] {
            let reply = send(community(), Method::GET, host, path).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{path} for {host}");
            assert!(!reply.body.contains("Tidepool") && reply.body.contains("http://127.0.0.1:7474"), "{}", reply.body);
        }
        for host in ["localhost:7474", "127.0.0.1:7474", "[::1]:7474"] {
            assert_ne!(send(community(), Method::GET, host, path).await.status, StatusCode::FORBIDDEN, "{host}");
        }
    }
}

#[tokio::test]
async fn every_response_is_guarded() {
    for path in ["/", "/today.json", "/nowhere", "/healthz", "/people/x", "/ask?q=a&q=b"] {
        let headers = get(community(), path).await.headers;
        let policy = headers["content-security-policy"].to_str().unwrap();
        for rule in ["default-src 'none'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["referrer-policy"], "same-origin");
        assert!(!headers.contains_key("strict-transport-security"), "not without TLS");
        assert_eq!(headers["cache-control"], "no-store");
    }
}

#[tokio::test]
async fn pages_need_nothing_that_the_policy_forbids() {
    let page = get(community(), "/").await.body;
    for forbidden in ["<style", " style=", "<script>", " onclick=", "javascript:", "http://", "https://"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}

#[tokio::test]
async fn assets_are_kept_for_ever_under_the_name_of_their_content() {
    let page = get(community(), "/").await.body;
    let paths: Vec<&str> = page.split('"').filter(|text| text.starts_with("/assets/")).collect();
    assert!(paths.len() >= 3, "{paths:?}");
    for path in paths {
        let reply = get(community(), path).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        assert_eq!(reply.headers["cache-control"], "public, max-age=31536000, immutable");
        assert!(!reply.body.is_empty());
    }
    assert_eq!(get(community(), "/assets/style.css").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn only_reading_is_possible() {
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
        let reply = send(community(), method.clone(), "localhost:7474", "/").await;
        assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
    let head = send(community(), Method::HEAD, "localhost:7474", "/").await;
    assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""));
}

#[tokio::test]
async fn pages_that_are_not_there_say_what_to_do() {
    let unknown = Id::message("made-up", "never said").to_string();
    let cases = [
        ("/nowhere".to_owned(), "There is no such page"),
        (format!("/conversations/{unknown}"), "There is no such conversation"),
        (format!("/conversations/{}", "../etc/passwd".replace('/', "%2f")), "There is no such conversation"),
        ("/people/somebody@example.org".to_owned(), "There is no such person"),
        ("/people/%00%ff".to_owned(), "There is no such"),
    ];
    for (path, expected) in cases {
        let reply = get(empty(), &path).await;
        assert!(reply.status.is_client_error(), "{path}: {}", reply.status);
        assert!(reply.body.contains(expected), "{path}");
        assert!(!reply.body.contains("example.org"), "an address must not come back");
    }
    let twin = get(empty(), &format!("/people/{unknown}.json")).await;
    assert_eq!(
        (twin.status, &twin.headers["content-type"]),
        (StatusCode::NOT_FOUND, &"application/json".parse().unwrap())
    );
    assert!(twin.body.starts_with(r#"{"advice":"A person goes by"#), "{}", twin.body);
}

const HOSTILE: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> \u{202e}gnp.exe\0 \u{7} &lt;b&gt; \
     javascript:alert(1) https://ok.example/\"onmouseover=alert(1)";

/// Puts the worst of texts wherever text can be.
fn hostile() -> MadeUp {
    let mut all = community();
    let endless = "x".repeat(100_000);
    all.today.community = HOSTILE.into();
    for case in &mut all.today.waiting {
        case.conversation.title = HOSTILE.into();
        case.conversation.source = HOSTILE.into();
        case.conversation.channel = endless.clone();
        case.lead = HOSTILE.into();
        case.asker = Some(insight::views::PersonRef { name: HOSTILE.into(), ..person("x") });
        case.helpers.iter_mut().for_each(|helper| helper.why = vec![HOSTILE.into()]);
    }
    all.today.newcomers.iter_mut().for_each(|newcomer| newcomer.first = HOSTILE.into());
    all.today.to_thank.iter_mut().for_each(|thanks| thanks.why = HOSTILE.into());
    all.today.sources.iter_mut().for_each(|line| line.source = HOSTILE.into());
    let conversation: &mut ConversationPage = &mut all.conversations[0];
    *conversation = question();
    conversation.conversation.title = HOSTILE.into();
    conversation.state = HOSTILE.into();
    conversation.resolved_by = Some(HOSTILE.into());
    for message in &mut conversation.messages {
        message.id = HOSTILE.into();
        message.parts = ["own", "quote", "signature", "else"].map(|kind| Part { kind, text: HOSTILE.into() }).into();
        message.parts.push(Part { kind: "own", text: format!("    {HOSTILE}\n```\n{HOSTILE}") });
        message.attachments = vec![HOSTILE.into()];
        message.url = Some("javascript:alert(1)".into());
        message.seen_in = vec![HOSTILE.into(), HOSTILE.into()];
    }
    for page in &mut all.people {
        page.knows = vec![(HOSTILE.into(), HOSTILE.into())];
        page.identities.iter_mut().for_each(|identity| identity.proof = Some(HOSTILE.into()));
    }
    all
}

#[tokio::test]
async fn nobody_s_words_become_markup() {
    let all = hostile();
    let conversation = format!("/conversations/{}", all.conversations[0].conversation.id);
    let somebody = format!("/people/{}", all.people[0].person.id);
    for path in ["/", "/conversations", &conversation, &somebody, "/ask?q=%3Cscript%3Ealert(1)%3C/script%3E%22'%00"] {
        let reply = get(hostile(), path).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        for bad in ["<script>", "<img src=x", "\"onmouseover", "href=\"javascript:", "\0", "\u{7}", "\u{202e}"] {
            assert!(!reply.body.contains(bad), "{bad:?} on {path}");
        }
    }
    let page = get(hostile(), &conversation).await.body;
    assert!(page.contains("<a href=\"https://ok.example/\" rel=\"nofollow noopener noreferrer\">"));
    assert!(!page.contains(">original</a>"));
}

/// A community whose tables are broken, in one way or another.
struct Broken {
    panics: bool,
}

impl Broken {
    fn answer<T>(&self) -> Result<T, AnswerError> {
        assert!(!self.panics, "a defect, made up for a test");
        Err(AnswerError("the table `messages` is damaged".into()))
    }
}

impl AboutPeople for Broken {
    fn people_list(&self, _: &PeopleAsk) -> Result<PeopleList, AnswerError> {
        self.answer()
    }

    fn person_file(&self, _: &str, _: &PersonAsk) -> Result<Option<PersonFile>, AnswerError> {
        self.answer()
    }

    fn people_by_address(&self, _: &str) -> Result<Vec<PersonRef>, AnswerError> {
        self.answer()
    }

    fn suggestion_queue(&self, _: &SuggestionAsk) -> Result<SuggestionQueue, AnswerError> {
        self.answer()
    }

    fn organizations(&self) -> Result<Vec<OrganizationLine>, AnswerError> {
        self.answer()
    }

    fn approach(&self) -> Result<ApproachList, AnswerError> {
        self.answer()
    }

    fn firsts(&self, _: &FirstsAsk) -> Result<Firsts, AnswerError> {
        self.answer()
    }

    fn levels(&self) -> Result<LevelsView, AnswerError> {
        self.answer()
    }

    fn care(&self) -> Result<CareView, AnswerError> {
        self.answer()
    }

    fn unheard(&self) -> Result<UnheardView, AnswerError> {
        self.answer()
    }
}

impl Answers for Broken {
    fn about(&self) -> About {
        empty().about()
    }

    fn today(&self) -> Result<Today, AnswerError> {
        self.answer()
    }

    fn day(&self, _: &insight::DayAsk) -> Result<insight::views::Day, AnswerError> {
        self.answer()
    }

    fn waiting(&self, _: usize, _: &WaitingFilter) -> Result<Vec<Waiting>, AnswerError> {
        self.answer()
    }

    fn waiting_counts(&self, _: &WaitingFilter) -> Result<WaitingCounts, AnswerError> {
        self.answer()
    }

    fn ask(&self, _: &str) -> Result<Answer, AnswerError> {
        self.answer()
    }

    fn who_knows(&self, _: &str) -> Result<Vec<Helper>, AnswerError> {
        self.answer()
    }

    fn same(&self, _: &str) -> Result<Option<Answer>, AnswerError> {
        self.answer()
    }

    fn introduce(&self, _: &str, _: &str) -> Result<Option<Introduction>, AnswerError> {
        self.answer()
    }

    fn introducers(&self, _: &str) -> Result<Option<Vec<Acquaintance>>, AnswerError> {
        self.answer()
    }

    fn search(&self, _: &Query, _: Page) -> Result<SearchView, AnswerError> {
        self.answer()
    }

    fn cases(&self, _: &CaseAsk) -> Result<CaseList, AnswerError> {
        self.answer()
    }

    fn case(&self, _: &str) -> Result<Option<CasePage>, AnswerError> {
        self.answer()
    }

    fn subjects(&self, _: &[String]) -> Vec<desk::Subject> {
        Vec::new()
    }

    fn has_conversation(&self, _: &str) -> bool {
        false
    }

    fn case_ids(&self, _: &CaseAsk) -> Result<Vec<String>, AnswerError> {
        self.answer()
    }

    fn case_counts(&self, _: &str) -> Result<Vec<insight::views::ViewCount>, AnswerError> {
        self.answer()
    }

    fn draft(&self, _: &str) -> Result<Option<insight::views::DraftView>, AnswerError> {
        self.answer()
    }

    fn fill(&self, _: &str, _: &str, _: &str) -> Result<Option<insight::views::FilledView>, AnswerError> {
        self.answer()
    }

    fn conversation_part(&self, _: &str, _: Page) -> Result<Option<ConversationPage>, AnswerError> {
        self.answer()
    }

    fn conversation(&self, _: &str) -> Result<Option<ConversationPage>, AnswerError> {
        self.answer()
    }

    fn person(&self, _: &str) -> Result<Option<PersonPage>, AnswerError> {
        self.answer()
    }

    fn explain(&self, _: &str) -> Result<Option<Explained>, AnswerError> {
        self.answer()
    }

    fn channel_tiers(&self) -> Result<Vec<ChannelTiers>, AnswerError> {
        self.answer()
    }

    fn topics(&self) -> Result<Vec<TopicView>, AnswerError> {
        self.answer()
    }

    fn gaps(&self) -> Result<Vec<GapView>, AnswerError> {
        self.answer()
    }

    fn metrics(&self, _: &MetricsFilter) -> Result<Metrics, AnswerError> {
        self.answer()
    }

    fn series(&self, _: &SeriesAsk) -> Result<SeriesView, AnswerError> {
        self.answer()
    }

    fn channels(&self) -> Result<Vec<ChannelView>, AnswerError> {
        self.answer()
    }

    fn channel(&self, _: &str) -> Result<Option<ChannelPage>, AnswerError> {
        self.answer()
    }

    fn growth(&self) -> Result<GrowthView, AnswerError> {
        self.answer()
    }

    fn stories(&self, _: usize, _: usize) -> Result<Stories, AnswerError> {
        self.answer()
    }

    fn directory(&self) -> Result<Directory, AnswerError> {
        self.answer()
    }

    fn aftermath(&self, _: i64, _: i64) -> Result<Aftermath, AnswerError> {
        self.answer()
    }

    fn events(&self) -> Result<Events, AnswerError> {
        self.answer()
    }

    fn period(&self, _: &insight::PeriodAsk) -> Result<insight::views::PeriodView, AnswerError> {
        self.answer()
    }

    fn commits(&self, _: i64, _: i64, _: Option<&str>) -> Result<Vec<insight::views::CommitView>, AnswerError> {
        self.answer()
    }

    fn release_time(&self, _: &str) -> Result<Option<i64>, AnswerError> {
        self.answer()
    }

    fn topics_page(&self, _: TopicOrder, _: usize, _: usize) -> Result<(Vec<TopicView>, u64), AnswerError> {
        self.answer()
    }

    fn gaps_page(&self, _: usize, _: usize) -> Result<(Vec<GapView>, u64), AnswerError> {
        self.answer()
    }

    fn tiers(&self) -> Vec<TierOffer> {
        Vec::new()
    }
}

#[tokio::test]
async fn scripts_of_other_sites_may_not_ask() {
    async fn check(origin: &str, expected: StatusCode) {
        let header = [("origin", origin)];
        let reply = ask(Service::reading(Arc::new(community())), Method::GET, "/today.json", &header, "").await;
        assert_eq!(reply.status, expected, "{origin}");
    }
    for origin in ["null", "https://evil.example", "http://localhost", "http://localhost:80", "https://localhost:7474"]
    {
        check(origin, StatusCode::FORBIDDEN).await;
    }
    for origin in ["http://localhost:7474", "http://127.0.0.1:7474", "http://[::1]:7474"] {
        check(origin, StatusCode::OK).await;
    }
}

#[tokio::test]
async fn broken_tables_give_a_page_that_says_so() {
    for path in ["/", "/conversations", "/ask?q=x", "/today.json", "/ask.json?q=x"] {
        let reply = get(Broken { panics: false }, path).await;
        assert_eq!(reply.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        assert!(reply.body.contains("the table `messages` is damaged. Run `switchboard doctor`"), "{}", reply.body);
        let reply = get(Broken { panics: true }, path).await;
        assert_eq!(reply.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        assert!(reply.body.contains("This is a defect") && !reply.body.contains("made up"), "{}", reply.body);
    }
}
