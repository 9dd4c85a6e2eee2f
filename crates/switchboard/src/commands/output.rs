//! Where the answer of a query goes, and in which form: what `sql` and `export` share.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use archive::Tables;
use clap::{Args, ValueEnum};
use engine::format::{Format, Written};
use engine::{Engine, Limits, TableFiles};

use crate::cli::usage;
use crate::printer::Printer;
use crate::workspace::Workspace;
use crate::{replace, show};

/// Rows of a table that are printed to a terminal: nobody reads more.
const SCREEN: u64 = 1_000;

/// Where to write an answer, and how.
#[derive(Debug, Args)]
pub struct Output {
    /// In which form [default: by the name of the output, else a table]
    #[arg(long, value_enum)]
    format: Option<Form>,
    /// The file to write, which is replaced if it is there
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The forms of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Aligned text
    Table,
    /// Comma-separated values with a header (RFC 4180)
    Csv,
    /// One JSON object per line
    Jsonl,
    /// Apache Parquet
    Parquet,
}

impl Output {
    /// Writes what `answer` gives.
    pub fn write(
        &self,
        printer: &Printer,
        answer: impl FnOnce(&Format, &mut (dyn Write + Send)) -> engine::Result<Written>,
    ) -> Result<()> {
        let form = self.form(printer.json)?;
        match &self.output {
            Some(file) => {
                let written = replace::file(file, |out| Ok(answer(&format(form, None), out)?))?;
                printer.note(format_args!("{} written to {}", show::counted(written.rows, "row"), file.display()));
            }
            None => {
                let screen = io::stdout().is_terminal();
                if screen && form == Form::Parquet {
                    return Err(usage("Parquet is nothing for a terminal; name a file with --output"));
                }
                let format = format(form, screen.then_some(SCREEN));
                let written = match screen {
                    true => answer(&format, &mut Screen { out: io::stdout(), after_c2: false })?,
                    false => answer(&format, &mut io::stdout())?,
                };
                if written.more {
                    printer.note(format_args!(
                        "there are more than these {} rows; --output FILE writes all",
                        show::count(SCREEN)
                    ));
                }
            }
        }
        Ok(())
    }

    fn form(&self, json: bool) -> Result<Form> {
        let extension = self.output.as_deref().and_then(Path::extension).and_then(|extension| extension.to_str());
        match (self.format, extension) {
            (Some(form), _) => Ok(form),
            (None, Some("txt")) => Ok(Form::Table),
            (None, Some(extension)) => Form::from_str(extension, true).map_err(|_| {
                usage(format!(
                    "no form of output ends in .{extension}; use .parquet, .csv, .jsonl or .txt, or --format"
                ))
            }),
            (None, None) => Ok(if json { Form::Jsonl } else { Form::Table }),
        }
    }
}

fn format(form: Form, rows: Option<u64>) -> Format {
    match form {
        Form::Table => Format::Table { cell: 60, rows },
        Form::Csv => Format::Csv,
        Form::Jsonl => Format::Jsonl,
        Form::Parquet => Format::Parquet,
    }
}

/// The tables of a workspace, open for queries. Without a sync they are empty.
pub fn engine(workspace: &Workspace) -> Result<Engine> {
    let tables = Tables::new(&workspace.tables());
    let manifest = tables.manifest()?.context("nothing derived yet; run `switchboard sync`")?;
    let files = manifest.tables.into_iter().map(|(name, files)| {
        let paths = files.into_iter().map(|file| file.path).collect();
        TableFiles { name, paths }
    });
    Ok(Engine::open(tables.folder(), files, Limits::default())?)
}

/// A terminal, which must not be told what to do by what strangers wrote: control characters (U+0000 to
/// U+001F but tab and line end, and U+007F) become `?`, U+0080 to U+009F a no-break space.
struct Screen<W> {
    out: W,
    /// The last byte was the first of those that make U+0080 to U+00BF in UTF-8.
    after_c2: bool,
}

impl<W: Write> Write for Screen<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let harmless = bytes.iter().map(|byte| {
            let second = std::mem::replace(&mut self.after_c2, *byte == 0xc2);
            match byte {
                b'\n' | b'\t' | b'\r' => *byte,
                ..0x20 | 0x7f => b'?',
                // Together with the byte before: a no-break space, which harms nobody.
                0x80..=0x9f if second => 0xa0,
                _ => *byte,
            }
        });
        self.out.write_all(&harmless.collect::<Vec<u8>>())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_told_nothing() {
        let mut out = Vec::new();
        let mut screen = Screen { out: &mut out, after_c2: false };
        screen.write_all("a,\u{1b}]0;b\u{7}\tc\r\nü \u{9b}d\u{7f}é".as_bytes()).expect("written");
        assert_eq!(String::from_utf8(out).expect("text"), "a,?]0;b?\tc\r\nü \u{a0}d?é");
    }
}
