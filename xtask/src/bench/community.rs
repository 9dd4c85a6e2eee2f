//! A large community: the whole way, syncs of little and of nothing, and the server.

use std::fs::{self, OpenOptions};
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use simulate::Settings;

use super::figure::{Figure, Wanted, percentile};
use super::http::{encode, get};
use super::process::{Running, Took, run};
use super::{Part, Setup, metrics, readers, writers};
use crate::print;

/// Messages that come later.
const NEW: u64 = 1_000;
/// Different questions that are asked, and how often each page is got.
const QUESTIONS: usize = 200;
/// How long a server may take to answer at all.
const PATIENCE: Duration = Duration::from_secs(120);

/// Sources to add: kind, name, folder, and what else to say.
const SOURCES: &[(&str, &str, &[&str])] = &[
    ("mbox", "list", &[]),
    ("irc-log", "chat", &["--glob", "*.log"]),
    ("stackexchange-dump", "forum", &[]),
    ("git", "code", &[]),
];

pub(crate) fn measure(setup: &Setup, figures: &mut Vec<Figure>) -> Result<()> {
    if let Some(workspace) = &setup.workspace {
        let input = setup.folder.join("input");
        return Community { setup, input, workspace: workspace.clone() }.people(figures);
    }
    let bench = Community { setup, input: setup.folder.join("input"), workspace: setup.folder.join("workspace") };
    let settings = Settings { hold_back: NEW, ..Settings::new(setup.messages) };
    print::note(format_args!("simulating {} messages", setup.messages));
    simulate::write(&settings, &bench.input, &mut |_| ())?;
    bench.whole(figures)?;
    if setup.wants(&[Part::Unchanged]) {
        print::note(format_args!("syncing when nothing has changed"));
        let runs = (0..setup.runs.max(5)).map(|_| Ok(sync(setup, &bench.workspace)?.seconds)).collect::<Result<_>>()?;
        let what = format!("sync when nothing changed, at {} messages", setup.messages);
        figures.push(Figure::new("unchanged", what, "s", Wanted::AtMost(1.0), runs));
    }
    if setup.wants(&[Part::Append]) {
        bench.append(figures)?;
    }
    if setup.wants(&[Part::Ready]) {
        print::note(format_args!("starting the server"));
        let runs = (0..setup.runs.max(5)).map(|_| Ok(serve(setup, &bench.workspace)?.1)).collect::<Result<_>>()?;
        let what = format!("serve ready at {} messages", setup.messages);
        figures.push(Figure::new("ready", what, "s", Wanted::AtMost(1.0), runs));
    }
    if setup.wants(&[Part::Latency]) {
        bench.latency(&settings, figures)?;
    }
    if setup.wants(&[Part::Search]) {
        print::note(format_args!("searching"));
        let (_running, _, address) = serve(setup, &bench.workspace)?;
        super::search::latency(setup, &settings, address, figures)?;
    }
    bench.people(figures)
}

struct Community<'a> {
    setup: &'a Setup,
    input: PathBuf,
    workspace: PathBuf,
}

