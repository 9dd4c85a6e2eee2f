//! How long each step takes, for whoever asks the log (`SWITCHBOARD_LOG=derive=debug`).

use std::time::Instant;

/// Tells the log what was done since the last time.
pub struct Timer(Instant);

impl Timer {
    /// Begins.
    pub fn start() -> Timer {
        Timer(Instant::now())
    }

    /// A step has ended.
    pub fn done(&mut self, step: &str) {
        let milliseconds = self.0.elapsed().as_millis() as u64;
        tracing::debug!(derive.step = step, derive.milliseconds = milliseconds, "{step} took {milliseconds} ms");
        self.0 = Instant::now();
    }
}
