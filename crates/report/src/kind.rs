//! Every kind of report there is.

use crate::period::Stretch;

/// A kind of report. Each has a template of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// One channel.
    Channel,
    /// The week, for the team.
    Digest,
    /// The month, for everybody.
    Newsletter,
    /// What is new between two releases, for an editor.
    Release,
    /// The quarter, for whoever pays: goals first.
    Review,
    /// One source: a project's repository, a list's archive.
    Source,
    /// What was promised at each support tier, and what was asked.
    Tiers,
    /// The year, for everybody.
    Year,
}

/// Each kind: its name, what people call it, what it is for, how long its time is, whether everybody may read it.
const KINDS: &[(Kind, &str, &str, &str, Stretch, bool)] = &[
    (
        Kind::Channel,
        "channel",
        "Channel report",
        "one channel: how much, how fast, what about, what waits",
        Stretch::Month,
        false,
    ),
    (
        Kind::Digest,
        "digest",
        "Team digest",
        "the week for the team: what waits, who came, whom to thank",
        Stretch::Week,
        false,
    ),
    (
        Kind::Newsletter,
        "newsletter",
        "Newsletter",
        "the month for everybody: how to get involved, events, thanks, stories, questions that wait",
        Stretch::Month,
        true,
    ),
    (
        Kind::Release,
        "release",
        "What is new",
        "a release for people: changes, themes, people, first-timers between two tags or days",
        Stretch::Month,
        true,
    ),
    (
        Kind::Review,
        "review",
        "Stakeholder review",
        "the quarter for whoever pays: goals first",
        Stretch::Quarter,
        false,
    ),
    (
        Kind::Source,
        "source",
        "Project report",
        "one source: a project's repository, a list, a forum",
        Stretch::Month,
        false,
    ),
    (
        Kind::Tiers,
        "tiers",
        "Tier review",
        "what each support tier promises, and what was asked and given",
        Stretch::Quarter,
        false,
    ),
    (Kind::Year, "year", "Year in review", "the year for everybody", Stretch::Year, true),
];

impl Kind {
    /// Every kind, by name.
    pub fn all() -> impl Iterator<Item = Kind> {
        KINDS.iter().map(|line| line.0)
    }

    /// Its name: in addresses, on the command line, of its template.
    pub fn as_str(self) -> &'static str {
        self.line().1
    }

    /// The one of this name.
    pub fn parse(name: &str) -> Option<Kind> {
        KINDS.iter().find(|line| line.1 == name).map(|line| line.0)
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        self.line().2
    }

    /// What it is for, in half a sentence.
    pub fn about(self) -> &'static str {
        self.line().3
    }

    /// How long its time usually is.
    pub fn stretch(self) -> Stretch {
        self.line().4
    }

    /// Whether it is written for everybody: then it names people in thanks only, and says nothing of private places.
    pub fn is_public(self) -> bool {
        self.line().5
    }

    /// Whether it is about one channel or source, which must be named.
    pub fn needs_place(self) -> bool {
        matches!(self, Kind::Channel | Kind::Source)
    }

    fn line(self) -> &'static (Kind, &'static str, &'static str, &'static str, Stretch, bool) {
        KINDS.iter().find(|line| line.0 == self).unwrap_or(&KINDS[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_stands_once_and_in_order() {
        assert!(KINDS.is_sorted_by(|a, b| a.1 < b.1));
        assert!(Kind::all().all(|kind| Kind::parse(kind.as_str()) == Some(kind)));
        assert_eq!(Kind::all().filter(|kind| kind.is_public()).count(), 3);
    }
}
