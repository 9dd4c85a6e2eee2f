//! The community as the configuration describes it, open for questions.

use std::sync::{Arc, PoisonError, RwLock};

use anyhow::Result;
use archive::Tables;
use insight::views::{Answer, ConversationPage, PersonPage, Today, Waiting};
use insight::{Community, InsightError, Settings, WaitingFilter};
use web::{About, AnswerError, Answers};

use crate::config::Config;
use crate::workspace::Workspace;

/// Opens what the latest sync made.
pub fn open(workspace: &Workspace, config: &Config) -> Result<Community, InsightError> {
    let settings = Settings {
        community: config.community.name.clone(),
        simulated: config.community.simulated,
        first_response: i64::try_from(config.promise.first_response.as_micros()).unwrap_or(i64::MAX),
        as_of: None,
    };
    Community::open(&Tables::new(&workspace.tables()), &workspace.index(), &workspace.desk(), settings)
}

/// A community that is opened again when a sync made other tables, for as long as the server runs.
pub struct Current {
    workspace: Workspace,
    config: Config,
    snapshot: RwLock<Arc<Community>>,
}

impl Current {
    /// Opens it.
    pub fn open(workspace: Workspace, config: Config) -> Result<Current> {
        let snapshot = RwLock::new(Arc::new(open(&workspace, &config)?));
        Ok(Current { workspace, config, snapshot })
    }

    /// Prepares what the first visitor asks for.
    pub fn warm(&self) -> Result<(), InsightError> {
        self.held().warm()
    }

    fn held(&self) -> Arc<Community> {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The latest snapshot. While a rebuild has no tables, the last one stays: what it read still answers.
    fn latest(&self) -> Arc<Community> {
        let held = self.held();
        if !held.is_stale() {
            return held;
        }
        match open(&self.workspace, &self.config) {
            Ok(fresh) => {
                let fresh = Arc::new(fresh);
                *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = fresh.clone();
                fresh
            }
            Err(error) => {
                tracing::warn!("cannot open the new tables: {error}");
                held
            }
        }
    }

    /// Asks once more if a sync came in between.
    fn ask<T>(&self, question: impl Fn(&Community) -> insight::Result<T>) -> Result<T, AnswerError> {
        let answer = match question(&self.latest()) {
            Err(InsightError::Stale) => question(&self.latest()),
            answer => answer,
        };
        answer.map_err(|error| AnswerError(error.to_string()))
    }
}

impl Answers for Current {
    fn about(&self) -> About {
        let held = self.held();
        let (settings, now) = (held.settings(), held.now());
        About {
            community: settings.community.clone(),
            as_of: now.time,
            as_of_data: now.from_data,
            simulated: settings.simulated,
        }
    }

    fn today(&self) -> Result<Today, AnswerError> {
        self.ask(Community::today)
    }

    fn waiting(&self, limit: usize) -> Result<Vec<Waiting>, AnswerError> {
        self.ask(|community| community.waiting(limit, &WaitingFilter::default()))
    }

    fn ask(&self, question: &str) -> Result<Answer, AnswerError> {
        self.ask(|community| community.ask(question))
    }

    fn conversation(&self, id: &str) -> Result<Option<ConversationPage>, AnswerError> {
        self.ask(|community| community.conversation(id))
    }

    fn person(&self, id: &str) -> Result<Option<PersonPage>, AnswerError> {
        self.ask(|community| community.person(id))
    }
}
