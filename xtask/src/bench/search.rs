//! Searching: how fast on a large community, and beside `notmuch` (Debian's package) on the same mail.
//!
//! What is compared with what: as commands, each a process of its own with the files in the system's cache
//! (`switchboard search` against `notmuch search`); and warm, our server over HTTP against notmuch's own library
//! with its database open (`python3-notmuch2`, where it is installed). Both give the first twenty conversations, ours
//! with an excerpt each. Indexing is our whole `sync` (which also derives everything else) against `notmuch new`.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use simulate::Settings;

use super::figure::{Figure, Wanted, percentile};
use super::http::{encode, get};
use super::process::{run, run_for_output};
use super::{Setup, community};
use crate::print;

/// Different queries that the server is asked.
const QUERIES: usize = 200;
/// How often each query is asked by both; the median counts.
const TIMES: usize = 5;
/// Messages of the mail that notmuch gets, at most: it wants a file for each.
const MAILS: u64 = 100_000;

/// Fifty queries of every sort: ours, and the same for notmuch.
const BESIDE: [(&str, &str); 50] = include!("search/queries.in");

/// Asks every query of the library in one process, and prints the milliseconds of each, one per line.
const LIBRARY: &str = "
import sys, time, statistics, notmuch2
database = notmuch2.Database(sys.argv[1])
for query in sys.stdin.read().splitlines():
    times = []
    for _ in range(int(sys.argv[2])):
        begun = time.perf_counter()
        shown = []
        for thread in database.threads(query, sort=notmuch2.Database.SORT.NEWEST_FIRST):
            shown.append((thread.threadid, thread.subject, thread.authors, thread.last))
            if len(shown) == 20:
                break
        times.append((time.perf_counter() - begun) * 1e3)
    print(statistics.median(times))
";

/// Measures the server of the large community.
pub(super) fn latency(
    setup: &Setup,
    settings: &Settings,
    address: SocketAddr,
    figures: &mut Vec<Figure>,
) -> Result<()> {
    let queries = queries(&simulate::questions(settings, QUERIES)?);
    for (name, words, limit) in [("search-words", "yes", 20.0), ("search", "no", 40.0)] {
        let path = |query: &String| format!("/api/v1/search?limit=20&words={words}&q={}", encode(query));
        let paths: Vec<String> = queries.iter().map(path).collect();
        // Once to warm: what is read when first asked for belongs to nobody's query.
        paths.iter().try_for_each(|path| get(address, path).map(drop))?;
        let (mut highs, mut all) = (Vec::new(), Vec::new());
        for _ in 0..setup.runs {
            let times = paths.iter().map(|path| milliseconds(|| get(address, path).map(drop)));
            let times = times.collect::<Result<Vec<f64>>>()?;
            highs.extend(percentile(&times, 95.0));
            all.extend(times);
        }
        let what = match words {
            "yes" => "`search` by words, 95 of 100 requests, server warm",
            _ => "`search` by words and meaning, 95 of 100 requests, server warm",
        };
        let middle = percentile(&all, 50.0).unwrap_or_default();
        let worst = percentile(&all, 100.0).unwrap_or_default();
        let note = format!("{} requests: median {middle:.1} ms, slowest {worst:.1} ms", all.len());
        figures.push(Figure::new(name, what, "ms", Wanted::AtMost(limit), highs).note(note));
    }
    Ok(())
}

/// Questions whole, and as people shorten them: some words, a phrase, a filter.
fn queries(questions: &[String]) -> Vec<String> {
    let words = |question: &str, from: usize, count: usize| {
        question.split_whitespace().skip(from).take(count).collect::<Vec<_>>().join(" ").replace('"', "")
    };
    let shaped = questions.iter().enumerate().map(|(at, question)| match at % 5 {
        0 => question.replace('"', ""),
        1 => words(question, 0, 3),
        2 => words(question, 2, 2),
        3 => format!("\"{}\"", words(question, 1, 2)),
        _ => format!("{} {}", words(question, 0, 4), ["is:unanswered", "has:code", "after:1y", "in:list"][at / 5 % 4]),
    });
    shaped.collect()
}

