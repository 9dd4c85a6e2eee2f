//! What the server is made of: answers, and where there are some, the desk and SQL.

use std::path::PathBuf;
use std::sync::Arc;

use metric::{Catalogue, Sql};
use model::Timestamp;

use crate::answers::Answers;
use crate::gate::Gate;
use crate::office::Office;

/// Everything that pages, API and assistants are answered from.
#[derive(Clone)]
pub struct Service {
    /// The tables, asked.
    pub answers: Arc<dyn Answers>,
    /// The tables, asked in SQL; `None` where they cannot be.
    pub sql: Option<Arc<dyn Sql>>,
    /// The folder of the community's own metrics; `None` where it can have none.
    pub metrics: Option<PathBuf>,
    /// The folder of the community's own templates of reports; `None` where it can have none.
    pub reports: Option<PathBuf>,
    /// The desk's file, with the tokens of programs; without it there are none, and nothing can be changed.
    pub desk: Option<PathBuf>,
    /// The tables as viewers and passers-by see them; `None` where nothing is private.
    pub seen_by_viewers: Option<Arc<dyn Answers>>,
    /// What stands between the network and the pages.
    pub gate: Gate,
    /// The workspace, looked after; `None` where its sources and settings are nobody's to change.
    pub office: Option<Arc<dyn Office>>,
    /// The clock, microseconds UTC: when tokens expire, when something was decided.
    pub clock: fn() -> Timestamp,
}

impl Service {
    /// Answers only: no SQL, no tokens, nothing to be changed.
    pub fn reading(answers: Arc<dyn Answers>) -> Service {
        Service {
            answers,
            sql: None,
            metrics: None,
            reports: None,
            desk: None,
            office: None,
            seen_by_viewers: None,
            gate: Gate::default(),
            clock: || 0,
        }
    }
}

impl Service {
    /// The tables as those see them who may see everything, or not.
    pub(crate) fn answers_for(&self, sees_all: bool) -> &dyn Answers {
        match &self.seen_by_viewers {
            Some(answers) if !sees_all => &**answers,
            _ => &*self.answers,
        }
    }

    /// Every metric as its file says now: the community's own are edited while the server runs.
    pub(crate) fn catalogue(&self) -> Catalogue {
        match &self.metrics {
            Some(folder) => Catalogue::with_folder(folder),
            None => Catalogue::shipped().clone(),
        }
    }
}
