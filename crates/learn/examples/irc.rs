//! What to look at while changing how chat is untangled, without the test part.
//!
//! `cargo run -p learn --example irc -- DATA rehearse` measures on the logs for learning, each read by models that
//! did not see it (minutes); `… -- DATA speed` says how many lines a second one core untangles.

#![expect(clippy::print_stdout, reason = "a tool for the terminal")]

use std::path::Path;

use anyhow::{Context, Result, bail};
use learn::irc;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let data = arguments.next().context("say where the data is")?;
    let data = Path::new(&data);
    match arguments.next().as_deref() {
        Some("rehearse") => {
            for figure in irc::rehearse(data)? {
                println!("{:<32} {:<16} {:.4} {:.3?}", figure.task, figure.measure, figure.value, figure.interval);
            }
        }
        Some("speed") => println!("{:.0} lines a second", irc::speed(data)?),
        _ => bail!("say rehearse or speed"),
    }
    Ok(())
}
