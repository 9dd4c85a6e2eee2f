//! Fits what each reason weighs: logistic regression, by Newton's method with a ridge.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use people::{Profile, Reason, weigh};

use super::{Person, flat};

/// Says in the table where it is from.
const HEADER: &str = "\
# What each reason weighs: the logarithm of the odds it adds. Made by `cargo xtask train people` from the train
# half of OpenStack's people (logistic regression); those from `two_handles` on are judged, see learn::people::fit.
";
/// What is known before any data, as the logarithm of odds: what is rare in the data stays near it. A rarer
/// likeness says more than a common one; what sets apart is below 0; all others are 0.
const EXPECTED: &[(Reason, f64)] = &[
    (Reason::SameRareName, 7.0),
    (Reason::SameName, 5.0),
    (Reason::SameCommonName, 3.0),
    (Reason::LongerName, 4.0),
    (Reason::LongerCommonName, -2.0),
    (Reason::ShorterName, 3.0),
    (Reason::ShorterCommonName, -1.0),
    (Reason::SpelledName, 5.0),
    (Reason::SpelledCommonName, 2.0),
    (Reason::DifferentNames, -5.0),
    (Reason::SameHandle, 6.0),
    (Reason::SameUsualHandle, 4.0),
    (Reason::SameCommonHandle, 3.0),
    (Reason::HandleButDigits, 3.0),
    (Reason::HandleOfName, 5.0),
    (Reason::HandleOfCommonName, 2.0),
    (Reason::HandleOfRareInitial, 4.0),
    (Reason::HandleOfInitial, 2.0),
    (Reason::HandleOfGiven, 3.0),
    (Reason::HandleOfCommonGiven, 1.0),
    (Reason::HandleIsRareFamily, 2.0),
    (Reason::HandleIsRareGiven, 2.0),
    (Reason::HandleIsInitials, 1.0),
    (Reason::HandleHoldsFamily, 1.0),
    (Reason::HandleHoldsGiven, 1.0),
    (Reason::HostIsHandle, 4.0),
    (Reason::SameHost, -0.5),
    (Reason::TwoAccounts, -3.0),
];
/// The prior before any data.
const EXPECTED_PRIOR: f64 = -4.0;
/// How far from what was expected a weight may easily be: its standard deviation before any data.
const LOOSE: f64 = 1.0;
/// Reasons held apart from what the data say. In OpenStack handles are made of names; among the nicks of a chat, one
/// is a part of another by chance, so that this alone must not be enough (read by eye on #ubuntu). And a host of
/// their own is nothing against anybody.
const HELD: &[(Reason, f64)] =
    &[(Reason::HandleShortened, 2.0), (Reason::HandleWithin, 2.0), (Reason::SameOwnHost, 0.5)];
/// How far those may easily be from it.
const TIGHT: f64 = 0.01;
/// Reasons that the data cannot tell about, by judgement: the list does not say where people met.
const JUDGED: &[(Reason, f64)] = &[
    (Reason::TwoHandles, -1.0),
    (Reason::MarkedHandle, 3.0),
    (Reason::BothAThird, 0.0),
    (Reason::OneConversation, -2.0),
    (Reason::ManyConversations, -4.0),
    (Reason::SameWeek, 0.7),
    (Reason::SignatureNames, 6.0),
    (Reason::ProfileLinks, 7.0),
];
/// Newton's method is there long before.
const STEPS: usize = 30;

/// Fits to the people of `pools`, each a community of its own, and writes the table.
pub(crate) fn write(pools: &[Vec<Person>], path: &Path) -> Result<()> {
    let cases: Vec<(Vec<usize>, bool)> = pools.iter().flat_map(|pool| cases(pool)).collect();
    let weights = fit(&cases);
    let mut table = HEADER.to_owned();
    writeln!(table, "prior {:.2}", weights[Reason::ALL.len()])?;
    for (reason, weight) in Reason::ALL.iter().zip(&weights) {
        let judged = JUDGED.iter().find(|(judged, _)| judged == reason);
        writeln!(table, "{} {:.2}", reason.as_str(), judged.map_or(*weight, |(_, weight)| *weight))?;
    }
    std::fs::write(path, table).with_context(|| format!("cannot write {}", path.display()))
}

/// Every pair worth a look: which reasons hold, and whether it is one person. The prior is the last.
fn cases(people: &[Person]) -> Vec<(Vec<usize>, bool)> {
    let (identities, owner) = flat(people);
    let profiles: Vec<Profile> = identities.iter().map(|identity| Profile::new([*identity])).collect();
    let case = |(a, b, reasons): (u32, u32, Vec<Reason>)| {
        let held = reasons.iter().map(|reason| *reason as usize).chain([Reason::ALL.len()]).collect();
        (held, owner[a as usize] == owner[b as usize])
    };
    weigh(&profiles).into_iter().map(case).collect()
}

/// The weights that make the cases likeliest, the prior last.
fn fit(cases: &[(Vec<usize>, bool)]) -> Vec<f64> {
    let size = Reason::ALL.len() + 1;
    let mut expected = vec![0.0; size];
    expected[size - 1] = EXPECTED_PRIOR;
    EXPECTED.iter().chain(HELD).for_each(|(reason, weight)| expected[*reason as usize] = *weight);
    let mut ridge = vec![1.0 / (LOOSE * LOOSE); size];
    HELD.iter().for_each(|(reason, _)| ridge[*reason as usize] = 1.0 / (TIGHT * TIGHT));
    let mut weights = expected.clone();
    for _ in 0..STEPS {
        let mut slope: Vec<f64> = (0..size).map(|at| ridge[at] * (expected[at] - weights[at])).collect();
        let mut bend = vec![vec![0.0; size]; size];
        bend.iter_mut().enumerate().for_each(|(at, row)| row[at] = ridge[at]);
        for (held, same) in cases {
            let odds: f64 = held.iter().map(|at| weights[*at]).sum();
            let likely = 1.0 / (1.0 + (-odds).exp());
            for at in held {
                slope[*at] += f64::from(u8::from(*same)) - likely;
                held.iter().for_each(|other| bend[*at][*other] += likely * (1.0 - likely));
            }
        }
        let step = solve(bend, slope);
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight += step.clamp(-2.0, 2.0));
    }
    weights
}

/// Solves `matrix · x = right` by elimination; the matrix is positive definite, so no row need be swapped.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for pivot in 0..size {
        let upper = matrix[pivot].clone();
        for row in pivot + 1..size {
            let factor = matrix[row][pivot] / upper[pivot];
            matrix[row].iter_mut().zip(&upper).for_each(|(value, above)| *value -= factor * above);
            right[row] -= factor * right[pivot];
        }
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|column| matrix[row][column] * right[column]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved() {
        let solved = solve(vec![vec![4.0, 1.0], vec![1.0, 3.0]], vec![1.0, 2.0]);
        assert!((solved[0] - 1.0 / 11.0).abs() < 1e-12 && (solved[1] - 7.0 / 11.0).abs() < 1e-12);
    }

    #[test]
    fn what_tells_people_apart_weighs_against() {
        let prior = Reason::ALL.len();
        let (name, sets_apart) = (Reason::SameRareName as usize, Reason::SameHost as usize);
        let mut cases = vec![(vec![name, prior], true); 30];
        cases.extend(vec![(vec![sets_apart, prior], false); 30]);
        cases.extend(vec![(vec![prior], false); 30]);
        let weights = fit(&cases);
        assert!(weights[name] > 3.0 && weights[sets_apart] < 0.0 && weights[prior] < -1.0, "{weights:?}");
    }
}
