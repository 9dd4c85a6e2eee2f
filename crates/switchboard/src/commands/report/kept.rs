//! Reports that are kept: listed, shown, edited, sent.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use desk::{Desk, Kept, Report};
use notify::{Failure, Mailer};
use report::{Document, Kind, Templates};
use serde_json::json;

use super::{By, Done, Form};
use crate::alerts::targets;
use crate::cli::usage;
use crate::commands::saved::reading;
use crate::printer::{BOLD, FAINT};
use crate::session::{self, Session};
use crate::show;

/// Bytes of a report's text that are read from a file.
const LONGEST: u64 = 1 << 20;

/// A kept report, in some form.
#[derive(Debug, Args)]
pub struct Show {
    /// Its name, as `switchboard report list` gives it
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    form: Form,
}

/// A draft to be changed.
#[derive(Debug, Args)]
pub struct Edit {
    /// Its name, as `switchboard report list` gives it
    #[arg(value_name = "NAME")]
    name: String,
    /// Take the text from this file; `-` is what comes in
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    by: By,
}

/// A report to be mailed.
#[derive(Debug, Args)]
pub struct Send {
    /// Its name, as `switchboard report list` gives it
    #[arg(value_name = "NAME")]
    name: String,
    /// To which address; may be given more than once
    #[arg(long, value_name = "ADDRESS", required = true)]
    to: Vec<String>,
    #[command(flatten)]
    by: By,
}

/// Lists kinds, drafts and what was sent.
pub(super) fn list(session: &Session) -> Result<Done> {
    let workspace = session.workspace()?;
    let reports = reading(&workspace)?.records::<Report>()?;
    let own = Templates::with_folder(&workspace.reports()).names();
    let own: Vec<&str> = own.into_iter().filter(|(_, own)| *own).map(|(name, _)| name).collect();
    let printer = &session.printer;
    if printer.json {
        let kinds: Vec<_> = Kind::all()
            .map(|kind| json!({ "kind": kind.as_str(), "title": kind.title(), "about": kind.about() }))
            .collect();
        printer
            .json(&json!({ "kinds": kinds, "reports": reports.values().collect::<Vec<_>>(), "own_templates": own }))?;
        return Ok(Done::Found);
    }
    printer.data(|out| {
        for kind in Kind::all() {
            writeln!(out, "{BOLD}{}{BOLD:#}  {}", kind.as_str(), kind.about())?;
        }
        if !own.is_empty() {
            writeln!(out, "{FAINT}own templates: {}{FAINT:#}", own.join(", "))?;
        }
        reports.values().try_for_each(|kept| {
            let state = match kept.record.sent {
                Some(sent) => format!("sent on {} to {}", show::day(sent), kept.record.to.join(", ")),
                None => format!("a draft, changed on {} by {}", show::day(kept.at), kept.who),
            };
            let (name, title) = (show::clean(&kept.name), show::clean(&kept.record.title));
            writeln!(out, "\n{BOLD}{name}{BOLD:#}  {title}\n  {FAINT}{}{FAINT:#}", show::clean(&state))
        })
    })?;
    Ok(Done::Found)
}

impl Show {
    pub(super) fn run(self, session: &Session) -> Result<Done> {
        let kept = reading(&session.workspace()?)?.record::<Report>(&self.name)?;
        match session.printer.json && self.form.output.is_none() {
            true => session.printer.json(&kept)?,
            false => self.form.give(session, &kept.record.markdown, &self.name)?,
        }
        Ok(Done::Found)
    }
}

impl Edit {
    pub(super) fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let mut desk = Desk::open(&workspace.desk())?;
        let kept = draft(&desk, &self.name)?;
        let markdown = match &self.file {
            Some(file) => text_of(file)?,
            None => edited(&kept.record.markdown)?,
        };
        if markdown == kept.record.markdown {
            session.printer.note("nothing was changed");
            return Ok(Done::NotFound);
        }
        let title = Document::read(&markdown).title().unwrap_or_else(|| kept.record.title.clone());
        let changed = Report { markdown, title, ..kept.record };
        // Whoever was faster meanwhile is not written over.
        if desk.record::<Report>(&self.name)?.at != kept.at {
            bail!(
                "{} was changed by somebody else meanwhile; save your text with --file after looking at theirs",
                self.name
            );
        }
        desk.keep(&self.name, &changed, &self.by.who, session::now())?;
        session.printer.note(format_args!("`{}` is kept", self.name));
        Ok(Done::Found)
    }
}

