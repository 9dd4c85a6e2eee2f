//! Adding a source, and watching it come.

use anyhow::{Result, ensure};
use browser::Look;

use crate::common::three_mails;
use crate::harness::{Journey, Needs};
use crate::world::World;

pub const ADDED: Journey = Journey { name: "a_source_is_added_and_synced", needs: Needs::Browser, run: added };

fn added(world: &World) -> Result<()> {
    let window = world.window(&Look::default())?;
    let mails = world.open.place.write("more/extra.mbox", three_mails());
    window.goto("/sources")?;
    ensure!(window.count("a[href^='/sources/new']")? > 0, "no way leads to a new source");
    window.goto(&format!("/sources/new?kind=mbox&path={}", mails.display()))?;
    window.fill("#name", "extra")?;
    window.click("button[name=do][value=test]")?;
    window.wait("what the test found", |window| Ok(window.count("button[name=do][value=sync]")? > 0))?;
    window.click("button[name=do][value=sync]")?;
    // A slow machine takes longer than anybody waits for a page: several times.
    for _ in 0..6 {
        if window.sees("Sync again").is_ok() {
            break;
        }
        window.goto("/sources/sync")?;
    }
    window.sees("Sync again")?;
    window.goto("/sources/extra")?;
    // Four mails, read without a problem.
    window.wait("its messages", |window| {
        window.goto("/sources/extra")?;
        Ok(window.text_of("dl.counts")?.replace('\n', " ").to_lowercase().contains("messages 4"))
    })
}