/// Measures ours beside notmuch.
pub(super) fn beside(setup: &Setup, figures: &mut Vec<Figure>) -> Result<()> {
    if Command::new("notmuch").arg("--version").output().is_err() {
        let note = "notmuch is not installed: apt-get install notmuch python3-notmuch2";
        figures.push(
            Figure::new("notmuch", "queries slower than notmuch", "", Wanted::AtMost(0.0), Vec::new()).note(note),
        );
        return Ok(());
    }
    let folder = setup.folder.join("beside");
    let mail = Mail::make(setup, &folder)?;
    let (ours, theirs) = (mail.index_ours(setup)?, mail.index_theirs()?);
    figures.push(Figure::new(
        "index-time",
        "sync of that mail, everything derived and indexed",
        "s",
        Wanted::Nothing,
        vec![ours],
    ));
    figures.push(Figure::new("notmuch-time", "`notmuch new` on the same mail", "s", Wanted::Nothing, vec![theirs]));
    for (name, what, path) in [
        ("index-size", "size of our index", mail.workspace.join("index")),
        ("notmuch-size", "size of notmuch's", mail.maildir.join(".notmuch")),
    ] {
        figures.push(Figure::new(name, what, "MB", Wanted::Nothing, vec![size(&path)? as f64 / 1e6]));
    }
    mail.commands(setup, figures)?;
    let (_running, _, address) = community::serve(setup, &mail.workspace)?;
    mail.warm(address, figures)
}

/// The same mail for both.
struct Mail {
    mailboxes: PathBuf,
    workspace: PathBuf,
    maildir: PathBuf,
    config: PathBuf,
}

impl Mail {
    fn make(setup: &Setup, folder: &Path) -> Result<Mail> {
        let messages = setup.messages.min(MAILS);
        print::note(format_args!("simulating {messages} messages, their mail for notmuch"));
        let input = folder.join("input");
        fs::create_dir_all(folder)?;
        simulate::write(&Settings::new(messages), &input, &mut |_| ())?;
        let mail = Mail {
            mailboxes: input.join("list"),
            workspace: folder.join("workspace"),
            maildir: folder.join("maildir"),
            config: folder.join("notmuch-config"),
        };
        mail.split()?;
        Ok(mail)
    }

    /// One file for each mail.
    fn split(&self) -> Result<()> {
        for part in ["cur", "new", "tmp"] {
            fs::create_dir_all(self.maildir.join(part))?;
        }
        let mut number = 0_u64;
        for entry in fs::read_dir(&self.mailboxes)? {
            let bytes = fs::read(entry?.path())?;
            let text = String::from_utf8_lossy(&bytes);
            for mail in text.strip_prefix("From ").unwrap_or(&text).split("\n\nFrom ") {
                let mail = mail.split_once('\n').map_or("", |(_, mail)| mail);
                fs::write(self.maildir.join(format!("cur/{number}:2,S")), mail)?;
                number += 1;
            }
        }
        ensure!(number > 0, "there is no mail in {}", self.mailboxes.display());
        let database = self.maildir.display();
        let config =
            format!("[database]\npath={database}\n[user]\nname=x\nprimary_email=x@example.org\n[new]\ntags=inbox\n");
        fs::write(&self.config, config).context("cannot write notmuch's configuration")
    }

    fn index_ours(&self, setup: &Setup) -> Result<f64> {
        let place = self.workspace.to_string_lossy();
        run(&setup.binary, &["init", &place])?;
        let path = self.mailboxes.to_string_lossy();
        run(&setup.binary, &["-C", &place, "add", "mbox", "list", "--path", &path])?;
        Ok(run(&setup.binary, &["-C", &place, "--quiet", "--no-progress", "sync"])?.seconds)
    }

    fn index_theirs(&self) -> Result<f64> {
        print::note(format_args!("indexing with notmuch"));
        Ok(run(Path::new("notmuch"), &[&self.option(), "new", "--quiet"])?.seconds)
    }

    fn option(&self) -> String {
        format!("--config={}", self.config.display())
    }

    /// Each query as a command of its own.
    fn commands(&self, setup: &Setup, figures: &mut Vec<Figure>) -> Result<()> {
        print::note(format_args!("{} queries as commands, ours and notmuch's", BESIDE.len()));
        let place = self.workspace.to_string_lossy();
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for (own, other) in BESIDE {
            let own = ["-C", &place, "--quiet", "search", "--words", "--limit", "20", own];
            ours.push(middle(|| milliseconds(|| quiet(&setup.binary, &own)))?);
            let option = self.option();
            let other = [option.as_str(), "search", "--limit=20", other];
            theirs.push(middle(|| milliseconds(|| quiet(Path::new("notmuch"), &other)))?);
        }
        tell("command", "as commands", &ours, &theirs, figures);
        Ok(())
    }

