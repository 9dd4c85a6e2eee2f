//! One progress line per task, on a terminal only.

use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

const KNOWN: &str = "{prefix:16} {bar:24} {percent:>3} %  {msg}";
const UNKNOWN: &str = "{prefix:16} {spinner} {elapsed:>5}  {msg}";

/// A task's line. It vanishes when the task ends.
pub struct Progress {
    bar: ProgressBar,
    known: bool,
}

impl Progress {
    pub(super) fn start(bars: &MultiProgress, label: &str) -> Progress {
        let bar = bars.add(ProgressBar::no_length());
        bar.set_style(style(UNKNOWN));
        bar.set_prefix(label.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress { bar, known: false }
    }

    /// How far it is: `done` of `total`, which is 0 while unknown, and a few words.
    pub fn set(&mut self, done: u64, total: u64, message: impl FnOnce() -> String) {
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
    fn the_templates_are_understood() {
        for template in [KNOWN, UNKNOWN] {
            assert!(ProgressStyle::with_template(template).is_ok());
        }
    }
}
