//! What must hold of a message or a conversation.

use jiff::tz::TimeZone;

use super::when;

/// Filters that must all hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Each of them; none lets everything through.
    pub clauses: Vec<Clause>,
}

/// One filter.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// None of `any` may hold, instead of at least one.
    pub not: bool,
    /// At least one of these must hold. All are of one kind.
    pub any: Vec<What>,
}

/// What a filter asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Written by this person: an id, a part of the name, or a whole address, in lower case.
    From(String),
    /// In this place: a source, a channel, or `source/channel`, in lower case.
    In(String),
    /// The conversation asks for this tier, 0 to 4; none: for no help.
    Tier(Option<u8>),
    /// Before this instant, microseconds UTC.
    Before(i64),
    /// At this instant or later.
    After(i64),
    /// Somebody wrote in the conversation at this instant or later.
    Active(i64),
    /// Another person first answered at this instant or later.
    Answered(i64),
    /// How far the conversation is.
    Is(Is),
    /// What the message holds.
    Has(Has),
    /// Who has the case: `me`, `nobody`, an id or a part of the name, in lower case.
    Who(String),
    /// A topic of the conversation or a tag of the case, in lower case.
    Tag(String),
}

/// Words with a fixed spelling, some of them with several.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $first:literal $(| $other:literal)*),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// Every one, in the order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// As it is written in a query.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $first),+ }
            }

            /// Reads what [`Self::as_str`] wrote, or another word for it, in any case; `None` for any other word.
            pub fn parse(text: &str) -> Option<Self> {
                match text.to_ascii_lowercase().replace('-', "_").as_str() {
                    $($first $(| $other)* => Some($name::$variant),)+
                    _ => None,
                }
            }

            /// All words, for a person who used another one.
            fn list() -> String {
                Self::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(", ")
            }
        }
    };
}

words! {
    /// How far a conversation is, by its messages and by what people decided.
    Is {
        /// Somebody waits for an answer.
        Waiting = "waiting" | "open",
        /// A question that nobody else has written an answer to.
        Unanswered = "unanswered",
        /// Another person answered; nobody confirmed it.
        Answered = "answered",
        /// It is known to be done.
        Resolved = "resolved" | "solved" | "closed",
        /// It asks for something.
        Question = "question",
        /// It asks for nothing.
        NotQuestion = "not_question",
        /// Somebody asked back, and the asker has not written since.
        AskedBack = "asked_back",
        /// The same, and the asker is gone.
        Abandoned = "abandoned",
        /// It was handed to another place by those who wrote in it.
        Moved = "moved",
        /// I have the case.
        Mine = "mine",
        /// Nobody has the case.
        Nobody = "nobody" | "nobodys",
        /// Somebody has the case.
        Taken = "taken",
        /// The case was handed to another tier.
        Escalated = "escalated" | "handed_over",
        /// The case is put off until a day.
        Parked = "parked",
        /// The promise to who waits is broken.
        Overdue = "overdue" | "late",
        /// A promise is soon broken.
        Soon = "soon",
        /// The asker's first conversation.
        Newcomer = "newcomer" | "new",
    }
}

words! {
    /// What a message holds.
    Has {
        /// Code, or a session at a prompt.
        Code = "code",
        /// A stack trace.
        Trace = "trace" | "traceback" | "stacktrace",
        /// A log.
        Log = "log" | "logs",
        /// A change to files.
        Diff = "diff" | "patch",
        /// An address on the web.
        Link = "link" | "links" | "url",
        /// An attached file.
        Attachment = "attachment" | "attachments" | "file",
    }
}

impl What {
    /// The filter `name` with one value: what any of must hold; or what its values can be, if this is none.
    pub(super) fn parse(name: &str, value: &str, now: i64, zone: &TimeZone) -> Result<Vec<What>, String> {
        let day = |made: fn(i64) -> What| {
            let known = || "a day as 2024-05-31, 2024-05, 2024, today, yesterday, 7d, 3w, 2m, 1y".to_owned();
            when::instant(value, now, zone).map(made).ok_or_else(known)
        };
        let what = match name {
            "from" => Ok(What::From(value.to_lowercase())),
            "in" => Ok(What::In(value.trim_start_matches('#').to_lowercase())),
            "who" => Ok(What::Who(value.trim_start_matches('@').to_lowercase())),
            "tag" => Ok(What::Tag(value.to_lowercase())),
            "active" => day(What::Active),
            "after" => day(What::After),
            "answered" => day(What::Answered),
            "before" => day(What::Before),
            "has" => Has::parse(value).map(What::Has).ok_or_else(Has::list),
            "tier" => return tiers(value).ok_or_else(|| "0, 1, 2, 3, 4, 2-4 or none".to_owned()),
            _ => Is::parse(value).map(What::Is).ok_or_else(Is::list),
        };
        what.map(|what| vec![what])
    }

    /// Whether two of it cannot hold of one thing, so that giving both means either.
    fn excludes_another(&self) -> bool {
        matches!(self, What::From(_) | What::In(_) | What::Tier(_) | What::Who(_))
    }
}

impl Filter {
    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Whether any filter asks for something of this kind.
    pub(crate) fn asks(&self, kind: impl Fn(&What) -> bool) -> bool {
        self.clauses.iter().any(|clause| clause.any.iter().any(&kind))
    }

    /// Adds a filter; false if there are `most` already.
    pub(super) fn add(&mut self, clause: Clause, most: usize) -> bool {
        let kind = clause.any.first().map(std::mem::discriminant);
        let either = !clause.not && clause.any.first().is_some_and(What::excludes_another);
        let same = |other: &&mut Clause| !other.not && other.any.first().map(std::mem::discriminant) == kind;
        let total: usize = self.clauses.iter().map(|clause| clause.any.len()).sum();
        if total + clause.any.len() > most {
            return false;
        }
        match self.clauses.iter_mut().find(same).filter(|_| either) {
            Some(other) => other.any.extend(clause.any),
            None => self.clauses.push(clause),
        }
        true
    }
}

/// `none`, a tier, or one to another.
fn tiers(value: &str) -> Option<Vec<What>> {
    if matches!(value.to_ascii_lowercase().as_str(), "none" | "no") {
        return Some(vec![What::Tier(None)]);
    }
    let (from, to) = value.split_once('-').unwrap_or((value, value));
    let tier = |text: &str| text.parse::<u8>().ok().filter(|tier| *tier <= 4);
    let (from, to) = (tier(from)?, tier(to)?);
    (from <= to).then(|| (from..=to).map(|tier| What::Tier(Some(tier))).collect())
}
