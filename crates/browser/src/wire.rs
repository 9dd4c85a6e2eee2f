//! The smallest HTTP client that a driver on this machine understands: JSON, one connection a command.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use serde_json::Value;

/// Longer than any command may take: one that does not come back is a failure, not a test without end.
const PATIENCE: Duration = Duration::from_secs(120);

/// Sends a command, and gives the `value` of its answer; what the driver complains of is the error.
pub(crate) fn command(driver: SocketAddr, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
    let body = body.map(Value::to_string).unwrap_or_default();
    let mut stream = TcpStream::connect(driver).context("chromedriver is gone")?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {driver}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes())?;
    let body =
        body_of(BufReader::new(stream)).with_context(|| format!("chromedriver does not answer {method} {path}"))?;
    value(&body).with_context(|| format!("{method} {path}"))
}

/// The body of an answer, as long as it says it is: the driver does not hang up after it.
fn body_of(mut stream: impl BufRead) -> Result<Vec<u8>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.trim().parse()?,
            None if line.trim_end().is_empty() => break,
            _ => (),
        }
    }
    let mut body = Vec::new();
    stream.take(length).read_to_end(&mut body)?;
    Ok(body)
}

fn value(body: &[u8]) -> Result<Value> {
    let mut answer: Value = serde_json::from_slice(body).context("chromedriver sent something else than JSON")?;
    let value = answer["value"].take();
    match value["error"].as_str() {
        // The message goes on with a stack of addresses, which tells nobody anything.
        Some(error) => {
            let message = value["message"].as_str().unwrap_or_default().lines().next().unwrap_or_default();
            Err(anyhow!("{error}: {message}"))
        }
        None => Ok(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_driver_says() {
        let check = |body: &str, expected: &str| {
            let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nA: b\r\n\r\n{body} and more", body.len());
            let found = value(&body_of(answer.as_bytes()).unwrap());
            assert_eq!(found.map_or_else(|error| error.to_string(), |value| value.to_string()), expected);
        };
        check(r#"{"value":null}"#, "null");
        check(r#"{"value":{"a":1}}"#, r#"{"a":1}"#);
        check(r#"{"value":{"error":"no such element","message":"no #a\nstack"}}"#, "no such element: no #a");
        check("<html>", "chromedriver sent something else than JSON");
    }
}
