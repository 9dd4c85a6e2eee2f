//! `switchboard report`: newsletter, digest, reviews, release notes; drafts to edit, and what was sent.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand, ValueEnum};
use desk::Desk;
use metric::Catalogue;
use report::{Ask, Document, Kind, Made, Period, Sources, Templates};
use serde_json::json;

use super::Done;
use super::case::By;
use crate::cli::usage;
use crate::community;
use crate::queries::Queries;
use crate::session::{self, Session};
use crate::show;
use crate::workspace::Workspace;

mod kept;

/// Make a newsletter, digest, review or release notes; edit, show and send what was kept
///
/// A report is a draft for you to edit: nothing is sent by itself. The words around the facts are templates; put your own
/// into the workspace's folder `reports` (`switchboard report template newsletter.md` prints ours to begin with).
#[derive(Debug, Args)]
pub struct Report {
    #[command(subcommand)]
    command: ReportCommand,
}

#[derive(Debug, Subcommand)]
enum ReportCommand {
    /// List the kinds of reports, the drafts, and what was sent
    List,
    /// The month for everybody
    Newsletter(Make),
    /// The week for the team
    Digest(Make),
    /// The quarter for stakeholders: goals first
    Review(Make),
    /// What each support tier promised, and what was asked and given
    Tiers(Make),
    /// The year for everybody
    Year(Make),
    /// One channel
    Channel(MakeOf),
    /// One source: a project's repository, a list, a forum
    Source(MakeOf),
    /// What is new between two releases or days
    Release(MakeRelease),
    /// Show a kept report
    Show(kept::Show),
    /// Edit a draft in your editor ($VISUAL, $EDITOR), or take its text from a file
    Edit(kept::Edit),
    /// Mail a kept report to the addresses named, through the mail server of `[mail]`
    Send(kept::Send),
    /// Print one of our templates, to be changed and put into the workspace's folder `reports`
    Template(Template),
}

/// When, and in which form.
#[derive(Debug, Args)]
pub struct Make {
    /// When: 2019-05, 2019-W20, 2019-Q2, 2019, 2019-05-13 or 2019-05-13..2019-06-02; the last whole one if not given
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    #[command(flatten)]
    outlet: Outlet,
}

/// What becomes of what was made.
#[derive(Debug, Args)]
struct Outlet {
    #[command(flatten)]
    form: Form,
    /// Keep it as a draft, to be edited
    #[arg(long)]
    save: bool,
    #[command(flatten)]
    by: By,
}

/// The same of one place.
#[derive(Debug, Args)]
pub struct MakeOf {
    /// A source, or a channel as SOURCE/CHANNEL
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    make: Make,
}

/// The same of two releases.
#[derive(Debug, Args)]
pub struct MakeRelease {
    /// The release before, or a day
    #[arg(value_name = "FROM")]
    from: String,
    /// The release that is new, or a day
    #[arg(value_name = "TO")]
    to: String,
    #[command(flatten)]
    outlet: Outlet,
}

/// The form of a report.
#[derive(Debug, Args)]
pub struct Form {
    /// The form
    #[arg(long, value_name = "FORM", default_value = "md")]
    format: Format,
    /// Write it to this file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The forms there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Markdown, to be edited
    Md,
    /// One HTML file with all that belongs to it
    Html,
    /// A mail, to be opened as a draft
    Mail,
    /// PDF
    Pdf,
}

/// One of our templates.
#[derive(Debug, Args)]
pub struct Template {
    /// Its name, as newsletter.md
    #[arg(value_name = "NAME")]
    name: String,
}

impl Report {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        match self.command {
            ReportCommand::List => kept::list(session),
            ReportCommand::Newsletter(make) => make.run(session, Kind::Newsletter, ""),
            ReportCommand::Digest(make) => make.run(session, Kind::Digest, ""),
            ReportCommand::Review(make) => make.run(session, Kind::Review, ""),
            ReportCommand::Tiers(make) => make.run(session, Kind::Tiers, ""),
            ReportCommand::Year(make) => make.run(session, Kind::Year, ""),
            ReportCommand::Channel(of) => of.make.run(session, Kind::Channel, &of.name),
            ReportCommand::Source(of) => of.make.run(session, Kind::Source, &of.name),
            ReportCommand::Release(release) => release.run(session),
            ReportCommand::Show(show) => show.run(session),
            ReportCommand::Edit(edit) => edit.run(session),
            ReportCommand::Send(send) => send.run(session),
            ReportCommand::Template(template) => template.run(session),
        }
    }
}

