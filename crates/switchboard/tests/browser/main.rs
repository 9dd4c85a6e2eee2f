//! The pages in a real browser: headless Chromium, driven by `chromedriver` (Debian's packages `chromium` and
//! `chromium-driver`), on a small made-up community that the real binary serves.
//!
//! All journeys share one driver and one workspace, because both are slow to start. What cannot run here (no browser, no
//! axe-core) is reported as ignored, with what to install; `.ci/run` installs it. To see one journey alone:
//! `cargo test --workspace --test browser -- NAME`.

#[path = "../it/common.rs"]
#[expect(dead_code, reason = "these tests need less of it than the others")]
mod common;

mod axe;
mod harness;
mod journeys;
mod world;

fn main() -> std::process::ExitCode {
    harness::run(journeys::ALL)
}
