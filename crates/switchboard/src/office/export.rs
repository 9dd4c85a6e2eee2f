//! What is taken elsewhere: tables, and everything that people decided.

use std::io::Write;

use anyhow::{Context as _, Result};
use archive::Tables;
use desk::Desk;
use engine::format::Format;
use model::tables::TABLES;
use web::office::ExportTable;
use web::{OfficeError, OfficeResult};

use super::{Workroom, failed};
use crate::commands::output;

impl Workroom {
    pub(super) fn list_tables(&self) -> Result<Vec<ExportTable>> {
        let Some(manifest) = Tables::new(&self.workspace.tables()).manifest()? else { return Ok(Vec::new()) };
        let table = |table: &&model::tables::Table| {
            let files = manifest.tables.get(table.name).map_or(&[][..], Vec::as_slice);
            ExportTable {
                name: table.name.to_owned(),
                about: table.about.to_owned(),
                rows: files.iter().map(|file| file.rows).sum(),
                bytes: files.iter().map(|file| file.bytes).sum(),
            }
        };
        Ok(TABLES.iter().map(table).collect())
    }

    pub(super) fn write_table(&self, table: &str, format: &str, out: &mut (dyn Write + Send)) -> OfficeResult<()> {
        let format = match format {
            "csv" => Format::Csv,
            "parquet" => Format::Parquet,
            _ => return Err(OfficeError::Missing("tables are exported as csv or parquet".to_owned())),
        };
        let engine = output::engine(&self.workspace).map_err(failed)?;
        let mut out = out;
        engine.export(table, &format, &mut out).map_err(|error| failed(error.into()))?;
        Ok(())
    }

    pub(super) fn write_desk(&self, out: &mut (dyn Write + Send)) -> Result<()> {
        let folder = tempfile::tempdir_in(self.workspace.folder()).context("cannot make a folder for the copy")?;
        let copy = folder.path().join("desk.sqlite");
        Desk::open(&self.workspace.desk())?.copy_to(&copy)?;
        std::io::copy(&mut std::fs::File::open(&copy)?, out)?;
        Ok(())
    }
}
