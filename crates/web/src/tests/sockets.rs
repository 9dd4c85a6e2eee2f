//! Over real connections: TLS, slow clients, and what is too much.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use tokio::sync::oneshot;

use super::made_up::community;
use crate::serve::serve_until;
use crate::{Certificate, Gate, Service};

/// A server, until it is dropped.
struct Served {
    address: SocketAddr,
    _stop: oneshot::Sender<()>,
}

fn serve(gate: Gate) -> Served {
    let (stop, stopped) = oneshot::channel::<()>();
    let (ready, is_ready) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let service = Service { gate, ..Service::reading(Arc::new(community())) };
        let stop = async { drop(stopped.await) };
        let listen = "127.0.0.1:0".parse().unwrap();
        runtime
            .block_on(serve_until(listen, service, |address| ready.send(address).unwrap_or_default(), stop))
            .unwrap();
    });
    Served { address: is_ready.recv().unwrap(), _stop: stop }
}

impl Served {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
        stream
    }

    /// The head of a request for this server.
    fn head(&self, line: &str, more: &str) -> String {
        format!("{line} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{more}\r\n", self.address)
    }

    fn get(&self, path: &str) -> String {
        self.say(&self.head(&format!("GET {path}"), ""))
    }

    fn say(&self, request: &str) -> String {
        let mut stream = self.connect();
        // What is too much is answered before it was read to its end.
        let _ = stream.write_all(request.as_bytes());
        all(&mut stream)
    }
}

