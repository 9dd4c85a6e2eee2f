//! How sending ends that does not end well.

use std::time::Duration;

/// Why a message was not sent, or may not have been. The texts hold no secret and nobody's address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It was not sent; another try may do.
    #[error("{why}")]
    Later {
        /// What happened.
        why: String,
        /// How long the other side asked to be left alone, a day at most.
        after: Option<Duration>,
    },
    /// It was not sent, and would not be another time.
    #[error("{why}")]
    Refused {
        /// What happened.
        why: String,
    },
    /// The target is gone for good: nothing should be sent to it any more.
    #[error("the target says that it is gone for good (410)")]
    Gone,
    /// It may or may not have arrived.
    #[error("{why}; it may or may not have arrived")]
    Unsure {
        /// What happened.
        why: String,
    },
}

impl Failure {
    pub(crate) fn later(why: impl Into<String>) -> Failure {
        Failure::Later { why: why.into(), after: None }
    }

    pub(crate) fn refused(why: impl Into<String>) -> Failure {
        Failure::Refused { why: why.into() }
    }

    pub(crate) fn unsure(why: impl Into<String>) -> Failure {
        Failure::Unsure { why: why.into() }
    }
}

/// Settings that cannot be: what is wrong and what to write instead. Never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SettingsError(pub(crate) String);

impl SettingsError {
    pub(crate) fn new(message: impl Into<String>) -> SettingsError {
        SettingsError(message.into())
    }
}
