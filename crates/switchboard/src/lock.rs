//! One writer at a time. The kernel holds the lock and lets go of it when the process ends, however it
//! ends, so there is nothing to clean up after a kill. Readers need no lock: segments and tables appear
//! whole.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use crate::printer::Printer;
use crate::workspace::Workspace;
use crate::{session, show};

/// How often to look whether the lock is free.
const PAUSE: Duration = Duration::from_millis(50);
/// [`Lock::holder`] holds it for an instant: nobody is taken for a writer before this has passed.
const GLANCE: Duration = Duration::from_millis(150);

/// The right to write to a workspace, for as long as this lives.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Who holds the lock, as written in it for others to read.
#[derive(Debug, Serialize, Deserialize)]
pub struct Holder {
    /// The process.
    pub pid: u32,
    /// Its command: `sync`.
    pub command: String,
    /// When it took the lock.
    pub since: model::Timestamp,
}

impl Lock {
    /// Takes the lock for `command`, waiting up to `wait` for another process to let go of it.
    pub fn take(workspace: &Workspace, command: &str, wait: Duration, printer: &Printer) -> Result<Lock> {
        let path = workspace.lock_file();
        let cannot =
            || format!("cannot write to the workspace {}; check its permissions", workspace.folder().display());
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).with_context(cannot)?;
        let start = Instant::now();
        let mut told = false;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(error)) => return Err(error).with_context(cannot),
                Err(TryLockError::WouldBlock) => {}
            }
            std::thread::sleep(PAUSE);
            if start.elapsed() < GLANCE {
                continue;
            }
            let holder = Holder::read(&mut file);
            if start.elapsed() >= wait {
                bail!("{holder} is writing to this workspace; wait for it to end, or give --wait more seconds");
            }
            if !told {
                printer.note(format_args!("{holder} is writing to this workspace; waiting for it to end"));
                told = true;
            }
        }
        Holder::now(command).write(&mut file).with_context(cannot)?;
        Ok(Lock { _file: file })
    }

    /// Says who holds the lock of a workspace, if anybody does. `None` also where it cannot be told.
    pub fn holder(workspace: &Workspace) -> Option<String> {
        let mut file = File::open(workspace.lock_file()).ok()?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Some(Holder::read(&mut file)),
            _ => None,
        }
    }
}

impl Holder {
    fn now(command: &str) -> Holder {
        Holder { pid: std::process::id(), command: command.to_owned(), since: session::now() }
    }

    fn write(&self, file: &mut File) -> std::io::Result<()> {
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(&serde_json::to_vec(self)?)
    }

    /// Who wrote in the lock, in words. It may be half-written or from a process that is gone.
    fn read(file: &mut File) -> String {
        let mut text = String::new();
        let _ = file.rewind().and_then(|()| file.take(4096).read_to_string(&mut text));
        match serde_json::from_str::<Holder>(&text) {
            Ok(Holder { pid, command, since }) => {
                let (command, since) = (show::clean(&command), show::time(since));
                format!("process {pid} (switchboard {command}, since {since})")
            }
            Err(_) => "another process".to_owned(),
        }
    }
}
