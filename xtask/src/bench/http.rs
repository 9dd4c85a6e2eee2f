//! The smallest HTTP client that can ask our own server: GET, HTTP/1.1, one connection a request.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

/// Gets a path and gives the number of bytes of the answer; an error if its status is not 200.
pub(crate) fn get(server: SocketAddr, path: &str) -> Result<usize> {
    let mut stream = TcpStream::connect_timeout(&server, Duration::from_secs(2)).context("nobody listens")?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    // In one piece: a server may answer before the rest of a request has come.
    let request = format!("GET {path} HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let status = answer.split(|byte| *byte == b'\r').next().unwrap_or_default();
    ensure!(status.starts_with(b"HTTP/1.1 200"), "GET {path}: {}", String::from_utf8_lossy(status));
    Ok(answer.len())
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
