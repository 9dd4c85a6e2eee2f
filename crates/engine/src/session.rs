//! The engine: tables registered, limits set, queries started.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use datafusion::error::DataFusionError;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::object_store::local::LocalFileSystem;
use datafusion::prelude::{SQLOptions, SessionConfig, SessionContext};
use model::tables::{TABLES, Table};

use crate::answer::{Answer, Threads};
use crate::files::{FilesTable, STORE};
use crate::format::{self, Format, Written};
use crate::hints::{explain, no_table};
use crate::{EngineError, Result, statement};

/// Bytes of a file's end read at once for its footer: one read for nearly every file.
const FOOTER: usize = 64 << 10;

/// The files of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFiles {
    /// The table's name; files of tables that this program does not know are left out.
    pub name: String,
    /// Paths relative to the folder of the tables, with `/`.
    pub paths: Vec<String>,
}

/// What queries may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Memory of all running queries together, in bytes. Sorts, joins and groups that need more go on
    /// in temporary files.
    pub memory: usize,
    /// Threads, and the parts that a query is split into.
    pub threads: usize,
}

impl Default for Limits {
    /// One GiB, and a thread per core.
    fn default() -> Limits {
        Limits { memory: 1 << 30, threads: std::thread::available_parallelism().map_or(2, usize::from) }
    }
}

/// The tables, ready to be asked from any thread.
pub struct Engine {
    context: SessionContext,
    threads: Arc<Threads>,
}

impl Engine {
    /// Opens the tables in `folder`, reading `files` and no others; a table without files is empty.
    /// Only checks that the files are there: what is in them is read when it is asked for.
    pub fn open(folder: &Path, files: impl IntoIterator<Item = TableFiles>, limits: Limits) -> Result<Engine> {
        let failed = |error: DataFusionError| EngineError::Failed(Box::new(error));
        let context = context(folder, limits)?;
        let files: Vec<TableFiles> = files.into_iter().collect();
        for table in TABLES {
            let paths = files.iter().find(|files| files.name == table.name).map_or(&[][..], |files| &files.paths);
            let provider = FilesTable::open(folder, table.schema(), paths)?;
            context.register_table(table.name, Arc::new(provider)).map_err(failed)?;
        }
        Ok(Engine { context, threads: Arc::new(Threads::start(limits.threads)?) })
    }

    /// Answers one query. Statements that would change anything are refused.
    pub fn query(&self, sql: &str) -> Result<Answer> {
        let (context, sql) = (self.context.clone(), sql.to_owned());
        Answer::start(self.threads.clone(), async move { start(&context, &sql).await })
    }

    /// Writes all rows of a table, in no particular order.
    pub fn export(&self, table: &str, format: &Format, out: &mut (impl Write + Send)) -> Result<Written> {
        let table = Table::named(table).ok_or_else(|| EngineError::NoTable(no_table(table)))?;
        format::write(self.query(&format!("SELECT * FROM {}", table.name))?, format, out)
    }
}

async fn start(context: &SessionContext, sql: &str) -> Result<SendableRecordBatchStream> {
    let statement = statement::read(sql)?;
    let plan = context.state().statement_to_plan(statement).await.map_err(explain)?;
    let read_only = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
    read_only.verify_plan(&plan).map_err(|_| EngineError::Refused(statement::first_word(sql)))?;
    let frame = context.execute_logical_plan(plan).await.map_err(explain)?;
    frame.execute_stream().await.map_err(explain)
}

fn context(folder: &Path, limits: Limits) -> Result<SessionContext> {
    let failed = |error: DataFusionError| EngineError::Failed(Box::new(error));
    let disk = DiskManagerBuilder::default().with_mode(DiskManagerMode::OsTmpDirectory);
    let environment = RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(FairSpillPool::new(limits.memory)))
        .with_disk_manager_builder(disk)
        .build_arc()
        .map_err(failed)?;
    // The tables' folder is the only place there is: no query can name another file.
    environment.deregister_object_store(ObjectStoreUrl::local_filesystem().as_ref()).map_err(failed)?;
    if folder.is_dir() {
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| failed(error.into()))?;
        environment.register_object_store(ObjectStoreUrl::parse(STORE).map_err(failed)?.as_ref(), Arc::new(store));
    }
    let context = SessionContext::new_with_config_rt(config(limits), environment);
    crate::lists::functions().into_iter().for_each(|function| context.register_udf(function));
    Ok(context)
}

fn config(limits: Limits) -> SessionConfig {
    let mut config = SessionConfig::new()
        .with_default_catalog_and_schema("switchboard", "tables")
        .with_information_schema(true)
        .with_target_partitions(limits.threads.max(1));
    let options = config.options_mut();
    // Errors say where in the query.
    options.sql_parser.collect_spans = true;
    // Plain strings and UTC everywhere, as the tables have them: callers need to know one type each.
    options.sql_parser.map_string_types_to_utf8view = false;
    options.execution.parquet.schema_force_view_types = false;
    options.execution.time_zone = Some("+00:00".to_owned());
    // Bodies are long and most filters select few rows: decode the others' columns only for those.
    options.execution.parquet.pushdown_filters = true;
    options.execution.parquet.reorder_filters = true;
    options.execution.parquet.metadata_size_hint = Some(FOOTER);
    config
}
