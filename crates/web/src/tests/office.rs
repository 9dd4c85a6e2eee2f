//! The pages of sources and settings, and what their forms do.

use std::sync::Arc;

use axum::http::{Method, StatusCode};

use super::made_up::community;
use super::made_up::office::MadeUpOffice;
use super::{Reply, ask, text_of};
use crate::Service;

/// A browser on this machine, and the office behind the pages.
struct Browser {
    office: Arc<MadeUpOffice>,
    service: Service,
    app: axum::Router,
}

impl Browser {
    fn new(sources: &[&str]) -> Browser {
        let office = Arc::new(MadeUpOffice::new(sources));
        let service = Service { office: Some(office.clone()), ..Service::reading(Arc::new(community())) };
        let app = crate::router(service.clone(), super::PORT);
        Browser { office, service, app }
    }

    async fn send(&self, method: Method, path: &str, body: String) -> Reply {
        use tower::ServiceExt;
        let request = axum::http::Request::builder()
            .method(method)
            .uri(path)
            .header("host", "localhost:7474")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(axum::body::Body::from(body))
            .unwrap();
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Reply { status: parts.status, headers: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, String::new()).await
    }

    /// Sends a form from the page `from`, with that page's sign.
    async fn post(&self, from: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
        let page = self.get(from).await.body;
        let sign = page.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap();
        let body =
            form_urlencoded::Serializer::new(String::new()).append_pair("csrf", sign).extend_pairs(fields).finish();
        self.send(Method::POST, path, body).await
    }
}

fn to(reply: &Reply) -> &str {
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    reply.headers["location"].to_str().unwrap()
}

/// The text of a page's main part.
fn main_of(reply: &Reply) -> String {
    let main = reply.body.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    text_of(&format!("<main{main}"))
}

