//! Running the binary: how long it takes and how much memory it needs.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// What a run took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Took {
    pub(crate) seconds: f64,
    /// The largest resident memory seen, in mebibytes; `None` where the system does not tell.
    pub(crate) peak: Option<f64>,
}

/// How often the memory of a process is looked at.
const GLANCE: Duration = Duration::from_millis(10);

/// Runs a program to its end, its output thrown away; an error with what it said if it fails.
pub(crate) fn run<A: AsRef<OsStr>>(program: &Path, arguments: &[A]) -> Result<Took> {
    run_to(program, arguments, Stdio::null())
}

/// As [`run`], and gives what the program printed.
pub(crate) fn run_for_output<A: AsRef<OsStr>>(program: &Path, arguments: &[A]) -> Result<(Took, String)> {
    let mut printed = tempfile::tempfile().context("cannot make a temporary file")?;
    let took = run_to(program, arguments, printed.try_clone()?.into())?;
    printed.rewind()?;
    let mut text = String::new();
    printed.read_to_string(&mut text)?;
    Ok((took, text))
}

fn run_to<A: AsRef<OsStr>>(program: &Path, arguments: &[A], stdout: Stdio) -> Result<Took> {
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    let mut said = tempfile::tempfile().context("cannot make a temporary file")?;
    let start = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(stdout)
        .stderr(said.try_clone()?)
        .spawn()
        .with_context(|| format!("cannot run {}", program.display()))?;
    let mut peak = None;
    let status = loop {
        peak = peak_of(&child).or(peak);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(GLANCE.min(start.elapsed() / 20 + Duration::from_millis(1)));
    };
    let seconds = start.elapsed().as_secs_f64();
    if !status.success() {
        let first = arguments.iter().map(|argument| argument.as_ref().to_string_lossy()).collect::<Vec<_>>().join(" ");
        bail!("`{name} {first}` failed ({status}): {}", tail(&mut said)?);
    }
    Ok(Took { seconds, peak })
}

/// The largest resident memory of a process so far, in mebibytes (Linux: `VmHWM` in `/proc/PID/status`).
fn peak_of(child: &Child) -> Option<f64> {
    memory(child, "VmHWM:")
}

/// The resident memory of a process now, in mebibytes (Linux).
pub(crate) fn resident(child: &Child) -> Option<f64> {
    memory(child, "VmRSS:")
}

fn memory(child: &Child, which: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(which))?;
    let kibibytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes / 1024.0)
}

fn tail(file: &mut File) -> Result<String> {
    file.rewind()?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    let lines: Vec<&str> = text.lines().rev().take(5).collect();
    Ok(lines.into_iter().rev().collect::<Vec<_>>().join("\n"))
}

/// A process that is stopped when this goes out of scope.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
