//! The desk's views.

/// A view of the desk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// Somebody waits for an answer, whoever has the case.
    #[default]
    Waiting,
    /// Somebody waits, and nobody has the case.
    Nobody,
    /// I have it, and it is not done.
    Mine,
    /// It was handed over to another tier, and is not done.
    Escalated,
    /// It waits for the asker.
    Asker,
    /// It is parked.
    Parked,
    /// It is answered, and not confirmed.
    Answered,
    /// A promise is soon broken.
    Soon,
    /// A promise is broken.
    Overdue,
    /// It is not done.
    Open,
    /// Everything.
    All,
}

impl View {
    /// Every view, in the order in which they are worked through.
    pub const ALL: &'static [View] = &[
        View::Waiting,
        View::Nobody,
        View::Mine,
        View::Escalated,
        View::Asker,
        View::Parked,
        View::Answered,
        View::Soon,
        View::Overdue,
        View::Open,
        View::All,
    ];

    /// As it is called.
    pub fn as_str(self) -> &'static str {
        match self {
            View::Waiting => "waiting",
            View::Nobody => "nobody",
            View::Mine => "mine",
            View::Escalated => "escalated",
            View::Asker => "asker",
            View::Parked => "parked",
            View::Answered => "answered",
            View::Soon => "soon",
            View::Overdue => "overdue",
            View::Open => "open",
            View::All => "all",
        }
    }

    /// The view called so; `None` for any other word.
    pub fn parse(name: &str) -> Option<View> {
        View::ALL.iter().copied().find(|view| view.as_str() == name)
    }

    /// Whether it looks back only so far: whoever asked years ago has gone.
    pub(super) fn has_window(self) -> bool {
        matches!(self, View::Waiting | View::Nobody | View::Soon | View::Overdue)
    }

    /// Whether only conversations of which something was decided can be in it.
    pub(super) fn is_decided(self) -> bool {
        matches!(self, View::Mine | View::Escalated | View::Parked)
    }
}
