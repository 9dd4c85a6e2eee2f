//! What we stand on: room on the disk, a clock that is set, nobody in the way.

use super::Check;
use crate::lock::Lock;
use crate::workspace::Workspace;
use crate::{session, show};

/// Less room than this and the next sync may not end: a segment, the tables of a month and the index's
/// next state lie beside the old ones for a while.
const LITTLE: u64 = 1_000_000_000;
/// This program is not older: 2026-01-01T00:00:00Z.
const EARLIEST: model::Timestamp = 1_767_225_600 * model::time::SECOND;

/// Checks them.
pub fn check(workspace: &Workspace) -> Vec<Check> {
    let mut lock = Check::new("lock");
    match Lock::holder(workspace) {
        Some(holder) => lock.note(format_args!("{holder} is writing now; what is checked meanwhile may change")),
        None => lock.found = "nobody is writing".to_owned(),
    }
    vec![disk(workspace), clock(), lock]
}

fn disk(workspace: &Workspace) -> Check {
    let mut check = Check::new("disk");
    match rustix::fs::statvfs(workspace.folder()) {
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            check.found = format!("{} free", show::bytes(free));
            if free < LITTLE {
                check.wrong(format_args!("less than {} is free; make room before the next sync", show::bytes(LITTLE)));
            }
        }
        Err(error) => check.note(format_args!("cannot tell how much is free: {error}")),
    }
    check
}

fn clock() -> Check {
    let mut check = Check::new("clock");
    let now = session::now();
    check.found = show::time(now);
    if now < EARLIEST {
        check.wrong("it is before this program was written; set the clock, or dates that are right will be refused");
    }
    check
}
