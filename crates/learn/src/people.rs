//! Who is who, on people whose accounts are known: of OpenStack (kept by hand) and of the simulation.
//!
//! **Split.** Everybody is in the train or the test half by a hash of their first address. Whoever is called
//! alike in both halves does not help: a half is a community of its own.
//!
//! **Pairs.** Every identity (an address, an account) is taken apart from the others, as tools meet them. All
//! pairs of one person's identities that no proof merges are to be found; a suggestion of two people's is
//! wrong. `linked` counts otherwise: people with n identities have n - 1 links, and a link is found if
//! suggestions, accepted, would make them one.
//!
//! **Views.** The list has one name a person, and does not say where it is shown. So it is measured in four
//! ways: shown with every address, and not with accounts (as commits and mail do: the one that counts), with
//! half of everything, with everything, and with nothing.

mod fit;
mod openstack;
mod simulation;

use std::path::Path;

use anyhow::Result;
use people::{Identity, LEAST, Meeting, Profile, proven, suggest};

use crate::measure::{Counts, interval};
use crate::{Figure, Task};

/// The task.
pub(crate) const TASK: Task = Task { name: "people", eval, train: Some(train) };

/// Which identities show a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    Addresses,
    Half,
    All,
    None,
}

/// Somebody with all their identities.
#[derive(Debug, Clone, Default)]
pub(crate) struct Person {
    pub(crate) identities: Vec<Known>,
}

/// One identity, owned.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    pub(crate) place: String,
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) account: Option<String>,
    pub(crate) handle: Option<String>,
}

impl Known {
    fn plain(&self) -> Identity<'_> {
        Identity {
            place: &self.place,
            name: self.name.as_deref(),
            email: self.email.as_deref(),
            account: self.account.as_deref(),
            handle: self.handle.as_deref(),
        }
    }
}

/// What is counted of one person: their pairs, and half of the wrong pairs each that they are in.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    pairs: Counts,
    /// Wrong ones are in two people's tallies.
    wrong_halves: u64,
    links: u64,
    linked: u64,
}

fn eval(data: &Path) -> Result<Vec<Figure>> {
    let (_, test) = openstack::halves(data)?;
    let simulated = simulation::people()?;
    let mut figures = merges("identity merges, OpenStack", &openstack::seen_twice(&test));
    figures.extend(merges("identity merges, simulation", &simulated));
    for (view, task, reach) in [
        (View::Addresses, "identity suggestions, OpenStack", (0.95, 0.8)),
        (View::Half, "  half of them without a name", (0.0, 0.0)),
        (View::All, "  all with a name", (0.0, 0.0)),
        (View::None, "  none with a name", (0.0, 0.0)),
    ] {
        figures.extend(suggestions(task, &openstack::view(&test, view), reach));
    }
    figures.extend(suggestions("identity suggestions, simulation", &simulated, (0.0, 0.0)));
    Ok(figures)
}

fn train(data: &Path, checkout: &Path) -> Result<()> {
    let (train, _) = openstack::halves(data)?;
    let pools = [View::Addresses, View::Half, View::All, View::None].map(|view| openstack::view(&train, view));
    fit::write(&pools, &checkout.join("crates/people/src/weights.txt"))
}

/// Every identity with the person it is of.
fn flat(people: &[Person]) -> (Vec<Identity<'_>>, Vec<usize>) {
    let all = people.iter().enumerate();
    all.flat_map(|(number, person)| person.identities.iter().map(move |known| (known.plain(), number))).unzip()
}

/// Precision of what is merged without anybody being asked.
fn merges(task: &'static str, people: &[Person]) -> Vec<Figure> {
    let (identities, owner) = flat(people);
    let mut tallies = vec![Tally::default(); people.len()];
    let merged = proven(identities.iter().copied());
    merged.iter().for_each(|(a, b)| count(&mut tallies, owner[*a as usize], owner[*b as usize]));
    let cases = format!("{} merges of {} identities, {} people", merged.len(), identities.len(), people.len());
    vec![figure(task, "precision", &tallies, precision, 1.0, cases)]
}