/// Everything that comes until the other side hangs up.
fn all(stream: &mut impl Read) -> String {
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => bytes.extend_from_slice(&buffer[..read]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn status(reply: &str) -> &str {
    reply.split(' ').nth(1).unwrap_or("nothing")
}

#[test]
fn slow_clients_hold_nobody_up() {
    let served = serve(Gate::default());
    // Half a head each; half a form each.
    let heads: Vec<TcpStream> = (0..120).map(|_| served.connect()).collect();
    for mut stream in &heads {
        stream.write_all(b"GET / HTTP/1.1\r\nHo").unwrap();
    }
    let forms: Vec<TcpStream> = (0..40).map(|_| served.connect()).collect();
    let head = served
        .head("POST /steps/1/undo", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n");
    for mut stream in &forms {
        stream.write_all(head.as_bytes()).unwrap();
    }
    for _ in 0..10 {
        let start = Instant::now();
        assert_eq!(status(&served.get("/")), "200");
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
        for mut stream in heads.iter().chain(&forms) {
            stream.write_all(b"a").unwrap();
        }
    }
    // In the end they are told, or hung up on: nobody waits for the rest.
    let start = Instant::now();
    let told = all(&mut &forms[0]);
    assert_eq!(status(&told), "408", "{told}");
    assert!(told.contains("Nothing was changed"), "{told}");
    assert_ne!(status(&all(&mut &heads[0])), "200");
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn too_much_is_refused() {
    let served = serve(Gate::default());
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let check = |name: &str, request: &str, expected: &[&str]| {
        let reply = served.say(request);
        assert!(expected.contains(&status(&reply)), "{name}: {}", &reply[..reply.len().min(300)]);
        assert!(!reply.contains("panicked") && !reply.contains(".rs:"), "{name}");
    };
    let post =
        |more: &str, body: &str| format!("{}{body}", served.head("POST /steps/1/undo", &format!("{form}{more}")));
    check("a long body", &post("Content-Length: 99999999999\r\n", ""), &["413"]);
    let body = "a".repeat(2 << 20);
    check(
        "a body that is longer than it says",
        &post("Transfer-Encoding: chunked\r\n", &format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len())),
        &["413"],
    );
    check("no length that can be", &post("Content-Length: many\r\n", ""), &["400"]);
    check("two lengths", &post("Content-Length: 1\r\nContent-Length: 2\r\n", "a"), &["400"]);
    check("no form", &served.head("POST /steps/1/undo", "Content-Length: 0\r\n"), &["422"]);
    check("a long address", &served.head(&format!("GET /?{}", "a".repeat(100_000)), ""), &["414", "431", "400"]);
    // hyper looks at the length when it has read all there is: up to twice the limit.
    check("a long header", &served.head("GET /", &format!("X: {}\r\n", "a".repeat(200_000))), &["431", "400"]);
    check("many headers", &served.head("GET /", &"X: a\r\n".repeat(2_000)), &["431", "400"]);
    check("no HTTP", "\u{1}\u{2}\u{3}\r\n\r\n", &["400", "nothing"]);
    check("two hosts", &served.head("GET /", "Host: evil.example\r\n"), &["403", "400"]);
    check("a path upwards", &served.head("GET /../../etc/passwd", ""), &["404"]);
    check("a broken escape", &served.head("GET /people/%ZZ", ""), &["404", "400"]);
    check("an odd method", &served.head("BREW /", ""), &["405"]);
    check("a good one, after all that", &served.head("GET /", ""), &["200"]);
}

#[test]
fn odd_queries_are_answered_with_a_page() {
    let served = serve(Gate::default());
    for query in [
        "%",
        "%%%",
        "source=%ff",
        "days=-1",
        "days=99999999999999999999",
        "days=x",
        "a=b&a=c&source=a&source=b",
        "%00=%00",
        "page=18446744073709551616",
        "&&&=&=",
    ] {
        for path in ["/conversations", "/", "/ask", "/conversations.json", "/conversations.csv", "/today.json"] {
            let reply = served.get(&format!("{path}?{query}"));
            assert!(
                ["200", "400", "404", "422"].contains(&status(&reply)),
                "{path}?{query}: {}",
                &reply[..reply.len().min(200)]
            );
            assert!(!reply.contains("panicked") && !reply.contains("Failed to deserialize"), "{path}?{query}");
        }
    }
}

/// Writes a certificate for `localhost` and gives it.
fn certificate(folder: &Path) -> (Certificate, CertificateDer<'static>) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let files = Certificate { chain: folder.join("chain.pem"), key: folder.join("key.pem") };
    std::fs::write(&files.chain, made.cert.pem()).unwrap();
    std::fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
    let certificate = CertificateDer::from_pem_slice(made.cert.pem().as_bytes()).unwrap();
    (files, certificate)
}

/// What a client that trusts `certificate` gets over TLS.
fn over_tls(served: &Served, certificate: CertificateDer<'static>, path: &str) -> Result<String, rustls::Error> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(certificate)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let mut client = rustls::ClientConnection::new(Arc::new(config), ServerName::try_from("localhost").unwrap())?;
    let mut stream = served.connect();
    let mut tls = rustls::Stream::new(&mut client, &mut stream);
    let request = served.head(&format!("GET {path}"), "");
    match tls.write_all(request.as_bytes()) {
        Ok(()) => Ok(all(&mut tls)),
        Err(error) => Err(rustls::Error::General(error.to_string())),
    }
}

#[test]
fn tls_is_spoken_with_a_certificate() {
    let folder = tempfile::tempdir().unwrap();
    let (files, trusted) = certificate(folder.path());
    let served = serve(Gate { certificate: Some(files), ..Gate::default() });
    let reply = over_tls(&served, trusted, "/healthz").unwrap();
    assert_eq!(status(&reply), "200", "{reply}");
    assert!(reply.contains("strict-transport-security: max-age=31536000"), "{reply}");
    let elsewhere = tempfile::tempdir().unwrap();
    let (_, other) = certificate(elsewhere.path());
    assert!(over_tls(&served, other, "/healthz").is_err(), "another's certificate is not believed");
    assert_ne!(status(&served.get("/healthz")), "200", "nothing is said in the clear");
}

#[tokio::test]
async fn certificates_that_cannot_be_used_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let (files, _) = certificate(folder.path());
    let other = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let check = |files: &Certificate, expected: &str| {
        let error = crate::tls::config(files).unwrap_err().to_string();
        let said = error.replace(&folder.path().display().to_string(), "");
        assert!(said.contains(expected), "{said}");
        assert!(!said.contains("PRIVATE KEY-----\nM"), "no key in an error");
    };
    check(&Certificate { chain: folder.path().join("gone.pem"), ..files.clone() }, "cannot read /gone.pem");
    check(&Certificate { chain: files.key.clone(), ..files.clone() }, "/key.pem holds no certificate");
    check(&Certificate { key: files.chain.clone(), ..files.clone() }, "/chain.pem holds no private key");
    std::fs::write(&files.key, other.signing_key.serialize_pem()).unwrap();
    check(&files, "make sure that they belong together");
}
