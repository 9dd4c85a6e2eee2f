//! Who asks for a page, and what they may do.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use desk::Role;

use crate::failure::Failure;

/// Who asks. The guard finds out before any handler runs.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    /// What they are called; what they decide is signed with it.
    pub name: String,
    /// Their account; `None` while there are no accounts, and for whoever is not signed in.
    pub account: Option<i64>,
    /// What they may do.
    pub role: Role,
    /// What every form of theirs carries, so that no other site can send one for them.
    pub csrf: String,
}

impl Visitor {
    /// Whoever sits at this machine, while there are no accounts: everything is theirs.
    pub(crate) fn local(csrf: String) -> Visitor {
        Visitor { name: "local".to_owned(), account: None, role: Role::Administrator, csrf }
    }

    /// Whoever comes by, not signed in.
    pub(crate) fn nobody(csrf: String) -> Visitor {
        Visitor { name: String::new(), account: None, role: Role::Public, csrf }
    }

    /// Refuses whoever may not do what takes at least this role.
    pub(crate) fn needs(&self, least: Role) -> Result<(), Failure> {
        match self.role {
            role if role >= least => Ok(()),
            Role::Public => Err(Failure::SignIn),
            _ => Err(Failure::Role(least)),
        }
    }

    /// Whether they may do what takes at least this role.
    pub(crate) fn may(&self, least: &Role) -> bool {
        self.role >= *least
    }
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        // Nobody the guard did not look at gets any right.
        Ok(parts.extensions.get::<Visitor>().cloned().unwrap_or_else(|| Visitor::nobody(String::new())))
    }
}
