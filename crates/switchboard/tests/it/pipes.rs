//! Where the output goes: to somebody who stops reading, to a full disk, to a browser.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::Place;

#[test]
fn whoever_stops_reading_is_no_error() {
    let place = Place::with_list();
    place.w(&["sync"]);
    let many = "select a.body from messages a, messages b, messages c, messages d, messages e, messages f, messages g";
    for arguments in
        [&["sql", many, "--format", "csv"] as &[&str], &["tables", "--json"], &["completions", "zsh"], &["man"]]
    {
        let mut command = place.command(&[&["-C", "w"], arguments].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        drop(child.stdout.take());
        let run: crate::common::Run = child.wait_with_output().expect("it ends").into();
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn output_to_a_full_disk_is_an_error() {
    let place = Place::with_list();
    place.w(&["sync"]);
    for arguments in [&["status"] as &[&str], &["sql", "select 1 as x"], &["tables"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("there is one");
        let output = place.command(&[&["-C", "w"], arguments].concat()).stdout(full).output().expect("it starts");
        let said = crate::common::Run::from(output).fails(1);
        assert!(said.contains("No space left"), "{said}");
    }
}

#[test]
fn the_pages_are_served_to_this_machine_only() {
    let place = Place::with_list();
    place.w(&["sync"]);
    let said = place.run(&["-C", "w", "serve", "--listen", "0.0.0.0:0"]).fails(1);
    assert!(said.contains("refusing to listen on 0.0.0.0"), "{said}");

    let (mut server, address) = serve(&place);
    assert!(get(&address, "/").contains("Reactor does not stop"));
    let today = get(&address, "/today.json");
    assert!(today.contains("\"waiting_total\":1"), "{today}");

    // What a sync brings is seen as soon as it is open.
    let more = crate::common::three_mails().replace("@example.org>", ".b@example.org>").replace("reactor", "oven");
    let mut list = std::fs::OpenOptions::new().append(true).open(place.path().join("mail/list.mbox")).expect("there");
    list.write_all(more.as_bytes()).expect("written");
    place.w(&["sync"]);
    let start = Instant::now();
    let mut today = String::new();
    while !today.contains("\"waiting_total\":2") && start.elapsed() < Duration::from_secs(60) {
        today = get(&address, "/today.json");
    }
    assert!(today.contains("\"waiting_total\":2"), "{today}");

    let pid = server.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill").success());
    assert_eq!(server.wait().expect("it ends").code(), Some(0));
}

/// Starts the server on a free port.
fn serve(place: &Place) -> (Child, String) {
    let mut command = place.command(&["-C", "w", "--json", "serve", "--listen", "127.0.0.1:0"]);
    let mut server = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    let out = BufReader::new(server.stdout.take().expect("piped"));
    let line = out.lines().map_while(Result::ok).find(|line| line.contains("http://")).expect("it says where");
    let address = line.split("http://").nth(1).expect("an address").trim_matches(['"', ' ', ',']).to_owned();
    (server, address)
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("UTF-8");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    answer
}
