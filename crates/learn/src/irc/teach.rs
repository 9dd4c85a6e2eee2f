//! Makes the model: first the sieve by counting, then trees, twice. What a line answers depends on what was
//! made of the lines before, so the second trees learn from logs as the first ones read them, mistakes
//! included; each log is read with trees that were learned from the others.

use untangle::features::COUNT;
use untangle::model::Model;
use untangle::sieve::{DISTANCES, KINDS, SHARED, Sieve};
use untangle::{Untangler, Weighed};

use super::log::Log;
use super::score::{Links, Scored, score};
use crate::boost::{Boost, Choices};

/// Parts that the logs are learned from in turns. Two: trees from half the logs are as good as from four fifths.
const FOLDS: usize = 2;

/// Chosen by [`rehearse`], as is all below; 5 to 10 for `calm` and 0.2 to 0.3 of the features are as good.
const BOOST: Boost = Boost { trees: 300, rate: 0.06, calm: 5.0, features: 0.3, choices: 0.7, seed: 1 };

/// Models averaged.
const SEEDS: u64 = 2;

/// Added to the score of answering nothing: at 0 too few conversations are opened.
const OPENING: f32 = 0.7;

/// Reads a log with a model: what it finds, and what it weighed for each labelled message.
pub(crate) fn read(log: &Log, model: &Model, mut show: impl FnMut(u64, &Weighed)) -> Links {
    let mut untangler = Untangler::with(model);
    let mut found = Links::new();
    for (number, spoken) in (0..).zip(&log.lines) {
        let labelled = log.links.contains_key(&number);
        let answer = untangler.push_and_show(&spoken.line(), |weighed| {
            if labelled {
                show(number, weighed);
            }
        });
        if labelled {
            found.insert((number, answer.to.unwrap_or(number)));
        }
    }
    found
}

/// Reads a log and compares.
pub(crate) fn examine(log: &Log, model: &Model) -> Scored {
    compare(log, &read(log, model, |_, _| ()))
}

fn compare(log: &Log, found: &Links) -> Scored {
    let truth = log.links.iter().flat_map(|(line, to)| to.iter().map(|to| (*line, *to))).collect();
    let from = log.links.keys().next().copied().unwrap_or(0);
    score(&truth, found, from, |line| log.lines.get(line as usize).is_some_and(|line| line.system))
}

/// Makes a model from logs.
pub(crate) fn teach(logs: &[&Log]) -> Model {
    let sieve = count(logs);
    let untrained = Model { sieve: sieve.clone(), ..Model::default() };
    let first: Vec<Choices> = logs.iter().map(|log| choices(log, &untrained)).collect();
    let mut second = Vec::new();
    for (fold, model) in in_turns(logs, &sieve, &first).iter().enumerate() {
        second.extend(logs.iter().skip(fold).step_by(FOLDS).map(|log| choices(log, model)));
    }
    model(&sieve, second.iter(), SEEDS)
}

/// How a model does that is made as [`teach`] makes it, but from the logs that are not read with it.
pub(crate) fn rehearse(logs: &[&Log]) -> Vec<Scored> {
    let sieve = count(logs);
    let untrained = Model { sieve: sieve.clone(), ..Model::default() };
    let mut all: Vec<Choices> = logs.iter().map(|log| choices(log, &untrained)).collect();
    for (fold, model) in in_turns(logs, &sieve, &all).iter().enumerate() {
        for at in (fold..logs.len()).step_by(FOLDS) {
            all[at] = choices(logs[at], model);
        }
    }
    let models = in_turns(logs, &sieve, &all);
    logs.iter().zip(models.iter().cycle()).map(|(log, model)| examine(log, model)).collect()
}

/// For each fold a model that has not seen its logs.
fn in_turns(logs: &[&Log], sieve: &Sieve, choices: &[Choices]) -> Vec<Model> {
    let others = |fold: usize| choices.iter().take(logs.len()).enumerate().filter(move |(log, _)| log % FOLDS != fold);
    (0..FOLDS).map(|fold| model(sieve, others(fold).map(|(_, choices)| choices), 1)).collect()
}

/// Trees for every seed, averaged: what chance adds to one, it takes from another.
fn model<'a>(sieve: &Sieve, choices: impl Iterator<Item = &'a Choices>, seeds: u64) -> Model {
    let choices = Choices::join(choices);
    let mut trees: Vec<_> = (1..=seeds).flat_map(|seed| Boost { seed, ..BOOST }.learn(&choices)).collect();
    for leaf in trees.iter_mut().flat_map(|tree| &mut tree.leaves) {
        *leaf /= seeds as f32;
    }
    Model { sieve: sieve.clone(), opening: OPENING, trees }
}

/// What there is to learn from one log, read with a model.
fn choices(log: &Log, model: &Model) -> Choices {
    let mut choices = Choices::default();
    read(log, model, |number, weighed| {
        let Some(links) = log.links.get(&number) else { return };
        let is_true = |at: usize| {
            let to = weighed.candidates[at].map_or(number, |sight| sight.number);
            links.contains(&to)
        };
        let right = (0..weighed.count).filter(|at| is_true(*at)).count();
        let share = |at: usize| if is_true(at) { 1.0 / right as f32 } else { 0.0 };
        // What did not pass the sieve cannot be learned from.
        if right > 0 {
            let truth: Vec<f32> = (0..weighed.count).map(share).collect();
            choices.add(COUNT, &truth, |feature, row| weighed.features[feature][row]);
        }
    });
    choices
}

/// Counts the sieve: how much likelier than others a message is to be answered, by what is seen at a glance.
fn count(logs: &[&Log]) -> Sieve {
    let untrained = Model::default();
    let mut near = Odds::new(KINDS * DISTANCES);
    let (mut minutes, mut shared) = (Odds::new(DISTANCES), Odds::new(SHARED));
    for log in logs {
        read(log, &untrained, |number, weighed| {
            for sight in &weighed.seen {
                let answered = log.links.get(&number).is_some_and(|links| links.contains(&sight.number));
                near.count(usize::from(sight.near), answered);
                minutes.count(usize::from(sight.minutes), answered);
                shared.count(usize::from(sight.shared), answered);
            }
        });
    }
    Sieve { near: near.logarithms(), minutes: minutes.logarithms(), shared: shared.logarithms() }
}

/// Times something was seen, and was true, by cell.
struct Odds(Vec<[f32; 2]>);

impl Odds {
    fn new(cells: usize) -> Odds {
        Odds(vec![[0.0; 2]; cells])
    }

    fn count(&mut self, cell: usize, truth: bool) {
        self.0[cell][0] += 1.0;
        self.0[cell][1] += f32::from(u8::from(truth));
    }

    /// How much likelier than on average, as a logarithm; a cell of few cases is drawn to the average.
    fn logarithms(&self) -> Vec<f32> {
        let [seen, truth] = self.0.iter().fold([0.0, 0.0], |all, cell| [all[0] + cell[0], all[1] + cell[1]]);
        let average = truth / f32::max(seen, 1.0);
        let share = |cell: &[f32; 2]| (cell[1] + 20.0 * average) / (cell[0] + 20.0);
        self.0.iter().map(|cell| (share(cell) / average.max(1e-9)).ln()).collect()
    }
}
