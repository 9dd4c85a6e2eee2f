//! The pages at a large community: how long each takes with eight readers at once, what a first visit weighs, and how much
//! memory the server keeps.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::Setup;
use super::figure::{Figure, Wanted, percentile};
use super::http::{get, get_compressed, get_text};
use super::process::resident;
use crate::pages::{Served, links, serve};
use crate::print;

/// Readers at once.
const READERS: usize = 8;
/// How often each reader gets each page.
const ROUNDS: usize = 25;
/// Different conversations, people … of each page, at most.
const VARIETY: usize = 25;
/// Pages looked at for links, at most.
const VISITS: usize = 120;
/// How long nobody asks before the server's memory is looked at.
const IDLE: Duration = Duration::from_secs(20);

/// Pages as they are asked for with something, which no link leads to, and their twins: names with variants. The sheet of
/// all people is no page: it holds everybody.
const ASKED: &[(&str, &[&str])] = &[
    ("/people?name=", &["/people?name=a", "/people?name=mar", "/people?name=son"]),
    ("/people?segment=&sort=", &["/people?segment=quiet&sort=helped", "/people?segment=helpers&sort=messages"]),
    ("/people?page=", &["/people?page=2", "/people?sort=name&page=50"]),
    ("/topics?order=", &["/topics?order=growing", "/topics?order=unanswered"]),
    ("/conversations?q=", &["/conversations?q=is%3Awaiting", "/conversations?q=upgrade", "/conversations?q=tier%3A2"]),
    ("/conversations?view=", &["/conversations?view=all", "/conversations?view=overdue"]),
    ("/search?q=", &["/search?q=upgrade", "/search?q=slow+query+timeout", "/search?q=%22out+of+memory%22"]),
    ("/ask?q=", &["/ask?q=how+do+I+restore+a+backup", "/ask?q=the+login+fails+behind+a+proxy+after+the+upgrade"]),
    ("/metrics/{name}?rows=", &["/metrics/questions?rows=yes", "/metrics/first_response_median?rows=yes"]),
    ("twins", &["/today.json", "/conversations.json", "/people.json", "/topics.json", "/growth.json", "/support.json"]),
    ("sheets", &["/conversations.csv", "/topics.csv", "/channels.csv"]),
];

/// Addresses by page.
type Addresses = BTreeMap<String, Vec<String>>;

pub(super) fn measure(setup: &Setup, workspace: &Path, figures: &mut Vec<Figure>) -> Result<()> {
    print::note(format_args!("looking for every page"));
    let served = serve(&setup.binary, workspace)?;
    let mut addresses = find(&served)?;
    let asked = ASKED.iter().map(|(name, found)| ((*name).to_owned(), found.iter().map(|path| (*path).to_owned())));
    addresses.extend(asked.map(|(name, found)| (name, found.collect())));
    for (page, found) in &addresses {
        for address in found.iter().take(2) {
            get(served.address, address).with_context(|| page.clone())?;
        }
    }
    print::note(format_args!("waiting while nobody asks"));
    std::thread::sleep(IDLE);
    let memory = resident(&served.running.0).into_iter().collect();
    print::note(format_args!("{READERS} readers at once"));
    let times = read(served.address, &addresses)?;
    for (page, times) in &times {
        let middle = percentile(times, 50.0).unwrap_or_default();
        let worst = percentile(times, 100.0).unwrap_or_default();
        let high = percentile(times, 95.0).into_iter().collect();
        let note = format!("{} requests: median {middle:.1} ms, slowest {worst:.1} ms", times.len());
        let what = format!("`{page}`, 95 of 100 requests, {READERS} readers at once");
        figures.push(Figure::new("page", what, "ms", Wanted::AtMost(150.0), high).note(note));
    }
    weigh(served.address, &addresses, figures)?;
    let after = resident(&served.running.0).unwrap_or_default();
    figures.push(
        Figure::new(
            "idle-memory",
            "memory of the server, every page visited, idle",
            "MiB",
            Wanted::AtMost(300.0),
            memory,
        )
        .note(format!("after the readers {after:.0} MiB, part of it pages of the index that the system may take back")),
    );
    Ok(())
}

