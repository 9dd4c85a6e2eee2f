//! What journeys share: a driver, a workspace with a small made-up community, and servers of it.

use std::io::BufReader;
use std::process::{Child, Stdio};

use anyhow::{Context, Result, ensure};
use browser::{Driver, Look, Window, tour};

use crate::common::Place;

/// Messages of the community: enough for every list to have something on it.
const MESSAGES: u64 = 1_200;
/// Where its people talk: kind, name, and what else `add` is told.
const SOURCES: [(&str, &str, &[&str]); 4] = [
    ("mbox", "list", &[]),
    ("irc-log", "chat", &["--glob", "*.log"]),
    ("stackexchange-dump", "forum", &[]),
    ("git", "code", &[]),
];

/// A driver, and a server of a community in which everybody at this machine may do everything.
pub struct World {
    /// First, so that browsers close before their server.
    driver: Driver,
    /// Where nobody has an account.
    pub open: Server,
}

/// A server of a workspace of its own; it ends when this goes out of scope.
pub struct Server {
    process: Child,
    /// The folder `w` is the workspace.
    pub place: Place,
    /// Where it listens: `http://127.0.0.1:1234`.
    pub base: String,
    /// The address of every page, with its parts in braces.
    pub pages: Vec<String>,
}

/// What the team wrote down.
const WRITTEN: &[&[&str]] = &[
    &["goals", "add", "people_get_answers"],
    &["announcements", "keep", "title=Version 3 is out", "text=It starts twice as fast.", "said=2026-01-05 the list"],
    &[
        "events",
        "keep",
        "title=Sprint",
        "starts=2027-01-30",
        "gatherings=2027-01-30 18:00-21:00 Dinner",
        "budget=pizza: 120",
    ],
    &["actions", "keep", "what=Answer the chat on Fridays", "metric=questions", "done=2026-01-05"],
    &["report", "newsletter", "--save"],
];

impl World {
    /// Makes the community and serves it.
    pub fn new() -> Result<World> {
        let place = Place::new();
        let data = place.path().join("data");
        simulate::write(&simulate::Settings::new(MESSAGES), &data, &mut |_| ())?;
        place.run(&["init", "w"]).ok();
        for (kind, name, more) in SOURCES {
            let path = format!("data/{name}");
            place.run(&[&["-C", "w", "add", kind, name, "--path", &path], more].concat()).ok();
        }
        place.w(&["sync"]);
        // Something of each kind that people write down, so that each page has something to show.
        for written in WRITTEN {
            place.run(&[&["-C", "w"], *written].concat()).ok();
        }
        Ok(World { driver: Driver::start()?, open: Server::start(place)? })
    }

    /// A browser that nobody used before, at the server without accounts.
    pub fn window(&self, look: &Look) -> Result<Window> {
        self.driver.open(&self.open.base, look)
    }

    /// A browser that nobody used before, at another server.
    pub fn window_at(&self, server: &Server, look: &Look) -> Result<Window> {
        self.driver.open(&server.base, look)
    }

    /// Every page with an address that really is one, but those behind a secret, which no link leads to.
    pub fn tour(&self, window: &Window) -> Result<Vec<(String, String)>> {
        let pages: Vec<String> = self.open.pages.iter().filter(|page| !page.contains("{secret}")).cloned().collect();
        let found = tour(window, &pages)?;
        let lost: Vec<&str> =
            found.iter().filter(|(_, address)| address.is_none()).map(|(page, _)| page.as_str()).collect();
        ensure!(lost.is_empty(), "no link leads to {}", lost.join(", "));
        Ok(found.into_iter().filter_map(|(page, address)| Some((page, address?))).collect())
    }
}

impl Server {
    /// Serves the workspace `w` of a place on a free port.
    pub fn start(place: Place) -> Result<Server> {
        let mut process = place
            .command(&["-C", "w", "--json", "--quiet", "serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()?;
        let out = BufReader::new(process.stdout.take().context("it has no output")?);
        let mut said = serde_json::Deserializer::from_reader(out).into_iter::<serde_json::Value>();
        let ready = said.next().context("the server ended before it was ready")??;
        let base = ready["listening"].as_str().context("it does not say where it listens")?.to_owned();
        let pages = ready["pages"].as_array().context("it does not say which pages it has")?;
        let pages = pages.iter().filter_map(|page| page.as_str().map(str::to_owned)).collect();
        Ok(Server { process, place, base, pages })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