impl Send {
    pub(super) fn run(self, session: &Session) -> Result<Done> {
        let wrong = |to: &&String| Mailer::check_address(to).is_err();
        if let Some(to) = self.to.iter().find(wrong) {
            return Err(usage(format!("`{to}` is no mail address; write one as ada@example.org")));
        }
        let workspace = session.workspace()?;
        let config = workspace.config()?;
        let mail = config.alerts.mail.as_ref();
        let mail = mail.context("no mail server is configured; add a section [mail] to switchboard.toml")?;
        let mailer = targets::mail_server(mail).map_err(anyhow::Error::msg)?;
        let mut desk = Desk::open(&workspace.desk())?;
        let kept = desk.record::<Report>(&self.name)?;
        let at = jiff::Timestamp::from_microsecond(kept.record.sent.unwrap_or_else(session::now))?;
        let letter = Document::read(&kept.record.markdown).letter(&self.name, at)?;
        let mut report = kept.record;
        let before = report.to.len();
        for to in &self.to {
            let sent = mailer.post(to, &letter, &mut || true);
            let known = report.to.len();
            match &sent {
                Ok(()) => report.to.push(to.clone()),
                Err(Failure::Unsure { .. }) => report.to.push(format!("{to} (perhaps)")),
                Err(_) => {}
            }
            if report.to.len() > known {
                // Kept after each one: what went out is known, whatever happens next.
                report.sent.get_or_insert(at.as_microsecond());
                desk.keep(&self.name, &report, &self.by.who, session::now())?;
            }
            match sent {
                Ok(()) => session.printer.note(format_args!("sent to {to}")),
                Err(failure) => session.printer.error(&anyhow::anyhow!("{to}: {failure}")),
            }
        }
        let sent = report.to.len() - before;
        if session.printer.json {
            session.printer.json(&json!({ "name": self.name, "to": report.to, "sent": report.sent }))?;
        }
        Ok(if sent == self.to.len() { Done::Found } else { Done::NotFound })
    }
}

/// A report that may still be changed.
fn draft(desk: &Desk, name: &str) -> Result<Kept<Report>> {
    let kept = desk.record::<Report>(name)?;
    if kept.record.is_sent() {
        bail!("{name} was sent and stays as it went; make another one");
    }
    Ok(kept)
}

fn text_of(file: &Path) -> Result<String> {
    let mut text = String::new();
    let read = match file.to_str() {
        Some("-") => std::io::stdin().take(LONGEST).read_to_string(&mut text),
        _ => std::fs::File::open(file).and_then(|file| file.take(LONGEST).read_to_string(&mut text)),
    };
    read.with_context(|| format!("cannot read {}", file.display()))?;
    Ok(text)
}

/// The text as it is after the editor of whoever sits at the terminal.
fn edited(text: &str) -> Result<String> {
    let editor = std::env::var("VISUAL").or_else(|_| std::env::var("EDITOR"));
    let editor = editor.map_err(|_| usage("no editor is known; set EDITOR, or name a file with --file"))?;
    let mut words = editor.split_whitespace();
    let program = words.next().ok_or_else(|| usage("EDITOR is empty; set it, or name a file with --file"))?;
    let file = tempfile::Builder::new().prefix("report-").suffix(".md").tempfile()?;
    std::fs::write(file.path(), text)?;
    let ended = Command::new(program).args(words).arg(file.path()).status();
    let ended = ended.with_context(|| format!("{program} could not be started"))?;
    if !ended.success() {
        bail!("{program} ended with an error; nothing was changed");
    }
    text_of(file.path())
}