impl Make {
    fn run(self, session: &Session, kind: Kind, of: &str) -> Result<Done> {
        let period = self.period.as_deref().map(Period::parse).transpose().map_err(usage)?;
        let made = make(&session.workspace()?, kind, |questions| Ask::usual(kind, period, of, questions.now()))?;
        finish(session, &made, &self.outlet)
    }
}

impl MakeRelease {
    fn run(self, session: &Session) -> Result<Done> {
        let ask = |questions: &dyn report::Questions| Ask::release(questions, &self.from, &self.to);
        let made = make(&session.workspace()?, Kind::Release, ask)?;
        finish(session, &made, &self.outlet)
    }
}

impl Template {
    fn run(self, session: &Session) -> Result<Done> {
        let Some(text) = Templates::text(&self.name) else {
            let names: Vec<&str> = Templates::shipped().names().into_iter().map(|(name, _)| name).collect();
            return Err(usage(format!("no template is called {}; there are {}", self.name, names.join(", "))));
        };
        session.printer.data(|out| out.write_all(text.as_bytes()))?;
        Ok(Done::Found)
    }
}

/// Makes a report; one for everybody of what everybody may see.
fn make(
    workspace: &Workspace,
    kind: Kind,
    ask: impl FnOnce(&dyn report::Questions) -> report::Result<Ask>,
) -> Result<Made> {
    let config = workspace.config()?;
    let hidden = if kind.is_public() { config.server.private.as_slice() } else { &[] };
    let community = community::open_without(workspace, &config, hidden)?;
    let (queries, catalogue) = (Queries::new(workspace.clone()), Catalogue::with_folder(&workspace.metrics()));
    let desk = workspace.desk().exists().then(|| Desk::open_read_only(&workspace.desk())).transpose()?;
    let sources = Sources {
        questions: &community,
        // A query sees private places too.
        sql: hidden.is_empty().then_some(&queries as &dyn metric::Sql),
        catalogue: &catalogue,
        desk: desk.as_ref(),
    };
    let ask = ask(&community)?;
    Ok(report::make(&sources, &Templates::with_folder(&workspace.reports()), &ask)?)
}

fn finish(session: &Session, made: &Made, outlet: &Outlet) -> Result<Done> {
    let Outlet { form, save, by } = outlet;
    let mut name = None;
    if *save {
        let Made { ask, title, markdown } = made.clone();
        let (kind, period) = (ask.kind.as_str(), ask.period.id());
        let called = [kind, ask.of.as_str(), &period].join(" ");
        let draft =
            desk::Report { kind: kind.to_owned(), period, of: ask.of, title, markdown, ..desk::Report::default() };
        let mut desk = Desk::open(&session.workspace()?.desk())?;
        let kept = desk.keep_new(&called, &draft, &by.who, session::now())?;
        session.printer.note(format_args!("kept as `{kept}`; `switchboard report edit {kept}` changes it"));
        name = Some(kept);
    }
    if session.printer.json && form.output.is_none() {
        let Made { ask, title, markdown } = made;
        let (kind, period) = (ask.kind.as_str(), ask.period.id());
        session.printer.json(&json!({
            "name": name, "kind": kind, "period": period, "of": ask.of, "title": title, "markdown": markdown,
        }))?;
        return Ok(Done::Found);
    }
    let id = format!("{}-{}", made.ask.kind.as_str(), made.ask.period.id().replace('.', "-"));
    form.give(session, &made.markdown, &id)?;
    Ok(Done::Found)
}

impl Form {
    /// Writes a report in this form.
    fn give(&self, session: &Session, markdown: &str, id: &str) -> Result<()> {
        let document = Document::read(markdown);
        let bytes = match self.format {
            Format::Md => markdown.as_bytes().to_vec(),
            Format::Html => document.html()?.into_bytes(),
            Format::Mail => document.mail_draft(id, jiff::Timestamp::from_microsecond(session::now())?)?,
            Format::Pdf if self.output.is_none() => return Err(usage("a PDF is no text; name a file with --output")),
            Format::Pdf => document.pdf()?,
        };
        match &self.output {
            Some(file) => {
                std::fs::write(file, bytes).with_context(|| format!("cannot write {}", file.display()))?;
                session.printer.note(format_args!("written to {}", file.display()));
            }
            None => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                session.printer.data(|out| text.lines().try_for_each(|line| writeln!(out, "{}", show::clean(line))))?;
            }
        }
        Ok(())
    }
}
