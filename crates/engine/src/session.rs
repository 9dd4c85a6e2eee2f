//! The engine: tables registered, limits set, queries started.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use datafusion::catalog::TableProvider;
use datafusion::error::DataFusionError;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::object_store::local::LocalFileSystem;
use datafusion::prelude::{SQLOptions, SessionConfig, SessionContext};
use model::tables::{TABLES, Table};

use crate::answer::{Answer, Threads};
use crate::files::{FilesTable, STORE};
use crate::format::{self, Format, Written};
use crate::hints::{explain, no_table};
use crate::{EngineError, Result, masked, statement};

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

/// What one query of somebody else may use and see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// How long it may run.
    pub time: Duration,
    /// Whether it may see mail addresses and accounts.
    pub addresses: bool,
}

/// Functions whose answer can be as long as a number in the query says: memory that no limit knows of.
const ENDLESS: &[&str] = &["repeat", "lpad", "rpad"];
/// Rows worked on at once for others: what a function makes of them is not limited otherwise.
const FEW_ROWS: usize = 1_024;
/// Bytes of temporary files of all queries together.
const SPILL: u64 = 4 << 30;

/// The tables, ready to be asked from any thread.
pub struct Engine {
    context: SessionContext,
    /// The same without what could take endless memory: for queries of others.
    guarded: SessionContext,
    /// The same, and without addresses.
    masked: SessionContext,
    threads: Arc<Threads>,
}

impl Engine {
    /// Opens the tables in `folder`, reading `files` and no others; a table without files is empty.
    /// Only checks that the files are there: what is in them is read when it is asked for.
    pub fn open(folder: &Path, files: impl IntoIterator<Item = TableFiles>, limits: Limits) -> Result<Engine> {
        let failed = |error: DataFusionError| EngineError::Failed(Box::new(error));
        let environment = environment(folder, limits)?;
        let context = self::context(config(limits), &environment);
        let few = config(limits).with_batch_size(FEW_ROWS);
        let (guarded, masked) = (self::context(few.clone(), &environment), self::context(few, &environment));
        for name in ENDLESS {
            guarded.deregister_udf(name);
            masked.deregister_udf(name);
        }
        let files: Vec<TableFiles> = files.into_iter().collect();
        for table in TABLES {
            let paths = files.iter().find(|files| files.name == table.name).map_or(&[][..], |files| &files.paths);
            let rows: Arc<dyn TableProvider> = Arc::new(FilesTable::open(folder, table.schema(), paths)?);
            let view = masked::view(&masked, table, rows.clone()).map_err(failed)?;
            masked.register_table(table.name, view).map_err(failed)?;
            guarded.register_table(table.name, rows.clone()).map_err(failed)?;
            context.register_table(table.name, rows).map_err(failed)?;
        }
        Ok(Engine { context, guarded, masked, threads: Arc::new(Threads::start(limits.threads)?) })
    }

    /// Answers one query. Statements that would change anything are refused.
    pub fn query(&self, sql: &str) -> Result<Answer> {
        let (context, sql) = (self.context.clone(), sql.to_owned());
        Answer::start(self.threads.clone(), None, async move { start(&context, &sql).await })
    }

    /// Answers one query of somebody else, within bounds.
    pub fn query_within(&self, sql: &str, bounds: &Bounds) -> Result<Answer> {
        let context = if bounds.addresses { self.guarded.clone() } else { self.masked.clone() };
        let sql = sql.to_owned();
        Answer::start(self.threads.clone(), Some(bounds.time), async move { start(&context, &sql).await })
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

/// What all contexts share: memory, temporary files, and the one place where files are.
fn environment(folder: &Path, limits: Limits) -> Result<Arc<RuntimeEnv>> {
    let failed = |error: DataFusionError| EngineError::Failed(Box::new(error));
    let disk =
        DiskManagerBuilder::default().with_mode(DiskManagerMode::OsTmpDirectory).with_max_temp_directory_size(SPILL);
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
    Ok(environment)
}

fn context(config: SessionConfig, environment: &Arc<RuntimeEnv>) -> SessionContext {
    let context = SessionContext::new_with_config_rt(config, environment.clone());
    crate::lists::functions().into_iter().for_each(|function| context.register_udf(function));
    context
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
