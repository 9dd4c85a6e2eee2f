//! Syncing from the pages: `switchboard sync` as a process of its own.
//!
//! What it takes of memory goes when it goes, it lets the pages go first, and it can be stopped at any moment, since a sync
//! can be killed at any moment. It goes on when the server stops.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use web::office::{SyncState, SyncView};
use web::{OfficeError, OfficeResult};

use crate::lock::Lock;
use crate::printer::Report;
use crate::workspace::Workspace;
use crate::{session, show};

/// Lines that are kept of what a sync says.
const LINES: usize = 200;
/// Characters of such a line.
const WIDTH: usize = 1_000;

/// The sync that this process started, and how the last one ended.
pub struct Syncs {
    workspace: Workspace,
    now: Arc<Mutex<Now>>,
}

#[derive(Default)]
struct Now {
    view: SyncView,
    child: Option<Child>,
}

impl Syncs {
    /// None is under way.
    pub fn new(workspace: Workspace) -> Syncs {
        Syncs { workspace, now: Arc::default() }
    }

    /// How far it is. `other` is who else holds the lock.
    pub fn view(&self) -> SyncView {
        let mut view = now(&self.now).view.clone();
        if view.state != SyncState::Running {
            view.other = Lock::holder(&self.workspace).map(|holder| capital(&holder));
        }
        view
    }

    /// Starts one of these sources, all if there are none.
    pub fn start(&self, names: &[String], who: &str) -> OfficeResult<()> {
        let mut arguments = vec!["sync".to_owned(), "--no-wait".to_owned(), "--".to_owned()];
        arguments.extend(names.iter().cloned());
        let view = SyncView { sources: names.to_vec(), ..SyncView::default() };
        self.run(&arguments, view, who)
    }

    /// Starts to erase the person of this id.
    pub fn erase(&self, person: &str, who: &str) -> OfficeResult<()> {
        let by = format!("--as={who}");
        let arguments = ["erase", "--no-wait", "--yes", &by, "--", person].map(str::to_owned);
        self.run(&arguments, SyncView { erases: true, ..SyncView::default() }, who)
    }

    fn run(&self, arguments: &[String], view: SyncView, who: &str) -> OfficeResult<()> {
        let mut held = now(&self.now);
        if held.view.state == SyncState::Running {
            return Err(OfficeError::Busy(format!(
                "what {} started is under way; wait for it to end, or stop it first",
                held.view.who
            )));
        }
        if let Some(holder) = Lock::holder(&self.workspace) {
            return Err(OfficeError::Busy(format!(
                "{holder} is writing to this workspace; wait for it to end and try again"
            )));
        }
        let mut child = self.command(arguments).spawn().map_err(|error| {
            OfficeError::Failed(format!("cannot start it: {error}; run `switchboard {}` in a terminal", arguments[0]))
        })?;
        let stderr = child.stderr.take();
        held.view = SyncView {
            state: SyncState::Running,
            who: who.to_owned(),
            since: Some(session::now()),
            step: "starting".to_owned(),
            ..view
        };
        held.child = Some(child);
        drop(held);
        let shared = Arc::clone(&self.now);
        let listening = thread::Builder::new().name("sync".to_owned()).spawn(move || listen(&shared, stderr));
        if let Err(error) = listening {
            self.stop();
            return Err(OfficeError::Failed(format!("cannot follow a sync: {error}; try again in a moment")));
        }
        Ok(())
    }

    /// Stops it; false if there is none.
    pub fn stop(&self) -> bool {
        let mut held = now(&self.now);
        let Some(child) = &mut held.child else { return false };
        // It may have ended this moment.
        let stopped = child.kill().is_ok();
        if stopped {
            held.view.state = SyncState::Stopped;
        }
        stopped
    }

    fn command(&self, arguments: &[String]) -> Command {
        let mut command = Command::new(program());
        command.arg("--workspace").arg(self.workspace.folder()).arg("--reports").args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }
}

/// This very program, also where its file was replaced by a newer one since it was started.
fn program() -> PathBuf {
    let linux = PathBuf::from("/proc/self/exe");
    if linux.exists() { linux } else { std::env::current_exe().unwrap_or_else(|_| "switchboard".into()) }
}

fn now(shared: &Mutex<Now>) -> MutexGuard<'_, Now> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes down what a sync says until it ends, and how it ended.
fn listen(shared: &Mutex<Now>, stderr: Option<ChildStderr>) {
    for line in stderr.into_iter().flat_map(|stderr| BufReader::new(stderr).split(b'\n')) {
        let Ok(line) = line else { break };
        hear(&mut now(shared).view, &String::from_utf8_lossy(&line));
    }
    let Some(mut child) = now(shared).child.take() else { return };
    let ended = child.wait();
    let mut held = now(shared);
    held.view.ended = Some(session::now());
    if held.view.state == SyncState::Running {
        let well = ended.is_ok_and(|status| status.success());
        held.view.state = if well { SyncState::Done } else { SyncState::Failed };
    }
}

/// One line: how far it is, or something for a person.
fn hear(view: &mut SyncView, line: &str) {
    match Report::read(line) {
        Some(Report { step, done, total, words }) => {
            (view.step, view.done, view.total, view.words) = (step, done, total, words);
        }
        None if line.trim().is_empty() => {}
        None => {
            if view.said.len() >= LINES {
                view.said.remove(0);
            }
            view.said.push(show::clean(&show::cut(line.trim_end(), WIDTH)).into_owned());
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sync_says_is_kept_and_how_far_it_is_is_shown() {
        let mut view = SyncView::default();
        for line in
            ["@progress {\"step\":\"list\",\"done\":3,\"total\":9,\"words\":\"2 new items\"}", "", "list: 2 new items"]
        {
            hear(&mut view, line);
        }
        assert_eq!((view.step.as_str(), view.done, view.total, view.words.as_str()), ("list", 3, 9, "2 new items"));
        assert_eq!(view.said, ["list: 2 new items"]);
        (0..1_000).for_each(|number| hear(&mut view, &format!("\u{1b}[31m{number}")));
        assert_eq!(view.said.len(), LINES);
        assert!(view.said.iter().all(|line| !line.contains('\u{1b}')));
    }
}
