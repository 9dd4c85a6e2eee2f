//! Mail to a real SMTP server, and to some that are none.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{IpAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use mailin::response::{BLOCKED_IP, INTERNAL_ERROR, NO_MAILBOX, NO_SERVICE, OK, TRANSACTION_FAILED};
use mailin::{Action, Handler, Response, SessionBuilder};
use notify::{Failure, MailServer, Mailer, Secret, Security, Target};

use crate::message;

/// What the server does, and what it was given.
#[derive(Clone)]
struct Desk {
    hello: Response,
    recipient: Response,
    end: Response,
    text: Arc<Mutex<Vec<u8>>>,
}

impl Desk {
    fn new() -> Desk {
        Desk { hello: OK, recipient: OK, end: OK, text: Arc::default() }
    }

    /// Starts it; gives its port.
    fn start(&self) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let desk = self.clone();
        std::thread::spawn(move || listener.incoming().flatten().for_each(|stream| desk.serve(stream)));
        port
    }

    /// Speaks SMTP with one client until either has had enough.
    fn serve(&self, stream: TcpStream) {
        let mut session = SessionBuilder::new("mail.example.org").build(IpAddr::from([127, 0, 0, 1]), self.clone());
        let (mut reader, mut line) = (BufReader::new(stream), Vec::new());
        let mut response = session.greeting();
        loop {
            if response.action != Action::NoReply && response.write_to(reader.get_mut()).is_err() {
                return;
            }
            line.clear();
            if response.action == Action::Close || !reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
                return;
            }
            response = session.process(&line);
        }
    }

    fn text(&self) -> String {
        String::from_utf8(self.text.lock().expect("whole").clone()).expect("text")
    }
}

impl Handler for Desk {
    fn helo(&mut self, _: IpAddr, _: &str) -> Response {
        self.hello.clone()
    }

    fn rcpt(&mut self, _: &str) -> Response {
        self.recipient.clone()
    }

    fn data(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.text.lock().expect("whole").extend(bytes);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        self.end.clone()
    }
}

fn mailer(port: u16, security: Security) -> Mailer {
    let login = (security != Security::Plain).then(|| ("desk".to_owned(), Secret::new("hush")));
    let from = "The Desk <desk@example.org>".into();
    Mailer::new(MailServer { host: "127.0.0.1".into(), port: Some(port), security, insecure: false, from, login })
        .expect("fine")
}

/// Sends to a server; gives how it ended and how often it was asked whether it may go out.
fn deliver(mailer: Mailer) -> (Result<(), Failure>, u32) {
    let mut asked = 0;
    let started = Instant::now();
    let ended = Target::Mail(mailer, "ada@example.org".into()).deliver(&message(), &mut || {
        asked += 1;
        true
    });
    assert!(started.elapsed() < Duration::from_secs(60));
    assert!(!format!("{ended:?}").contains("example.org") && !format!("{ended:?}").contains("hush"), "{ended:?}");
    (ended, asked)
}

#[test]
fn a_mail_arrives_as_it_was_meant() {
    let desk = Desk::new();
    let mailer = mailer(desk.start(), Security::Plain);
    assert_eq!(deliver(mailer.clone()), (Ok(()), 1));
    let first = desk.text();
    for line in [
        "From: \"The Desk\" <desk@example.org>",
        "To: ada@example.org",
        "Message-ID: <switchboard.m-1@example.org>",
        "Date: Sat, 01 Jun 2024 00:00:00 +0000",
        "Auto-Submitted: auto-generated",
        "* How do I stop it?",
        "  https://example.org/t/1",
        "To stop: switchboard alerts stop late",
    ] {
        assert!(first.lines().any(|found| found.trim_end() == line), "{line}\n{first}");
    }
    assert!(first.contains("Subject: A promise is broken =?utf-8?"), "{first}");
    // A second try is the same mail, byte for byte.
    assert_eq!(deliver(mailer), (Ok(()), 1));
    assert_eq!(desk.text(), first.repeat(2));
}

