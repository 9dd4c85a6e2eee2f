//! The `switchboard` command: reads the command line and the configuration, calls the rooms below in
//! the right order and prints what they answer. How anything is computed is theirs to know.
//!
//! Exit codes: 0 done; 1 it failed, or what was asked for was not found; 2 the command line is wrong.

use std::process::ExitCode;

use clap::Parser;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod alerts;
mod cli;
mod commands;
mod community;
mod config;
mod decided;
mod erasing;
mod lock;
mod office;
mod pipeline;
mod printer;
mod queries;
mod replace;
mod runs;
mod service;
mod session;
mod show;
mod workspace;

fn main() -> ExitCode {
    // Addresses and texts of messages are in nearly everything that is written: it is for its owner only.
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let cli = cli::Cli::parse();
    // Whoever reads a page at the same time goes first; that it cannot be asked for is no reason to stop.
    #[cfg(unix)]
    if cli.global.reports {
        let _ = rustix::process::nice(5);
    }
    let session = session::Session::new(cli.global);
    match commands::run(&session, cli.command) {
        Ok(commands::Done::Found) => ExitCode::SUCCESS,
        Ok(commands::Done::NotFound) => ExitCode::from(1),
        Err(error) => session.printer.failure(&error),
    }
}
