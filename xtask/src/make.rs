//! `cargo xtask simulate`: writes a simulated community of any size.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use clap::Args;
use simulate::Settings;

use crate::print;

/// Write a simulated community (list, chat, forum, code) and the truth about it
#[derive(Args)]
pub(crate) struct Simulate {
    /// How many messages
    #[arg(long, default_value_t = Settings::demo().messages)]
    messages: u64,
    /// Where chance starts from; the same seed gives the same bytes
    #[arg(long, default_value_t = Settings::demo().seed)]
    seed: u64,
    /// How many years it lasts, up to October 2026
    #[arg(long, default_value_t = Settings::demo().years)]
    years: u16,
    /// Keep the last mails and chat lines back, in a folder `later` beside the others
    #[arg(long, default_value_t = 0)]
    hold_back: u64,
    /// Plant what the demonstration has: talks that everybody links to, a mirror that hides downloads, three who answer
    /// in one place only
    #[arg(long)]
    planted: bool,
    /// A folder that is empty or does not exist
    #[arg(long)]
    output: PathBuf,
}

impl Simulate {
    pub(crate) fn run(&self) -> Result<()> {
        let demo = Settings::demo();
        let settings = Settings {
            seed: self.seed,
            messages: self.messages,
            start: demo.start.with().year(demo.start.year() + demo.years as i16 - self.years as i16).build()?,
            years: self.years,
            hold_back: self.hold_back,
            planted: self.planted,
        };
        let start = Instant::now();
        let summary = simulate::write(&settings, &self.output, &mut |progress| {
            print::progress(format_args!("{} of {} messages", progress.done, progress.total));
        })?;
        print::progress(format_args!(""));
        print::result(format_args!("{}", serde_json::to_string(&summary)?));
        print::note(format_args!(
            "{} messages in {:.1} s; everything in {} is simulated",
            summary.messages(),
            start.elapsed().as_secs_f64(),
            self.output.display()
        ));
        Ok(())
    }
}
