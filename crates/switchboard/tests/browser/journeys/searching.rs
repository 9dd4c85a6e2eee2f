//! Finding what was said.

use anyhow::{Result, ensure};
use browser::Look;

use crate::harness::{Journey, Needs};
use crate::world::World;

pub const SEARCH: Journey = Journey { name: "a_question_finds_its_like", needs: Needs::Browser, run: search };

fn search(world: &World) -> Result<()> {
    let window = world.window(&Look::default())?;
    window.goto("/")?;
    let question = window.text_of(".case .title")?;
    window.fill("#q", &question)?;
    window.click("form.ask button")?;
    window.wait("the answer", |window| Ok(window.path()?.starts_with("/ask?q=")))?;
    ensure!(window.count("main a[href^='/conversations/']")? > 0, "nothing was found for a question that was asked");
    // The address is the state: somebody else sees the same.
    let (path, text) = (window.path()?, window.text_of("main")?);
    let other = world.window(&Look::default())?;
    other.goto(&path)?;
    ensure!(other.text_of("main")? == text, "the address does not say what is on the page");
    Ok(())
}
