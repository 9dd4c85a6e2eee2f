//! The configuration: does it read, and is what it names there.

use super::Check;
use crate::config::Config;
use crate::show;
use crate::workspace::Workspace;

/// Checks it and gives it, if it can be read.
pub fn check(workspace: &Workspace) -> (Option<Config>, Check) {
    let mut check = Check::new("configuration");
    let config = match workspace.config() {
        Ok(config) => config,
        Err(error) => {
            check.wrong(format_args!("{error:#}"));
            return (None, check);
        }
    };
    check.found = show::counted(config.sources.len() as u64, "source");
    for source in &config.sources {
        if let Err(error) = config.normalizer(source) {
            check.wrong(error);
        }
        if let Some(path) = source.path()
            && let Err(error) = path.metadata()
        {
            let name = source.name();
            check.wrong(format_args!(
                "`{name}` collects from {}: {error}; bring it back or mend its path",
                path.display()
            ));
        }
    }
    (Some(config), check)
}
