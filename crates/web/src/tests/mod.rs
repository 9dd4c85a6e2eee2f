//! The pages as a browser gets them, the API as programs do, the tools as assistants do.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use tower::ServiceExt;

use crate::{Answers, Service, router};

mod accounts;
mod api;
mod care;
mod conversations;
mod gate;
pub(crate) mod made_up;
mod mcp;
mod office;
mod pages;
mod people;
mod records;
mod reports;
mod safety;
mod sockets;
mod team;

const PORT: u16 = 7474;

/// What came back.
struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

/// Sends a request for `host` to a community.
async fn send(answers: impl Answers, method: Method, host: &str, path: &str) -> Reply {
    ask(Service::reading(Arc::new(answers)), method, path, &[("host", host)], "").await
}

/// Sends a request with headers and a body to a service. Without a `host` header it is for this machine.
async fn ask(service: Service, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
    read(router(service, PORT), method, path, headers, body).await
}

/// The same of one server, for forms that must be sent back to the server they came from.
async fn read(router: axum::Router, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "localhost:7474");
    }
    let request = request.body(Body::from(body.to_owned())).unwrap();
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
    Reply { status: parts.status, headers: parts.headers, body }
}

/// Gets a page of a community.
async fn get(answers: impl Answers, path: &str) -> Reply {
    send(answers, Method::GET, "localhost:7474", path).await
}

/// What a person reads: the text of a page, a line per line of it, without what is unseen. Titles of
/// sections begin with `#`.
fn text_of(page: &str) -> String {
    let main = page.split_once("<body>").map_or(page, |(_, body)| body);
    let main = main.replace("<h1", "# <h1").replace("<h2", "\n## <h2").replace("<summary", "▸ <summary");
    let mut text = String::new();
    let mut in_tag = false;
    for c in main.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => text.push(c),
            _ => (),
        }
    }
    let text = ["&lt;<", "&gt;>", "&quot;\"", "&#39;'", "&amp;&"].iter().fold(text, |text, pair| {
        let (entity, character) = pair.split_at(pair.len() - 1);
        text.replace(entity, character)
    });
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
