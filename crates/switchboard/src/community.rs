//! The community as the configuration describes it, open for questions.

use archive::Tables;
use insight::{Community, InsightError, Settings};

use crate::config::Config;
use crate::workspace::Workspace;

/// Opens what the latest sync made.
pub fn open(workspace: &Workspace, config: &Config) -> Result<Community, InsightError> {
    open_without(workspace, config, &[])
}

/// The same as if some places, as `source` or `source/channel`, had never been collected.
pub fn open_without(workspace: &Workspace, config: &Config, places: &[String]) -> Result<Community, InsightError> {
    let settings = Settings {
        community: config.community.name.clone(),
        simulated: config.community.simulated,
        support: config.support.clone(),
        spread: config.helpers.spread,
        levels: config.levels.rules(),
        as_of: None,
    };
    let tables = Tables::new(&workspace.tables()).without(places.iter().cloned());
    Community::open(&tables, &workspace.index(), &workspace.desk(), settings)
}
