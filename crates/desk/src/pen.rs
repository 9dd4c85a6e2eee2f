//! Reading, and writing all or nothing.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{Desk, DeskError, Result};

/// Why a transaction is not carried out: the file's fault or the asker's.
pub(crate) enum Halt {
    File(rusqlite::Error),
    Desk(DeskError),
}

impl From<rusqlite::Error> for Halt {
    fn from(error: rusqlite::Error) -> Halt {
        Halt::File(error)
    }
}

impl From<DeskError> for Halt {
    fn from(error: DeskError) -> Halt {
        Halt::Desk(error)
    }
}

impl Halt {
    /// What was asked for cannot be: why, and what to do.
    pub(crate) fn wrong(text: impl Into<String>) -> Halt {
        Halt::Desk(DeskError::Wrong(text.into()))
    }
}

impl Desk {
    /// Writes all of `work` or nothing. What `work` reads nobody else changes meanwhile; it is on the disk when this
    /// returns.
    pub(crate) fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> std::result::Result<T, Halt>,
    ) -> Result<T> {
        let Desk { path, connection } = self;
        let attempt = || {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        attempt().map_err(|halt| match halt {
            Halt::File(error) => DeskError::sqlite(path, error),
            Halt::Desk(error) => error,
        })
    }

    /// Reads.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        work(&self.connection).map_err(|error| DeskError::sqlite(&self.path, error))
    }
}
