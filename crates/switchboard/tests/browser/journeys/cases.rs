//! Deciding about a case.

use anyhow::{Context, Result};
use browser::{Look, Window};
use serde_json::json;

use crate::harness::{Journey, Needs};
use crate::world::World;

pub const TAKEN: Journey =
    Journey { name: "a_case_is_taken_handed_over_and_back_again", needs: Needs::Browser, run: taken };
pub const TIER: Journey = Journey { name: "a_tier_is_corrected", needs: Needs::Browser, run: tier };

fn taken(world: &World) -> Result<()> {
    let window = world.window(&Look::default())?;
    let case = open_one(&window)?;
    window.click("button[value=take]")?;
    window.wait("who has it", |window| Ok(window.count("button[value=release]")? > 0))?;
    // Loading the page again does nothing again.
    window.goto(&case)?;
    window.click("//summary[contains(., 'Hand over')]")?;
    window.click("//select[@id='d-tier']/option[normalize-space()='3']")?;
    window.fill("#d-why", "it takes somebody who knows the wire")?;
    window.click("button[value=hand-over]")?;
    window.sees("Handed over to tier 3")?;
    window.sees("it takes somebody who knows the wire")?;
    window.press("Undo")?;
    window.wait("who had it before", |window| Ok(window.count("button[value=release]")? > 0))?;
    window.goto(&case)?;
    window.click("button[value=release]")?;
    window.wait("that nobody has it", |window| Ok(window.count("button[value=take]")? > 0))
}

fn tier(world: &World) -> Result<()> {
    let window = world.window(&Look::default())?;
    open_one(&window)?;
    window.click("main a[href^='/messages/']")?;
    window.click("form[action='/corrections'] select[name=value] option[value=none], form[action='/corrections'] select[name=value] option:nth-child(4)")?;
    window.click("form[action='/corrections'] button")?;
    window.sees("What people said about it")
}

/// Opens a case that waits, and gives its address.
fn open_one(window: &Window) -> Result<String> {
    window.goto("/conversations")?;
    let first = "return document.querySelector(\"main .case a[href^='/conversations/']\").getAttribute('href')";
    let case = window.eval(first, json!([]))?;
    let case = case.as_str().context("nobody waits")?.to_owned();
    window.goto(&case)?;
    Ok(case)
}
