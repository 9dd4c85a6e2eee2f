//! What pages, API and assistants are answered from: the workspace, open.

use std::sync::Arc;

use anyhow::Result;
use web::{Latest, Service};

use crate::config::Config;
use crate::queries::Queries;
use crate::workspace::Workspace;
use crate::{community, session};

/// Opens a workspace for pages, API and assistants. What a sync brings meanwhile is seen when it is read.
pub fn open(workspace: Workspace, config: Config) -> Result<Service> {
    let (desk, queries) = (workspace.desk(), Queries::new(workspace.clone()));
    let latest = Latest::open(move || community::open(&workspace, &config))?;
    Ok(Service { answers: Arc::new(latest), sql: Some(Arc::new(queries)), desk: Some(desk), office: None, clock: session::now })
}
