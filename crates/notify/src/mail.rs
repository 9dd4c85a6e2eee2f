//! By mail: SMTP as RFC 5321 describes, one message to one person in one connection.
//!
//! The content is handed over in one command, DATA. Up to it nothing has been sent (and nothing can be taken back
//! after it: whatever is said next is content). The server's answer to the content says what became of it. Where that answer does not come, nobody knows ([`Failure::Unsure`]). The Message-ID is made
//! of the message's id, so that a person who sends it again sends the same mail.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use lettre::Address;
use lettre::message::Mailbox;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;

use crate::endpoint::is_loopback;
use crate::{Failure, Handing, Letter, Message, Secret, SettingsError};

mod compose;

/// For each thing that is waited for.
const STEP: Duration = Duration::from_secs(15);
/// For all of it: a server that says a letter every now and then must not hold anybody up.
const TOTAL: Duration = Duration::from_secs(45);

/// How the connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// It begins in the clear and is encrypted before anything is said (port 587).
    StartTls,
    /// It is encrypted from the first byte (port 465).
    Tls,
    /// It is not: to this machine only, unless the settings say that it may be insecure (port 25).
    Plain,
}

/// A mail server and how to use it.
#[derive(Debug, Clone)]
pub struct MailServer {
    /// Its name or address.
    pub host: String,
    /// Its port; by [`Security`] if not given.
    pub port: Option<u16>,
    /// How the connection is encrypted.
    pub security: Security,
    /// Whether an unencrypted connection may leave this machine.
    pub insecure: bool,
    /// Whom the mails come from: an address, or `Name <address>`.
    pub from: String,
    /// Who logs in with which password, if anybody does.
    pub login: Option<(String, Secret)>,
}

/// A mail server whose settings make sense.
#[derive(Debug, Clone)]
pub struct Mailer {
    server: MailServer,
    from: Mailbox,
    total: Duration,
}

/// What the connection tells whoever waits for it.
enum Event {
    /// DATA comes next: may it?
    Handing,
    /// It is over.
    Over(Result<(), Failure>),
}

impl Mailer {
    /// Checks the settings. Connects to nothing.
    pub fn new(server: MailServer) -> Result<Mailer, SettingsError> {
        let from = server.from.parse();
        let from = from
            .map_err(|_| SettingsError::new("`from` is no mail address; write one as \"Desk <desk@example.org>\""))?;
        if server.host.is_empty() || server.host.contains(|c: char| c.is_whitespace() || c.is_control() || c == '/') {
            return Err(SettingsError::new("`server` is no name of a mail server; write one as \"mail.example.org\""));
        }
        if server.security == Security::Plain && !server.insecure && !is_loopback(&server.host) {
            return Err(SettingsError::new(
                "mail would leave this machine unencrypted; write `security = \"starttls\"`, or `insecure = true` if \
                 the network is your own",
            ));
        }
        Ok(Mailer { server, from, total: TOTAL })
    }

    /// The same, giving up after `total`.
    #[must_use]
    pub fn within(self, total: Duration) -> Mailer {
        Mailer { total, ..self }
    }

    /// Whether `text` is an address that mail can go to.
    pub fn check_address(text: &str) -> Result<(), SettingsError> {
        // Others need SMTPUTF8 (RFC 6531), which few servers offer.
        match text.parse::<Address>() {
            Ok(_) if text.is_ascii() => Ok(()),
            _ => Err(SettingsError::new("that is no mail address; write one as \"mail:ada@example.org\"")),
        }
    }

    /// Sends a message to one address.
    pub fn deliver(&self, to: &str, message: &Message, handing: Handing<'_>) -> Result<(), Failure> {
        let to = reader(to)?;
        let mail = compose::mail(&self.from, &to, message)?.formatted();
        self.hand_over(to, mail, handing)
    }

    /// Sends a letter to one address.
    pub fn post(&self, to: &str, letter: &Letter, handing: Handing<'_>) -> Result<(), Failure> {
        let to = reader(to)?;
        let mail = letter.mail(&self.from, &to)?.formatted();
        self.hand_over(to, mail, handing)
    }

    fn hand_over(&self, to: Address, mail: Vec<u8>, handing: Handing<'_>) -> Result<(), Failure> {
        let (events, told) = channel();
        let (allow, allowed) = channel();
        let mailer = self.clone();
        // Where names are looked up and bytes trickle in, no timeout reaches. A thread that is waited for no longer
        // ends by its own: whatever it waits for ends some time, and then nobody allows it to go on.
        let spawned = std::thread::Builder::new()
            .name("mail".to_owned())
            .spawn(move || mailer.converse(to, &mail, &events, &allowed));
        match spawned {
            Ok(_) => wait(self.total, &told, &allow, handing),
            Err(_) => Err(Failure::later("no thread could be started")),
        }
    }

    fn converse(&self, to: Address, mail: &[u8], events: &Sender<Event>, allowed: &Receiver<bool>) {
        let connected = self.connect();
        let (ended, connection) = match connected {
            Ok(mut connection) => (self.speak(&mut connection, to, mail, events, allowed), Some(connection)),
            Err(failure) => (Err(failure), None),
        };
        let _ = events.send(Event::Over(ended));
        // Nobody waits for the goodbye.
        if let Some(mut connection) = connection {
            connection.abort();
        }
    }

