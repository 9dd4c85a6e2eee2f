//! The smallest HTTP client that can ask our own server: GET, HTTP/1.1, one connection a request.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

/// Gets a path and gives the number of bytes of the answer; an error if its status is not 200.
pub(crate) fn get(server: SocketAddr, path: &str) -> Result<usize> {
    fetch(server, path, "").map(|answer| answer.len())
}

/// Gets a path and gives the number of bytes of the answer as a browser gets it, compressed.
pub(crate) fn get_compressed(server: SocketAddr, path: &str) -> Result<usize> {
    fetch(server, path, "Accept-Encoding: gzip\r\n").map(|answer| answer.len())
}

/// Gets a path and gives the body of the answer as a text.
pub(crate) fn get_text(server: SocketAddr, path: &str) -> Result<String> {
    let answer = String::from_utf8(fetch(server, path, "")?).context("the answer is no text")?;
    Ok(answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default())
}

fn fetch(server: SocketAddr, path: &str, headers: &str) -> Result<Vec<u8>> {
    let answer = send(server, &format!("GET {path} HTTP/1.1\r\nHost: {server}\r\n{headers}Connection: close\r\n\r\n"))?;
    let status = status(&answer);
    ensure!(status == "200", "GET {path}: {status}");
    Ok(answer)
}

/// Sends a form and gives the status of the answer: 303 where all is well.
pub(crate) fn post(server: SocketAddr, path: &str, fields: &[(&str, &str)]) -> Result<String> {
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    let body = fields.join("&");
    let answer = send(
        server,
        &format!(
            "POST {path} HTTP/1.1\r\nHost: {server}\r\nOrigin: http://{server}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ),
    )?;
    Ok(status(&answer))
}

fn send(server: SocketAddr, request: &str) -> Result<Vec<u8>> {
    let mut stream = TcpStream::connect_timeout(&server, Duration::from_secs(2)).context("nobody listens")?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    // In one piece: a server may answer before the rest of a request has come.
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(answer)
}

/// The number in `HTTP/1.1 200 OK`.
fn status(answer: &[u8]) -> String {
    let line = answer.split(|byte| *byte == b'\r').next().unwrap_or_default();
    String::from_utf8_lossy(line).split(' ').nth(1).unwrap_or("no answer").to_owned()
}

/// Percent-encodes all but letters and digits (RFC 3986).
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_encoded() {
        assert_eq!(encode("a b&c/ü?"), "a%20b%26c%2F%C3%BC%3F");
    }

    #[test]
    fn an_answer_other_than_200_is_an_error() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let server = std::thread::spawn(move || {
            for status in ["200 OK", "404 Not Found"] {
                let (mut stream, _) = listener.accept().expect("a client");
                let mut request = [0; 512];
                let length = stream.read(&mut request).expect("a request");
                assert!(request[..length].starts_with(b"GET /x HTTP/1.1\r\n"));
                write!(stream, "HTTP/1.1 {status}\r\n\r\nhello").expect("it listens");
            }
        });
        assert_eq!(get(address, "/x").expect("fine"), "HTTP/1.1 200 OK\r\n\r\nhello".len());
        assert!(get(address, "/x").is_err());
        server.join().expect("no panic");
    }
}
