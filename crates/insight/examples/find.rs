//! Searches a workspace's tables with an index of its own, and says how long each query took:
//! `cargo run -p insight --example find -- WORKSPACE INDEX-FOLDER QUERIES-FILE [--words]`. The file has one query
//! per line; the index is made or brought up to date first. Prints no message.

#![allow(clippy::print_stderr)] // A tool of the workshop, without a printer.

use std::path::PathBuf;
use std::time::Instant;

use archive::Tables;
use insight::query::Query;
use insight::support::Support;
use insight::{Community, Page, Settings};

/// How often each query is asked; the least time counts.
const TIMES: usize = 3;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut path = || arguments.next().map(PathBuf::from).ok_or("WORKSPACE INDEX-FOLDER QUERIES-FILE are wanted");
    let (workspace, index, queries) = (path()?, path()?, path()?);
    let words_only = arguments.any(|argument| argument == "--words");
    let tables = Tables::new(&workspace.join("tables"));
    let manifest = tables.manifest()?.ok_or("there are no tables")?;
    let begun = Instant::now();
    let updated = index::update(&index, &tables, &manifest, &mut |_, _| ())?;
    eprintln!("{} messages indexed in {:.1} s", updated.added, begun.elapsed().as_secs_f64());
    let support = Support::default_with(172_800_000_000);
    let settings = Settings {
        community: "X".into(),
        simulated: false,
        support,
        spread: insight::SPREAD,
        levels: Default::default(),
        as_of: None,
    };
    let community = Community::open(&tables, &index, &workspace.join("no-desk"), settings)?;
    let begun = Instant::now();
    community.warm()?;
    eprintln!("warm after {:.1} s", begun.elapsed().as_secs_f64());
    let mut all = Vec::new();
    for line in std::fs::read_to_string(queries)?.lines() {
        let query = Query { words_only, ..Query::parse(line, community.now().time, None) };
        let mut best = f64::MAX;
        let mut found = 0;
        for _ in 0..TIMES {
            let begun = Instant::now();
            found = community.search(&query, Page::default())?.found.len();
            best = best.min(begun.elapsed().as_secs_f64() * 1e3);
        }
        eprintln!("{best:8.2} ms {found:4}  {line}");
        all.push(best);
    }
    all.sort_by(f64::total_cmp);
    let rank =
        |percent: usize| all.get((all.len() * percent).div_ceil(100).saturating_sub(1)).copied().unwrap_or_default();
    eprintln!(
        "{} queries: median {:.2} ms, 95 of 100 within {:.2} ms, slowest {:.2} ms",
        all.len(),
        rank(50),
        rank(95),
        rank(100)
    );
    Ok(())
}
