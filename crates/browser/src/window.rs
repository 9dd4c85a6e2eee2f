//! One browser: where it is, what is done in it, and what it shows.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::driver::write;
use crate::wire::command;

/// How long is waited for what should be there. Generous: the machine may be busy building.
const PATIENCE: Duration = Duration::from_secs(10);
/// How an element is called in the protocol (WebDriver, section 12.1).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How a browser looks at pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Width of the page in CSS pixels.
    pub width: u32,
    /// Height of the part that is seen.
    pub height: u32,
    /// Whether the reader prefers dark pages.
    pub dark: bool,
    /// Whether it is shown as it would be printed.
    pub printed: bool,
    /// Whether pages may run scripts.
    pub scripts: bool,
}

impl Default for Look {
    fn default() -> Look {
        Look { width: 1280, height: 900, dark: false, printed: false, scripts: true }
    }
}

/// A browser with a profile of its own; closed when it goes out of scope.
pub struct Window {
    driver: SocketAddr,
    session: String,
    base: String,
}

/// Keys that are no letters (WebDriver, section 17.4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are called what stands on them")]
pub enum Key {
    Enter,
    Tab,
    Escape,
    Left,
    Up,
    Right,
    Down,
}

impl Key {
    fn code(self) -> char {
        match self {
            Key::Enter => '\u{e007}',
            Key::Tab => '\u{e004}',
            Key::Escape => '\u{e00c}',
            Key::Left => '\u{e012}',
            Key::Up => '\u{e013}',
            Key::Right => '\u{e014}',
            Key::Down => '\u{e015}',
        }
    }
}

