//! Searching everything: messages and documents, people, events.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::Page;
use insight::views::SearchView;
use serde::Deserialize;

use super::{Frame, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/search",
    title: "Search",
    section: Section::Aside,
    least: Role::Viewer,
    publishable: false,
    table: Some("found"),
    route: || get(show),
};

/// Lines of a page.
const LINES: usize = 20;
/// The last page that is looked for: nobody reads further, and each needs all before it.
const MOST_PAGES: usize = 50;

/// The part of the address after `?`.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    q: String,
    page: Option<u32>,
}

#[derive(Template)]
#[template(path = "search_show.html")]
struct SearchShow<'a> {
    frame: &'a Frame,
    view: &'a SearchView,
    page: usize,
}

/// `GET /search?q=` and its twins, with `page=`.
async fn show(State(app): State<App>, asking: Asking, query: Result<Query<Wanted>, QueryRejection>) -> Response {
    let Ok(Query(Wanted { q, page })) = query else { return Failure::BadQuery.reply(&app, &asking) };
    let page = page.map_or(1, |page| page as usize).clamp(1, MOST_PAGES);
    let question = {
        let q = q.clone();
        move |room: &Room<'_>| match q.trim() {
            "" => Ok(SearchView::default()),
            q => Ok(room.answers.search(&room.query(q), Page { offset: (page - 1) * LINES, limit: LINES })?),
        }
    };
    app.reply(&PLACE, asking, &q, question, move |frame, view| render(&SearchShow { frame, view, page })).await
}

impl SearchShow<'_> {
    /// The address of another page.
    fn at_page(&self, page: usize) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        pairs.append_pair("q", &self.frame.asked).append_pair("page", &page.to_string());
        pairs.finish()
    }

    fn has_next(&self) -> bool {
        self.view.more && self.page < MOST_PAGES
    }
}
