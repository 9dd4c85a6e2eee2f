//! With the keyboard alone.

use anyhow::{Result, ensure};
use browser::{Key, Look, Window};
use serde_json::json;

use crate::harness::{Journey, Needs};
use crate::world::World;

pub const ALONE: Journey = Journey { name: "the_keyboard_is_enough", needs: Needs::Browser, run: alone };

fn alone(world: &World) -> Result<()> {
    let window = world.window(&Look::default())?;
    window.goto("/")?;
    // The first stop leads past the navigation, and every stop shows where it is.
    window.key(Key::Tab)?;
    ensure!(focus(&window)?.0.contains("Skip"), "the first stop is not the way to the content");
    window.key(Key::Enter)?;
    let mut stops = Vec::new();
    for _ in 0..40 {
        window.key(Key::Tab)?;
        let (stop, visible) = focus(&window)?;
        ensure!(visible, "nobody sees that the focus is on {stop}");
        stops.push(stop);
    }
    ensure!(stops.windows(2).any(|pair| pair[0] != pair[1]), "the focus is caught at {}", stops[0]);
    // The keys of the desk.
    window.goto("/")?;
    window.letters("/")?;
    window.letters("reactor")?;
    window.key(Key::Enter)?;
    window.wait("the answer", |window| Ok(window.path()?.contains("q=reactor")))?;
    window.goto("/")?;
    window.letters("j")?;
    let first = focus(&window)?.0;
    window.letters("j")?;
    ensure!(focus(&window)?.0 != first, "`j` does not go on from {first}");
    window.letters("k")?;
    ensure!(focus(&window)?.0 == first, "`k` does not go back to {first}");
    Ok(())
}

/// What has the focus, and whether that is seen: by an outline, a shadow or another border than without it.
fn focus(window: &Window) -> Result<(String, bool)> {
    let script = "
        const at = document.activeElement, look = getComputedStyle(at);
        const visible = at === document.body || (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 1) || look.boxShadow !== 'none';
        return [(at.tagName + ' ' + (at.textContent.trim() || at.name || at.id)).replace(/\\s+/g, ' ').slice(0, 80), visible];";
    let found = window.eval(script, json!([]))?;
    Ok((found[0].as_str().unwrap_or_default().to_owned(), found[1] == true))
}
