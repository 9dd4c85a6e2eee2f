//! What holds for every page there is.

use anyhow::{Result, ensure};
use browser::{Look, Window};
use serde_json::json;

use crate::axe;
use crate::harness::{Journey, Needs};
use crate::world::World;

pub const FIT: Journey = Journey { name: "every_page_fits_a_phone", needs: Needs::Browser, run: fit };
pub const ACCESSIBLE: Journey =
    Journey { name: "every_page_passes_axe_in_both_themes", needs: Needs::Axe, run: accessible };
pub const PRINTED: Journey = Journey { name: "every_page_prints", needs: Needs::Browser, run: printed };
pub const DARK: Journey = Journey { name: "every_page_is_dark_for_who_likes_it", needs: Needs::Browser, run: dark };

/// A small phone's width (WCAG 2.2, 1.4.10, asks for 320 at most of the time; the design asks for 360).
const PHONE: Look = Look { width: 360, height: 740, dark: false, printed: false, scripts: true };

/// Looks at every page and gives all that is wrong, not only what is wrong first.
fn each(world: &World, look: &Look, judge: impl Fn(&Window) -> Result<Vec<String>>) -> Result<()> {
    let window = world.window(look)?;
    let mut wrong = Vec::new();
    for (page, address) in world.tour(&window)? {
        window.goto(&address)?;
        wrong.extend(judge(&window)?.into_iter().map(|line| format!("{page}: {line}")));
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

fn fit(world: &World) -> Result<()> {
    // What stands outside on the right, the outermost only; what scrolls by itself may be wider inside.
    let script = "
        const wide = document.documentElement.scrollWidth, seen = window.innerWidth;
        if (wide <= seen) return [];
        const out = [...document.querySelectorAll('main *, header *, footer *')]
            .filter(e => e.getBoundingClientRect().right > seen + 1);
        const name = e => e.tagName.toLowerCase() + (e.className && e.className.baseVal === undefined ? '.' + e.className : '');
        return ['is ' + wide + ' pixels wide: ' + out.slice(0, 3).map(name).join(', ')];";
    each(world, &PHONE, |window| strings(window, script))
}

fn accessible(world: &World) -> Result<()> {
    each(world, &Look::default(), |window| {
        let light = axe::violations(window)?;
        window.look(&Look { dark: true, ..Look::default() })?;
        let dark = axe::violations(window)?;
        window.look(&Look::default())?;
        let only_dark = dark.into_iter().filter(|line| !light.contains(line)).map(|line| format!("dark: {line}"));
        Ok(light.iter().cloned().chain(only_dark).collect())
    })
}

fn printed(world: &World) -> Result<()> {
    let look = Look { printed: true, ..Look::default() };
    each(world, &look, |window| {
        // Nobody clicks on paper: no navigation, no buttons; and black on white, whatever the theme.
        let script = "
            const seen = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
            return [...document.querySelectorAll('nav, button, input:not([type=hidden]), select, textarea')]
                .filter(seen).slice(0, 3).map(e => 'prints ' + e.tagName.toLowerCase() + ' ' + (e.name || e.textContent).trim().slice(0, 30));";
        let mut wrong = strings(window, script)?;
        let paper = window.print()?;
        if !paper.starts_with(b"%PDF-") {
            wrong.push("does not print".to_owned());
        }
        Ok(wrong)
    })
}

fn dark(world: &World) -> Result<()> {
    let look = Look { dark: true, ..Look::default() };
    each(world, &look, |window| {
        // By the brightness of its ground (ITU-R BT.601).
        let script = "
            const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).map(Number);
            return r * 0.299 + g * 0.587 + b * 0.114 < 80 ? [] : ['is not dark'];";
        strings(window, script)
    })
}

fn strings(window: &Window, script: &str) -> Result<Vec<String>> {
    let found = window.eval(script, json!([]))?;
    Ok(found.as_array().into_iter().flatten().filter_map(|line| line.as_str().map(str::to_owned)).collect())
}