impl Community<'_> {
    /// From nothing to an indexed workspace; what comes after needs one, so it runs at least once.
    fn whole(&self, figures: &mut Vec<Figure>) -> Result<()> {
        let runs = if self.setup.wants(&[Part::Whole]) { self.setup.runs } else { 1 };
        let mut took = Vec::new();
        for run in 1..=runs {
            print::note(format_args!("the whole way, run {run} of {runs}"));
            let _ = fs::remove_dir_all(&self.workspace);
            self.prepare()?;
            took.push(sync(self.setup, &self.workspace)?);
        }
        if self.setup.wants(&[Part::Whole]) {
            let messages = self.setup.messages;
            let seconds = took.iter().map(|took| took.seconds).collect();
            let what = format!("the whole way (collect, derive, index), {messages} messages");
            figures.push(Figure::new("whole", what, "s", Wanted::AtMost(240.0), seconds));
            let peaks = took.iter().filter_map(|took| took.peak).collect();
            let what = "its memory at the peak";
            figures.push(Figure::new("whole-memory", what, "MiB", Wanted::AtMost(2_048.0), peaks));
        }
        Ok(())
    }

    fn prepare(&self) -> Result<()> {
        let place = self.workspace.to_string_lossy();
        run(&self.setup.binary, &["init", &place])?;
        for (kind, name, more) in SOURCES {
            let path = self.input.join(name);
            let path = path.to_string_lossy();
            let mut arguments = vec!["-C", &place, "add", kind, name, "--path", &path];
            arguments.extend(*more);
            run(&self.setup.binary, &arguments)?;
        }
        Ok(())
    }

    /// Each run appends the messages held back to the files that they continue, in a copy of the
    /// workspace, and takes them away again.
    fn append(&self, figures: &mut Vec<Figure>) -> Result<()> {
        print::note(format_args!("syncing {NEW} new messages"));
        let copy = self.setup.folder.join("workspace-copy");
        let mut runs = Vec::new();
        for _ in 0..self.setup.runs {
            copy_folder(&self.workspace, &copy)?;
            let before = append_folder(&self.input.join("later"), &self.input)?;
            let took = sync(self.setup, &copy);
            undo(before)?;
            runs.push(took?.seconds);
            fs::remove_dir_all(&copy)?;
        }
        let what = format!("sync of {NEW} new messages into {}", self.setup.messages);
        figures.push(Figure::new("append", what, "s", Wanted::AtMost(5.0), runs));
        Ok(())
    }

    /// People at the pages: many who read, many who write.
    fn people(&self, figures: &mut Vec<Figure>) -> Result<()> {
        if self.setup.wants(&[Part::Pages]) {
            readers::measure(self.setup, &self.workspace, figures)?;
        }
        if self.setup.wants(&[Part::Metrics]) {
            metrics::measure(self.setup, &self.workspace, figures)?;
        }
        if self.setup.wants(&[Part::Writes]) {
            let copy = self.setup.folder.join("workspace-written");
            copy_folder(&self.workspace, &copy)?;
            let later = self.input.join("later");
            let before = if later.is_dir() { append_folder(&later, &self.input)? } else { Vec::new() };
            let measured = writers::measure(self.setup, &copy, || sync(self.setup, &copy).map(drop), figures);
            undo(before)?;
            measured?;
        }
        Ok(())
    }

    fn latency(&self, settings: &Settings, figures: &mut Vec<Figure>) -> Result<()> {
        print::note(format_args!("asking the server"));
        let (_running, _, address) = serve(self.setup, &self.workspace)?;
        let questions = simulate::questions(settings, QUESTIONS)?;
        let asks: Vec<String> = questions.iter().map(|words| format!("/ask.json?q={}", encode(words))).collect();
        let routes = [
            ("desk", vec!["/conversations.json".to_owned(); QUESTIONS]),
            ("ask", asks),
            ("today", vec!["/".to_owned(); QUESTIONS]),
        ];
        for (name, paths) in routes {
            get(address, &paths[0])?;
            let mut highs = Vec::new();
            let mut all = Vec::new();
            for _ in 0..self.setup.runs {
                let mut times = Vec::with_capacity(paths.len());
                for path in &paths {
                    let start = Instant::now();
                    get(address, path)?;
                    times.push(start.elapsed().as_secs_f64() * 1e3);
                }
                highs.extend(percentile(&times, 95.0));
                all.extend(times);
            }
            let what = format!("`{name}`, 95 of 100 requests, server warm");
            let middle = percentile(&all, 50.0).unwrap_or_default();
            let worst = percentile(&all, 100.0).unwrap_or_default();
            figures.push(
                Figure::new(name, what, "ms", Wanted::AtMost(200.0), highs)
                    .note(format!("{} requests: median {middle:.1} ms, slowest {worst:.1} ms", all.len())),
            );
        }
        Ok(())
    }
}

/// Starts a server and gives it with the seconds until it was ready.
pub(super) fn serve(setup: &Setup, workspace: &Path) -> Result<(Running, f64, SocketAddr)> {
    // The port is free again when the listener is dropped; nobody else takes it that fast.
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let start = Instant::now();
    let child = Command::new(&setup.binary)
        .args(["-C", &workspace.to_string_lossy(), "--quiet", "serve", "--listen", &address.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .context("cannot start the server")?;
    let mut running = Running(child);
    while get(address, "/healthz").is_err() {
        if let Some(status) = running.0.try_wait()? {
            bail!("the server ended before it was ready ({status})");
        }
        if start.elapsed() > PATIENCE {
            bail!("the server was not ready after {} s", PATIENCE.as_secs());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok((running, start.elapsed().as_secs_f64(), address))
}

fn sync(setup: &Setup, workspace: &Path) -> Result<Took> {
    run(&setup.binary, &["-C", &workspace.to_string_lossy(), "--quiet", "--no-progress", "sync"])
}

/// A file and how long it was before.
type Before = (PathBuf, Option<u64>);

/// Appends each file below `from` to the one of the same name below `to`, and says how they were.
fn append_folder(from: &Path, to: &Path) -> Result<Vec<Before>> {
    let mut before = Vec::new();
    for entry in fs::read_dir(from).with_context(|| format!("nothing was held back in {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            before.extend(append_folder(&entry.path(), &target)?);
            continue;
        }
        let length = fs::metadata(&target).ok().map(|metadata| metadata.len());
        let mut out = OpenOptions::new().append(true).create(true).open(&target)?;
        io::copy(&mut fs::File::open(entry.path())?, &mut out)?;
        before.push((target, length));
    }
    Ok(before)
}

fn undo(before: Vec<Before>) -> Result<()> {
    for (file, length) in before {
        match length {
            Some(length) => OpenOptions::new().write(true).open(&file)?.set_len(length)?,
            None => fs::remove_file(&file)?,
        }
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_appended_and_put_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let (from, to) = (folder.path().join("later"), folder.path().join("input"));
        for (path, text) in [("later/list/a", "new"), ("later/list/b", "more"), ("input/list/a", "old ")] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, text).expect("written");
        }
        let before = append_folder(&from, &to).expect("appended");
        assert_eq!(fs::read_to_string(to.join("list/a")).expect("a file"), "old new");
        undo(before).expect("undone");
        assert_eq!(fs::read_to_string(to.join("list/a")).expect("a file"), "old ");
        assert!(!to.join("list/b").exists());
    }
}
