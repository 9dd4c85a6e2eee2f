//! Sources and settings over HTTP, with the real program and a real workspace.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::common::{Place, three_mails};

/// The program serving a workspace, until this is dropped.
struct Server {
    child: Child,
    host: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(place: &Place) -> Server {
        let mut command = place.command(&["-C", "w", "serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stderr(Stdio::piped()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stderr.take().expect("stderr")).lines().map_while(Result::ok);
        let line = lines.find(|line| line.contains("serving http://")).expect("it serves");
        // Somebody has to go on listening.
        std::thread::spawn(move || lines.for_each(drop));
        let host = line.split("http://").nth(1).expect("an address").split(' ').next().expect("an address").to_owned();
        Server { child, host }
    }

    /// Status, head and body of a reply.
    fn send(&self, method: &str, path: &str, body: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(&self.host).expect("it listens");
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}",
            self.host
        );
        stream.write_all(head.as_bytes()).expect("sent");
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).expect("a reply");
        let reply = String::from_utf8_lossy(&reply).into_owned();
        let (head, body) = reply.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        (status, head.to_lowercase(), body.to_owned())
    }

    fn json(&self, path: &str) -> serde_json::Value {
        let (status, head, body) = self.send("GET", path, "");
        assert_eq!(status, 200, "{path}: {body}");
        serde_json::from_str(&body).unwrap_or_else(|error| panic!("{path}: {error}: {head}\n{body}"))
    }

    /// Sends a form with the sign, and what stands for what was opened, of the page `from`.
    fn post(&self, from: &str, path: &str, fields: &[(&str, &str)]) -> (u16, String, String) {
        let (_, _, page) = self.send("GET", from, "");
        let hidden = |name: &str| {
            let found = page.split_once(&format!("name=\"{name}\" value=\"")).map(|(_, rest)| rest.split('"').next());
            found.flatten().unwrap_or_default().to_owned()
        };
        let (csrf, seen) = (hidden("csrf"), hidden("seen"));
        let all = [("csrf", csrf.as_str()), ("seen", seen.as_str())];
        let body: Vec<String> =
            all.iter().chain(fields).map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        self.send("POST", path, &body.join("&"))
    }

    fn until_synced(&self) -> serde_json::Value {
        let start = Instant::now();
        loop {
            let sync = self.json("/sources/sync.json");
            if sync["state"] != "running" {
                return sync;
            }
            assert!(start.elapsed() < Duration::from_secs(120), "{sync}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// For a form: every byte but letters and digits as `%XX`.
fn encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

#[test]
fn a_folder_of_mails_is_added_in_the_browser_and_synced() {
    let place = Place::new();
    place.write("w/mail/list.mbox", three_mails());
    place.run(&["init", "w"]).ok();
    // Served before anything was collected.
    let server = Server::start(&place);
    assert_eq!(server.json("/sources.json")["sources"], serde_json::json!([]));
    assert_eq!(server.send("GET", "/", "").0, 200);
    let seen = server.json("/sources/new.json?path=mail");
    assert_eq!(seen["proposals"][0]["kind"], "mbox", "{seen}");
    let form = "/sources/new?kind=mbox&path=mail";
    let missing = [("kind", "mbox"), ("name", "list"), ("v.path", "nowhere"), ("do", "test")];
    let (status, _, page) = server.post(form, "/sources/new", &missing);
    assert!(status == 200 && page.contains("check that the path exists"), "{status} {page}");
    let fields = |what| [("kind", "mbox"), ("name", "list"), ("v.path", "mail"), ("do", what)];
    let (status, _, page) = server.post(form, "/sources/new", &fields("test"));
    assert!(status == 200 && page.contains("It can be read. 4 items held 4 messages."), "{status} {page}");
    assert!(!place.path().join("w/archive/list").exists());
    let (status, head, page) = server.post(form, "/sources/new", &fields("sync"));
    assert!(status == 303 && head.contains("location: /sources/sync"), "{status} {head} {page}");
    let sync = server.until_synced();
    assert_eq!(sync["state"], "done", "{sync}");
    assert!(sync["said"].to_string().contains("4 messages, 2 conversations"), "{sync}");
    let source = server.json("/sources/list.json");
    assert_eq!((&source["source"]["messages"], &source["source"]["run"]["items"]), (&4.into(), &4.into()));
    // The pages see what the sync brought.
    let start = Instant::now();
    while server.send("GET", "/conversations.json", "").2.matches("Reactor does not stop").count() == 0 {
        assert!(start.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(100));
    }
    let taken = server.post(form, "/sources/new", &fields("add"));
    assert!(taken.0 == 422 && taken.2.contains("there is a source of this name already"), "{taken:?}");
}

#[test]
fn sources_and_settings_are_changed_without_touching_the_rest() {
    let place = Place::with_list();
    let file = place.path().join("w/switchboard.toml");
    let text = || std::fs::read_to_string(&file).expect("there");
    let before = text();
    let server = Server::start(&place);
    let edit = "/sources/list/edit";
    let path = place.path().join("mail/list.mbox").to_string_lossy().into_owned();
    let (status, ..) =
        server.post(edit, edit, &[("kind", "mbox"), ("v.path", &path), ("v.channel", "dev"), ("do", "save")]);
    assert_eq!(status, 303);
    assert!(text().contains("channel = \"dev\"") && text().starts_with(before.trim_end()), "{}", text());
    // Simple values: the rest of the file and its comments stay.
    let page = "/settings/support";
    let fields = [
        ("do", "values"),
        ("v.promise.first_response", "4h"),
        ("v.tiers.3.name", "engineers"),
        ("v.hours.from", "09:00"),
        ("v.hours.until", "17:00"),
    ];
    let (status, _, said) = server.post(page, page, &fields);
    assert_eq!(status, 303, "{said}");
    let now = text();
    assert!(now.contains("first_response = \"4h\"") && now.contains("# resolution = \"10d\""), "{now}");
    assert!(now.contains("[tiers.3]\nname = \"engineers\"") && now.contains("[hours]\nfrom = \"09:00\""), "{now}");
    let wrong = [("do", "values"), ("v.promise.first_response", "soon")];
    let (status, _, said) = server.post(page, page, &wrong);
    assert!(status == 422 && said.contains("write a time between a minute and a year"), "{status} {said}");
    let (status, _, said) =
        server.post(page, page, &[("do", "text"), ("text", "[promise]\nfirst_response = \"1d\"\nwrn = 1")]);
    assert!(status == 422 && said.contains("line 3, column 1"), "{status} {said}");
    let (status, _, said) = server.post(page, page, &[("do", "text"), ("text", "[sources.x]\nkind = \"mbox\"")]);
    assert!(status == 422 && said.contains("`sources` does not stand in a section of this page"), "{status} {said}");
    assert_eq!(text(), now);
    // Somebody was faster: an editor, between opening and sending.
    let (_, _, opened) = server.send("GET", page, "");
    let seen =
        opened.split_once("name=\"seen\" value=\"").expect("a seal").1.split('"').next().expect("a seal").to_owned();
    std::fs::write(&file, now.replace("\"4h\"", "\"5h\"")).expect("written");
    let csrf = opened.split_once("name=\"csrf\" value=\"").expect("a sign").1.split('"').next().expect("a sign");
    let body = format!("csrf={csrf}&seen={seen}&do=text&text={}", encoded("[promise]\nfirst_response = \"6h\""));
    assert_eq!(server.send("POST", page, &body).0, 409);
    assert!(text().contains("\"5h\""));
    // Removing asks for the name, and leaves the archive alone.
    let (status, ..) = server.post(edit, "/sources/list/remove", &[("confirm", "list")]);
    assert_eq!(status, 303);
    assert!(!text().contains("[sources.list]") && text().contains("\"5h\""), "{}", text());
}

#[test]
fn a_sync_that_another_holds_the_lock_for_says_who() {
    let place = Place::with_list();
    let server = Server::start(&place);
    let lock = std::fs::OpenOptions::new().write(true).read(true).open(place.path().join("w/.lock")).expect("there");
    lock.lock().expect("free");
    let (status, _, page) = server.post("/sources", "/sources/sync", &[]);
    assert!(status == 409 && page.contains("is writing to this workspace"), "{status} {page}");
    drop(lock);
    assert_eq!(server.post("/sources", "/sources/sync", &[]).0, 303);
    assert_eq!(server.until_synced()["state"], "done");
    let table = server.send("GET", "/settings/export/tables/messages.csv", "").2;
    assert!(table.contains("Stopping the reactor"), "{table}");
    let desk = server.send("GET", "/settings/export/desk.sqlite", "");
    assert!(desk.0 == 200 && desk.2.contains("SQLite format 3"), "{desk:?}");
}

#[test]
fn somebody_is_erased_in_the_browser() {
    let place = Place::with_list();
    place.w(&["sync"]);
    let query = "SELECT person_id FROM identities WHERE email = 'eve@example.org'";
    let eve = place.w(&["sql", "--format", "csv", query]).lines().nth(1).expect("a row").to_owned();
    let (person, page) = (format!("/people/{eve}"), format!("/people/{eve}/erase"));
    let server = Server::start(&place);
    assert!(server.send("GET", &person, "").2.contains(&format!("href=\"{page}\"")));
    let (status, _, shown) = server.send("GET", &page, "");
    assert!(status == 200 && shown.contains("eve Example") && shown.contains("1 message"), "{status} {shown}");
    let (status, _, said) = server.post(&page, &page, &[("name", "ada Example")]);
    assert!(status == 422 && said.contains("nobody was erased"), "{status} {said}");
    let (status, head, said) = server.post(&page, &page, &[("name", "eve Example")]);
    assert!(status == 303 && head.contains("location: /sources/sync"), "{status} {head} {said}");
    let sync = server.until_synced();
    assert_eq!((&sync["state"], &sync["erases"]), (&"done".into(), &true.into()), "{sync}");
    assert!(!sync.to_string().contains("eve"), "{sync}");
    let start = Instant::now();
    while server.send("GET", &person, "").0 == 200 {
        assert!(start.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(100));
    }
    for path in [person.clone(), format!("{person}.json"), page, format!("{person}/merge")] {
        let (status, _, said) = server.send("GET", &path, "");
        assert!(status == 410 && said.contains("This person was erased"), "{path}: {status} {said}");
    }
    assert_eq!(server.send("GET", "/people/i0000000000000000", "").0, 404);
    let log = server.send("GET", "/settings/audit", "").2;
    assert!(log.contains("erased somebody (1 item") && !log.contains("eve Example"), "{log}");
}