impl Window {
    pub(crate) fn open(driver: SocketAddr, base: &str, look: &Look) -> Result<Window> {
        // No sandbox: tests run in containers, as root, and look at our own pages only.
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-extensions",
            "--no-first-run",
            "--hide-scrollbars",
            "--force-color-profile=srgb",
        ];
        let scripts = if look.scripts { 1 } else { 2 };
        let wanted = json!({ "capabilities": { "alwaysMatch": { "browserName": "chrome",
            "timeouts": { "script": 90_000, "pageLoad": 60_000 }, "goog:chromeOptions": {
            "args": arguments,
            "prefs": { "profile.managed_default_content_settings.javascript": scripts },
        } } } });
        let answer = command(driver, "POST", "/session", Some(&wanted)).context("the browser does not start")?;
        let session = answer["sessionId"].as_str().context("chromedriver opened no session")?.to_owned();
        let window = Window { driver, session, base: base.trim_end_matches('/').to_owned() };
        window.look(look)?;
        Ok(window)
    }

    /// Another size and theme, for the page at hand and those that follow.
    ///
    /// # Errors
    ///
    /// If the browser is gone.
    pub fn look(&self, look: &Look) -> Result<()> {
        let size = json!({ "width": look.width, "height": look.height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", &size)?;
        let features = json!([
            { "name": "prefers-color-scheme", "value": if look.dark { "dark" } else { "light" } },
            // What moves while it is looked at looks different every time.
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        let media = if look.printed { "print" } else { "" };
        self.devtools("Emulation.setEmulatedMedia", &json!({ "media": media, "features": features })).map(drop)
    }

    /// Goes to an address of the site, `/desk`, or to a whole one.
    ///
    /// # Errors
    ///
    /// If the page does not load.
    pub fn goto(&self, path: &str) -> Result<()> {
        let url = if path.starts_with('/') { format!("{}{path}", self.base) } else { path.to_owned() };
        self.post("url", &json!({ "url": url })).with_context(|| format!("{path} does not load")).map(drop)
    }

    /// Path and query of the page at hand.
    ///
    /// # Errors
    ///
    /// If the browser is gone.
    pub fn path(&self) -> Result<String> {
        let url = self.get("url")?;
        let url = url.as_str().unwrap_or_default();
        Ok(url.strip_prefix(&self.base).unwrap_or(url).to_owned())
    }

    /// The text of the whole page, as it is seen.
    ///
    /// # Errors
    ///
    /// If there is no page.
    pub fn text(&self) -> Result<String> {
        // In one go: between finding an element and asking it, another page may have come.
        let text = self.eval("return document.body ? document.body.innerText : ''", json!([]))?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// The text of the first element that fits, as it is seen.
    ///
    /// # Errors
    ///
    /// If there is none in time.
    pub fn text_of(&self, selector: &str) -> Result<String> {
        let text = self.get(&format!("element/{}/text", self.find(selector)?))?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// How many elements fit now.
    ///
    /// # Errors
    ///
    /// If the selector is wrong.
    pub fn count(&self, selector: &str) -> Result<usize> {
        let found = self.post("elements", &css(selector))?;
        Ok(found.as_array().map_or(0, Vec::len))
    }

    /// Clicks on the first element that fits: a CSS selector, or an XPath that begins with `//`.
    ///
    /// # Errors
    ///
    /// If there is none in time, or it cannot be clicked.
    pub fn click(&self, selector: &str) -> Result<()> {
        let element = self.find(selector)?;
        self.post(&format!("element/{element}/click"), &json!({})).with_context(|| selector.to_owned()).map(drop)
    }

    /// Clicks on a button or link by the words on it.
    ///
    /// # Errors
    ///
    /// As [`Window::click`].
    pub fn press(&self, words: &str) -> Result<()> {
        self.click(&format!("//*[self::button or self::a or self::summary][normalize-space()='{words}']"))
    }

    /// Puts a text into a field, in place of what is in it.
    ///
    /// # Errors
    ///
    /// If there is no such field in time, or it takes no text.
    pub fn fill(&self, selector: &str, text: &str) -> Result<()> {
        let element = self.find(selector)?;
        self.post(&format!("element/{element}/clear"), &json!({}))?;
        self.post(&format!("element/{element}/value"), &json!({ "text": text }))
            .with_context(|| selector.to_owned())
            .map(drop)
    }

    /// Chooses an entry of a list by its value.
    ///
    /// # Errors
    ///
    /// If there is no such entry in time.
    pub fn choose(&self, selector: &str, value: &str) -> Result<()> {
        self.click(&format!("{selector} option[value=\"{value}\"]"))
    }

    /// Types letters on the keyboard, wherever the focus is.
    ///
    /// # Errors
    ///
    /// If the browser is gone.
    pub fn letters(&self, text: &str) -> Result<()> {
        text.chars().try_for_each(|letter| self.strike(letter))
    }

    /// Strikes one key, wherever the focus is.
    ///
    /// # Errors
    ///
    /// If the browser is gone.
    pub fn key(&self, key: Key) -> Result<()> {
        self.strike(key.code())
    }

    fn strike(&self, key: char) -> Result<()> {
        let key = key.to_string();
        let strokes = json!([{ "type": "keyDown", "value": key }, { "type": "keyUp", "value": key }]);
        self.post("actions", &json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] })).map(drop)
    }

    /// What a script gives: its `return`. Works where pages may run none.
    ///
    /// # Errors
    ///
    /// If the script throws.
    pub fn eval(&self, script: &str, arguments: Value) -> Result<Value> {
        self.post("execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// What a script gives to its last argument, a function, when it is done.
    ///
    /// # Errors
    ///
    /// If the script throws, or is not done after a minute and a half.
    pub fn eval_later(&self, script: &str, arguments: Value) -> Result<Value> {
        self.post("execute/async", &json!({ "script": script, "args": arguments }))
    }

    /// Waits until it is so; `what` is what was waited for.
    ///
    /// # Errors
    ///
    /// If it is not so in time, or cannot be found out.
    pub fn wait(&self, what: &str, mut is_so: impl FnMut(&Window) -> Result<bool>) -> Result<()> {
        let start = Instant::now();
        while !is_so(self)? {
            if start.elapsed() > PATIENCE {
                bail!("{}: waited in vain for {what}", self.path()?);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Waits until words are on the page.
    ///
    /// # Errors
    ///
    /// If they are not there in time.
    pub fn sees(&self, words: &str) -> Result<()> {
        let plain = |text: &str| text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        let words = plain(words);
        self.wait(&format!("“{words}”"), |window| Ok(plain(&window.text()?).contains(&words)))
    }

    /// A picture of the whole page, as a PNG file.
    ///
    /// # Errors
    ///
    /// If the browser is gone or the file cannot be written.
    pub fn picture(&self, file: &Path) -> Result<()> {
        let metrics = self.devtools("Page.getLayoutMetrics", &json!({}))?;
        let (width, height) = (&metrics["cssContentSize"]["width"], &metrics["cssContentSize"]["height"]);
        let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
        let whole = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let answer = self.devtools("Page.captureScreenshot", &whole)?;
        write(file, &decoded(&answer["data"])?)
    }

    /// The page as it is printed on A4: the bytes of a PDF.
    ///
    /// # Errors
    ///
    /// If the browser is gone.
    pub fn print(&self) -> Result<Vec<u8>> {
        let paper = json!({ "page": { "width": 21.0, "height": 29.7 } });
        let answer = self.post("print", &paper)?;
        decoded(&answer)
    }

    /// Forgets all cookies: the next page is somebody else's first.
    ///
    /// # Errors
    ///
    /// If the browser is gone.
    pub fn forget(&self) -> Result<()> {
        self.devtools("Network.clearBrowserCookies", &json!({})).map(drop)
    }

    /// A command of the browser's own protocol.
    fn devtools(&self, name: &str, parameters: &Value) -> Result<Value> {
        self.post("goog/cdp/execute", &json!({ "cmd": name, "params": parameters })).with_context(|| name.to_owned())
    }

    /// Waits for an element.
    fn find(&self, selector: &str) -> Result<String> {
        let start = Instant::now();
        loop {
            match self.post("element", &css(selector)) {
                Ok(found) => return Ok(found[ELEMENT].as_str().context("no element")?.to_owned()),
                Err(_) if start.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(50)),
                Err(error) => return Err(error.context(format!("{}: no {selector}", self.path()?))),
            }
        }
    }

    fn get(&self, what: &str) -> Result<Value> {
        command(self.driver, "GET", &format!("/session/{}/{what}", self.session), None)
    }

    fn post(&self, what: &str, body: &Value) -> Result<Value> {
        command(self.driver, "POST", &format!("/session/{}/{what}", self.session), Some(body))
    }
}

/// Bytes that came as text.
fn decoded(text: &Value) -> Result<Vec<u8>> {
    let text = text.as_str().context("the browser gave nothing")?;
    STANDARD.decode(text).map_err(|error| anyhow!("the browser gave no base64: {error}"))
}

fn css(selector: &str) -> Value {
    let using = if selector.starts_with("//") { "xpath" } else { "css selector" };
    json!({ "using": using, "value": selector })
}

impl Drop for Window {
    fn drop(&mut self) {
        // The driver may be gone already, and the browser with it.
        let _ = command(self.driver, "DELETE", &format!("/session/{}", self.session), None);
    }
}
