//! Reports in the browser: seen, kept, edited, taken along, noted as sent.

use axum::http::StatusCode;
use desk::Report;

use super::conversations::Browser;
use super::text_of;

const NAME: &str = "/reports/newsletter-2024-05";

async fn kept() -> Browser {
    let browser = Browser::new();
    browser.done("/reports", &[("kind", "newsletter"), ("period", "2024-05")]).await;
    browser
}

#[tokio::test]
async fn a_report_is_seen_before_it_is_kept() {
    let browser = Browser::new();
    let page = text_of(&browser.get("/reports").await.body);
    assert!(page.contains("None. Choose a kind above") && page.contains("Nothing yet."), "{page}");
    let page = text_of(&browser.get("/reports?kind=newsletter&period=2024-05").await.body);
    for expected in ["newsletter: May 2024", "How to get involved", "Thank you", "Questions waiting for you", "120"] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    for kind in report::Kind::all() {
        let of = if kind.needs_place() { "chat/%23tidepool" } else { "" };
        let reply = browser.get(&format!("/reports?kind={}&of={of}&period=2024-05", kind.as_str())).await;
        assert_eq!(reply.status, StatusCode::OK, "{kind:?}: {}", text_of(&reply.body));
    }
    for (wrong, status) in [
        ("kind=moon", StatusCode::BAD_REQUEST),
        ("kind=newsletter&period=soon", StatusCode::UNPROCESSABLE_ENTITY),
        ("kind=channel", StatusCode::UNPROCESSABLE_ENTITY),
        ("kind=channel&of=chat/%23nowhere", StatusCode::UNPROCESSABLE_ENTITY),
        ("kind=release&of=2.0..1.0", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        assert_eq!(browser.get(&format!("/reports?{wrong}")).await.status, status, "{wrong}");
    }
    assert!(browser.desk().records::<Report>().unwrap().is_empty());
}

#[tokio::test]
async fn a_draft_is_edited_and_stays_as_it_was_sent() {
    let browser = kept().await;
    let seen = browser.desk().record::<Report>("newsletter-2024-05").unwrap().at.to_string();
    let text = "# May\r\n\r\nHello <b>all</b> <!-- note -->\r\n\r\n- one\r\n";
    browser.done(NAME, &[("text", text), ("seen", &seen)]).await;
    let page = browser.get(NAME).await.body;
    assert!(page.contains("<p>Hello &lt;b&gt;all&lt;/b&gt; </p>") && page.contains("<li>one</li>"), "{page}");
    assert_eq!(browser.post(NAME, &[("text", "# x"), ("seen", "1")]).await.status, StatusCode::CONFLICT);
    browser.done(&format!("{NAME}/sent"), &[("to", "the list\r\nblog\r\n")]).await;
    let kept = browser.desk().record::<Report>("newsletter-2024-05").unwrap().record;
    assert_eq!((kept.title.as_str(), kept.to), ("May", vec!["the list".to_owned(), "blog".to_owned()]));
    for path in [NAME.to_owned(), format!("{NAME}/sent"), format!("{NAME}/remove")] {
        let reply = browser.post(&path, &[("text", "# y"), ("to", "x")]).await;
        assert_eq!(reply.status, StatusCode::CONFLICT, "{path}");
    }
    let page = text_of(&browser.get("/reports").await.body);
    assert!(page.contains("to the list, blog"), "{page}");
    assert_eq!(browser.get("/reports/nothing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_report_is_taken_along() {
    let browser = kept().await;
    for (form, kind, begins) in [
        ("md", "text/markdown; charset=utf-8", "# "),
        ("html", "text/html; charset=utf-8", "<!doctype html>"),
        ("eml", "message/rfc822", "Subject: "),
    ] {
        let reply = browser.get(&format!("{NAME}/file/{form}")).await;
        assert_eq!((reply.status, reply.headers["content-type"].to_str().unwrap()), (StatusCode::OK, kind));
        assert!(
            reply.headers["content-disposition"].to_str().unwrap().starts_with("attachment; filename=\"newsletter")
        );
        assert!(reply.body.starts_with(begins), "{form}: {}", &reply.body[..80]);
    }
    assert_eq!(browser.get(&format!("{NAME}/file/exe")).await.status, StatusCode::NOT_FOUND);
    let twin = browser.get(&format!("{NAME}.json")).await.body;
    assert!(twin.contains("\"kind\":\"newsletter\"") && twin.contains("\"sent\":null"), "{twin}");
    browser.done(&format!("{NAME}/remove"), &[]).await;
    assert_eq!(browser.get(NAME).await.status, StatusCode::NOT_FOUND);
}
