//! Runs the real binary in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The binary under test.
pub const BINARY: &str = env!("CARGO_BIN_EXE_switchboard");

/// A temporary folder to run in.
pub struct Place {
    folder: tempfile::TempDir,
}

/// How a run ended.
#[derive(Debug)]
pub struct Run {
    /// Exit code; `None` if it was killed.
    pub code: Option<i32>,
    /// What it printed to stdout.
    pub out: String,
    /// What it printed to stderr.
    pub err: String,
}

impl Place {
    /// A new one.
    pub fn new() -> Place {
        Place { folder: tempfile::Builder::new().prefix("switchboard-test-").tempdir().expect("a folder") }
    }

    /// Its path, as the system calls it.
    pub fn path(&self) -> PathBuf {
        self.folder.path().canonicalize().expect("it is there")
    }

    /// A file in it, with its folders.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
        std::fs::write(&path, text).expect("a file");
        path
    }

    /// A workspace `w` in it with the mbox of [`three_mails`] as the source `list`.
    pub fn with_list() -> Place {
        let place = Place::new();
        place.write("mail/list.mbox", three_mails());
        place.run(&["init", "w"]).ok();
        place.run(&["-C", "w", "add", "mbox", "list", "--path", "mail/list.mbox"]).ok();
        place
    }

    /// The command with these arguments, to be run here.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(BINARY);
        command.args(arguments).current_dir(self.path()).env_remove("SWITCHBOARD_WORKSPACE").stdin(Stdio::null());
        command
    }

    /// Runs it to its end.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.command(arguments).output().expect("it starts").into()
    }

    /// Runs it in the workspace `w`, where it must end well; gives what it printed.
    pub fn w(&self, arguments: &[&str]) -> String {
        self.run(&[&["-C", "w"], arguments].concat()).ok()
    }

    /// Its stdout as JSON.
    pub fn json(&self, arguments: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.w(&[&["--json"], arguments].concat())).expect("JSON")
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Run {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Run {
    /// What it printed to stdout; it must have ended well.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!(self.code, Some(0), "{}", self.err);
        self.out
    }

    /// What it printed to stdout; it must have ended with `code`.
    #[track_caller]
    pub fn fails_with(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.err);
        self.out
    }

    /// What it printed to stderr; it must have ended with `code`.
    #[track_caller]
    pub fn fails(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.err);
        self.err
    }
}

/// A question, its answer and the thanks for it, and a question that waits.
pub fn three_mails() -> String {
    let mail = |id: &str, parent: &str, from: &str, date: &str, subject: &str, body: &str| {
        let parent = if parent.is_empty() { String::new() } else { format!("In-Reply-To: <{parent}@example.org>\n") };
        format!(
            "From {from}@example.org {date}\nFrom: {from} Example <{from}@example.org>\nDate: {date} +0000\n\
             Message-ID: <{id}@example.org>\n{parent}Subject: {subject}\n\n{body}\n\n"
        )
    };
    [
        mail("1", "", "ada", "Tue, 5 May 2020 10:00:00", "Stopping the reactor", "How do I stop the reactor cleanly?"),
        mail(
            "2",
            "1",
            "bob",
            "Tue, 5 May 2020 12:00:00",
            "Re: Stopping the reactor",
            "Call reactor.stop() in the handler.",
        ),
        mail("3", "2", "ada", "Tue, 5 May 2020 13:00:00", "Re: Stopping the reactor", "Thank you, that works now!"),
        mail(
            "4",
            "",
            "eve",
            "Wed, 6 May 2020 09:00:00",
            "Reactor does not stop",
            "Why does the reactor not stop when I call stop?",
        ),
    ]
    .concat()
}

/// Every file below a folder with its bytes, sorted.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => folders.push(path),
                false => found.push((path.clone(), std::fs::read(&path).expect("a file"))),
            }
        }
    }
    found.sort();
    found
}