    /// Each query of the server, and of notmuch's library in one process.
    fn warm(&self, address: SocketAddr, figures: &mut Vec<Figure>) -> Result<()> {
        let script = self.config.with_extension("py");
        fs::write(&script, LIBRARY)?;
        let asked = self.config.with_extension("queries");
        fs::write(&asked, BESIDE.map(|(_, other)| other).join("\n"))?;
        let command =
            format!("exec python3 '{}' '{}' {TIMES} < '{}'", script.display(), self.maildir.display(), asked.display());
        let Ok((_, printed)) = run_for_output(Path::new("sh"), &["-c", &command]) else {
            let note = "notmuch's library is not installed: apt-get install python3-notmuch2";
            let figure =
                Figure::new("warm", "queries slower than notmuch's, warm", "", Wanted::AtMost(0.0), Vec::new());
            figures.push(figure.note(note));
            return Ok(());
        };
        let theirs: Vec<f64> = printed.lines().filter_map(|line| line.parse().ok()).collect();
        ensure!(theirs.len() == BESIDE.len(), "notmuch's library answered {} queries", theirs.len());
        let path = |query: &str| format!("/api/v1/search?limit=20&words=yes&q={}", encode(query));
        let ours = BESIDE.iter().map(|(own, _)| middle(|| milliseconds(|| get(address, &path(own)).map(drop))));
        tell("warm", "warm", &ours.collect::<Result<Vec<f64>>>()?, &theirs, figures);
        Ok(())
    }
}

/// Times side by side, and in how many queries ours took longer.
fn tell(name: &'static str, how: &str, ours: &[f64], theirs: &[f64], figures: &mut Vec<Figure>) {
    let slower: Vec<&str> = BESIDE
        .iter()
        .zip(ours.iter().zip(theirs))
        .filter(|(_, (ours, theirs))| ours > theirs)
        .map(|((own, _), _)| *own)
        .collect();
    let of = |times: &[f64]| {
        let at = |percent| percentile(times, percent).unwrap_or_default();
        format!("median {:.2} ms, slowest {:.2} ms", at(50.0), at(100.0))
    };
    let mut note = format!("ours {}; notmuch {}", of(ours), of(theirs));
    if !slower.is_empty() {
        note += &format!("; slower: {}", slower.join(" | "));
    }
    let what = format!("queries of {} that notmuch answers faster, {how}", BESIDE.len());
    figures.push(Figure::new(name, what, "", Wanted::AtMost(0.0), vec![slower.len() as f64]).note(note));
}

fn middle(mut once: impl FnMut() -> Result<f64>) -> Result<f64> {
    let times = (0..TIMES).map(|_| once()).collect::<Result<Vec<f64>>>()?;
    Ok(percentile(&times, 50.0).unwrap_or_default())
}

fn milliseconds(once: impl FnOnce() -> Result<()>) -> Result<f64> {
    let begun = Instant::now();
    once()?;
    Ok(begun.elapsed().as_secs_f64() * 1e3)
}

/// Runs a command whose output nobody reads; that nothing was found is no failure.
fn quiet(program: &Path, arguments: &[&str]) -> Result<()> {
    let output = Command::new(program).args(arguments).output();
    let output = output.with_context(|| format!("cannot run {}", program.display()))?;
    ensure!(output.status.code().is_some_and(|code| code <= 1), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

fn size(path: &Path) -> Result<u64> {
    if !path.is_dir() {
        return Ok(path.metadata()?.len());
    }
    fs::read_dir(path)?.map(|entry| size(&entry?.path())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_queries_are_fifty_different_ones() {
        let mut ours = BESIDE.map(|(own, _)| own).to_vec();
        ours.sort_unstable();
        ours.dedup();
        assert_eq!(ours.len(), BESIDE.len());
    }

    #[test]
    fn questions_are_shortened_in_every_way() {
        let question = "how do I stop the reactor \"now\"".to_owned();
        let found = queries(&vec![question; 5]);
        assert_eq!(found[1], "how do I");
        assert_eq!(found[3], "\"do I\"");
        assert_eq!(found[4], "how do I stop is:unanswered");
    }
}
