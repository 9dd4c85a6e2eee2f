//! The signals and their names.

macro_rules! signals {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal,)+) => {
        /// Something that a message says or wants.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Signal {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Signal {
            /// All of them, in the order of their names' meaning: asking, answering, feeling, telling.
            pub const ALL: &[Signal] = &[$(Signal::$name,)+];

            /// Its name in tables and on screens.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Signal::$name => $text,)+
                }
            }
        }
    };
}

signals! {
    /// Asks for something: a question, or an error report.
    Question = "question",
    /// Has the same trouble as somebody before.
    MeToo = "me_too",
    /// Is new to it, or to the list.
    Newcomer = "newcomer",
    /// Cannot wait.
    Urgent = "urgent",
    /// It is about a system in production.
    Production = "production",
    /// Wishes that something were documented, or better.
    WantsDocs = "wants_docs",
    /// Tells somebody what to do, or why something is as it is.
    Answer = "answer",
    /// Points somebody to a page of documentation.
    PointsToPage = "points_to_page",
    /// Asks for a log, a configuration, a traceback, an example.
    AsksForLogs = "asks_for_logs",
    /// Asks for a version or a platform.
    AsksForVersion = "asks_for_version",
    /// Asks somebody to open an issue.
    AsksToFile = "asks_to_file",
    /// Sends somebody elsewhere: another list, another project.
    HandsOn = "hands_on",
    /// Names a commit, a patch or a release that mends it.
    NamesFix = "names_fix",
    /// Offers help.
    Offer = "offer",
    /// Thanks. Thanks in advance and a sign-off (`Thanks,` and a name) are none.
    Thanks = "thanks",
    /// Says that it works now.
    Works = "works",
    /// Found the answer to an own question.
    SelfSolved = "self_solved",
    /// Says that something is broken or bad, and took the trouble to say so.
    Complaint = "complaint",
    /// Is at the end of their patience.
    Frustration = "frustration",
    /// Attacks somebody.
    Hostility = "hostility",
    /// Tells how they use it: `we run this in production for two years`.
    Story = "story",
    /// Announces something.
    Announcement = "announcement",
    /// Invites to something that has a date.
    Event = "event",
}

impl Signal {
    /// Reads what [`Signal::as_str`] gave; none for any other text.
    pub fn parse(text: &str) -> Option<Signal> {
        Signal::ALL.iter().copied().find(|signal| signal.as_str() == text)
    }

    pub(super) fn bit(self) -> u32 {
        1 << self as u32
    }
}
