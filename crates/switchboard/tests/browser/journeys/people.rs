//! Who is who.

use anyhow::{Context, Result, ensure};
use browser::{Look, Window};
use serde_json::json;

use crate::harness::{Journey, Needs};
use crate::world::World;

pub const MERGED: Journey = Journey { name: "two_are_merged_and_taken_apart", needs: Needs::Browser, run: merged };

/// What stands beside each identity that can be taken out.
const SPLIT: &str = "form[action$='/split']";

fn merged(world: &World) -> Result<()> {
    let window = world.window(&Look::default())?;
    window.goto("/people/suggestions")?;
    let pair = "return ['one', 'other'].map(name => document.querySelector(`form.verdict input[name=${name}]`).value)";
    let pair = window.eval(pair, json!([]))?;
    let (one, other) = (pair[0].as_str().context("nobody is like anybody")?, pair[1].as_str().unwrap_or_default());
    // Said wrongly, taken back, said again.
    window.click("form.verdict button[value=same]")?;
    window.press("Undo")?;
    window.goto(&format!("/people/suggestions?one={one}&other={other}"))?;
    window.click("form.verdict button[value=same]")?;
    window.wait("the next pair", |window| Ok(window.count("[role=status]")? > 0))?;
    let before = identities(&window, one)?;
    world.open.place.w(&["sync"]);
    let both = until(&window, one, |now| now > before)?;
    ensure!(identities(&window, other)? == both, "the other's page is not the same person's");
    window.goto(&format!("/people/{one}"))?;
    window.click(&format!("{SPLIT} button"))?;
    window.wait("what was done", |window| Ok(window.count("[role=status]")? > 0))?;
    world.open.place.w(&["sync"]);
    until(&window, one, |now| now < both).map(drop)
}

/// Loads a person's page until a sync is seen there; how many identities they have then.
fn until(window: &Window, person: &str, is_so: impl Fn(usize) -> bool) -> Result<usize> {
    let mut count = 0;
    window.wait("what the sync made of it", |window| {
        count = identities(window, person)?;
        Ok(is_so(count))
    })?;
    Ok(count)
}

fn identities(window: &Window, person: &str) -> Result<usize> {
    window.goto(&format!("/people/{person}"))?;
    window.count(SPLIT)
}
