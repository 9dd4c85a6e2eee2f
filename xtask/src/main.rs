//! The workshop: what people who work on Switchboard run, and users never see.

mod bench;
mod eval;
mod make;
mod pages;
mod print;
mod root;
mod screenshots;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The workshop of Switchboard.
#[derive(Parser)]
#[command(name = "cargo xtask", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Simulate(make::Simulate),
    Tidy(tidy::Tidy),
    Bench(bench::Bench),
    Screenshots(screenshots::Screenshots),
    Eval(eval::Eval),
    Train(eval::Train),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Simulate(simulate) => simulate.run().map(|()| true),
        Command::Tidy(tidy) => tidy.run(),
        Command::Bench(bench) => bench.run().map(|()| true),
        Command::Screenshots(screenshots) => screenshots.run().map(|()| true),
        Command::Eval(eval) => eval.run().map(|()| true),
        Command::Train(train) => train.run().map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            print::note(format_args!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
