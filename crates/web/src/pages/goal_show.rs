//! One goal: its questions, the metrics that answer them, what left its usual range, and the form to change it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::{Doubt, Explanation, Goal, Kept, Retired, Role, Target};
use metric::{Catalogue, Doubts, Loose, Standing, Tables};
use serde::Serialize;

use super::metric_trend::{self, BlipShown};
use super::{Called, Frame, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/goals/{name}",
    title: "Goal",
    section: Section::Goals,
    least: Role::Viewer,
    publishable: false,
    table: Some("measures"),
    route: || get(show),
};

/// Blips shown of each metric, the latest.
const BLIPS: usize = 3;

/// What the desk and the catalogue say about numbers.
pub(crate) struct Numbers {
    pub catalogue: Catalogue,
    pub goals: BTreeMap<String, Kept<Goal>>,
    pub doubts: Doubts,
    pub explanations: Vec<Kept<Explanation>>,
    retired: BTreeMap<String, Kept<Retired>>,
}

/// A metric of a goal, in a line.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    /// The goal's name.
    pub goal: String,
    /// The question that it answers.
    pub question: String,
    /// The metric's name.
    pub metric: String,
    /// Its name for people.
    pub title: String,
    /// Of what it is measured, where it is not of everything.
    pub of: String,
    /// What it should reach.
    pub target: Option<f64>,
    /// In the last whole month.
    pub now: Option<f64>,
    /// In the same month a year before.
    pub before: Option<f64>,
    /// Whether the target is reached.
    pub reached: Option<bool>,
    /// Where it goes: `better`, `worse`, `more`, `less`, `steady`.
    pub course: Option<metric::Course>,
    /// What left its usual range lately, latest first.
    pub blips: Vec<BlipShown>,
    /// Why it is not to be believed as it stands.
    pub doubts: Vec<String>,
    /// Why there is no number.
    pub error: Option<String>,
    /// Its values by month.
    pub months: Vec<Option<f64>>,
    /// The values as people say them: now, before, target.
    #[serde(skip)]
    pub said: (String, String, String),
}

/// What the page shows.
#[derive(Debug, Serialize)]
struct GoalView {
    goal: Kept<Goal>,
    measures: Vec<Line>,
    remark: Option<String>,
    #[serde(skip)]
    lines: String,
}

#[derive(Template)]
#[template(path = "goal_show.html")]
struct GoalShow<'a> {
    frame: &'a Frame,
    view: &'a GoalView,
}

/// `GET /goals/{name}`.
async fn show(State(app): State<App>, asking: Asking, Called(name): Called) -> Response {
    let question = move |room: &Room<'_>| {
        let numbers = Numbers::new(room)?;
        let goal = numbers.goals.get(&name).cloned().ok_or(Failure::NoPage)?;
        let measures = numbers.lines(room, &goal)?;
        let lines = metric::question_lines(&goal.record.questions);
        Ok(GoalView { goal, measures, remark: numbers.remark(room), lines })
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&GoalShow { frame, view })).await
}

impl GoalView {
    fn of(&self, question: &str) -> Vec<&Line> {
        self.measures.iter().filter(|line| line.question == *question).collect()
    }
}

impl Numbers {
    /// Everything that is known, with the sources that are behind among the doubts.
    pub(crate) fn new(room: &Room<'_>) -> Result<Numbers, Failure> {
        let mut numbers = Numbers {
            catalogue: room.service.catalogue(),
            goals: BTreeMap::new(),
            doubts: Doubts::default(),
            explanations: Vec::new(),
            retired: BTreeMap::new(),
        };
        let mut said = Vec::<Doubt>::new();
        if let Some(desk) = room.reading()? {
            numbers.goals = desk.records()?;
            said = desk.records::<Doubt>()?.into_values().map(|kept| kept.record).collect();
            numbers.explanations = desk.records()?.into_values().collect();
            numbers.retired = desk.records()?;
        }
        if let Some(doubts) = numbers.tables(room).map(|tables| Doubts::new(tables.sql, tables.now, said)) {
            // What is known against a number is worth less than the page.
            numbers.doubts = doubts.unwrap_or_default();
        }
        Ok(numbers)
    }

