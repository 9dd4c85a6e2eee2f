//! What pages, API and assistants are answered from: the workspace, open.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use web::{Answers, Latest, Service};

use crate::config::Config;
use crate::office::{self, Workroom};
use crate::queries::Queries;
use crate::workspace::Workspace;
use crate::{community, session};

/// Opens a workspace for pages, API and assistants. What a sync brings meanwhile, or a change of the settings, is seen when it
/// is read; only the section `[server]` counts as it stood when the program was started.
pub fn open(workspace: Workspace, config: Config) -> Result<Service> {
    let (desk, metrics, queries) = (workspace.desk(), workspace.metrics(), Queries::new(workspace.clone()));
    let reports = workspace.reports();
    let (gate, private) = (config.server.gate()?, config.server.private.clone());
    let office = Workroom::new(workspace.clone());
    let (workspace, config) = (Arc::new(workspace), Arc::new(Mutex::new(Arc::new(config))));
    let open = |private: Vec<String>| {
        let (workspace, config, file) = (workspace.clone(), config.clone(), workspace.config_file());
        let open = move || community::open_without(&workspace, &latest(&workspace, &config), &private);
        Latest::open_again(open, move || number(office::stamp(&file)))
    };
    // Whoever may not see everything asks tables of their own: what is private was never collected there.
    let seen_by_viewers = match private.is_empty() {
        true => None,
        false => Some(Arc::new(open(private)?) as Arc<dyn Answers>),
    };
    Ok(Service {
        answers: Arc::new(open(Vec::new())?),
        sql: Some(Arc::new(queries)),
        metrics: Some(metrics),
        reports: Some(reports),
        desk: Some(desk),
        office: Some(Arc::new(office)),
        seen_by_viewers,
        gate,
        clock: session::now,
    })
}

/// The configuration as it stands; the last one that could be read while somebody edits it by hand.
fn latest(workspace: &Workspace, known: &Mutex<Arc<Config>>) -> Arc<Config> {
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    match workspace.config() {
        Ok(config) => *known = Arc::new(config),
        Err(error) => tracing::warn!("the settings are left as they were: {error:#}"),
    }
    known.clone()
}

/// A stamp as a number: another one for another stamp, but for a chance of one in 2^64.
fn number(stamp: office::Stamp) -> u64 {
    let mut hasher = DefaultHasher::new();
    stamp.hash(&mut hasher);
    hasher.finish()
}
