//! Signs in at a real provider: `oidc-provider`, from the npm registry.
//!
//! It is installed into the target folder. Where there is no node, no npm or no registry, the test says so and counts as
//! ignored.

#![expect(clippy::print_stdout, reason = "it reports as other tests do")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitCode, Stdio};

use sso::{Known, Pending, Provider, SsoError};
use ureq::Agent;

const NAME: &str = "a_real_provider_signs_people_in";
const BACK: &str = "http://127.0.0.1:7474/sign-in/sso/back";
const SECRET: &str = "a made-up secret of some length";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wanted: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    if arguments.iter().any(|argument| argument == "--list") {
        println!("{NAME}: test\n");
        return ExitCode::SUCCESS;
    }
    if !wanted.is_empty() && !wanted.iter().any(|part| NAME.contains(part.as_str())) {
        println!("\nrunning 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 1 filtered out\n");
        return ExitCode::SUCCESS;
    }
    println!("\nrunning 1 test");
    match install() {
        Ok(folder) => {
            a_real_provider_signs_people_in(&folder);
            println!("test {NAME} ... ok\n\ntest result: ok. 1 passed; 0 failed; 0 ignored\n");
        }
        Err(why) => println!("test {NAME} ... ignored, {why}\n\ntest result: ok. 0 passed; 0 failed; 1 ignored\n"),
    }
    ExitCode::SUCCESS
}

/// Installs the provider into the target folder, once.
fn install() -> Result<PathBuf, String> {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/provider");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("oidc-provider");
    let says = |program: &str| Command::new(program).arg("--version").output().is_ok_and(|said| said.status.success());
    if !says("node") || !says("npm") {
        return Err("node and npm are not here (Debian: apt-get install nodejs npm)".to_owned());
    }
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut changed = !folder.join("node_modules/oidc-provider").is_dir();
    for file in ["package.json", "package-lock.json", "server.js"] {
        let (new, old) = (std::fs::read(from.join(file)).expect("readable"), std::fs::read(folder.join(file)).ok());
        changed |= file != "server.js" && old.as_ref() != Some(&new);
        std::fs::write(folder.join(file), new).expect("writable");
    }
    if changed {
        let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=dev"];
        let npm = Command::new("npm").args(arguments).current_dir(&folder).output().expect("npm starts");
        if !npm.status.success() {
            let _ = std::fs::remove_dir_all(folder.join("node_modules"));
            return Err(format!(
                "npm could not install oidc-provider: {}",
                String::from_utf8_lossy(&npm.stderr).lines().last().unwrap_or_default()
            ));
        }
    }
    Ok(folder)
}

/// The provider, until it is dropped.
struct Running {
    process: Child,
    /// Held open: the provider says more than its port, and ends where nobody listens.
    _says: BufReader<ChildStdout>,
    issuer: String,
}

impl Running {
    fn start(folder: &Path) -> Running {
        let mut process = Command::new("node")
            .arg("server.js")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node starts");
        let mut port = String::new();
        let mut says = BufReader::new(process.stdout.take().expect("piped"));
        says.read_line(&mut port).expect("says its port");
        Running { process, _says: says, issuer: format!("http://127.0.0.1:{}", port.trim()) }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A browser with somebody before it: follows redirects and keeps cookies, until it is sent back to us.
fn browse(to: &str, issuer: &str, somebody: &str) -> String {
    let agent: Agent =
        Agent::config_builder().http_status_as_error(false).max_redirects(0).max_idle_connections(0).build().into();
    let (mut address, mut cookies) = (to.to_owned(), BTreeMap::<String, String>::new());
    for _ in 0..12 {
        let jar: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = agent.get(&address).header("cookie", jar.join("; ")).header("x-at-the-keyboard", somebody);
        let mut answer = request.call().expect("answers");
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str().expect("text").split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').expect("a cookie");
            cookies.insert(name.to_owned(), value.to_owned());
        }
        let Some(next) = answer.headers().get("location").map(|next| next.to_str().expect("text").to_owned()) else {
            panic!("{}: {}", answer.status(), answer.body_mut().read_to_string().expect("text"));
        };
        if next.starts_with(BACK) {
            return next;
        }
        address = if next.starts_with('/') { format!("{issuer}{next}") } else { next };
    }
    panic!("it goes round in circles");
}

/// A value of an address's query.
fn value(address: &str, name: &str) -> Option<String> {
    let query = address.split_once('?')?.1;
    let found = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    found.map(|value| value.replace("%3A", ":").replace("%2F", "/"))
}

fn a_real_provider_signs_people_in(folder: &Path) {
    let running = Running::start(folder);
    let provider = Provider::new(&running.issuer, "switchboard", Some(SECRET.to_owned())).expect("usable");
    let sign_in = |somebody: &str| -> (Pending, String) {
        let begun = provider.begin(BACK).expect("it says how");
        let came_back = browse(&begun.to, &running.issuer, somebody);
        assert_eq!(value(&came_back, "state").as_deref(), Some(begun.pending.state.as_str()));
        (begun.pending, value(&came_back, "code").unwrap_or_default())
    };

    let (pending, code) = sign_in("ada");
    let known = provider.finish(BACK, &pending, &code).expect("it is her");
    let expected = Known {
        issuer: running.issuer.clone(),
        subject: "ada".to_owned(),
        email: Some("ada@example.org".to_owned()),
        name: Some("Ada Okafor".to_owned()),
    };
    assert_eq!(known, expected);

    // A code is good once.
    assert!(matches!(provider.finish(BACK, &pending, &code), Err(SsoError::Refused(_))));

    // An address that nobody made sure of is none.
    let (pending, code) = sign_in("bo");
    let known = provider.finish(BACK, &pending, &code).expect("it is him");
    assert_eq!((known.subject.as_str(), known.email), ("bo", None));

    // What another browser began is of no use: its proof is another, and so is its nonce.
    let (_, code) = sign_in("ada");
    let others = provider.begin(BACK).expect("it says how").pending;
    assert!(matches!(provider.finish(BACK, &others, &code), Err(SsoError::Refused(_))));

    // Somebody who will not sign in comes back without a code.
    let begun = provider.begin(BACK).expect("it says how");
    let came_back = browse(&begun.to, &running.issuer, "");
    assert_eq!(value(&came_back, "error").as_deref(), Some("access_denied"));

    // Who we are must be right as well.
    let impostor = Provider::new(&running.issuer, "switchboard", Some("guessed".to_owned())).expect("usable");
    let (pending, code) = sign_in("ada");
    assert!(matches!(impostor.finish(BACK, &pending, &code), Err(SsoError::Refused(_))));
}
