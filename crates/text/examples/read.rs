//! Shows what own words are read as: `cargo run -p text --example read < FILE`, or how fast with `--speed`.
//!
//! With `--each`, messages are parted by form feeds and only those with signals are shown.

#![expect(clippy::print_stdout, reason = "a tool for the terminal")]

use std::io::Read;
use std::time::Instant;

use text::Reading;

fn main() -> std::io::Result<()> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    let input = String::from_utf8_lossy(&bytes);
    let bodies: Vec<&str> = input.split('\u{c}').collect();
    match std::env::args().nth(1).as_deref() {
        Some("--speed") => speed(&bodies),
        _ => bodies.iter().for_each(|body| show(body)),
    }
    Ok(())
}

fn show(body: &str) {
    let own = text::own_words(body);
    let Reading { signals, facts, language, .. } = text::read(None, &own);
    let language = language.map_or("-", text::Language::as_str);
    println!("{language} {facts:?}");
    for found in &signals.found {
        println!("  {:<16} {}", found.signal.as_str(), own[found.words.clone()].replace('\n', " "));
    }
}

/// Microseconds per message, of each step.
fn speed(bodies: &[&str]) {
    // The first use builds the phrases.
    let begin = Instant::now();
    text::read(None, "How do I stop it?");
    println!("first use: {:?}", begin.elapsed());
    let size: usize = bodies.iter().map(|body| body.len()).sum();
    println!("{} messages of {} bytes on average", bodies.len(), size / bodies.len().max(1));
    let each = |begin: Instant| begin.elapsed().as_secs_f64() * 1e6 / bodies.len().max(1) as f64;
    let begin = Instant::now();
    let own: Vec<String> = bodies.iter().map(|body| text::own_words(body)).collect();
    println!("parts {:.1} µs", each(begin));
    let begin = Instant::now();
    let found: usize = own.iter().map(|own| text::read(None, own).signals.found.len()).sum();
    println!("signals, facts and language {:.1} µs ({found} signs)", each(begin));
    let begin = Instant::now();
    let known = own.iter().filter(|own| text::language(own).is_some()).count();
    println!("of which facts and language {:.1} µs ({known} known)", each(begin));
    let begin = Instant::now();
    let stretches: usize = own.iter().map(|own| text::stretches(own).count()).sum();
    println!("of which stretches {:.1} µs ({stretches})", each(begin));
}
