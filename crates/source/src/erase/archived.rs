//! Erasing from what was collected: looking at every item, then writing the segments anew that hold any of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use archive::Archive;
use model::Item;

use super::item::{names, touched};
use super::{Erased, Eraser, Words};
use crate::{CollectError, Context, Normalizer, Source};

/// One source of the archive.
pub struct Place<'a> {
    /// Its configuration.
    pub context: &'a Context,
    /// Its kind.
    pub source: &'static Source,
}

/// What is to be rewritten.
#[derive(Debug, Default)]
pub struct Plan {
    /// What the people are called, as far as the items say it too.
    pub words: Words,
    /// Rows of each segment that hold something for certain.
    rows: BTreeMap<(usize, u64), BTreeSet<u64>>,
}

/// What looking at one segment gave.
#[derive(Default)]
struct Looked {
    rows: BTreeSet<u64>,
    texts: BTreeSet<String>,
}

/// Looks at every item of the archive for people of `erased`, who are called `words`. `progress` is told how many segments
/// of how many are done.
pub fn plan(
    archive: &Archive,
    places: &[Place<'_>],
    erased: &Erased,
    words: &Words,
    progress: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<Plan, CollectError> {
    let normalizers = normalizers(places)?;
    let mut segments = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let numbers = archive.numbers(&place.context.source).map_err(CollectError::Store)?;
        segments.extend(numbers.into_iter().map(|number| (at, number)));
    }
    let (next, done, total) = (AtomicUsize::new(0), AtomicU64::new(0), segments.len() as u64);
    let looked = Mutex::new(Vec::new());
    let progress = Mutex::new(progress);
    let threads = std::thread::available_parallelism().map_or(2, |count| count.get()).min(8).min(segments.len());
    std::thread::scope(|scope| {
        let work = || {
            while let Some((at, number)) = segments.get(next.fetch_add(1, Ordering::Relaxed)) {
                let source = &places[*at].context.source;
                let eraser = Eraser { erased, words, source, normalizer: &normalizers[*at] };
                let result = look(archive, &eraser, *number);
                looked.lock().unwrap_or_else(PoisonError::into_inner).push(((*at, *number), result));
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                progress.lock().unwrap_or_else(PoisonError::into_inner)(done, total);
            }
        };
        (0..threads).for_each(|_| drop(scope.spawn(work)));
    });
    let mut plan = Plan::default();
    let mut texts: BTreeSet<String> = words.texts().iter().cloned().collect();
    for ((at, number), result) in looked.into_inner().unwrap_or_else(PoisonError::into_inner) {
        let Looked { rows, texts: more } = result.map_err(CollectError::Store)?;
        texts.extend(more);
        plan.rows.insert((at, number), rows);
    }
    plan.words = Words::new(texts);
    Ok(plan)
}

fn look(archive: &Archive, eraser: &Eraser<'_>, number: u64) -> archive::Result<Looked> {
    let (mut items, mut item, mut looked) =
        (archive.segment(eraser.source, number)?.items()?, Item::default(), Looked::default());
    while let Some(row) = items.read(&mut item)? {
        let Some(touched) = touched(eraser, &item) else { continue };
        if touched.is_any() || names(eraser, &touched.rows) {
            looked.texts.extend(touched.words());
            looked.rows.insert(row);
        }
    }
    Ok(looked)
}

/// Writes the segments anew in which something is to be replaced: all of them count, or none. Gives how many items were.
pub fn rewrite(
    archive: &Archive,
    places: &[Place<'_>],
    erased: &Erased,
    plan: &Plan,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<u64, CollectError> {
    let normalizers = normalizers(places)?;
    let mut rewriting = archive.rewrite().map_err(CollectError::Store)?;
    let (mut replaced, total) = (0, plan.rows.len() as u64);
    for (done, ((at, number), rows)) in plan.rows.iter().enumerate() {
        progress(done as u64, total);
        let source = &places[*at].context.source;
        let eraser = Eraser { erased, words: &plan.words, source, normalizer: &normalizers[*at] };
        let instead = replacements(archive, &eraser, *number, rows).map_err(CollectError::Store)?;
        if !instead.is_empty() {
            replaced += instead.len() as u64;
            rewriting.segment(source, *number, instead).map_err(CollectError::Store)?;
        }
    }
    rewriting.commit().map_err(CollectError::Store)?;
    Ok(replaced)
}

/// The items of one segment that change, by their rows. What is not in `rows` is looked at again only where its bytes hold
/// a word.
fn replacements(
    archive: &Archive,
    eraser: &Eraser<'_>,
    number: u64,
    rows: &BTreeSet<u64>,
) -> archive::Result<BTreeMap<u64, Item>> {
    let Eraser { erased, words, .. } = eraser;
    let (mut items, mut item, mut instead) =
        (archive.segment(eraser.source, number)?.items()?, Item::default(), BTreeMap::new());
    while let Some(row) = items.read(&mut item)? {
        let named = || {
            let texts = [item.bytes.as_slice(), item.origin.as_bytes()];
            texts.iter().any(|text| !words.find(erased, text).is_empty()) || erased.item_id(&item.id, false) != item.id
        };
        if rows.contains(&row) || named() {
            instead.extend(eraser.without(&item, &mut |_| ()).map(|item| (row, item)));
        }
    }
    Ok(instead)
}

fn normalizers(places: &[Place<'_>]) -> Result<Vec<Normalizer>, CollectError> {
    let each = places.iter().map(|place| Ok((place.source.normalizer)(place.context)?));
    each.collect()
}
