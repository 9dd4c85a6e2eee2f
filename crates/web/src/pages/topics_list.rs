//! Topics: what is asked, what grows and fades, and what should be documented.

use askama::Template;
use axum::extract::Query;
use axum::extract::State;
use axum::extract::rejection::QueryRejection;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::TopicOrder;
use insight::views::{GapView, TopicView};
use serde::{Deserialize, Serialize};

use super::figures::Pager;
use crate::failure::Failure;

use super::{Frame, figures, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/topics",
    title: "Topics",
    section: Section::Topics,
    least: Role::Viewer,
    publishable: true,
    table: Some("topics"),
    route: || get(show),
};

/// The part of the address after `?`.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Wanted {
    order: Option<String>,
    page: Option<usize>,
    gaps: Option<usize>,
}

/// What the page shows.
#[derive(Debug, Serialize)]
struct TopicsView {
    order: &'static str,
    topics: Vec<TopicView>,
    total: u64,
    gaps: Vec<GapView>,
    gaps_total: u64,
    #[serde(skip)]
    pagers: (Pager, Pager),
}

#[derive(Template)]
#[template(path = "topics_list.html")]
struct TopicsList<'a> {
    frame: &'a Frame,
    view: &'a TopicsView,
    orders: &'static [(&'static str, &'static str)],
}

const ORDERS: &[(&str, &str)] =
    &[("asked", "Asked most"), ("growing", "Growing"), ("fading", "Fading"), ("unanswered", "Unanswered")];

/// Gaps of one page: each costs a look at its best answers.
const GAPS: usize = 5;

/// `GET /topics`, with `order=`, `page=` of topics and `gaps=` for the page of gaps.
async fn show(State(app): State<App>, asking: Asking, query: Result<Query<Wanted>, QueryRejection>) -> Response {
    let Ok(Query(wanted)) = query else { return Failure::BadQuery.reply(&app, &asking) };
    let name = wanted.order.clone().unwrap_or_else(|| "asked".to_owned());
    let found = TopicOrder::ALL.iter().find(|(_, other)| *other == name).copied();
    let Some((order, name)) = found else { return Failure::BadQuery.reply(&app, &asking) };
    let question = move |room: &Room<'_>| {
        let (page, gaps_page) = (wanted.page.unwrap_or(1), wanted.gaps.unwrap_or(1));
        let (mut topics, total) = room.answers.topics_page(order, Pager::offset(page), figures::LINES)?;
        let before = gaps_page.saturating_sub(1).saturating_mul(GAPS);
        let (mut gaps, gaps_total) = room.answers.gaps_page(before, GAPS)?;
        if room.visitor.role == Role::Public {
            // Titles and answers are words of people.
            topics.iter_mut().for_each(|topic| topic.conversations.clear());
            gaps.clear();
        }
        let pagers = (
            Pager::new(page, total, &format!("/topics?order={name}&page=")),
            Pager::of(gaps_page, GAPS, gaps_total, &format!("/topics?order={name}&gaps=")),
        );
        Ok(TopicsView { order: name, topics, total, gaps, gaps_total, pagers })
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&TopicsList { frame, view, orders: ORDERS })).await
}
