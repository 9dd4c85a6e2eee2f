//! Files that are written in order of time, and the last messages that are held back.

use std::collections::VecDeque;
use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::settings::SimulateError;

/// A new file with a buffer.
#[derive(Debug)]
pub(crate) struct Out {
    path: PathBuf,
    file: BufWriter<File>,
}

impl Out {
    pub(crate) fn create(path: PathBuf) -> Result<Out, SimulateError> {
        Out::open(path, OpenOptions::new().write(true).create_new(true))
    }

    /// Opens for appending; makes the file if there is none.
    fn append(path: PathBuf) -> Result<Out, SimulateError> {
        Out::open(path, OpenOptions::new().append(true).create(true))
    }

    fn open(path: PathBuf, options: &OpenOptions) -> Result<Out, SimulateError> {
        match options.open(&path) {
            Ok(file) => Ok(Out { path, file: BufWriter::with_capacity(1 << 17, file) }),
            Err(error) => Err(SimulateError::Write { path, error }),
        }
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), SimulateError> {
        self.file.write_all(bytes).map_err(|error| SimulateError::Write { path: self.path.clone(), error })
    }

    pub(crate) fn finish(mut self) -> Result<(), SimulateError> {
        self.file.flush().map_err(|error| SimulateError::Write { path: self.path, error })
    }
}

/// Makes a folder and those above it.
pub(crate) fn make_folder(path: &Path) -> Result<(), SimulateError> {
    fs::create_dir_all(path).map_err(|error| SimulateError::Write { path: path.to_owned(), error })
}

/// Writes a small file in one go.
pub(crate) fn write_file(path: PathBuf, bytes: &[u8]) -> Result<(), SimulateError> {
    let mut out = Out::create(path)?;
    out.write(bytes)?;
    out.finish()
}

/// A folder of files by month or day, written in order. The last `hold` messages, with what lies
/// between them, go to files of the same names in another folder.
#[derive(Debug)]
pub(crate) struct Rolling {
    folder: PathBuf,
    later: PathBuf,
    hold: u64,
    open: Option<(String, Out)>,
    held: VecDeque<Held>,
    messages_held: u64,
}

#[derive(Debug)]
struct Held {
    file: String,
    bytes: Vec<u8>,
    message: bool,
}

impl Rolling {
    pub(crate) fn new(root: &Path, name: &str, hold: u64) -> Result<Rolling, SimulateError> {
        let folder = root.join(name);
        make_folder(&folder)?;
        let later = root.join("later").join(name);
        Ok(Rolling { folder, later, hold, open: None, held: VecDeque::new(), messages_held: 0 })
    }

    /// Appends to a file of the folder. Files are closed when another is written to.
    pub(crate) fn write(&mut self, file: &str, bytes: &[u8], message: bool) -> Result<(), SimulateError> {
        if self.hold == 0 {
            return put(&mut self.open, &self.folder, file, bytes);
        }
        self.held.push_back(Held { file: file.to_owned(), bytes: bytes.to_vec(), message });
        self.messages_held += u64::from(message);
        while self.messages_held > self.hold
            && let Some(held) = self.held.pop_front()
        {
            self.messages_held -= u64::from(held.message);
            put(&mut self.open, &self.folder, &held.file, &held.bytes)?;
        }
        Ok(())
    }

    /// Writes what is held back and gives the number of messages in it.
    pub(crate) fn finish(mut self) -> Result<u64, SimulateError> {
        if !self.held.is_empty() {
            make_folder(&self.later)?;
        }
        if let Some((_, out)) = self.open.take() {
            out.finish()?;
        }
        for held in &self.held {
            put(&mut self.open, &self.later, &held.file, &held.bytes)?;
        }
        if let Some((_, out)) = self.open.take() {
            out.finish()?;
        }
        Ok(self.messages_held)
    }
}

fn put(open: &mut Option<(String, Out)>, folder: &Path, file: &str, bytes: &[u8]) -> Result<(), SimulateError> {
    if open.as_ref().is_none_or(|(name, _)| name != file) {
        if let Some((_, out)) = open.take() {
            out.finish()?;
        }
        *open = Some((file.to_owned(), Out::append(folder.join(file))?));
    }
    match open {
        Some((_, out)) => out.write(bytes),
        None => Ok(()),
    }
}