/// Precision and recall of what is suggested, at the score below which nothing is.
fn suggestions(task: &'static str, people: &[Person], (precise, reach): (f64, f64)) -> Vec<Figure> {
    let (identities, owner) = flat(people);
    let profiles: Vec<Profile> = identities.iter().map(|identity| Profile::new([*identity])).collect();
    let found = suggest(&profiles, LEAST, |_, _| Meeting::default());
    let mut tallies = vec![Tally::default(); people.len()];
    let mut groups: Vec<usize> = (0..identities.len()).collect();
    for one in &found {
        let (a, b) = (one.a as usize, one.b as usize);
        count(&mut tallies, owner[a], owner[b]);
        if owner[a] == owner[b] && groups[a] != groups[b] {
            let (from, to) = (groups[a], groups[b]);
            groups.iter_mut().filter(|group| **group == from).for_each(|group| *group = to);
            tallies[owner[a]].linked += 1;
        }
    }
    for (person, tally) in people.iter().zip(&mut tallies) {
        let identities = person.identities.len() as u64;
        tally.links = identities.saturating_sub(1);
        tally.pairs.missed = identities * identities.saturating_sub(1) / 2 - tally.pairs.right;
    }
    let cases = format!("{} suggestions, {} people", found.len(), people.len());
    let pairs: u64 = tallies.iter().map(|tally| tally.pairs.right + tally.pairs.missed).sum();
    let links: u64 = tallies.iter().map(|tally| tally.links).sum();
    vec![
        figure(task, "precision", &tallies, precision, precise, cases),
        figure(task, "recall of pairs", &tallies, recall, reach, format!("{pairs} pairs")),
        figure(task, "recall of links", &tallies, linked, 0.0, format!("{links} links")),
    ]
}

fn count(tallies: &mut [Tally], a: usize, b: usize) {
    match a == b {
        true => tallies[a].pairs.right += 1,
        false => [a, b].into_iter().for_each(|who| tallies[who].wrong_halves += 1),
    }
}

fn precision(tallies: &[Tally]) -> f64 {
    let right: u64 = tallies.iter().map(|tally| tally.pairs.right).sum();
    let wrong = tallies.iter().map(|tally| tally.wrong_halves).sum::<u64>() as f64 / 2.0;
    if right == 0 && wrong == 0.0 { 1.0 } else { right as f64 / (right as f64 + wrong) }
}

fn recall(tallies: &[Tally]) -> f64 {
    tallies.iter().map(|tally| tally.pairs).fold(Counts::default(), |sum, one| sum + one).recall()
}

fn linked(tallies: &[Tally]) -> f64 {
    let sum = |part: fn(&Tally) -> u64| tallies.iter().map(part).sum::<u64>() as f64;
    sum(|tally| tally.linked) / sum(|tally| tally.links).max(1.0)
}

fn figure(
    task: &'static str,
    measure: &'static str,
    tallies: &[Tally],
    of: fn(&[Tally]) -> f64,
    reach: f64,
    cases: String,
) -> Figure {
    Figure { task, measure, value: of(tallies), interval: interval(tallies, of), reach, cases }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_suggested_and_what_is_missed() {
        let known =
            |name: &str, email: &str| Known { name: Some(name.into()), email: Some(email.into()), ..Known::default() };
        let person = |identities: &[Known]| Person { identities: identities.to_vec() };
        let people = [
            person(&[known("Ada Lovelace", "ada@a.example"), known("Ada Lovelace", "lovelace@b.example")]),
            person(&[known("Dave", "dave@c.example"), known("Zaphod Nil", "hitch@d.example")]),
            person(&[known("Dave", "dave@e.example")]),
        ];
        let figures = suggestions("made up", &people, (0.95, 0.8));
        assert_eq!(figures.iter().map(|figure| figure.value).collect::<Vec<_>>(), [1.0, 0.5, 0.5]);
        assert_eq!(merges("made up", &people)[0].value, 1.0);
    }
}
