//! The pages about people, and what their forms do to a real desk.

use std::path::PathBuf;
use std::sync::Arc;

use axum::http::{Method, StatusCode};
use desk::{Desk, Kind};
use insight::people::PersonAsk;

use super::made_up::villagers::ADAS_NICK;
use super::made_up::{NOW, community, empty, person};
use super::{Reply, ask, get, text_of};
use crate::{AboutPeople, Service};

/// A made-up community with a desk that can be written to.
pub(super) struct Office {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Office {
    pub(super) fn new() -> Office {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        Desk::open(&path).unwrap();
        Office { _folder: folder, path }
    }

    fn service(&self) -> Service {
        Service { desk: Some(self.path.clone()), clock: || NOW, ..Service::reading(Arc::new(community())) }
    }

    pub(super) fn desk(&self) -> Desk {
        Desk::open(&self.path).unwrap()
    }

    /// Loads a page and sends a form from it, to be acted on and gone on from.
    pub(super) async fn send(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Reply {
        // The sign on a form holds as long as its server: both requests go to one.
        let service = self.service();
        let router = crate::router(service, super::PORT);
        let body = super::read(router.clone(), Method::GET, page, &[], "").await.body;
        let sign = body.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("csrf", sign).append_pair("back", page);
        form.extend_pairs(fields);
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        super::read(router, Method::POST, action, &kind, &form.finish()).await
    }

    /// The same, and where the browser is sent then.
    pub(super) async fn done(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> String {
        let reply = self.send(page, action, fields).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{action}: {}", text_of(&reply.body));
        reply.headers["location"].to_str().unwrap().to_owned()
    }

    fn tags(&self) -> Vec<(String, Vec<String>)> {
        let all = self.desk().people_tags().unwrap().into_iter();
        all.map(|(person, tags)| (person, tags.into_iter().collect())).collect()
    }
}

/// The main part of a page, without what stands around every page.
pub(super) fn main_of(page: &str) -> String {
    let main = page.split_once("<main").map_or(page, |(_, main)| main);
    text_of(main.split_once("</main>").map_or(main, |(main, _)| main))
}

#[tokio::test]
async fn everybody() {
    insta::assert_snapshot!(main_of(&get(community(), "/people").await.body), @r#"
    id="main" tabindex="-1"
    # People
    Whoever takes part, to find whom you could ask, thank or welcome. Bots and staff stand apart.
    Everybody Organizations Who may be who
    Everybody 2
    Newcomers 1
    Bots 0
    Name
    Levelanynewcomerparticipantcontributorcore
    Channel
    Organization
    Knows
    Taganyspeaker
    Orderseen lastnewestby namehelped with mostwrote most
    Show
    ▸ Find by address
    Whole address, account or nick
    Find
    ## 2 people
    ChoosePersonKnowsWhereHelpedMessagesLast yearSeen
    Ada Okafor
    core · Harbour Labsspeaker
    backfill, segment
    dev-list
    611 240 thanked
    2,318
    3 hours ago
    Noor van Dijk
    newcomer
    dev-list
    0
    2
    3 hours ago
    Tag for those chosen
    Tag Take the tag away
    "#);
}

#[tokio::test]
async fn nobody() {
    for path in
        ["/people", "/people/organizations", "/people/suggestions", "/people?name=zyx", "/people/suggestions?view=list"]
    {
        let page = main_of(&get(empty(), path).await.body);
        let says = ["Nobody", "No organization", "Nothing waits"].iter().any(|words| page.contains(words));
        assert!(says, "{path}: {page}");
    }
}

#[tokio::test]
async fn a_person_in_time() {
    let path = format!("/people/{}", person("Ada Okafor").id);
    insta::assert_snapshot!(main_of(&get(community(), &path).await.body), @r#"
    id="main" tabindex="-1"
    # Ada Okafor
    core here since 20 November 2020 last seen 3 hours ago
    speaker
    Messages2,318
    Activities1,044
    Questions asked12
    Questions helped with611
    Thanked or accepted240
    ## What they did
    By monthfor others or the projectall elseBy monthfor others or the project: at most 24 (June 2024), at last 24. all else: at most 9 (April 2024), at last 6.0102030Jul 2023Oct2024AprAugSepNovDecFebMarMayJunJuly 2023: for others or the project 0, all else 0August 2023: for others or the project 0, all else 0September 2023: for others or the project 0, all else 0October 2023: for others or the project 0, all else 0November 2023: for others or the project 0, all else 0December 2023: for others or the project 0, all else 0January 2024: for others or the project 0, all else 0February 2024: for others or the project 0, all else 0March 2024: for others or the project 0, all else 0April 2024: for others or the project 3, all else 9May 2024: for others or the project 0, all else 0June 2024: for others or the project 24, all else 6▸ The numbers as a tableBy monthWhenfor others or the projectall elseJune 2024246May 202400April 202439March 202400February 202400January 202400December 202300November 202300October 202300September 202300August 202300July 202300
    All
    helped 611
    authored 1
    3 hours ago
    wrote in a question Backfill hangs at 99 % after upgrading to 1.9
    dev-list 2 times that day
    24 hours ago
    wrote a change Let the backfill skip a segment
    code / tidepool
    ## Could be asked next
    Where do retention rules live now?helped with 88 questions on backfill
    dev-list waits for 9 hours
    ## Knows
    backfill tag
    answered 88 questions on it, 41 thanked; last 3 days ago
    segment word
    answered 35 questions on it, 12 thanked; last in May 2024
    dev-list channel
    answered 402 questions there, 150 thanked; last 2 days ago
    ## Channels
    dev-list 2,000
    chat / #tidepool 300
    ## Whom they know
    Noor van Dijk
    helped them with 2; helped others together once
    ## Organizations
    Harbour Labs
    from 25 December 2021 imported
    ## Thanks, and what comes next
    Could be said: Hello Ada Okafor, thank you for your 41 answers in the last three months.
    Time for the keys of code/tidepool? 14 changes and 3 reviews in 6 of the last twelve months, and never merged anything there.
    not now: Sam, 5 weeks ago
    Would you like to try an answer?
    In summer, after the exams.
    ▸ What came of it
    What came of itno answer yetsaid yesnot nowdoes not want to
    What should be known of itIn summer, after the exams.
    Keep Remove
    ▸ Write down that you spoke to them
    What you saidWhat came of itno answer yetsaid yesnot nowdoes not want to
    What should be known of it
    Keep
    ## Notes of the team
    Prefers chat to mail.
    Sam, 24 hours ago
    Remove
    A note, for the team only
    Keep
    Tag
    Tag Take the tag away
    ## Likes to be asked
    ▸ As written down
    About (tls, parsing)
    Not about
    At most so often a week
    Languages (en, de)
    Time zone
    Away until
    would speak would mentor would review does not want to be asked
    Write down
    ## Identities
    dev-list email Ada Okafor ada@example.org
    5 messages; last 3 hours ago
    Take out dev-list
    chat nick Ada Okafor ada_o
    5 messages; last 3 hours ago; joined by the same address
    Take out chat
    Merge with another
    Lock: these are theirs, and no others
    Erase…
    "#);
    let helped = main_of(&get(community(), &format!("{path}?kind=helped")).await.body);
    assert!(helped.contains("Backfill hangs") && !helped.contains("Let the backfill skip"), "{helped}");
}

#[tokio::test]
async fn two_who_may_be_one() {
    insta::assert_snapshot!(main_of(&get(community(), "/people/suggestions").await.body), @r#"
    id="main" tabindex="-1"
    # Who may be who
    Two people who are alike may be one. Only you can tell: nothing is merged on a likeness alone, and everything can be taken back.
    Everybody Organizations Who may be who
    12 of 140 12 of 140 decided As a list
    ## 87% likely one person
    For it: the same handleAgainst it: different full names
    ## Ada Okafor
    Here20 November 2020 to 12 June 2024In the daymostly 08 to 14 UTC
    Did2,318 messages, 1,044 other thingsWheredev-list 40Knowsbackfill
    Accounts
    dev-list email Ada Okafor ada@example.org
    5 messages; last 3 hours agochat nick Ada Okafor ada_o
    5 messages; last 3 hours ago; joined by the same address
    Wrote about
    Backfill is slow on spinning disks
    ## Noor van Dijk
    Hereunknown to unknownIn the daymostly 08 to 14 UTC
    Did2 messages, 0 other thingsWheredev-list 40Knowsbackfill
    Accounts
    dev-list email Noor van Dijk ada@example.org
    5 messages; last 3 hours ago
    Wrote about
    Backfill is slow on spinning disks
    Two people ←
    Later ↓
    One person →
    Later comes back on in a month, unless you say
    Why (for the log)
    Keys: ← two people, → one person, ↓ later, u undo. A merge counts from the next sync on; the queue forgets the pair at once.
    "#);
    let list = main_of(&get(community(), "/people/suggestions?view=list").await.body);
    assert!(list.contains("Ada Okafor and Noor van Dijk"), "{list}");
}

#[tokio::test]
async fn organizations() {
    insta::assert_snapshot!(main_of(&get(community(), "/people/organizations").await.body), @r#"
    id="main" tabindex="-1"
    # Organizations
    Who is from where, and the help that comes from there.
    Everybody Organizations Who may be who
    OrganizationPeople nowActiveBeforeQuestions helped withThankedKnown
    Harbour Labs742611240written down, by mail domain
    Active: seen in the last 90 days. Help is counted for those who are there now, whenever they gave it. Bots are left out. Who works where is kept in a source of the kind people: a line there counts from the next sync on.
    "#);
    let table = get(community(), "/people/organizations.csv").await.body;
    assert!(table.contains("Harbour Labs"), "{table}");
}

#[tokio::test]
async fn words_that_are_none_are_refused() {
    for query in ["segment=nobody", "level=king", "sort=age", "page=x", "page=99999999999999999999"] {
        assert_eq!(get(community(), &format!("/people?{query}")).await.status, StatusCode::BAD_REQUEST, "{query}");
    }
    let pair = get(community(), "/people/suggestions?one=x&other=y").await;
    assert_eq!(pair.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_identity_leads_to_its_person() {
    let (ada, nick) = (person("Ada Okafor").id, person(ADAS_NICK).id);
    let reply = get(community(), &format!("/people/{nick}?kind=helped")).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert_eq!(reply.headers["location"], format!("/people/{ada}?kind=helped"));
    let twin = get(community(), &format!("/people/{nick}.json")).await;
    assert_eq!(twin.headers["location"], format!("/people/{ada}.json"));
}

#[tokio::test]
async fn many_are_tagged_at_once_and_the_step_is_undone() {
    let office = Office::new();
    let (ada, noor) = (person("Ada Okafor").id, person("Noor van Dijk").id);
    let chosen = [("person", ada.as_str()), ("person", noor.as_str()), ("tag", "Mentor"), ("deed", "tag")];
    let to = office.done("/people?level=core", "/people/tags", &chosen).await;
    assert_eq!(to, "/people?level=core");
    let mut both = vec![(ada.clone(), vec!["mentor".to_owned()]), (noor.clone(), vec!["mentor".to_owned()])];
    both.sort();
    assert_eq!(office.tags(), both);
    let step = office.desk().steps(1).unwrap()[0].number;
    office.done("/people", &format!("/steps/{step}/undo"), &[]).await;
    assert_eq!(office.tags(), []);
    let nobody = office.send("/people", "/people/tags", &[("tag", "mentor")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    let no_word = office.send("/people", "/people/tags", &[("tag", "two words"), ("person", &ada)]).await;
    assert_eq!(no_word.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_suggestion_is_decided_and_taken_back() {
    let office = Office::new();
    let (ada, noor) = (person("Ada Okafor").id, person("Noor van Dijk").id);
    let queue = "/people/suggestions";
    let stands = || {
        let who = office.desk().who_is_who(NOW).unwrap();
        (who.same.len(), who.refused.len())
    };
    for (verdict, expected) in [("same", (1, 0)), ("different", (0, 1)), ("later", (0, 1))] {
        let fields = [("one", ada.as_str()), ("other", noor.as_str()), ("verdict", verdict), ("note", "they said so")];
        assert_eq!(office.done(queue, "/people/suggestions/decide", &fields).await, queue);
        assert_eq!(stands(), expected, "{verdict}");
        let last = office.desk().people_log().unwrap().pop().unwrap();
        assert_eq!((last.decision.who.as_str(), last.decision.note.as_deref()), ("local", Some("they said so")));
        office.done(queue, &format!("/people/decisions/{}/undo", last.number), &[]).await;
        assert_eq!(stands(), (0, 0), "{verdict} taken back");
        let again = office.send(queue, &format!("/people/decisions/{}/undo", last.number), &[]).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
    }
    let neither = [("one", ada.as_str()), ("other", noor.as_str()), ("verdict", "perhaps")];
    let reply = office.send(queue, "/people/suggestions/decide", &neither).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let unknown = [("one", ada.as_str()), ("other", "p0000"), ("verdict", "same")];
    assert_eq!(office.send(queue, "/people/suggestions/decide", &unknown).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_put_off_comes_back() {
    let office = Office::new();
    let (ada, noor) = (person("Ada Okafor").id, person("Noor van Dijk").id);
    let fields = [("one", ada.as_str()), ("other", noor.as_str()), ("verdict", "later"), ("until", "2024-07-01")];
    office.done("/people/suggestions", "/people/suggestions/decide", &fields).await;
    let refused = |day: i64| office.desk().who_is_who(NOW + day * model::time::DAY).unwrap().refused.len();
    assert_eq!((refused(0), refused(18), refused(19)), (1, 1, 0));
}

#[tokio::test]
async fn an_identity_is_taken_out_and_put_back() {
    let office = Office::new();
    let (ada, nick) = (person("Ada Okafor").id, person(ADAS_NICK).id);
    let page = format!("/people/{ada}");
    office.done(&page, &format!("{page}/split"), &[("identity", &nick)]).await;
    assert_eq!(office.desk().who_is_who(NOW).unwrap().apart, std::slice::from_ref(&nick));
    let number = office.desk().people_log().unwrap().pop().unwrap().number;
    office.done(&page, &format!("/people/decisions/{number}/undo"), &[]).await;
    assert!(office.desk().who_is_who(NOW).unwrap().apart.is_empty());
    let noor = person("Noor van Dijk").id;
    let not_theirs = office.send(&page, &format!("{page}/split"), &[("identity", &noor)]).await;
    assert_eq!(not_theirs.status, StatusCode::UNPROCESSABLE_ENTITY);
    let only_one = office.send(&page, &format!("/people/{noor}/split"), &[("identity", &noor)]).await;
    assert_eq!(only_one.status, StatusCode::UNPROCESSABLE_ENTITY);
    office.done(&page, &format!("{page}/lock"), &[]).await;
    assert_eq!(office.desk().people_log().unwrap().pop().unwrap().decision.kind, Kind::Locked);
}

#[tokio::test]
async fn notes_and_wishes_are_written_down() {
    let office = Office::new();
    let ada = person("Ada Okafor").id;
    let page = format!("/people/{ada}");
    office.done(&page, &format!("{page}/notes"), &[("text", "Prefers <b>chat</b>.\nReally.")]).await;
    let notes = office.desk().person_notes(std::slice::from_ref(&ada)).unwrap();
    assert_eq!(notes[0].text, "Prefers <b>chat</b>.\nReally.");
    office.done(&page, &format!("{page}/notes/{}/remove", notes[0].number), &[]).await;
    assert!(office.desk().person_notes(std::slice::from_ref(&ada)).unwrap().is_empty());
    let wishes = [
        ("likes", "TLS, parsing"),
        ("per_week", "2"),
        ("zone", "Europe/Berlin"),
        ("away_until", "2031-05-31"),
        ("mentor", "yes"),
    ];
    office.done(&page, &format!("{page}/preferences"), &wishes).await;
    let given = office.desk().preferences().unwrap().remove(&ada).unwrap();
    assert_eq!(
        (given.likes, given.per_week, given.mentor, given.never),
        (vec!["parsing".to_owned(), "tls".to_owned()], Some(2), true, false)
    );
    for wrong in [("per_week", "often"), ("zone", "Middle/Earth"), ("away_until", "soon")] {
        let reply = office.send(&page, &format!("{page}/preferences"), &[wrong]).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
    }
}

#[tokio::test]
async fn an_address_is_looked_for_without_standing_anywhere() {
    let office = Office::new();
    let to = office.done("/people", "/people/find", &[("address", "ada@example.org")]).await;
    assert_eq!(to, format!("/people/{}", person("Ada Okafor").id));
    let to = office.done("/people", "/people/find", &[("address", "nobody@example.org")]).await;
    assert_eq!(to, "/people");
}

#[tokio::test]
async fn forged_forms_write_nothing() {
    let office = Office::new();
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    for action in ["/people/tags", "/people/find", "/people/suggestions/decide", "/people/decisions/1/undo"] {
        let reply = ask(office.service(), Method::POST, action, &kind, "tag=a&person=b&csrf=made-up").await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{action}");
    }
    assert_eq!((office.tags(), office.desk().people_log().unwrap().len()), (Vec::new(), 0));
}

#[test]
fn whoever_is_not_in_the_team_sees_no_address_and_no_note() {
    let file = community().person_file(&person("Ada Okafor").id, &PersonAsk::default()).unwrap().unwrap();
    let twin = serde_json::to_string(&file).unwrap();
    assert!(!twin.contains("example.org") && !twin.contains("Prefers chat"), "{twin}");
}
