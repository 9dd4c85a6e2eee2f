//! SQL for programs: the engine over the latest tables, within limits.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use archive::Tables;
use engine::{Bounds, Engine, EngineError, Place, TableFiles};
use metric::{Explained, SqlColumn, SqlError, SqlLimits, SqlRows};

use crate::workspace::Workspace;

/// Memory of all queries of programs together, in bytes.
const MEMORY: usize = 256 << 20;

/// Answers that are remembered until there are newer tables: at most so many, each of at most so many values and bytes. The
/// numbers of a page are the same for everybody who looks at it.
const REMEMBERED: usize = 1_000;
const VALUES: usize = 2_000;
const BYTES: usize = 128 << 10;
/// Words of queries whose answer may change while the tables do not.
const CHANGING: [&str; 5] = ["now", "today", "current", "random", "uuid"];

/// Answers queries over what the latest sync made; opens it anew when there is something newer.
pub struct Queries {
    workspace: Workspace,
    open: Mutex<Option<Open>>,
}

/// The tables of one sync, and what was answered from them.
struct Open {
    stamp: Stamp,
    engine: Arc<Engine>,
    memory: Arc<Memory>,
}

/// What was answered from the tables of one sync.
#[derive(Default)]
struct Memory {
    answers: Mutex<Answers>,
    explained: Mutex<HashMap<String, Arc<Explained>>>,
}

/// Answers by query, and by how many rows and bytes, and whether addresses it may have.
type Answers = HashMap<(String, usize, usize, bool), SqlRows>;

/// What tells one manifest from the next without reading it.
type Stamp = (Option<SystemTime>, u64);

impl Queries {
    /// Queries over a workspace. Opens nothing yet.
    pub fn new(workspace: Workspace) -> Queries {
        Queries { workspace, open: Mutex::new(None) }
    }

    fn engine(&self) -> Result<(Arc<Engine>, Arc<Memory>), SqlError> {
        let stamp = self.stamp()?;
        let mut open = lock(&self.open);
        if let Some(open) = open.as_ref().filter(|open| open.stamp == stamp) {
            return Ok((open.engine.clone(), open.memory.clone()));
        }
        let (engine, memory) = (Arc::new(self.open()?), Arc::<Memory>::default());
        *open = Some(Open { stamp, engine: engine.clone(), memory: memory.clone() });
        Ok((engine, memory))
    }

    fn stamp(&self) -> Result<Stamp, SqlError> {
        let data = std::fs::metadata(self.workspace.tables().join("manifest.json")).map_err(|_| nothing_yet())?;
        Ok((data.modified().ok(), data.len()))
    }

    fn open(&self) -> Result<Engine, SqlError> {
        let tables = Tables::new(&self.workspace.tables());
        let manifest = tables.manifest().map_err(|error| SqlError::Failed(error.to_string()))?;
        let files = manifest.ok_or_else(nothing_yet)?.tables.into_iter().map(|(name, files)| {
            let paths = files.into_iter().map(|file| file.path).collect();
            TableFiles { name, paths }
        });
        let limits = engine::Limits { memory: MEMORY, ..engine::Limits::default() };
        Engine::open(tables.folder(), files, limits).map_err(refused)
    }
}

impl metric::Sql for Queries {
    fn rows(&self, query: &str, limits: &SqlLimits) -> Result<SqlRows, SqlError> {
        let (engine, memory) = self.engine()?;
        let asked = (query.to_owned(), limits.rows, limits.bytes, limits.addresses);
        if let Some(known) = lock(&memory.answers).get(&asked) {
            return Ok(known.clone());
        }
        let bounds = Bounds { time: limits.time, addresses: limits.addresses };
        let answer = engine.query_within(query, &bounds).map_err(refused)?;
        let found = engine::format::rows(answer, limits.rows, limits.bytes).map_err(refused)?;
        let columns = found.columns.into_iter().map(|(name, kind)| SqlColumn { name, kind });
        let found = SqlRows { columns: columns.collect(), rows: found.rows, more: found.more };
        if is_lasting(query) && is_small(&found) {
            remember(&memory.answers, asked, found.clone());
        }
        Ok(found)
    }

    fn kept(
        &self,
        name: &str,
        make: &mut dyn FnMut() -> Result<Arc<Explained>, SqlError>,
    ) -> Result<Arc<Explained>, SqlError> {
        let (_, memory) = self.engine()?;
        if let Some(known) = lock(&memory.explained).get(name) {
            return Ok(known.clone());
        }
        let made = make()?;
        remember(&memory.explained, name.to_owned(), made.clone());
        Ok(made)
    }
}

/// Keeps one thing more; where there are too many, all others are forgotten.
fn remember<K: Eq + std::hash::Hash, V>(memory: &Mutex<HashMap<K, V>>, key: K, value: V) {
    let mut memory = lock(memory);
    if memory.len() >= REMEMBERED {
        memory.clear();
    }
    memory.insert(key, value);
}

/// Whether a query has the same answer as long as the tables are the same.
fn is_lasting(query: &str) -> bool {
    let mut words = query.split(|c: char| !c.is_alphanumeric());
    // `current_date` is two words here, `unknown` is not `now`.
    !words.any(|word| CHANGING.iter().any(|changing| word.eq_ignore_ascii_case(changing)))
}

fn is_small(found: &SqlRows) -> bool {
    let size = |value: &serde_json::Value| value.as_str().map_or(8, str::len);
    let values = found.rows.len() * found.columns.len();
    values <= VALUES && found.rows.iter().flatten().map(size).sum::<usize>() <= BYTES
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn nothing_yet() -> SqlError {
    SqlError::Failed("nothing derived yet; run `switchboard sync`".to_owned())
}

fn refused(error: EngineError) -> SqlError {
    let text = error.to_string();
    match error {
        EngineError::Query { place: Place(Some((line, column))), message } => {
            let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
            SqlError::At { line: place(line), column: place(column), what: message }
        }
        EngineError::Query { .. } | EngineError::Refused(_) | EngineError::NoTable(_) | EngineError::Layout(_) => {
            SqlError::Query(text)
        }
        EngineError::TooLong { .. } | EngineError::Memory(_) | EngineError::TooSlow(_) => SqlError::Limit(text),
        EngineError::File { .. } | EngineError::Write(_) | EngineError::Failed(_) | EngineError::Stopped => {
            SqlError::Failed(text)
        }
    }
}
