//! Every component of the pages, in both themes: what to build a page from, and where to look after changing a style.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use chart::{Mark, OverTime, Series, Shape, Step, Unit};
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
    /// A chart, once for each theme.
    fn chart(&self, number: &usize) -> String {
        const WEEK: i64 = 7 * 24 * 3_600_000_000;
        // Monday, 1 January 2024.
        const FIRST: i64 = 1_704_067_200_000_000;
        let series = |name: &str, tone, values: [u32; 12]| Series {
            name: name.to_owned(),
            tone,
            values: values.map(|value| Some(f64::from(value))).to_vec(),
        };
        let starts: Vec<i64> = (0..12).map(|week| FIRST + week * WEEK).collect();
        let chart = OverTime {
            name: format!("example{number}"),
            title: "Questions by week".to_owned(),
            about: "Made up, to show what a chart looks like.".to_owned(),
            unit: Unit::Count,
            shape: Shape::Lines,
            step: Step::Week,
            series: vec![
                series("asked", 0, [12, 14, 9, 17, 21, 18, 15, 30, 22, 19, 20, 24]),
                series("answered", 2, [10, 11, 8, 13, 18, 16, 13, 19, 18, 17, 17, 18]),
            ],
            links: Vec::new(),
            marks: vec![Mark { at: FIRST + 7 * WEEK, until: None, label: "a release".to_owned(), href: None }],
            starts,
        };
        chart.figure()
    }

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