/// How it ends, and whether it had been handed over.
#[track_caller]
fn check(desk: Desk, expected: &str, handed: bool) {
    let (ended, asked) = deliver(mailer(desk.start(), Security::Plain));
    let said = match ended {
        Ok(()) => "sent".to_owned(),
        Err(Failure::Later { why, .. }) => format!("later: {why}"),
        Err(Failure::Refused { why }) => format!("refused: {why}"),
        Err(other) => format!("{other:?}"),
    };
    assert!(said.starts_with(expected), "{said}");
    assert_eq!(asked, u32::from(handed));
}

#[test]
fn a_server_that_refuses_ends_in_a_clear_answer() {
    check(Desk { recipient: NO_MAILBOX, ..Desk::new() }, "refused: the mail server refused the recipient (550)", false);
    check(
        Desk { recipient: INTERNAL_ERROR, ..Desk::new() },
        "later: the mail server does not take the recipient now (451)",
        false,
    );
    check(
        Desk { hello: BLOCKED_IP, ..Desk::new() },
        "later: connecting to the mail server failed: the server answered 550",
        false,
    );
    check(
        Desk { hello: NO_SERVICE, ..Desk::new() },
        "later: connecting to the mail server failed: the server answered 421",
        false,
    );
    check(Desk { end: TRANSACTION_FAILED, ..Desk::new() }, "refused: the mail server refused the mail (554)", true);
    check(Desk { end: INTERNAL_ERROR, ..Desk::new() }, "later: the mail server does not take the mail now (451)", true);
}

#[test]
fn without_encryption_no_password_is_sent() {
    let desk = Desk::new();
    let (ended, asked) = deliver(mailer(desk.start(), Security::StartTls));
    assert!(
        matches!(&ended, Err(Failure::Later { why, .. }) if why.starts_with("encrypting the connection failed")),
        "{ended:?}"
    );
    assert_eq!((asked, desk.text()), (0, String::new()));
}

#[test]
fn nothing_goes_out_if_it_may_not() {
    let desk = Desk::new();
    let target = Target::Mail(mailer(desk.start(), Security::Plain), "ada@example.org".into());
    assert!(matches!(target.deliver(&message(), &mut || false), Err(Failure::Later { .. })));
    assert_eq!(desk.text(), "");
}

/// A server that speaks by hand.
fn by_hand(serve: fn(TcpStream)) -> Mailer {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("bound").port();
    std::thread::spawn(move || listener.incoming().flatten().for_each(serve));
    mailer(port, Security::Plain).within(Duration::from_secs(2))
}

/// Answers every command with what follows the greeting, until `DATA` and its end.
fn up_to_data(stream: TcpStream) -> BufReader<TcpStream> {
    let mut reader = BufReader::new(stream);
    let say = |reader: &mut BufReader<TcpStream>, text: &str| reader.get_mut().write_all(text.as_bytes());
    let _ = say(&mut reader, "220 here\r\n");
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|read| read > 0) {
        if line.trim_end() == "DATA" {
            let _ = say(&mut reader, "354 go on\r\n");
            line.clear();
            while reader.read_line(&mut line).is_ok_and(|read| read > 0) && line.trim_end() != "." {
                line.clear();
            }
            break;
        }
        let _ = say(&mut reader, "250 fine\r\n");
        line.clear();
    }
    reader
}

#[test]
fn what_hangs_before_the_mail_was_not_sent() {
    let silent = |mut stream: TcpStream| drop(stream.read(&mut [0; 1]));
    let trickling = |mut stream: TcpStream| {
        while stream.write_all(b"2").is_ok() {
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    for serve in [silent as fn(TcpStream), trickling, drop] {
        let (ended, asked) = deliver(by_hand(serve));
        assert!(matches!(ended, Err(Failure::Later { .. })), "{ended:?}");
        assert_eq!(asked, 0);
    }
}

#[test]
fn what_hangs_after_the_mail_leaves_nobody_sure() {
    let hangs = |stream: TcpStream| drop(up_to_data(stream).read(&mut [0; 1]));
    let closes = |stream: TcpStream| drop(up_to_data(stream));
    for serve in [hangs as fn(TcpStream), closes] {
        let (ended, asked) = deliver(by_hand(serve));
        assert!(matches!(ended, Err(Failure::Unsure { .. })), "{ended:?}");
        assert_eq!(asked, 1);
    }
}
