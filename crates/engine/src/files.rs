//! A table made of a fixed list of Parquet files.
//!
//! DataFusion's own listing table would ask the disk about every file at each query and take one that
//! is missing for an empty folder. Here sizes are read once at opening, footers at the first query of
//! the table; from then on a query opens only the files whose smallest and largest values let it hope.

use std::path::Path;
use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use async_trait::async_trait;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::Statistics;
use datafusion::common::config::TableParquetOptions;
use datafusion::datasource::TableType;
use datafusion::datasource::file_format::FileFormat;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::{FileGroup, FileScanConfigBuilder};
use datafusion::datasource::table_schema::TableSchema;
use datafusion::error::{DataFusionError, Result as PlanResult};
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown};
use datafusion::object_store::path::Path as Key;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::empty::EmptyExec;
use futures::{StreamExt, TryStreamExt};
use tokio::sync::OnceCell;

use crate::{EngineError, Result};

/// Where the engine's only store is registered: the folder of the tables.
pub(crate) const STORE: &str = "tables://";
/// Footers read at once.
const FOOTERS: usize = 8;

#[derive(Debug)]
pub(crate) struct FilesTable {
    schema: SchemaRef,
    files: Vec<PartitionedFile>,
    known: OnceCell<Known>,
}

/// The files with what their footers say.
#[derive(Debug)]
struct Known {
    files: Vec<PartitionedFile>,
    all: Statistics,
}

impl FilesTable {
    /// A table of `paths`, relative to `folder` with `/`.
    pub(crate) fn open(folder: &Path, schema: SchemaRef, paths: &[String]) -> Result<FilesTable> {
        let file = |path: &String| {
            let place = || folder.join(path);
            let bad = |error| EngineError::File { path: place(), error: std::io::Error::other(error) };
            let key = Key::parse(path).map_err(|error| bad(error.to_string()))?;
            let meta = std::fs::metadata(place()).map_err(|error| EngineError::File { path: place(), error })?;
            Ok(PartitionedFile::new(key.to_string(), meta.len()))
        };
        let files = paths.iter().map(file).collect::<Result<Vec<_>>>()?;
        Ok(FilesTable { schema, files, known: OnceCell::new() })
    }

    async fn known(&self, state: &dyn Session, format: &ParquetFormat) -> PlanResult<&Known> {
        let read = || async {
            let store = state.runtime_env().object_store(ObjectStoreUrl::parse(STORE)?)?;
            let (store, schema) = (&store, &self.schema);
            let described = futures::stream::iter(self.files.clone()).map(|file| async move {
                let statistics = format.infer_stats(state, store, schema.clone(), &file.object_meta).await?;
                Ok::<_, DataFusionError>(file.with_statistics(Arc::new(statistics)))
            });
            let files: Vec<_> = described.buffered(FOOTERS).try_collect().await?;
            let each = files.iter().filter_map(|file| file.statistics.as_deref());
            let all = Statistics::try_merge_iter(each, schema)?;
            Ok(Known { files, all })
        };
        self.known.get_or_try_init(read).await
    }
}

#[async_trait]
impl TableProvider for FilesTable {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    fn supports_filters_pushdown(&self, filters: &[&Expr]) -> PlanResult<Vec<TableProviderFilterPushDown>> {
        // The files are pruned by them; the physical optimizer moves them into the scan where it can.
        Ok(vec![TableProviderFilterPushDown::Inexact; filters.len()])
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        _filters: &[Expr],
        limit: Option<usize>,
    ) -> PlanResult<Arc<dyn ExecutionPlan>> {
        if self.files.is_empty() {
            let schema = match projection {
                Some(columns) => Arc::new(self.schema.project(columns)?),
                None => self.schema.clone(),
            };
            return Ok(Arc::new(EmptyExec::new(schema)));
        }
        let global = state.config_options().execution.parquet.clone();
        let format = ParquetFormat::default().with_options(TableParquetOptions { global, ..Default::default() });
        let known = self.known(state, &format).await?;
        let groups = FileGroup::new(known.files.clone()).split_files(state.config().target_partitions());
        let source = format.file_source(TableSchema::from(&self.schema));
        let scan = FileScanConfigBuilder::new(ObjectStoreUrl::parse(STORE)?, source)
            .with_file_groups(groups)
            .with_statistics(known.all.clone())
            .with_projection_indices(projection.cloned())?
            .with_limit(limit)
            .build();
        format.create_physical_plan(state, scan).await
    }
}
