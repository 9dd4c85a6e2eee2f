//! Sixteen people who decide at once for a minute while a sync runs: nothing is lost, nothing stands twice, and nobody sees
//! an error.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::Setup;
use super::figure::{Figure, Wanted, percentile};
use super::http::{get_text, post};
use crate::pages::{links, serve};
use crate::print;

/// People at once.
const PEOPLE: usize = 16;
/// Cases that they all write to.
const CASES: usize = 8;
/// How long they go on.
const MINUTE: Duration = Duration::from_secs(60);
/// How long each of them looks at a page before they write again.
const LOOK: Duration = Duration::from_millis(200);

/// What one person did.
#[derive(Default)]
struct Wrote {
    /// The texts, each written once, with the case.
    notes: Vec<(usize, String)>,
    /// Answers that were none: their status.
    failures: Vec<String>,
    milliseconds: Vec<f64>,
}

/// `workspace` is written to. `sync` runs once and is run again until the minute is over.
pub(super) fn measure(
    setup: &Setup,
    workspace: &Path,
    sync: impl Fn() -> Result<()> + Sync,
    figures: &mut Vec<Figure>,
) -> Result<()> {
    print::note(format_args!("{PEOPLE} people write for a minute"));
    let served = serve(&setup.binary, workspace)?;
    let cases = cases(served.address)?;
    let over = AtomicBool::new(false);
    let (people, syncs) = std::thread::scope(|scope| {
        let people: Vec<_> = (0..PEOPLE)
            .map(|person| {
                let cases = &cases;
                scope.spawn(move || write(served.address, cases, person))
            })
            .collect();
        let syncing = scope.spawn(|| {
            let mut syncs = 0;
            while !over.load(Ordering::Relaxed) {
                sync()?;
                syncs += 1;
            }
            Ok::<usize, anyhow::Error>(syncs)
        });
        let people: Vec<Result<Wrote>> =
            people.into_iter().map(|person| person.join().unwrap_or_else(|_| Ok(Wrote::default()))).collect();
        over.store(true, Ordering::Relaxed);
        (people.into_iter().collect::<Result<Vec<_>>>(), syncing.join().unwrap_or(Ok(0)))
    });
    let (people, syncs) = (people?, syncs?);
    let notes: Vec<&(usize, String)> = people.iter().flat_map(|person| &person.notes).collect();
    ensure!(!notes.is_empty(), "nobody could write anything: {:?}", people.first().map(|person| &person.failures));
    let stand = standing(served.address, &cases)?;
    let times = |text: &String| stand.get(text).copied().unwrap_or_default();
    let lost = notes.iter().filter(|(_, text)| times(text) == 0).count();
    let double = notes.iter().filter(|(_, text)| times(text) > 1).count();
    let failures: Vec<&String> = people.iter().flat_map(|person| &person.failures).collect();
    let all: Vec<f64> = people.iter().flat_map(|person| person.milliseconds.iter().copied()).collect();
    let note = format!("{} notes of {PEOPLE} people on {CASES} cases; {syncs} syncs meanwhile", notes.len());
    let none = |name, what, count: usize| Figure::new(name, what, "", Wanted::AtMost(0.0), vec![count as f64]);
    figures.push(none("writes-lost", "writes at once with a sync: lost", lost).note(note));
    figures.push(none("writes-double", "written twice", double));
    let answers = format!("{:?}", failures.iter().take(3).collect::<Vec<_>>());
    figures.push(none("writes-failed", "answered with an error", failures.len()).note(answers));
    let high = percentile(&all, 95.0).into_iter().collect();
    figures.push(Figure::new("writes", "a write, 95 of 100", "ms", Wanted::Nothing, high));
    Ok(())
}

/// Some cases of the desk.
fn cases(server: SocketAddr) -> Result<Vec<String>> {
    let mut found: Vec<String> = Vec::new();
    for path in ["/conversations", "/people", "/"] {
        let Ok(html) = get_text(server, path) else { continue };
        for link in links(&html) {
            let id = link.strip_prefix("/conversations/").filter(|id| !id.contains(['/', '.']));
            if let Some(id) = id.filter(|id| found.len() < CASES && found.iter().all(|known| known != id)) {
                found.push(id.to_owned());
            }
        }
    }
    ensure!(!found.is_empty(), "the desk shows no case");
    Ok(found)
}

/// One person's minute.
fn write(server: SocketAddr, cases: &[String], person: usize) -> Result<Wrote> {
    let html = get_text(server, &format!("/conversations/{}", cases[0]))?;
    let sign = html.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let sign = sign.context("the page of a conversation has no form")?;
    let (start, mut wrote) = (Instant::now(), Wrote::default());
    for number in 0.. {
        if start.elapsed() > MINUTE {
            break;
        }
        let case = (person + number) % cases.len();
        let text = format!("note {number} of person {person}.");
        let begun = Instant::now();
        let fields = [("csrf", sign), ("do", "note"), ("id", cases[case].as_str()), ("note", text.as_str())];
        match post(server, "/cases", &fields) {
            Ok(status) if status == "303" => wrote.notes.push((case, text)),
            Ok(status) => wrote.failures.push(status),
            Err(error) => wrote.failures.push(format!("{error:#}")),
        }
        wrote.milliseconds.push(begun.elapsed().as_secs_f64() * 1e3);
        std::thread::sleep(LOOK);
    }
    Ok(wrote)
}

/// How often each note stands in the history of the cases.
fn standing(server: SocketAddr, cases: &[String]) -> Result<BTreeMap<String, usize>> {
    let mut stand = BTreeMap::new();
    for case in cases {
        let page = get_text(server, &format!("/api/v1/cases/{case}"))?;
        let page: serde_json::Value = serde_json::from_str(&page)?;
        let history = page["history"].as_array().context("a case has no history")?;
        for note in history.iter().filter_map(|event| event["note"].as_str()) {
            *stand.entry(note.to_owned()).or_default() += 1;
        }
    }
    Ok(stand)
}
