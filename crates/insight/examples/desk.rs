//! The desk on a workspace's tables: how long its views take, and what drafts come to for those who wait.
//!
//! `cargo run -p insight --example desk TABLES INDEX DESK [DRAFTS]`, where DESK is a file that need not be there. What it
//! prints holds people's words: look at it, keep it nowhere.

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use archive::Tables;
use desk::{Deed, Desk};
use insight::support::Support;
use insight::{CaseAsk, Community, SPREAD, Settings, View};
use model::time::DAY;

/// Cases that are decided about before the views are timed.
const CASES: usize = 20_000;
/// How often each view is asked for.
const TIMES: usize = 20;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [tables, index, file, more @ ..] = arguments.as_slice() else {
        return Err("name the folder of tables, that of the index, and a file for a desk".into());
    };
    let support = Support::default_with(2 * DAY);
    let settings = Settings {
        community: "example".into(),
        simulated: false,
        support,
        spread: SPREAD,
        levels: Default::default(),
        as_of: None,
    };
    let community = Community::open(&Tables::new(Path::new(tables)), Path::new(index), Path::new(file), settings)?;
    let mut out = std::io::stdout().lock();
    let ids: Vec<String> = community.conversation_ids("m", CASES);
    let mut desk = Desk::open(Path::new(file))?;
    let start = Instant::now();
    desk.change(&community.subjects(&ids), &[Deed::Resolve.into(), Deed::Tag("old".into()).into()], "me", 1)?;
    writeln!(out, "{} cases changed in one step: {:.2} s", ids.len(), start.elapsed().as_secs_f64())?;
    for view in View::ALL {
        let ask = CaseAsk { view: *view, me: Some("me".into()), limit: 20, ..CaseAsk::default() };
        let mut times = Vec::new();
        let mut total = 0;
        for _ in 0..TIMES {
            let start = Instant::now();
            total = community.cases(&ask)?.total;
            times.push(start.elapsed().as_secs_f64() * 1_000.0);
        }
        let first = times[0];
        times.sort_by(f64::total_cmp);
        writeln!(out, "{}: {total}, first {first:.0} ms, median {:.1} ms", view.as_str(), times[TIMES / 2])?;
    }
    let drafts: usize = more.first().map_or(Ok(0), |count| count.parse())?;
    let ask = CaseAsk {
        view: View::All,
        limit: drafts,
        query: insight::query::Query::parse("is:question", 0, None),
        ..CaseAsk::default()
    };
    for case in community.cases(&ask)?.cases {
        let start = Instant::now();
        let Some(draft) = community.draft(&case.conversation.id)? else { continue };
        writeln!(out, "\n## {} ({:.0} ms)", case.conversation.title, start.elapsed().as_secs_f64() * 1_000.0)?;
        for sentence in &draft.sentences {
            writeln!(out, "  {} [{}]", sentence.text, sentence.source)?;
        }
        for source in &draft.sources {
            writeln!(
                out,
                "  [{}] {:.2} {} “{}”",
                source.number, source.likeness, source.why, source.conversation.title
            )?;
        }
        writeln!(out, "  {}", draft.note)?;
    }
    Ok(())
}
