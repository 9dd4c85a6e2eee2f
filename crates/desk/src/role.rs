//! What somebody of the team may do.

use std::fmt;
use std::str::FromStr;

/// What somebody may do; each may do all that those before it may. The words are stored and stand in addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Whoever comes by: the pages that are switched on for everybody, without personal data.
    Public,
    /// Reads; sees no mail addresses and no private channels.
    Viewer,
    /// Works at the desk: takes cases, decides who is who, writes notes.
    Member,
    /// Changes what the community promises, its sources and what everybody sees.
    Maintainer,
    /// Decides who is in the team.
    Administrator,
}

impl Role {
    /// Those that a person of the team can have, least first.
    pub const TEAM: &'static [Role] = &[Role::Viewer, Role::Member, Role::Maintainer, Role::Administrator];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Public => "public",
            Role::Viewer => "viewer",
            Role::Member => "member",
            Role::Maintainer => "maintainer",
            Role::Administrator => "administrator",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = String;

    /// A role of the team by its name.
    fn from_str(text: &str) -> Result<Role, String> {
        let found = Role::TEAM.iter().copied().find(|role| role.as_str() == text);
        found.ok_or_else(|| "there is no such role; take viewer, member, maintainer or administrator".to_owned())
    }
}
