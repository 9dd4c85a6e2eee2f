//! Telling people what happened: found, queued, sent once.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use crate::common::Place;

/// Answers every request with these statuses, the last one for ever; gives its address and what it was sent.
fn listener(statuses: &'static [u16]) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/hook", listener.local_addr().expect("bound"));
    let requests = Arc::new(Mutex::new(Vec::new()));
    let seen = requests.clone();
    std::thread::spawn(move || {
        for (number, mut stream) in listener.incoming().flatten().enumerate() {
            let (mut request, mut buffer) = (Vec::new(), [0; 65536]);
            while !whole(&request) {
                match stream.read(&mut buffer) {
                    Ok(0) | Err(_) => break,
                    Ok(read) => request.extend(&buffer[..read]),
                }
            }
            seen.lock().expect("whole").push(String::from_utf8_lossy(&request).to_string());
            let status = statuses[number.min(statuses.len() - 1)];
            let _ = write!(stream, "HTTP/1.1 {status} x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        }
    });
    (address, requests)
}

fn whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    body.len() >= length.unwrap_or_default()
}

/// A synced workspace with a rule that tells a listener of first contributions.
fn place(address: &str) -> Place {
    let place = Place::with_list();
    let file = place.path().join("w/switchboard.toml");
    let config = std::fs::read_to_string(&file).expect("a configuration");
    let rules = format!(
        "\n[webhooks.bot]\nurl = \"{address}\"\n[[alert]]\nname = \"welcome\"\nwhen = \"first_contribution\"\n\
         to = [\"webhook:bot\"]\n"
    );
    std::fs::write(file, config + &rules).expect("written");
    place.w(&["sync"]);
    place
}

fn bodies(requests: &Mutex<Vec<String>>) -> Vec<serde_json::Value> {
    let requests = requests.lock().expect("whole");
    requests
        .iter()
        .map(|request| serde_json::from_str(request.split_once("\r\n\r\n").expect("a head").1).expect("JSON"))
        .collect()
}

#[test]
fn what_happened_is_told_once() {
    let (address, requests) = listener(&[200]);
    let place = place(&address);
    // All of it lies years back: it is an archive, of which nobody is told unasked.
    let said = place.run(&["-C", "w", "alerts"]);
    assert!(said.err.contains("read as an archive"), "{}", said.err);
    let dry = place.run(&["-C", "w", "alerts", "--dry-run"]);
    assert!(dry.out.contains("ada Example asks for the first time, in “Stopping the reactor”"), "{}", dry.out);
    assert!(dry.out.contains("bob Example answers for the first time, in “Stopping the reactor”"), "{}", dry.out);
    assert_eq!(bodies(&requests).len(), 0);

    place.w(&["alerts", "--back", "7"]);
    place.w(&["alerts", "--back", "7"]);
    place.w(&["alerts", "send"]);
    let bodies = bodies(&requests);
    assert_eq!(bodies.len(), 1);
    assert_eq!(bodies[0]["data"]["alerts"].as_array().map(Vec::len), Some(3));
    assert_eq!(bodies[0]["data"]["alerts"][0]["condition"], "first_contribution");
    let log = place.json(&["alerts", "log"]);
    assert!(log.as_array().is_some_and(|log| log.len() == 3 && log.iter().all(|entry| entry["state"] == "sent")));
}

#[test]
fn what_fails_is_tried_again_with_the_same_id() {
    let (address, requests) = listener(&[500, 200]);
    let place = place(&address);
    let said = place.run(&["-C", "w", "alerts", "--back", "7"]).fails(1);
    assert!(said.contains("will be tried again"), "{said}");
    // Not before its time.
    place.w(&["alerts", "send"]);
    assert_eq!(requests.lock().expect("whole").len(), 1);
    let log = place.json(&["alerts", "log"]);
    assert_eq!((&log[0]["state"], &log[0]["attempts"]), (&"queued".into(), &1.into()));
    assert_eq!(log[0]["error"], "the target answered with the status 500");
}

#[test]
fn what_is_stopped_is_not_told() {
    let (address, requests) = listener(&[200]);
    let place = place(&address);
    place.run(&["-C", "w", "alerts", "stop", "wellcome"]).fails(2);
    place.w(&["alerts", "stop", "welcome"]);
    place.w(&["alerts", "--back", "7"]);
    assert!(place.w(&["alerts", "list"]).contains("welcome (stopped)"));
    place.w(&["alerts", "resume", "welcome"]);
    place.w(&["alerts", "--back", "7"]);
    assert_eq!(requests.lock().expect("whole").len(), 0);
    place.run(&["-C", "w", "alerts", "resume", "welcome"]).fails(1);
    place.w(&["alerts", "test", "webhook:bot"]);
    assert!(bodies(&requests)[0]["data"]["test"].as_bool().expect("a test"));
    place.run(&["-C", "w", "alerts", "test", "webhook:other"]).fails(2);
}

#[test]
fn without_rules_there_is_an_example() {
    let place = Place::with_list();
    let shown = place.run(&["-C", "w", "alerts", "list"]);
    assert_eq!(shown.code, Some(1));
    assert!(shown.out.contains("[[alert]]"));
    place.run(&["-C", "w", "alerts"]).fails(1);
}
