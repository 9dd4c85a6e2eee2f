//! Makes the model: first the sieve by counting, then trees, in rounds. The trees of a round learn from what
//! the last round's trees made of the same logs, so that they know the mistakes they will build upon; each
//! log is read with trees that were learned from the others.

use untangle::features::COUNT;
use untangle::model::Model;
use untangle::sieve::{DISTANCES, KINDS, SHARED, Sieve};
use untangle::{Untangler, Weighed};

use super::log::Log;
use super::score::{Links, Scored, score};
use crate::boost::{Boost, Choices};

/// Parts that the logs are learned from in turns.
const FOLDS: usize = 5;

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

/// Makes a model from logs. `tell` hears how each round does on logs that its trees did not see.
pub(crate) fn teach(
    logs: &[&Log],
    boost: &Boost,
    rounds: usize,
    mut tell: impl FnMut(usize, &[Scored], &[Links]),
) -> Model {
    let sieve = count(logs);
    let untrained = Model { sieve: sieve.clone(), trees: Vec::new() };
    let mut choices: Vec<Choices> = logs.iter().map(|log| choices(log, &untrained).0).collect();
    let folds = std::env::var("FOLDS").ok().and_then(|v| v.parse().ok()).unwrap_or(FOLDS);
    for round in 1..=rounds {
        let mut next = choices.clone();
        let mut scored = vec![Scored::default(); logs.len()];
        let mut links = vec![Links::new(); logs.len()];
        for fold in 0..folds {
            let (test, learn): (Vec<usize>, Vec<usize>) = (0..logs.len()).partition(|log| log % folds == fold);
            let learn = Choices::join(learn.iter().map(|log| &choices[*log]));
            let model = Model { sieve: sieve.clone(), trees: boost.learn(&learn) };
            for log in test {
                let found;
                (next[log], found) = self::choices(logs[log], &model);
                scored[log] = compare(logs[log], &found);
                links[log] = found;
            }
        }
        tell(round, &scored, &links);
        choices = next;
    }
    Model { sieve, trees: boost.learn(&Choices::join(choices.iter())) }
}

/// What there is to learn from one log, read with a model.
pub(crate) fn choices(log: &Log, model: &Model) -> (Choices, Links) {
    let mut choices = Choices::default();
    let found = read(log, model, |number, weighed| {
        let Some(links) = log.links.get(&number) else { return };
        let is_true = |at: usize| match weighed.candidates[at] {
            Some(sight) => links.contains(&sight.number),
            None => links.contains(&number),
        };
        let right = (0..weighed.count).filter(|at| is_true(*at)).count();
        if right > 0 {
            let truth: Vec<f32> =
                (0..weighed.count).map(|at| if is_true(at) { 1.0 / right as f32 } else { 0.0 }).collect();
            choices.add(COUNT, &truth, |feature, row| weighed.features[feature][row]);
        }
    });
    (choices, found)
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