#[tokio::test]
async fn where_there_is_nothing_a_first_source_is_asked_for() {
    insta::assert_snapshot!(main_of(&Browser::new(&[]).get("/sources").await), @"
    # Sources
    Where the community talks and works, and how much of it is here.
    Add a source
    There are no sources yet.
    A source is one place to collect from: a list's archive, a chat's export, a repository, a folder of pages. Add the first one: give a path, and Switchboard says what lies there.
    ");
}

#[tokio::test]
async fn a_source_is_added_tested_and_synced() {
    let browser = Browser::new(&[]);
    let seen = browser.get("/sources/new?path=mail").await;
    assert!(seen.body.contains("/sources/new?kind=mbox&amp;path=mail"), "{}", seen.body);
    let form = "/sources/new?kind=mbox&path=mail";
    let page = browser.get(form).await;
    insta::assert_snapshot!(main_of(&page), @"
    Sources
    # Add a source
    mbox: archives. Choose another kind
    Name (needed)
    What it is called everywhere: letters, digits, -, _ and .
    path (needed)
    what path is for
    privatewhat private is for
    token
    what token is for Write where it is, env:NAME or file:PATH, never the secret itself.
    branches
    what branches is for One per line.
    Test Add Add and sync now
    ▸ What to know about mbox
    ");
    let fields = |path| [("kind", "mbox"), ("name", "mail"), ("v.path", path), ("v.private", "yes")];
    let test = |path| [&fields(path)[..], &[("do", "test")]].concat();
    let wrong = browser.post(form, "/sources/new", &test("elsewhere")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(main_of(&wrong).contains("Nothing was changed. cannot read that path."), "{}", main_of(&wrong));
    assert!(wrong.body.contains("value=\"elsewhere\"") && wrong.body.contains("aria-invalid"), "{}", wrong.body);
    let well = browser.post(form, "/sources/new", &test("mail")).await;
    assert_eq!(well.status, StatusCode::OK);
    assert!(main_of(&well).contains("It can be read. 4 items held 4 messages."));
    assert!(browser.office.inside().sources.is_empty());
    let added = browser.post(form, "/sources/new", &[&fields("mail")[..], &[("do", "sync")]].concat()).await;
    assert_eq!(to(&added), "/sources/sync");
    let running = browser.get("/sources/sync").await;
    insta::assert_snapshot!(main_of(&running), @"
    Sources
    # Syncing
    mail, started by local just now.
    mail 1 new item
    1 new item
    It goes on when you leave this page. See how far it is now
    Stop it
    ## What it said
    ");
    assert!(running.body.contains("<noscript><meta http-equiv=\"refresh\""));
    let again = browser.post("/sources/sync", "/sources/sync", &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
    assert!(browser.get("/sources/sync.json").await.body.contains("\"state\":\"done\""));
    let done = browser.get("/sources/sync").await;
    assert!(main_of(&done).contains("mail: 4 new items") && !done.body.contains("<noscript>"), "{}", main_of(&done));
    insta::assert_snapshot!(main_of(&browser.get("/sources").await), @"
    # Sources
    Where the community talks and works, and how much of it is here.
    Add a source
    Sync all now
    SourceLast runFromUntilItemsMessagesProblems
    mail mbox
    1 hour ago
    13 May 2024
    24 hours ago
    4
    4
    2
    ");
}

#[tokio::test]
async fn one_source_with_its_problems() {
    let browser = Browser::new(&["mail", "other"]);
    let page = browser.get("/sources/mail?page=3").await;
    let text = main_of(&page);
    assert!(text.contains("120 × a mail without a date") && text.contains("page 3 of 3"), "{text}");
    assert_eq!(page.body.matches("<tr><th scope=\"row\">").count(), 20);
    let csv = browser.get("/sources/mail.csv").await;
    assert!(csv.body.starts_with("detail,file,offset,what\r\n") || csv.body.starts_with("file,"), "{}", csv.body);
    for path in ["/sources/nobody", "/sources/nobody/edit", "/settings/nothing", "/sources/%ff"] {
        let reply = browser.get(path).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}: {}", reply.body);
    }
    assert_eq!(browser.get("/sources/new?kind=fax").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_source_is_removed_by_typing_its_name() {
    let browser = Browser::new(&["mail"]);
    let page = "/sources/mail/edit";
    let refused = browser.post(page, "/sources/mail/remove", &[("confirm", "male")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(to(&browser.post(page, "/sources/mail/remove", &[("confirm", "mail")]).await), "/sources");
    assert!(browser.office.inside().sources.is_empty());
    let faster =
        browser.post("/sources/new?kind=mbox", "/sources/x/edit", &[("v.path", "mail"), ("seen", "else")]).await;
    assert_eq!(faster.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn settings_come_back_with_what_is_wrong() {
    let browser = Browser::new(&[]);
    let page = "/settings/support";
    insta::assert_snapshot!(main_of(&browser.get(page).await), @r#"
    # Support
    What is promised. A change counts at once.
    Overview
    Community
    Support
    Alerts
    Helpers
    Levels
    Privacy
    Export
    Server
    Team
    Tokens
    Audit
    Promises
    First response
    Save
    ▸ As text
    Support, as it stands in switchboard.toml
    [promise]
    first_response = "2d"
    The sections [promise]. Everything is checked before anything is written. A change counts at once.
    Save the text
    "#);
    let send = |what: &'static str, seen: &'static str| {
        let fields = [("do", "text"), ("text", what), ("seen", seen)];
        let browser = &browser;
        async move { browser.post(page, page, &fields).await }
    };
    let wrong = send("[promise]\nwarn = =", "as it was").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(main_of(&wrong).contains("line 2, column 9: a value is missing."), "{}", main_of(&wrong));
    assert!(wrong.body.contains("warn = =</textarea>"));
    let faster = send("[promise]\nwarn = \"4h\"", "as it never was").await;
    assert_eq!(faster.status, StatusCode::CONFLICT);
    let text = main_of(&faster);
    assert!(
        text.contains("What stands there now") && faster.body.contains("warn = &quot;4h&quot;</textarea>"),
        "{text}"
    );
    assert_eq!(to(&send("[promise]\nwarn = \"4h\"", "as it was").await), page);
    assert_eq!(browser.office.inside().text, "[promise]\nwarn = \"4h\"");
    let values = [("do", "values"), ("v.promise.first_response", "soon"), ("seen", "as it was")];
    let wrong = browser.post(page, page, &values).await;
    assert!(wrong.body.contains("value=\"soon\"") && wrong.body.contains("aria-invalid"), "{}", wrong.body);
}

#[tokio::test]
async fn alerts_are_tested_and_stopped() {
    let browser = Browser::new(&[]);
    let page = "/settings/alerts";
    assert!(main_of(&browser.get(page).await).contains("promise broken"));
    assert_eq!(to(&browser.post(page, "/settings/alerts/test", &[("target", "webhook:bot")]).await), page);
    let unknown = browser.post(page, "/settings/alerts/test", &[("target", "fax:1")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(to(&browser.post(page, "/settings/alerts/stop", &[("subject", "late")]).await), page);
    let gone = browser.post(page, "/settings/alerts/again", &[("number", "7")]).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert_eq!(
        browser.post(page, "/settings/alerts/again", &[("number", "x")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn a_table_is_sent_whole() {
    let browser = Browser::new(&[]);
    assert!(main_of(&browser.get("/settings/export").await).contains("messages"));
    let file = browser.get("/settings/export/tables/messages.csv").await;
    assert_eq!(file.headers["content-disposition"], "attachment; filename=\"messages.csv\"");
    assert_eq!(file.body.lines().count(), 100_000);
    assert_eq!(browser.get("/settings/export/desk.sqlite").await.body, "SQLite");
    for path in ["nothing.csv", "messages.exe", "messages", "..%2fdesk.sqlite"] {
        let reply = browser.get(&format!("/settings/export/tables/{path}")).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn forged_forms_and_servers_without_an_office_change_nothing() {
    let browser = Browser::new(&["mail"]);
    for path in ["/sources/new", "/sources/sync", "/sources/mail/remove", "/settings/support", "/settings/alerts/test"]
    {
        let reply = browser.send(Method::POST, path, "csrf=0&confirm=mail&text=x".to_owned()).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(browser.office.inside().sources, ["mail"]);
    let without = Service { office: None, ..browser.service.clone() };
    let reply = ask(without, Method::GET, "/sources", &[], "").await;
    assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE);
}
