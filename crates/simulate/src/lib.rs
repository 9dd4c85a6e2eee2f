//! A simulated community, and the truth about it.
//!
//! [`write()`] makes a folder with the public record of a community that never was: `list/` (mbox by
//! month), `chat/` (a log a day), `forum/` (a Stack Exchange dump), `code/` (a bare git repository)
//! and, where stories are planted, `numbers/` (CSV) and `events/` (iCalendar),
//! all in the native formats that the sources read, and `truth/` (JSON Lines) with what really
//! happened: who is who, who asked and who helped, what solved it, of which tier and in which mood.
//! Equal settings give equal bytes. Nobody in it exists, and everything says so.

mod accounts;
mod ask;
mod calendar;
mod change;
mod chat;
mod clock;
mod code;
mod conversation;
mod discuss;
mod draft;
mod dump;
mod facts;
mod files;
mod forum;
mod list;
mod names;
mod pack;
mod people;
mod person;
mod planted;
mod prose;
mod rng;
mod say;
mod settings;
mod template;
mod timeline;
mod topics;
mod truth;
mod urn;
mod world;

use std::path::Path;

pub use settings::{Progress, Settings, SimulateError, Summary};

const README: &str = "Everything here is simulated: no person, address, company or product in it exists.\n";

/// Writes the community that `settings` describe into `folder`, which is made if it does not exist and
/// must be empty if it does. Tells `progress` once for every simulated day.
pub fn write(settings: &Settings, folder: &Path, progress: &mut dyn FnMut(Progress)) -> Result<Summary, SimulateError> {
    let world = world::World::new(settings)?;
    files::make_folder(folder)?;
    let holds_something = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if holds_something {
        return Err(SimulateError::NotEmpty { path: folder.to_owned() });
    }
    files::write_file(folder.join("README.txt"), README.as_bytes())?;
    timeline::Timeline::new(&world, folder)?.run(progress)
}

/// Questions as people type them, `count` of them in other words each time: what a benchmark asks.
pub fn questions(settings: &Settings, count: usize) -> Result<Vec<String>, SimulateError> {
    let world = world::World::new(settings)?;
    Ok(say::loose_questions(&world, count))
}