    /// The tables, for those who may see all that is counted in them.
    pub(crate) fn tables<'a>(&'a self, room: &'a Room<'_>) -> Option<Tables<'a>> {
        let sees_all = room.service.seen_by_viewers.is_none() || room.visitor.needs(Role::Member).is_ok();
        let sql = room.service.sql.as_deref().filter(|_| sees_all)?;
        Some(Tables { sql, catalogue: &self.catalogue, now: room.answers.about().as_of.saturating_add(1) })
    }

    /// Why there are no numbers; none if there are.
    pub(crate) fn remark(&self, room: &Room<'_>) -> Option<String> {
        let remark = match &room.service.sql {
            None => "SQL is not at hand here: there are no numbers.",
            Some(_) => "The numbers count private channels too: they are for members of the team.",
        };
        self.tables(room).is_none().then(|| remark.to_owned())
    }

    /// The metrics that no goal asks for.
    pub(crate) fn loose(&self) -> Vec<Loose> {
        let goals = self.goals.values().map(|kept| &kept.record);
        metric::loose(&self.catalogue, goals, |name| self.retired.get(name).map(|kept| kept.record.clone()))
    }

    /// Why a metric is retired.
    pub(crate) fn retired(&self, metric: &str) -> Option<&Kept<Retired>> {
        self.retired.get(metric)
    }

    /// The metrics of a goal; none without tables.
    pub(crate) fn lines(&self, room: &Room<'_>, goal: &Kept<Goal>) -> Result<Vec<Line>, Failure> {
        let Some(tables) = self.tables(room) else { return Ok(Vec::new()) };
        let each = goal.record.questions.iter();
        let each =
            each.flat_map(|question| question.metrics.iter().map(move |target| (question.text.as_str(), target)));
        Ok(each.map(|(question, target)| self.line(&tables, &goal.name, question, target)).collect())
    }

    fn line(&self, tables: &Tables<'_>, goal: &str, question: &str, target: &Target) -> Line {
        let mut line = Line {
            goal: goal.to_owned(),
            question: question.to_owned(),
            metric: target.metric.clone(),
            title: target.metric.clone(),
            of: metric_trend::of(&target.only),
            target: target.target,
            now: None,
            before: None,
            reached: None,
            course: None,
            blips: Vec::new(),
            doubts: Vec::new(),
            error: None,
            months: Vec::new(),
            said: (String::new(), String::new(), String::new()),
        };
        match tables.standing(target, &self.doubts) {
            Ok(standing) => line.fill(&standing, &self.explanations),
            Err(error) => line.error = Some(error.to_string()),
        }
        line
    }
}

impl Line {
    fn fill(&mut self, standing: &Standing, explanations: &[Kept<Explanation>]) {
        let unit = super::metric_show::unit(&standing.metric);
        let say = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| unit.long(value));
        self.title.clone_from(&standing.metric.title);
        self.said = (say(standing.now), say(standing.before), say(standing.target));
        (self.now, self.before, self.reached) = (standing.now, standing.before, standing.reached);
        self.course = standing.course;
        self.doubts.clone_from(&standing.doubts);
        self.months.clone_from(&standing.months.values);
        self.blips = metric_trend::shown(&standing.metric, &standing.only, &standing.watched, explanations);
        self.blips.truncate(BLIPS);
    }

    pub(crate) fn spark(&self) -> String {
        super::figures::spark_of(&self.months, &format!("{} by month", self.title))
    }

    /// Where it goes, in a word, and how the style sheet calls that.
    pub(crate) fn went(&self) -> (&'static str, &'static str) {
        match self.course {
            Some(metric::Course::Better) => ("better", "up"),
            Some(metric::Course::Worse) => ("worse", "down"),
            Some(metric::Course::More) => ("more", ""),
            Some(metric::Course::Less) => ("less", ""),
            Some(metric::Course::Steady) => ("steady", ""),
            None => ("", ""),
        }
    }
}
