//! The process that drives browsers.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::window::{Look, Window};

/// A running `chromedriver`; it and its browsers end when this goes out of scope.
pub struct Driver {
    process: Child,
    /// Held open: the driver would fail to write to a closed one.
    _said: BufReader<ChildStdout>,
    address: SocketAddr,
}

/// What has to be installed before pages can be looked at; `None` if nothing is missing.
pub fn missing() -> Option<String> {
    let wanted: Vec<&str> =
        ["chromium", "chromedriver"].into_iter().filter(|program| found(program).is_none()).collect();
    (!wanted.is_empty())
        .then(|| format!("{} not found: apt-get install chromium chromium-driver", wanted.join(" and ")))
}

/// Where a program is, as a shell would find it.
fn found(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

impl Driver {
    /// Starts one on a free port.
    ///
    /// # Errors
    ///
    /// If it is not installed (see [`missing`]) or does not come up.
    pub fn start() -> Result<Driver> {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("chromedriver cannot be started")?;
        let mut said = BufReader::new(process.stdout.take().context("chromedriver has no output")?);
        let port = loop {
            let mut line = String::new();
            if said.read_line(&mut line)? == 0 {
                bail!("chromedriver ended before it was ready");
            }
            if let Some(port) = port(&line) {
                break port;
            }
        };
        Ok(Driver { process, _said: said, address: SocketAddr::from(([127, 0, 0, 1], port)) })
    }

    /// Opens a browser with an empty profile; addresses given to it begin at `base` (`http://127.0.0.1:7474`).
    ///
    /// # Errors
    ///
    /// If the browser does not start.
    pub fn open(&self, base: &str, look: &Look) -> Result<Window> {
        Window::open(self.address, base, look)
    }
}

/// The port in “ChromeDriver was started successfully on port 1234.”
fn port(line: &str) -> Option<u16> {
    line.split_once("successfully on port ")?.1.trim().trim_end_matches('.').parse().ok()
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself. Its browsers were closed by their windows.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Writes a file, with the folders above it.
pub(crate) fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(file, bytes).with_context(|| format!("cannot write {}", file.display()))
}