    fn connect(&self) -> Result<SmtpConnection, Failure> {
        let MailServer { host, port, security, login, .. } = &self.server;
        let name = ClientId::Domain(self.from.email.domain().to_owned());
        let parameters = TlsParameters::new(host.clone());
        let parameters = parameters.map_err(|_| Failure::refused("encryption could not be set up; check `server`"))?;
        let port = port.unwrap_or(match security {
            Security::StartTls => 587,
            Security::Tls => 465,
            Security::Plain => 25,
        });
        let wrapped = (*security == Security::Tls).then_some(&parameters);
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let connected = SmtpConnection::connect((bare, port), Some(STEP), &name, wrapped, None);
        let mut connection = connected.map_err(|error| said("connecting to the mail server", &error))?;
        if *security == Security::StartTls {
            connection.starttls(&parameters, &name).map_err(|error| said("encrypting the connection", &error))?;
        }
        if let Some((user, password)) = login {
            let credentials = Credentials::new(user.clone(), password.expose().to_owned());
            let answer = connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials);
            answer.map_err(|error| said("logging in to the mail server", &error))?;
        }
        Ok(connection)
    }

    fn speak(
        &self,
        connection: &mut SmtpConnection,
        to: Address,
        mail: &[u8],
        events: &Sender<Event>,
        allowed: &Receiver<bool>,
    ) -> Result<(), Failure> {
        let from = Mail::new(Some(self.from.email.clone()), Vec::new());
        connection.command(from).map_err(|error| said("naming the sender", &error))?;
        connection.command(Rcpt::new(to, Vec::new())).map_err(|error| for_good("the recipient", &error))?;
        if events.send(Event::Handing).is_err() || !allowed.recv().unwrap_or(false) {
            return Err(Failure::later("it is being sent elsewhere"));
        }
        connection.command(Data).map_err(|error| for_good("the mail", &error))?;
        match connection.message(mail) {
            Ok(_) => Ok(()),
            Err(error) if error.status().is_some() => Err(for_good("the mail", &error)),
            Err(_) => Err(Failure::unsure("the mail server was given the mail and did not answer")),
        }
    }
}

/// Whom a mail goes to.
fn reader(to: &str) -> Result<Address, Failure> {
    let wrong = || Failure::refused("the recipient is no mail address; correct `to`");
    Mailer::check_address(to).map_err(|_| wrong())?;
    to.parse().map_err(|_| wrong())
}

/// Waits until it is over or time is up.
fn wait(total: Duration, told: &Receiver<Event>, allow: &Sender<bool>, handing: Handing<'_>) -> Result<(), Failure> {
    let end = Instant::now() + total;
    let mut handed = false;
    loop {
        match told.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(Event::Handing) => {
                handed = handing();
                let _ = allow.send(handed);
            }
            Ok(Event::Over(ended)) => return ended,
            Err(RecvTimeoutError::Timeout) if !handed => {
                return Err(Failure::later("the mail server did not answer in time"));
            }
            Err(_) if handed => return Err(Failure::unsure("the mail server was given the mail and did not answer")),
            Err(_) => return Err(Failure::later("talking to the mail server ended unexpectedly")),
        }
    }
}

/// An error before anything about this mail alone was said: it passes, if only when somebody mends the settings.
/// What the server said is not quoted, for it may hold addresses.
fn said(doing: &str, error: &Error) -> Failure {
    let why = match error.status() {
        Some(code) => format!("the server answered {code}"),
        None if error.is_tls() => "no encryption that can be trusted".to_owned(),
        None if error.is_client() => "the server does not offer what is needed".to_owned(),
        None if error.is_timeout() => "no answer in time".to_owned(),
        None => "the connection failed".to_owned(),
    };
    Failure::later(format!("{doing} failed: {why}; check [mail]"))
}

/// An error about this mail: a permanent one (5yz, RFC 5321 4.2.1) stays.
fn for_good(what: &str, error: &Error) -> Failure {
    match error.status() {
        Some(code) if error.is_permanent() => Failure::refused(format!("the mail server refused {what} ({code})")),
        Some(code) => Failure::later(format!("the mail server does not take {what} now ({code})")),
        None => said("handing over the mail", error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: &str, security: Security, from: &str, expected: &str) {
        let login = Some(("desk".to_owned(), Secret::new("hush")));
        let server = MailServer { host: host.into(), port: None, security, insecure: false, from: from.into(), login };
        let said = match Mailer::new(server) {
            Ok(mailer) => format!("{mailer:?}"),
            Err(error) => error.to_string(),
        };
        assert!(said.contains(expected) && !said.contains("hush"), "{said}");
    }

    #[test]
    fn settings_that_cannot_be_are_refused() {
        check("mail.example.org", Security::StartTls, "Desk <desk@example.org>", "StartTls");
        check("127.0.0.1", Security::Plain, "desk@example.org", "Plain");
        check("mail.example.org", Security::Plain, "desk@example.org", "leave this machine unencrypted");
        check("mail.example.org", Security::Tls, "a\r\nBcc: b@example.org", "`from` is no mail address");
        check("mail example", Security::Tls, "desk@example.org", "`server` is no name");
        check("", Security::Tls, "desk@example.org", "`server` is no name");
        assert!(Mailer::check_address("ada@example.org").is_ok());
        for bad in ["ada", "a@b\r\nc", "Ada <ada@example.org>", "ädä@example.org", ""] {
            assert!(Mailer::check_address(bad).is_err(), "{bad:?}");
        }
    }
}
