//! An HTTP listener that answers each request as it is told, and remembers what it was sent.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What to do with a request.
#[derive(Debug, Clone)]
pub enum Answer {
    /// This status line and these headers, each with its line end.
    Say(String),
    /// Nothing, for as long as the other side waits.
    Hang,
    /// Close without a word.
    Close,
    /// A success whose body never ends.
    Endless,
}

/// A status without headers.
pub fn status(status: u16) -> Answer {
    Answer::Say(format!("HTTP/1.1 {status} x\r\n"))
}

/// The listener; it ends with the test.
pub struct Listener {
    pub address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Listener {
    /// Answers one request after the other, the last one for ever.
    pub fn start(answers: Vec<Answer>) -> Listener {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}/hush/path?token=hush", listener.local_addr().expect("bound"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = requests.clone();
        std::thread::spawn(move || {
            for (number, stream) in listener.incoming().flatten().enumerate() {
                let answer = answers[number.min(answers.len() - 1)].clone();
                let seen = seen.clone();
                std::thread::spawn(move || serve(stream, &answer, &seen));
            }
        });
        Listener { address, requests }
    }

    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("whole").clone()
    }
}

fn serve(mut stream: TcpStream, answer: &Answer, seen: &Mutex<Vec<String>>) {
    let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&request).to_string();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
            if body.len() >= length.unwrap_or_default() {
                break;
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return,
            Ok(read) => request.extend(&buffer[..read]),
        }
    }
    seen.lock().expect("whole").push(String::from_utf8_lossy(&request).to_string());
    match answer {
        Answer::Say(head) => {
            drop(stream.write_all(format!("{head}content-length: 2\r\nconnection: close\r\n\r\nok").as_bytes()))
        }
        // Until the other side has had enough.
        Answer::Hang => drop(stream.read(&mut buffer)),
        Answer::Close => {}
        Answer::Endless => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n");
            while stream.write_all(&[b'x'; 65536]).is_ok() {}
        }
    }
}
