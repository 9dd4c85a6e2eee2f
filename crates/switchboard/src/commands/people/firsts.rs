//! `switchboard people firsts`: first contributions, thanks that say what was done, and what to ask next.

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use insight::care::{FirstKind, FirstsAsk};
use insight::views::{FirstView, KeysView};

use crate::cli::usage;
use crate::commands::Done;
use crate::community;
use crate::printer::{BOLD, FAINT, Out};
use crate::session::Session;
use crate::show;

/// Show who did something for the first time in the last thirty days, with a draft of thanks and the next ask
///
/// Those whom nobody has answered come first. Nothing is sent. Exit code 1 if there is nobody.
#[derive(Debug, Args)]
pub struct Firsts {
    /// Of this kind only: change, review, page, answer, report, event or message
    #[arg(long)]
    kind: Option<String>,
    /// At most so many people
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    limit: usize,
}

impl Firsts {
    /// Shows them.
    pub fn run(self, session: &Session) -> Result<Done> {
        let wrong = |kind: &str| {
            let known: Vec<&str> = FirstKind::ALL.iter().map(|kind| kind.as_str()).collect();
            usage(format!("`{}` is no kind; write one of {}", show::clean(kind), known.join(", ")))
        };
        let kind = self.kind.map(|kind| FirstKind::parse(&kind).ok_or_else(|| wrong(&kind))).transpose()?;
        let workspace = session.workspace()?;
        let community = community::open(&workspace, &workspace.config()?)?;
        let firsts = community.firsts(&FirstsAsk { kind, offset: 0, limit: self.limit })?;
        match session.printer.json {
            true => session.printer.json(&firsts)?,
            false => session.printer.data(|out| {
                firsts.people.iter().try_for_each(|one| print(out, one))?;
                firsts.keys.iter().try_for_each(|one| print_keys(out, one))
            })?,
        }
        Ok(if firsts.people.is_empty() { Done::NotFound } else { Done::Found })
    }
}

fn print(out: &mut Out, one: &FirstView) -> io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#} {FAINT}{}{FAINT:#}", show::clean(&one.person.name), one.level.as_str())?;
    for deed in &one.did {
        let title = deed.entry.conversation.as_ref().map(|conversation| conversation.title.as_str());
        let what = show::cut(title.or(deed.entry.detail.as_deref()).unwrap_or_default(), 80);
        let (kind, source) = (deed.kind.as_str(), show::clean(&deed.entry.source));
        writeln!(out, "  first {kind} on {}, {source}: {}", show::day(deed.entry.time), show::clean(&what))?;
    }
    if one.unanswered {
        writeln!(out, "  {BOLD}nobody has answered yet{BOLD:#}")?;
    }
    writeln!(out, "  {FAINT}could be said:{FAINT:#} “{}”", show::clean(&one.thanks))?;
    if let Some(next) = &one.next {
        let title = show::cut(&next.conversation.title, 80);
        writeln!(out, "  could be asked next: {} {FAINT}{}{FAINT:#}", show::clean(&title), next.conversation.id)?;
    }
    if let Some(mentor) = &one.mentor {
        let (name, why) = (show::clean(&mentor.person.name), mentor.why.join("; "));
        writeln!(out, "  could guide them, if asked: {name} {FAINT}{}{FAINT:#}", show::clean(&why))?;
    }
    Ok(())
}

fn print_keys(out: &mut Out, one: &KeysView) -> io::Result<()> {
    let (name, place) = (show::clean(&one.person.name), show::clean(&one.place));
    writeln!(
        out,
        "{BOLD}{name}{BOLD:#} time for the keys of {place}? {FAINT}{}{FAINT:#}",
        show::clean(&one.why.join("; "))
    )
}
