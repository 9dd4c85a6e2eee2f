//! One large mailbox: collecting it, and collecting and normalizing it beside GrimoireLab's Perceval.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use simulate::Settings;

use super::figure::{Figure, Wanted};
use super::process::{Took, run};
use super::{Part, Setup};
use crate::print;

/// A simulated community of this many messages has about one megabyte of mail for each thousand.
const MESSAGES_PER_MEGABYTE: u64 = 2_600;

pub(crate) fn measure(setup: &Setup, figures: &mut Vec<Figure>) -> Result<()> {
    let mailbox = setup.folder.join("mailbox").join("big.mbox");
    let megabytes = make(setup, &mailbox)?;
    let sync = |until: &str| -> Result<Vec<f64>> {
        (0..setup.runs).map(|_| Ok(sync_fresh(setup, &mailbox, until)?.seconds)).collect()
    };
    if setup.wants(&[Part::Collect]) {
        print::note(format_args!("collecting {megabytes:.0} MB of mail"));
        let rates = sync("collect")?.into_iter().map(|seconds| megabytes / seconds).collect();
        let what = format!("collect a {megabytes:.0} MB mbox into the archive");
        figures.push(Figure::new("collect", what, "MB/s", Wanted::AtLeast(150.0), rates));
    }
    if setup.wants(&[Part::Normalize]) {
        print::note(format_args!("collecting {megabytes:.0} MB of mail and making all tables of it"));
        let ours = sync("tables")?;
        let theirs = perceval(setup, &mailbox);
        compare(megabytes, ours, theirs, figures);
    }
    fs::remove_dir_all(setup.folder.join("mailbox")).context("cannot remove the mailbox")
}

/// Both rates and their ratio. Ours makes every table (people, conversations, signals), theirs one JSON
/// line a mail: the comparison is not in our favour.
fn compare(megabytes: f64, ours: Vec<f64>, theirs: Result<Vec<f64>>, figures: &mut Vec<Figure>) {
    let rates = |seconds: &[f64]| seconds.iter().map(|seconds| megabytes / seconds).collect::<Vec<_>>();
    let own = Figure::new("tables", "collect it and make all tables", "MB/s", Wanted::Nothing, rates(&ours));
    let what = "collect and normalize it, compared with Perceval";
    let wanted = Wanted::AtLeast(20.0);
    match theirs {
        Ok(theirs) => {
            let other = Figure::new("perceval", "Perceval mbox --json-line", "MB/s", Wanted::Nothing, rates(&theirs));
            let median = other.median().unwrap_or(f64::INFINITY);
            let ratios = rates(&ours).into_iter().map(|rate| rate / median).collect();
            figures.extend([own, other, Figure::new("normalize", what, "times", wanted, ratios)]);
        }
        Err(error) => {
            let ratio = Figure::new("normalize", what, "times", wanted, Vec::new());
            figures.extend([own, ratio.note(format!("Perceval did not run: {error:#}"))]);
        }
    }
}

/// Writes one mailbox of the wanted size out of a simulated list's months, and gives its megabytes (10^6).
fn make(setup: &Setup, mailbox: &Path) -> Result<f64> {
    let community = setup.folder.join("mailbox-community");
    let messages = setup.mailbox * MESSAGES_PER_MEGABYTE;
    print::note(format_args!("simulating {messages} messages for the mailbox"));
    simulate::write(&Settings::new(messages), &community, &mut |_| ())?;
    let folder = mailbox.parent().context("a mailbox lies in a folder")?;
    fs::create_dir_all(folder)?;
    let mut out = File::create(mailbox)?;
    let mut months: Vec<PathBuf> =
        fs::read_dir(community.join("list"))?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    months.sort();
    let mut bytes = 0;
    for month in months {
        if bytes >= setup.mailbox * 1_000_000 {
            break;
        }
        bytes += io::copy(&mut File::open(month)?, &mut out)?;
    }
    out.flush()?;
    fs::remove_dir_all(community)?;
    Ok(bytes as f64 / 1e6)
}

/// Syncs the mailbox into a workspace of its own, up to a step.
fn sync_fresh(setup: &Setup, mailbox: &Path, until: &str) -> Result<Took> {
    let workspace = setup.folder.join("mailbox").join("workspace");
    let _ = fs::remove_dir_all(&workspace);
    let place = workspace.to_string_lossy().into_owned();
    run(&setup.binary, &["init", &place])?;
    run(&setup.binary, &["-C", &place, "add", "mbox", "list", "--path", &mailbox.to_string_lossy()])?;
    run(&setup.binary, &["-C", &place, "--quiet", "--no-progress", "sync", "--until", until])
}

/// Perceval's seconds on the same mailbox. It is installed into the user's cache folder on first use.
fn perceval(setup: &Setup, mailbox: &Path) -> Result<Vec<f64>> {
    let program = install()?;
    print::note(format_args!("the same with Perceval"));
    let folder = mailbox.parent().context("a mailbox lies in a folder")?.to_string_lossy();
    let alone = setup.folder.join("perceval");
    fs::create_dir_all(&alone)?;
    // It reads every file of the folder, and the workspace lies beside the mailbox.
    let copy = alone.join("big.mbox");
    fs::hard_link(mailbox, &copy).or_else(|_| fs::copy(mailbox, &copy).map(|_| ())).context("cannot copy")?;
    let out = setup.folder.join("perceval.jsonl").to_string_lossy().into_owned();
    let place = alone.to_string_lossy();
    let uri = format!("file://{folder}");
    let seconds = (0..setup.runs)
        .map(|_| Ok(run(&program, &["mbox", &uri, &place, "--json-line", "-o", &out])?.seconds))
        .collect();
    fs::remove_dir_all(&alone)?;
    let _ = fs::remove_file(&out);
    seconds
}

fn install() -> Result<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    let cache = cache.or_else(home).context("no folder for caches; set XDG_CACHE_HOME")?;
    let venv = cache.join("switchboard-bench").join("perceval");
    let program = venv.join("bin").join("perceval");
    if !program.is_file() {
        print::note(format_args!("installing Perceval from PyPI into {}", venv.display()));
        run(Path::new("python3"), &["-m".as_ref(), "venv".as_ref(), venv.as_os_str()])?;
        run(&venv.join("bin").join("pip"), &["install", "--quiet", "perceval"])?;
    }
    Ok(program)
}
