//! Between us and the search library's panics.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::{IndexError, Result};

/// Runs what reads the index in `folder`. The library trusts what it reads and panics where a file is
/// damaged; nothing that `read` may change is used again after that.
pub(crate) fn guard<T>(folder: &Path, read: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(IndexError::Damaged(folder.to_owned())))
}