/// Real addresses of every page, by following links from those whose address needs nothing filled in.
fn find(served: &Served) -> Result<Addresses> {
    let mut found: Addresses = served.patterns.iter().map(|pattern| (pattern.clone(), Vec::new())).collect();
    let fixed = served.patterns.iter().filter(|pattern| !pattern.contains('{'));
    let mut next: VecDeque<String> = fixed.cloned().collect();
    let mut seen: BTreeSet<String> = next.iter().cloned().collect();
    next.iter().for_each(|path| found.entry(path.clone()).or_default().push(path.clone()));
    for _ in 0..VISITS {
        let Some(path) = next.pop_front() else { break };
        for link in links(&get_text(served.address, &path)?) {
            let pattern = served.patterns.iter().filter(|pattern| browser::fits(pattern, &link));
            // `/people/suggestions` fits `/people/{id}` too.
            let Some(pattern) = pattern.min_by_key(|pattern| pattern.matches('{').count()) else { continue };
            let known = found.entry(pattern.clone()).or_default();
            if known.len() < VARIETY && seen.insert(link.clone()) {
                known.push(link.clone());
                next.push_back(link);
            }
        }
    }
    for (page, _) in found.iter().filter(|(_, addresses)| addresses.is_empty()) {
        print::note(format_args!("{page}: no link leads there, so it is not measured"));
    }
    found.retain(|_, addresses| !addresses.is_empty());
    Ok(found)
}

/// Milliseconds by page; every reader begins at another page.
fn read(server: SocketAddr, addresses: &Addresses) -> Result<BTreeMap<String, Vec<f64>>> {
    let pages: Vec<(&String, &Vec<String>)> = addresses.iter().collect();
    let reader = |reader: usize| -> Result<Vec<(String, f64)>> {
        let mut times = Vec::new();
        for round in 0..ROUNDS {
            for place in 0..pages.len() {
                let (page, found) = pages[(place + reader * pages.len() / READERS) % pages.len()];
                let address = &found[(round + reader) % found.len()];
                let start = Instant::now();
                get(server, address)?;
                times.push((page.clone(), start.elapsed().as_secs_f64() * 1e3));
            }
        }
        Ok(times)
    };
    let all = std::thread::scope(|scope| {
        let readers: Vec<_> = (0..READERS).map(|number| scope.spawn(move || reader(number))).collect();
        readers.into_iter().map(|reader| reader.join().unwrap_or_else(|_| Ok(Vec::new()))).collect::<Result<Vec<_>>>()
    })?;
    let mut times: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    all.into_iter().flatten().for_each(|(page, time)| times.entry(page).or_default().push(time));
    Ok(times)
}

/// What the heaviest first visit takes: the page and everything it asks for, compressed.
fn weigh(server: SocketAddr, addresses: &Addresses, figures: &mut Vec<Figure>) -> Result<()> {
    let mut weights = BTreeMap::new();
    let (mut heaviest, mut scripts) = ((0, String::new()), BTreeSet::new());
    // A visit is to a page: twins and sheets are asked for by programs.
    let pages = addresses.values().flatten().filter(|address| !address.contains(".json") && !address.contains(".csv"));
    for address in pages {
        let html = get_text(server, address)?;
        let mut weight = get_compressed(server, address)?;
        for asset in assets(&html) {
            let own = match weights.get(&asset) {
                Some(own) => *own,
                None => get_compressed(server, &asset)?,
            };
            weights.insert(asset.clone(), own);
            weight += own;
            if asset.ends_with(".js") {
                scripts.insert(asset);
            }
        }
        heaviest = heaviest.max((weight, address.clone()));
    }
    let script: usize = scripts.iter().filter_map(|script| weights.get(script)).sum();
    let kilobytes = |bytes: usize| vec![bytes as f64 / 1e3];
    figures.push(
        Figure::new(
            "first-visit",
            "the heaviest first visit, compressed",
            "KB",
            Wanted::AtMost(150.0),
            kilobytes(heaviest.0),
        )
        .note(heaviest.1),
    );
    figures.push(Figure::new("scripts", "all JavaScript, compressed", "KB", Wanted::AtMost(30.0), kilobytes(script)));
    Ok(())
}

/// The files beside a page.
fn assets(html: &str) -> BTreeSet<String> {
    let found = html.split('"').filter(|text| text.starts_with("/assets/"));
    found.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_beside_a_page() {
        let html = r#"<link href="/assets/a.css"><script src="/assets/b.js"></script><img src="/assets/a.css">"#;
        assert_eq!(assets(html).into_iter().collect::<Vec<_>>(), ["/assets/a.css", "/assets/b.js"]);
    }
}
