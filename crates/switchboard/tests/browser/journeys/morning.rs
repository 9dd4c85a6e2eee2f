//! A morning's work on two real communities, from an empty workspace on, with the keyboard alone.
//!
//! Real people stand behind these archives: what is on the pages is in no message of a failure.

use anyhow::{Context, Result, bail, ensure};
use browser::{Key, Look, Window};
use serde_json::json;

use crate::common::Place;
use crate::harness::{Journey, Needs};
use crate::world::{Server, World};

pub const WORK: Journey = Journey { name: "a_mornings_work_by_keyboard_alone", needs: Needs::Data, run: work };

/// Stops on the way to something at most: more, and nobody would walk there.
const STOPS: usize = 120;

fn work(world: &World) -> Result<()> {
    let place = Place::new();
    place.run(&["init", "w"]).ok();
    let server = Server::start(place)?;
    let window = world.window_at(&server, &Look::default())?;
    // The one address that is typed.
    window.goto("/")?;
    for (folder, kind) in [("mail/twisted-python", "mbox"), ("stackexchange/beer", "stackexchange-dump")] {
        add(&window, folder, kind)?;
    }
    cases(&window)?;
    a_conversation(&window)?;
    people(&window)?;
    same_person(&window)
}

/// Adds a folder as a source, and waits until it was collected.
fn add(window: &Window, folder: &str, kind: &str) -> Result<()> {
    let path = testkit::shared_data().join(folder).canonicalize()?;
    go(window, "s", "/sources")?;
    walk(window, "main a[href='/sources/new']")?;
    enter(window, "/sources/new")?;
    walk(window, "#path")?;
    window.letters(&path.to_string_lossy())?;
    window.key(Key::Enter)?;
    let proposal = format!("main a[href^='/sources/new?kind={kind}&path']");
    arrived(window, "what lies there", |window| Ok(window.count(&proposal)? > 0))?;
    walk(window, &proposal)?;
    window.key(Key::Enter)?;
    arrived(window, "its form", |window| Ok(window.count("button[name=do][value=sync]")? > 0))?;
    walk(window, "button[name=do][value=sync]")?;
    enter(window, "/sources/sync")?;
    // A slow machine takes longer than anybody waits for a page: several times.
    for _ in 0..12 {
        if window.sees("Sync again").is_ok() {
            return Ok(());
        }
    }
    bail!("{kind} was not collected")
}

/// Who waits: the first is taken, the second resolved, and that is taken back.
fn cases(window: &Window) -> Result<()> {
    let waiting = ".case input[type=checkbox]";
    window.wait("those who wait", |window| {
        go(window, "c", "/conversations")?;
        Ok(window.count(waiting)? > 1)
    })?;
    window.letters("jt")?;
    window.sees("Taken")?;
    window.letters("jr")?;
    window.sees("Resolved")?;
    walk(window, ".said button")?;
    window.key(Key::Enter)?;
    window.sees("Taken back")
}

/// One conversation: opened, asked about, given a note.
fn a_conversation(window: &Window) -> Result<()> {
    go(window, "c", "/conversations")?;
    window.letters("jo")?;
    arrived(window, "the conversation", |window| Ok(window.count("section[aria-labelledby=messages]")? > 0))?;
    let here = window.path()?;
    window.letters("t")?;
    window.sees("Taken")?;
    ensure!(window.path()?.starts_with(&here), "a decision leads away from its conversation");
    window.letters("/")?;
    window.letters("connection lost")?;
    window.key(Key::Enter)?;
    arrived(window, "what is like it", |window| Ok(window.path()?.contains("q=connection")))?;
    window.letters("j")?;
    ensure!(window.eval("return document.activeElement.matches('.title')", json!([]))? == true, "nothing was found");
    window.key(Key::Enter)?;
    window.wait("what was found", |window| Ok(window.path()?.starts_with("/conversations/")))
}

/// Somebody who helps: found, and noted what they like.
fn people(window: &Window) -> Result<()> {
    go(window, "p", "/people")?;
    window.letters("jjo")?;
    arrived(window, "a person", |window| Ok(window.path()?.starts_with("/people/i")))?;
    walk(window, "main textarea[name=text]")?;
    window.letters("Likes to be asked in the morning.")?;
    window.key(Key::Tab)?;
    window.key(Key::Enter)?;
    window.sees("Likes to be asked in the morning.")
}

/// Who may be one person: looked at with the arrow keys.
fn same_person(window: &Window) -> Result<()> {
    go(window, "p", "/people")?;
    walk(window, "main a[href='/people/suggestions']")?;
    enter(window, "/people/suggestions")?;
    let pair = "return [...document.querySelectorAll('form.verdict input[name=one], form.verdict input[name=other]')].map(field => field.value).join()";
    let first = window.eval(pair, json!([]))?;
    ensure!(first != "", "nobody may be one person");
    for key in [Key::Down, Key::Left] {
        let before = window.eval(pair, json!([]))?;
        window.key(key)?;
        arrived(window, "the next pair", |window| Ok(window.eval(pair, json!([]))? != before))?;
    }
    Ok(())
}

/// To a section, with its key.
fn go(window: &Window, letter: &str, path: &str) -> Result<()> {
    // Not out of a field, where letters are text.
    window.eval("document.activeElement.blur()", json!([]))?;
    window.letters("g")?;
    enter_with(window, path, |window| window.letters(letter))
}

fn enter(window: &Window, path: &str) -> Result<()> {
    enter_with(window, path, |window| window.key(Key::Enter))
}

fn enter_with(window: &Window, path: &str, press: impl Fn(&Window) -> Result<()>) -> Result<()> {
    press(window)?;
    arrived(window, path, |window| Ok(window.path()?.split('?').next() == Some(path)))
        .context("the key leads elsewhere")
}

/// Waits for a page until its keys work: nobody is quicker than that.
fn arrived(window: &Window, what: &str, is_so: impl Fn(&Window) -> Result<bool>) -> Result<()> {
    let state = "return document.readyState";
    window.wait(what, |window| Ok(is_so(window)? && window.eval(state, json!([]))? == "complete"))
}

/// Goes on with the tabulator until the focus is there.
fn walk(window: &Window, selector: &str) -> Result<()> {
    window.wait(selector, |window| Ok(window.count(selector)? > 0))?;
    for _ in 0..STOPS {
        if window.eval("return document.activeElement.matches(arguments[0])", json!([selector]))? == true {
            return Ok(());
        }
        window.key(Key::Tab)?;
    }
    bail!("{}: {selector} is not reached in {STOPS} stops", window.path()?)
}
