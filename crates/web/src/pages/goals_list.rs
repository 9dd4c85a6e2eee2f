//! Goals: what the community wants, how far it is, and the numbers that no goal asks for.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::{Goal, Kept, Role};
use metric::Loose;
use serde::Serialize;

use super::goal_show::{Line, Numbers};
use super::{Frame, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/goals",
    title: "Goals",
    section: Section::Goals,
    least: Role::Viewer,
    publishable: true,
    table: Some("measures"),
    route: || get(show),
};

/// What the page shows.
#[derive(Debug, Default, Serialize)]
struct GoalsView {
    /// Those that are followed, by name.
    goals: Vec<Kept<Goal>>,
    /// Those that are not followed any more.
    closed: Vec<Kept<Goal>>,
    /// How the metrics of the open goals stand.
    measures: Vec<Line>,
    /// Ready-made goals that could be added: name and goal.
    sets: Vec<(&'static str, Goal)>,
    /// Metrics without a goal: to be attached or retired.
    loose: Vec<Loose>,
    /// Why there are no numbers.
    remark: Option<String>,
}

#[derive(Template)]
#[template(path = "goals_list.html")]
struct GoalsList<'a> {
    frame: &'a Frame,
    view: &'a GoalsView,
}

/// `GET /goals`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| {
        let numbers = Numbers::new(room)?;
        let mut view = GoalsView { sets: metric::ready_made().collect(), ..GoalsView::default() };
        let (goals, closed) =
            numbers.goals.values().cloned().partition(|goal: &Kept<Goal>| goal.record.closed.is_none());
        (view.goals, view.closed) = (goals, closed);
        view.sets.retain(|(_, set)| view.goals.iter().all(|goal| goal.record.what != set.what));
        view.loose = numbers.loose();
        for goal in &view.goals {
            view.measures.extend(numbers.lines(room, goal)?);
        }
        view.remark = numbers.remark(room);
        if room.visitor.role == Role::Public {
            for goal in view.goals.iter_mut().chain(&mut view.closed) {
                goal.who.clear();
                goal.record.owner.clear();
            }
            let blips = view.measures.iter_mut().flat_map(|line| &mut line.blips);
            blips.for_each(|blip| blip.explanations.clear());
        }
        Ok(view)
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&GoalsList { frame, view })).await
}

impl GoalsView {
    fn of(&self, goal: &str) -> Vec<&Line> {
        self.measures.iter().filter(|line| line.goal == *goal).collect()
    }

    fn waiting(&self) -> Vec<&Loose> {
        self.loose.iter().filter(|loose| loose.retired.is_none()).collect()
    }

    fn retired(&self) -> Vec<&Loose> {
        self.loose.iter().filter(|loose| loose.retired.is_some()).collect()
    }
}
