//! A sink that keeps items in memory and can stop a collector half-way.

use model::{Item, Problem};
use rustc_hash::FxHashMap;
use serde_json::Value;
use source::{CollectError, Context, ItemRef, Sink, Source};

/// Does what the archive does, in memory: an item of known id and version is passed over, and what
/// came after the latest safe point is lost when the collector fails.
#[derive(Debug, Default)]
pub struct MemorySink {
    items: Vec<Item>,
    problems: Vec<Problem>,
    cursor: Value,
    /// Id → latest version, of items and of problems as [`source::run`] stores them.
    known: FxHashMap<String, String>,
    /// How many of `items` and `problems` the cursor covers.
    covered: (usize, usize),
    safe_points: usize,
    stop_after: Option<usize>,
}

impl MemorySink {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs the collector once, from the cursor of the run before, and gives how many items it added.
    /// When it fails, items and problems after its latest safe point are dropped, as a crash would.
    ///
    /// # Panics
    /// If the collector returns without having covered all that it kept.
    pub fn collect(&mut self, source: &Source, context: &Context) -> Result<usize, CollectError> {
        self.safe_points = 0;
        let before = self.items.len();
        let cursor = self.cursor.clone();
        let result = (source.collect)(context, &cursor, self);
        let seen = (self.items.len(), self.problems.len());
        match result {
            Ok(()) => assert_eq!(self.covered, seen, "{} returned without a safe point", source.kind),
            Err(_) => self.forget_uncovered(),
        }
        result.map(|()| self.items.len() - before)
    }

    /// Makes the collector fail right after its `safe_points`-th safe point of each run (from 1);
    /// `None` lets it run to its end.
    pub fn stop_after(&mut self, safe_points: Option<usize>) {
        self.stop_after = safe_points;
    }

    /// Items kept, in the order they came, older versions included.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The latest version of each item, in the order they came.
    pub fn latest(&self) -> Vec<&Item> {
        self.items.iter().filter(|item| self.known.get(&item.id) == Some(&item.version)).collect()
    }

    /// Problems recorded.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The cursor that the next run starts from.
    pub fn cursor(&self) -> &Value {
        &self.cursor
    }

    /// Safe points of the latest run, its end included.
    pub fn safe_points(&self) -> usize {
        self.safe_points
    }

    fn cover(&mut self, cursor: Value) {
        self.cursor = cursor;
        self.covered = (self.items.len(), self.problems.len());
        self.safe_points += 1;
    }

    fn forget_uncovered(&mut self) {
        self.items.truncate(self.covered.0);
        self.problems.truncate(self.covered.1);
        let items = self.items.iter().map(|item| (item.id.clone(), item.version.clone()));
        let problems = self.problems.iter().map(|problem| (problem_id(problem), problem.detail.clone()));
        self.known = items.chain(problems).collect();
    }

    /// Whether this version of `id` is new; remembers it.
    fn is_new(&mut self, id: String, version: &str) -> bool {
        self.known.insert(id, version.to_owned()).as_deref() != Some(version)
    }
}

fn problem_id(problem: &Problem) -> String {
    format!("problem:{}:{}:{}", problem.file, problem.offset.unwrap_or_default(), problem.what)
}

impl Sink for MemorySink {
    fn item(&mut self, item: ItemRef<'_>) -> Result<(), CollectError> {
        if self.is_new(item.id.to_owned(), item.version) {
            self.items.push(Item {
                id: item.id.to_owned(),
                version: item.version.to_owned(),
                kind: item.kind.to_owned(),
                origin: item.origin.to_owned(),
                bytes: item.bytes.to_vec(),
            });
        }
        Ok(())
    }

    fn safe_point(&mut self, cursor: &dyn Fn() -> Value) -> Result<(), CollectError> {
        self.cover(cursor());
        if self.stop_after == Some(self.safe_points) {
            return Err(CollectError::Other("stopped by the test".to_owned()));
        }
        Ok(())
    }

    fn end(&mut self, cursor: Value) -> Result<(), CollectError> {
        self.cover(cursor);
        Ok(())
    }

    fn problem(&mut self, problem: Problem) -> Result<(), CollectError> {
        if self.is_new(problem_id(&problem), &problem.detail) {
            self.problems.push(problem);
        }
        Ok(())
    }

    fn progress(&mut self, _done: u64, _total: u64) {}
}
