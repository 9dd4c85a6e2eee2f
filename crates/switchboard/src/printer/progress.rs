//! One progress line per task, on a terminal; where a program asks for them (`--reports`), lines that it can read.

use std::io::Write;
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};

const KNOWN: &str = "{prefix:16} {bar:24} {percent:>3} %  {msg}";
const UNKNOWN: &str = "{prefix:16} {spinner} {elapsed:>5}  {msg}";

/// What the lines for programs begin with; JSON follows.
const MARK: &str = "@progress ";
/// How often such a line is written.
const PAUSE: Duration = Duration::from_millis(200);

/// A task's line. It vanishes when the task ends.
pub struct Progress {
    bar: ProgressBar,
    known: bool,
    /// Where a program wants lines: when the last one was written.
    reported: Option<Option<Instant>>,
    label: String,
}

/// How far a task is, as a line for a program.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The task: a source's name, `tables`, `full text`.
    pub step: String,
    /// How far it is.
    pub done: u64,
    /// Of how much; 0 while that is unknown.
    pub total: u64,
    /// A few words.
    pub words: String,
}

impl Report {
    /// Reads a line; `None` if it is something that was said to a person.
    pub fn read(line: &str) -> Option<Report> {
        serde_json::from_str(line.strip_prefix(MARK)?).ok()
    }

    fn write(&self) {
        let Ok(text) = serde_json::to_string(self) else { return };
        // Nobody is left to be told when stderr is closed.
        let _ = writeln!(anstream::stderr().lock(), "{MARK}{text}");
    }
}

impl Progress {
    pub(super) fn start(bars: &MultiProgress, label: &str, reports: bool) -> Progress {
        let bar = bars.add(ProgressBar::no_length());
        bar.set_style(style(UNKNOWN));
        bar.set_prefix(label.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress { bar, known: false, reported: reports.then_some(None), label: label.to_owned() }
    }

    /// How far it is: `done` of `total`, which is 0 while unknown, and a few words.
    pub fn set(&mut self, done: u64, total: u64, message: impl FnOnce() -> String) {
        if let Some(last) = &mut self.reported {
            if last.is_none_or(|last| last.elapsed() >= PAUSE) {
                *last = Some(Instant::now());
                Report { step: self.label.clone(), done, total, words: message() }.write();
            }
            return;
        }
        if self.bar.is_hidden() {
            return;
        }
        if self.known != (total > 0) {
            self.known = total > 0;
            self.bar.set_style(style(if self.known { KNOWN } else { UNKNOWN }));
        }
        if total > 0 {
            self.bar.set_length(total);
        }
        self.bar.set_position(done);
        self.bar.set_message(message());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_read_as_it_is_written() {
        let report = Report { step: "list".into(), done: 1, total: 2, words: "3 new items".into() };
        let line = format!("{MARK}{}", serde_json::to_string(&report).expect("JSON"));
        assert_eq!(Report::read(&line), Some(report));
        assert_eq!(Report::read("list: 4 new items"), None);
    }

    #[test]
    fn the_templates_are_understood() {
        for template in [KNOWN, UNKNOWN] {
            assert!(ProgressStyle::with_template(template).is_ok());
        }
    }
}
