//! Whether a number is to be believed, and whether anybody needs it.

use ::metric::Catalogue;
use anyhow::Result;
use clap::Args;
use desk::{Desk, Doubt, Retired};
use serde_json::json;

use crate::cli::usage;
use crate::commands::Done;
use crate::commands::case::By;
use crate::commands::metric::{instant, named};
use crate::session::{self, Session};
use crate::show;

/// Report a metric no more; its reason stays
#[derive(Debug, Args)]
pub struct Retire {
    /// The metric
    #[arg(value_name = "METRIC")]
    name: String,
    /// Why: as "the mirror network hides the downloads"
    #[arg(long, value_name = "TEXT")]
    why: String,
    #[command(flatten)]
    by: By,
}

/// Report a retired metric again
#[derive(Debug, Args)]
pub struct Restore {
    /// The metric
    #[arg(value_name = "METRIC")]
    name: String,
    #[command(flatten)]
    by: By,
}

/// Say what is not true about a metric or a source; it is said wherever the number stands
#[derive(Debug, Args)]
pub struct Disbelieve {
    /// The metric, or a source as `source:NAME`
    #[arg(value_name = "METRIC")]
    about: String,
    /// What is not true about it
    #[arg(long, value_name = "TEXT")]
    why: String,
    /// From this day or instant on (UTC) [default: always]
    #[arg(long, value_name = "TIME", value_parser = instant)]
    from: Option<i64>,
    /// Until before this day or instant (UTC) [default: it lasts]
    #[arg(long, value_name = "TIME", value_parser = instant)]
    until: Option<i64>,
    #[command(flatten)]
    by: By,
}

/// Believe a metric or a source again
#[derive(Debug, Args)]
pub struct Trust {
    /// The metric, or a source as `source:NAME`
    #[arg(value_name = "METRIC")]
    about: String,
    #[command(flatten)]
    by: By,
}

/// The desk, if there is a metric or a source called so.
fn desk_of(session: &Session, about: &str) -> Result<Desk> {
    let workspace = session.workspace()?;
    match about.strip_prefix("source:") {
        Some(source) => drop(workspace.config()?.named(&[source.to_owned()])?),
        None => drop(named(&Catalogue::with_folder(&workspace.metrics()), about)?.name.clone()),
    }
    Ok(Desk::open(&workspace.desk())?)
}

fn said(session: &Session, about: &str, text: &str) -> Result<Done> {
    session.printer.note(format_args!("{}: {text}", show::clean(about)));
    if session.printer.json {
        session.printer.json(&json!({ "about": about, "now": text }))?;
    }
    Ok(Done::Found)
}

impl Retire {
    pub(super) fn run(self, session: &Session) -> Result<Done> {
        desk_of(session, &self.name)?.keep(&self.name, &Retired { why: self.why }, &self.by.who, session::now())?;
        said(session, &self.name, "retired; its reason stays")
    }
}

impl Restore {
    pub(super) fn run(self, session: &Session) -> Result<Done> {
        desk_of(session, &self.name)?.drop_record::<Retired>(&self.name, &self.by.who, session::now())?;
        said(session, &self.name, "waits for a goal again")
    }
}

impl Disbelieve {
    pub(super) fn run(self, session: &Session) -> Result<Done> {
        let doubt = Doubt { about: self.about.clone(), why: self.why, from: self.from, until: self.until };
        desk_of(session, &self.about)?.keep_new(&self.about, &doubt, &self.by.who, session::now())?;
        said(session, &self.about, "doubted wherever the number stands")
    }
}

impl Trust {
    pub(super) fn run(self, session: &Session) -> Result<Done> {
        let mut desk = desk_of(session, &self.about)?;
        let about: Vec<String> = desk
            .records::<Doubt>()?
            .into_values()
            .filter(|kept| kept.record.about == self.about)
            .map(|kept| kept.name)
            .collect();
        if about.is_empty() {
            return Err(usage(format!("nothing is said against {}", show::clean(&self.about))));
        }
        for name in about {
            desk.drop_record::<Doubt>(&name, &self.by.who, session::now())?;
        }
        said(session, &self.about, "believed again")
    }
}
