//! Accounts: the first one, its second factor, and signing in with both.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use browser::Look;
use totp_rs::{Builder, Secret, Totp};

use crate::common::Place;
use crate::harness::{Journey, Needs};
use crate::world::{Server, World};

pub const FACTOR: Journey =
    Journey { name: "signing_in_takes_the_second_factor", needs: Needs::Browser, run: second_factor };

const PASSWORD: &str = "four made up words here";
/// How long a code is shown (RFC 6238, 5.2).
const STEP: u64 = 30;

fn second_factor(world: &World) -> Result<()> {
    let place = Place::with_list();
    place.w(&["sync"]);
    let server = Server::start(place)?;
    let window = world.window_at(&server, &Look::default())?;
    window.goto("/settings/team")?;
    window.press("Make the first account")?;
    window.fill("#sign_in", "ada")?;
    window.fill("#name", "Ada Example")?;
    window.fill("#password", PASSWORD)?;
    window.fill("#again", PASSWORD)?;
    window.click("main form button")?;
    window.wait("the account", |window| Ok(!window.path()?.starts_with("/set-up")))?;
    window.goto("/account/second-factor")?;
    window.press("Set it up")?;
    let secret = window.text_of("code.secret")?;
    window.fill("#code", &code(&secret, 0)?)?;
    window.press("Turn it on")?;
    window.sees("Your recovery codes")?;
    // Another browser, or this one without its cookies: nothing without password and code.
    window.forget()?;
    window.goto("/")?;
    ensure!(window.path()?.starts_with("/sign-in"), "the desk is open to whoever is not signed in");
    window.fill("#name", "ada")?;
    window.fill("#password", PASSWORD)?;
    window.click("form[action='/sign-in'] button")?;
    window.wait("the second step", |window| Ok(window.path()?.starts_with("/sign-in/code")))?;
    window.goto("/")?;
    ensure!(window.path()?.starts_with("/sign-in"), "the password alone opens the desk");
    window.goto("/sign-in/code")?;
    // The code of before counts no more, the next one does already: phones are fast or slow.
    window.fill("#code", &code(&secret, 1)?)?;
    window.press("Go on")?;
    window.wait("the desk", |window| Ok(window.path()? == "/"))?;
    window.sees("Ada Example")
}

/// The code that an app shows, now or some steps later.
fn code(secret: &str, later: u64) -> Result<String> {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).ok().context("the secret is not base 32")?;
    let totp: Totp = Builder::new().with_secret(secret).with_step_duration(STEP).build_noncompliant();
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    Ok(totp.generate(now + later * STEP).to_string())
}
