//! Collects a source into an archive and turns all of it into rows, which are thrown away: what
//! `cargo xtask bench` measures of collecting and normalizing alone.
//!
//! `normalize KIND PATH ARCHIVE` prints a line of JSON: items, rows, and the seconds of either step.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use archive::{Archive, Limits};
use model::{Item, Rows};
use source::{Context, Source};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [kind, path, archive] = arguments.as_slice() else { bail!("usage: normalize KIND PATH ARCHIVE") };
    let source = sources::named(kind).with_context(|| format!("there is no kind {kind}"))?;
    let path = std::path::absolute(path)?;
    let options = toml::Table::from_iter([("path".to_owned(), path.to_string_lossy().into_owned().into())]);
    let context = Context { source: "bench".to_owned(), base: PathBuf::from("/"), options };
    let archive = Archive::open(Path::new(archive))?;
    let start = Instant::now();
    let items = source::run::collect(&archive, source, &context, Limits::default(), &mut |_| ())?;
    let collected = start.elapsed().as_secs_f64();
    let rows = normalize(&archive, source, &context)?;
    let all = start.elapsed().as_secs_f64();
    let line = serde_json::json!({ "items": items, "rows": rows, "collect": collected, "normalize": all - collected });
    anstream::println!("{line}");
    Ok(())
}

/// Turns every item into rows, segments side by side, and gives how many rows there were.
fn normalize(archive: &Archive, source: &Source, context: &Context) -> Result<usize> {
    let normalizer = (source.normalizer)(context)?;
    let numbers = archive.numbers(&context.source)?;
    let next = AtomicUsize::new(0);
    let work = || -> Result<usize> {
        let (mut count, mut item, mut rows) = (0, Item::default(), Rows::default());
        while let Some(number) = numbers.get(next.fetch_add(1, Ordering::Relaxed)) {
            let segment = archive.segment(&context.source, *number)?;
            let mut items = segment.items()?;
            while items.read(&mut item)?.is_some() {
                normalizer(&item, &mut rows);
                count += rows.messages.len() + rows.activities.len() + rows.identities.len() + rows.problems.len();
                rows = Rows::default();
            }
        }
        Ok(count)
    };
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join().map_err(|_| anyhow::anyhow!("a worker failed"))?).sum()
    })
}
