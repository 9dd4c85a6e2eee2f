//! SQL for programs: the engine over the latest tables, within limits.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use archive::Tables;
use engine::{Bounds, Engine, EngineError, TableFiles};
use web::{SqlColumn, SqlError, SqlLimits, SqlRows};

use crate::workspace::Workspace;

/// Memory of all queries of programs together, in bytes.
const MEMORY: usize = 256 << 20;

/// Answers queries over what the latest sync made; opens it anew when there is something newer.
pub struct Queries {
    workspace: Workspace,
    open: Mutex<Option<(Stamp, Arc<Engine>)>>,
}

/// What tells one manifest from the next without reading it.
type Stamp = (Option<SystemTime>, u64);

impl Queries {
    /// Queries over a workspace. Opens nothing yet.
    pub fn new(workspace: Workspace) -> Queries {
        Queries { workspace, open: Mutex::new(None) }
    }

    fn engine(&self) -> Result<Arc<Engine>, SqlError> {
        let stamp = self.stamp()?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        match open.as_ref() {
            Some((of, engine)) if *of == stamp => Ok(engine.clone()),
            _ => {
                let engine = Arc::new(self.open()?);
                *open = Some((stamp, engine.clone()));
                Ok(engine)
            }
        }
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

impl web::Sql for Queries {
    fn rows(&self, query: &str, limits: &SqlLimits) -> Result<SqlRows, SqlError> {
        let bounds = Bounds { time: limits.time, addresses: limits.addresses };
        let answer = self.engine()?.query_within(query, &bounds).map_err(refused)?;
        let found = engine::format::rows(answer, limits.rows, limits.bytes).map_err(refused)?;
        let columns = found.columns.into_iter().map(|(name, kind)| SqlColumn { name, kind });
        Ok(SqlRows { columns: columns.collect(), rows: found.rows, more: found.more })
    }
}

fn nothing_yet() -> SqlError {
    SqlError::Failed("nothing derived yet; run `switchboard sync`".to_owned())
}

fn refused(error: EngineError) -> SqlError {
    let text = error.to_string();
    match error {
        EngineError::Query { .. } | EngineError::Refused(_) | EngineError::NoTable(_) | EngineError::Layout(_) => {
            SqlError::Query(text)
        }
        EngineError::TooLong { .. } | EngineError::Memory(_) | EngineError::TooSlow(_) => SqlError::Limit(text),
        EngineError::File { .. } | EngineError::Write(_) | EngineError::Failed(_) | EngineError::Stopped => {
            SqlError::Failed(text)
        }
    }
}
