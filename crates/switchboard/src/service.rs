//! What pages, API and assistants are answered from: the workspace, open.

use std::sync::Arc;

use anyhow::Result;
use web::{Answers, Latest, Service};

use crate::config::Config;
use crate::queries::Queries;
use crate::workspace::Workspace;
use crate::{community, session};

/// Opens a workspace for pages, API and assistants. What a sync brings meanwhile is seen when it is read.
pub fn open(workspace: Workspace, config: Config) -> Result<Service> {
    let (desk, queries) = (workspace.desk(), Queries::new(workspace.clone()));
    let (gate, private) = (config.server.gate()?, config.server.private.clone());
    let (workspace, config) = (Arc::new(workspace), Arc::new(config));
    let open = |private: Vec<String>| {
        let (workspace, config) = (workspace.clone(), config.clone());
        Latest::open(move || community::open_without(&workspace, &config, &private))
    };
    // Whoever may not see everything asks tables of their own: what is private was never collected there.
    let seen_by_viewers = match private.is_empty() {
        true => None,
        false => Some(Arc::new(open(private)?) as Arc<dyn Answers>),
    };
    Ok(Service {
        answers: Arc::new(open(Vec::new())?),
        sql: Some(Arc::new(queries)),
        desk: Some(desk),
        office: None,
        seen_by_viewers,
        gate,
        clock: session::now,
    })
}
