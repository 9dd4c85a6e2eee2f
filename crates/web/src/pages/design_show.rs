//! Every component of the pages, in both themes: what to build a page from, and where to look after changing a style.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::views::PersonRef;

use super::{Frame, Promise, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/design",
    title: "Design",
    section: Section::Aside,
    least: Role::Viewer,
    publishable: true,
    table: None,
    route: || get(show),
};

#[derive(Template)]
#[template(path = "design_show.html")]
struct DesignShow<'a> {
    frame: &'a Frame,
    themes: [&'static str; 2],
    people: Vec<PersonRef>,
    promises: Vec<Promise>,
    colours: &'static [&'static str],
    text: &'static str,
}

const COLOURS: &[&str] = &[
    "paper",
    "card",
    "sunken",
    "ink",
    "soft",
    "line",
    "edge",
    "accent",
    "accent-wash",
    "late",
    "late-wash",
    "soon",
    "soon-wash",
    "good",
    "good-wash",
    "series-1",
    "series-2",
    "series-3",
    "series-4",
    "series-5",
    "series-6",
];

/// `GET /design`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    app.reply(&PLACE, asking, "", |_| Ok(COLOURS), |frame, _| render(&DesignShow::new(frame))).await
}

impl<'a> DesignShow<'a> {
    fn new(frame: &'a Frame) -> Self {
        const HOUR: i64 = 3_600_000_000;
        let person = |(number, name): (usize, &&str)| PersonRef { id: format!("p{number}"), name: (*name).to_owned() };
        let names = ["Ada Okafor", "Bao Trần", "Дмитрий Орлов", "fennec", "Noor van Dijk", "Chiara Rossi"];
        let promise = |due: i64| Promise::new(0, -40 * HOUR, due * HOUR);
        DesignShow {
            frame,
            themes: ["theme-light", "theme-dark"],
            people: names.iter().enumerate().map(person).collect(),
            promises: [60, 4, -30].map(promise).into(),
            colours: COLOURS,
            text: "Since the upgrade the nightly run stays at 99 % until I kill it.",
        }
    }
}
